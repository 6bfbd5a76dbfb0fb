"""Tax numbers (mã số thuế, TT 86/2024/TT-BTC): ten digits of which the last is a check digit, `-NNN` for a
dependent unit; individuals and household businesses use the 12-digit identity number since 01/7/2025
(law.md §6).
"""

import re
from dataclasses import dataclass
from typing import Final, Self

from motcua.rules.codes.findings import BadCode, Finding
from motcua.rules.codes.identity import check_cccd

_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_SHAPE = re.compile("(?P<base>[0-9]{10})(?:-?(?P<branch>[0-9]{3}))?")


def check_digit(first_nine: str) -> int:
    """The tenth digit for nine given ones: 10 − (Σ digit × weight mod 11). The answer 10 belongs to no tax
    number.
    """
    return 10 - sum(int(digit) * weight for digit, weight in zip(first_nine, _WEIGHTS, strict=True)) % 11


@dataclass(frozen=True, slots=True)
class TaxCode:
    """A tax number: `base` (10 digits, or 12 of a person) and the three digits of a dependent unit."""

    base: str
    branch: str | None = None

    @classmethod
    def parse(cls, value: str) -> Self:
        """Read a tax number; spaces and dots are forgiven, the dash may be missing. Raises `BadCode`."""
        text = re.sub(r"[\s.]", "", value)
        if re.fullmatch("[0-9]{12}", text):
            return cls(text)
        match = _SHAPE.fullmatch(text)
        if match is None:
            raise BadCode("mst.shape")
        base, branch = match["base"], match["branch"]
        if int(base[9]) != check_digit(base[:9]) or not base[2:9].strip("0"):
            raise BadCode("mst.checksum")
        if branch == "000":
            raise BadCode("mst.branch")
        return cls(base, branch)

    def __str__(self) -> str:
        return f"{self.base}-{self.branch}" if self.branch else self.base

    @property
    def is_personal(self) -> bool:
        """Whether this is a person's identity number used as tax number."""
        return len(self.base) == 12


def check_tax_code(value: str) -> list[Finding]:
    """Findings on a tax number; a 12-digit one gets those of an identity number."""
    try:
        code = TaxCode.parse(value)
    except BadCode as bad:
        return [bad.finding]
    return check_cccd(code.base) if code.is_personal else []
