"""Where each legacy commune went in the reorganisation of 2025 (facts of the package `vietnamadminunits`)."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache

from motcua.eforms.units import LEGACY, NEW, data_file, tree

_LEGACY_KEYS = "SELECT provinceKey, districtKey, wardKey, wardCode FROM admin_units_legacy WHERE wardCode IS NOT NULL"
_NEW_KEYS = "SELECT provinceKey, wardKey, wardCode FROM admin_units"


@dataclass(frozen=True, slots=True)
class Move:
    """A legacy commune and the commune it belongs to now; ``whole`` is False where it was split over several, and
    then this is the one that most of it went to.
    """

    old: str
    new: str
    whole: bool


def moves_of(province: str) -> list[Move]:
    """What became of the communes of a legacy province (by its code), in the order of the old codes."""
    return [move for move in _moves() if _province_of(move.old) == province]


def new_province_of(province: str) -> tuple[str, str] | None:
    """Code and full name of the province that a legacy province belongs to now, None for an unknown one."""
    moves = moves_of(province)
    unit = tree(NEW).get(moves[0].new, level="commune") if moves else None
    above = tree(NEW).get(unit.parent, level="province") if unit else None
    return (above.code, above.name) if above else None


def _province_of(commune: str) -> str:
    return tree(LEGACY).line(commune, level="commune")[-1].code


@cache
def _moves() -> list[Move]:
    with closing(sqlite3.connect(f"file:{data_file()}?mode=ro&immutable=1", uri=True)) as connection:
        old = {f"{p}_{d}_{w}": code for p, d, w, code in connection.execute(_LEGACY_KEYS)}
        new = {(p, w): code for p, w, code in connection.execute(_NEW_KEYS)}
    known = json.loads((data_file().parent / "converter_2025.json").read_text(encoding="utf-8"))
    found: dict[str, Move] = {}
    for province, communes in known["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for key, before in communes.items():
            for each in before:
                if each in old and (province, key) in new:
                    found[old[each]] = Move(old[each], new[province, key], whole=True)
    for province, communes in known["DICT_PROVINCE_WARD_DIVIDED"].items():
        for each, parts in communes.items():
            main = next((part["newWardKey"] for part in parts if part["isDefaultNewWard"]), parts[0]["newWardKey"])
            if each in old and (province, main) in new:
                found.setdefault(old[each], Move(old[each], new[province, main], whole=False))
    return [found[code] for code in sorted(found)]
