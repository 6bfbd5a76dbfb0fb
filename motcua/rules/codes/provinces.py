"""The 63 provinces of 2020 as codes only: agency code (QĐ 20/2020/QĐ-TTg) and unit code of the General
Statistics Office.

Mergers since 2025 changed neither the birth-province part of identity numbers nor agency and dossier codes
already issued, so this list is closed. Names belong to the data of `agencies`, not to code.
"""

from collections.abc import Mapping
from typing import Final

_ROWS: Final = """
H01 89  H02 24  H03 06  H04 95  H05 27  H06 77  H07 83  H08 52  H09 74  H10 70  H11 60  H12 96  H13 92
H14 04  H15 66  H16 67  H17 48  H18 11  H19 75  H20 87  H21 64  H22 02  H23 30  H24 31  H25 35  H26 01
H27 42  H28 17  H29 79  H30 93  H31 33  H32 56  H33 91  H34 62  H35 12  H36 68  H37 20  H38 10  H39 80
H40 36  H41 40  H42 37  H43 58  H44 25  H45 54  H46 44  H47 49  H48 51  H49 22  H50 45  H51 94  H52 14
H53 72  H54 34  H55 19  H56 38  H57 46  H58 82  H59 84  H60 08  H61 86  H62 26  H63 15
"""
_TABLE: Final = _ROWS.split()

UNIT_OF_PROVINCE: Final[Mapping[str, str]] = dict(zip(_TABLE[::2], _TABLE[1::2], strict=True))
"""Agency code of a province → two-digit unit code of the same province before 2025."""

BIRTH_PROVINCES: Final[Mapping[str, str]] = {f"0{unit}": province for province, unit in UNIT_OF_PROVINCE.items()}
"""First three digits of an identity number → agency code of the birth province (TT 07/2016/TT-BCA, annex)."""
