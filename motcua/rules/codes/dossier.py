"""Dossier codes: TT 01/2018/TT-VPCP điều 19 (`000.00.00.H05-180620-0001`), agency part since QĐ 20/2020
from the left (`H05.01.22-180620-0001`), and the long form of the 2026 national coordination
(`G09.20-20260609-0092637`).
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from motcua.rules.codes.agency import NEW, OLD, AgencyCode
from motcua.rules.codes.findings import BadCode, Finding

MAX_NUMBER: Final = 999_999_999
_CODE = re.compile(f"(?P<agency>{OLD}|{NEW})-(?P<day>[0-9]{{8}}|[0-9]{{6}})-(?P<number>[0-9]{{4,9}})")
_DASHES = str.maketrans("‐‑‒–—−", "------")


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A dossier's code taken apart. `text` is what is kept and shown; a foreign code is never rewritten."""

    text: str
    agency: AgencyCode
    day: date
    number: int

    @classmethod
    def parse(cls, value: str) -> Self:
        """Read a code as typed or scanned: small letters, spaces and long dashes are forgiven. Raises
        `BadCode`.
        """
        text = "".join(value.split()).upper().translate(_DASHES)
        match = _CODE.fullmatch(text)
        if match is None:
            raise BadCode("dossier.shape")
        digits = match["day"] if len(match["day"]) == 8 else f"20{match['day']}"
        try:
            day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError as error:
            raise BadCode("dossier.date", part=match["day"]) from error
        return cls(text, AgencyCode.parse(match["agency"]), day, int(match["number"]))

    def __str__(self) -> str:
        return self.text


def dossier_code(agency_code: str, day: date, number: int) -> str:
    """The code of the `number`-th dossier (from 1) an agency receives on `day`: `H05.01.22-180620-0001`.

    The number has four digits and grows wider after 9,999 in one day, a case the circular does not name.
    Raises `BadCode` for an agency code or a number that could not be read back.
    """
    if not 1 <= number <= MAX_NUMBER:
        raise BadCode("dossier.number")
    return f"{AgencyCode.parse(agency_code)}-{day:%y%m%d}-{number:04d}"


def check_dossier_code(value: str) -> list[Finding]:
    """Findings on a dossier code."""
    try:
        DossierCode.parse(value)
    except BadCode as bad:
        return [bad.finding]
    return []
