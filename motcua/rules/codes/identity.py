"""Identity numbers: số định danh cá nhân / CCCD (NĐ 137/2015 điều 13, TT 07/2016/TT-BCA), CMND, passport.

An identity number has no check digit; all that can be compared is birth province, century and gender, and
year. These comparisons are warnings: only the police database can say that a number is wrong.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from motcua.rules.codes.findings import BadCode, Finding, warning
from motcua.rules.codes.provinces import BIRTH_PROVINCES
from motcua.rules.codes.words import GENDERS
from motcua.rules.text import fold

_SEPARATORS = re.compile(r"[\s.\-]")
_DIGITS = re.compile("[0-9]*")


class Gender(StrEnum):
    """The two values an identity number can tell."""

    MALE = "male"
    FEMALE = "female"


class IdentityKind(StrEnum):
    """Which number a person typed."""

    CCCD = "cccd"
    CMND = "cmnd"


def gender_of(text: str) -> Gender | None:
    """`text` as a gender: "Nam", "nữ", "male", "F" …; None when it says neither."""
    word = fold(text.strip())
    if word in {"nam", "male", "m"}:
        return Gender.MALE
    return Gender.FEMALE if word in {"nu", "female", "f"} else None


@dataclass(frozen=True, slots=True)
class Cccd:
    """A 12-digit identity number and what it tells: 3 birth province, 1 century and gender, 2 year, 6
    random.
    """

    number: str
    prefix: str
    gender: Gender
    birth_year: int

    @classmethod
    def parse(cls, value: str) -> Self:
        """Read a number; spaces, dots and dashes between groups are forgiven. Raises `BadCode`."""
        number = _SEPARATORS.sub("", value)
        if not number:
            raise BadCode("cccd.empty")
        if not _DIGITS.fullmatch(number):
            raise BadCode("cccd.characters")
        if len(number) != 12:
            raise BadCode("cccd.length", count=len(number))
        century, parity = divmod(int(number[3]), 2)
        gender = Gender.FEMALE if parity else Gender.MALE
        return cls(number, number[:3], gender, 1900 + 100 * century + int(number[4:6]))

    def __str__(self) -> str:
        return self.number

    @property
    def province(self) -> str | None:
        """Agency code (`H..`) of the birth province, or None for a country code or an unknown prefix."""
        return BIRTH_PROVINCES.get(self.prefix)


def check_cccd(value: str, *, birth_date: date | None = None, gender: Gender | str | None = None) -> list[Finding]:
    """Findings on an identity number, compared with the birth date and gender declared beside it where given.

    A shape that cannot be a number is an error; an unknown province (country codes exist for those born
    abroad), a birth year or a gender that differs is a warning.
    """
    try:
        cccd = Cccd.parse(value)
    except BadCode as bad:
        return [bad.finding]
    findings: list[Finding] = []
    if cccd.province is None:
        abroad = not cccd.prefix.startswith("0")
        findings.append(warning("cccd.abroad" if abroad else "cccd.province", prefix=cccd.prefix))
    if birth_date is not None and birth_date.year != cccd.birth_year:
        findings.append(warning("cccd.birth_year", year=cccd.birth_year))
    elif birth_date is None and cccd.birth_year >= 2100:
        findings.append(warning("cccd.century", year=cccd.birth_year))
    declared = gender_of(gender) if gender is not None else None
    if declared is not None and declared is not cccd.gender:
        findings.append(warning("cccd.gender", gender=GENDERS[cccd.gender]))
    return findings


def format_cccd(number: str) -> str:
    """An identity number in groups of three for reading: `087084000999` → `087 084 000 999`; others
    unchanged.
    """
    if not re.fullmatch("[0-9]{9}|[0-9]{12}", number):
        return number
    return " ".join(number[start : start + 3] for start in range(0, len(number), 3))


def parse_cmnd(value: str) -> str:
    """The nine digits of a former identity card number, met in old records only. Raises `BadCode`."""
    number = _SEPARATORS.sub("", value)
    if not re.fullmatch("[0-9]{9}", number):
        raise BadCode("cmnd.shape")
    return number


def check_cmnd(value: str) -> list[Finding]:
    """Findings on a former identity card number."""
    try:
        parse_cmnd(value)
    except BadCode as bad:
        return [bad.finding]
    return []


def parse_identity(value: str) -> tuple[IdentityKind, str]:
    """Either number, as a look-up accepts it: `(CCCD, "087084000999")` or `(CMND, "201234567")`. Raises
    `BadCode`.
    """
    number = _SEPARATORS.sub("", value)
    if re.fullmatch("[0-9]{12}", number):
        return IdentityKind.CCCD, number
    if re.fullmatch("[0-9]{9}", number):
        return IdentityKind.CMND, number
    raise BadCode("identity.shape")


def parse_passport(value: str) -> str:
    """A Vietnamese passport number, one letter and seven digits, as capitals without space. Raises
    `BadCode`.
    """
    number = _SEPARATORS.sub("", value).upper()
    if not re.fullmatch("[A-Z][0-9]{7}", number):
        raise BadCode("passport.shape")
    return number
