"""Agency codes: QĐ 20/2020/QĐ-TTg (`H05.01.22`, from the left) and the older order of TT 10/2016/TT-BTTTT
(`000.00.01.H05`, from the right). Both are met in dossiers; neither says who owns a procedure (law.md §2.2).
"""

import re
from dataclasses import dataclass
from typing import Final, Self

from motcua.rules.codes.findings import BadCode, Finding, warning
from motcua.rules.codes.provinces import UNIT_OF_PROVINCE

OLD: Final = r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[GH][0-9]{2}"
NEW: Final = r"[GH][0-9]{2}(?:\.[0-9]{1,3}){0,3}"
_CODE = re.compile(f"(?P<old>{OLD})|(?P<new>{NEW})")


@dataclass(frozen=True, slots=True)
class AgencyCode:
    """An agency's code: as written, and its levels from the top (`("H05", "01", "22")`)."""

    text: str
    levels: tuple[str, ...]
    is_old_style: bool

    @classmethod
    def parse(cls, value: str) -> Self:
        """Read either order; small letters and outer space are forgiven. Raises `BadCode`."""
        text = value.strip().upper()
        match = _CODE.fullmatch(text)
        if match is None:
            raise BadCode("agency.shape")
        parts = text.split(".")
        if not match["old"]:
            return cls(text, tuple(parts), False)
        parts.reverse()
        while len(parts) > 1 and not parts[-1].strip("0"):
            parts.pop()
        return cls(text, tuple(parts), True)

    def __str__(self) -> str:
        return self.text

    @property
    def root(self) -> str:
        """The ministry (`G..`) or province (`H..`)."""
        return self.levels[0]

    @property
    def modern(self) -> str:
        """The code in the order of QĐ 20/2020: `000.00.01.H05` → `H05.01`."""
        return ".".join(self.levels)

    def is_within(self, other: Self) -> bool:
        """Whether this agency stands at or below `other`."""
        return self.levels[: len(other.levels)] == other.levels


def check_agency_code(value: str) -> list[Finding]:
    """Findings on an agency code; a province beyond H63 is only a warning, lists get amended."""
    try:
        code = AgencyCode.parse(value)
    except BadCode as bad:
        return [bad.finding]
    if code.root.startswith("H") and code.root not in UNIT_OF_PROVINCE:
        return [warning("agency.unknown_province", root=code.root)]
    return []
