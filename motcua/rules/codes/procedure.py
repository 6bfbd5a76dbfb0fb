"""Procedure codes of the national database (CSDLQG về TTHC): `1.001193`, a case `1.001193.01`, local variants
`1.012753.H19` and `3.000181.000.00.00.H22` (law.md §2.2).
"""

import re
from dataclasses import dataclass
from typing import Self

from motcua.rules.codes.agency import NEW, OLD
from motcua.rules.codes.findings import BadCode, Finding

_CODE = re.compile(rf"(?P<base>[1-9]\.[0-9]{{6}})(?:\.(?P<case>[0-9]{{2}})|\.(?P<agency>{OLD}|{NEW}))?")


@dataclass(frozen=True, slots=True)
class ProcedureCode:
    """A procedure's code: as written, the national `base`, and the case number or the agency of a local
    variant.
    """

    text: str
    base: str
    case: str | None = None
    agency: str | None = None

    @classmethod
    def parse(cls, value: str) -> Self:
        """Read a code; small letters and outer space are forgiven. Raises `BadCode`."""
        text = value.strip().upper()
        match = _CODE.fullmatch(text)
        if match is None:
            raise BadCode("procedure.shape")
        return cls(text, match["base"], match["case"], match["agency"])

    def __str__(self) -> str:
        return self.text

    @property
    def is_local(self) -> bool:
        """Whether a province made this variant its own."""
        return self.agency is not None


def check_procedure_code(value: str) -> list[Finding]:
    """Findings on a procedure code."""
    try:
        ProcedureCode.parse(value)
    except BadCode as bad:
        return [bad.finding]
    return []
