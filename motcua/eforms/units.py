"""Administrative units: the legacy tree (63 provinces, districts, communes) and that of 2025 (34 provinces,
communes).

The facts come from the package `vietnamadminunits`; its data file is read directly, once per process and tree
(about 50 ms), because importing the package itself loads parsers nobody needs here. A commune code may stand
in both trees for two different places, so a code means nothing without its tree ("scheme").
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

from motcua.rules.text import fold

LEGACY, NEW = "legacy", "2025"
SCHEMES = (LEGACY, NEW)
LEVELS = ("province", "district", "commune")

_ROWS = {
    LEGACY: "SELECT provinceCode, province, provinceShort, districtCode, district, districtShort, "
    "wardCode, ward, wardShort FROM admin_units_legacy",
    NEW: "SELECT provinceCode, province, provinceShort, NULL, NULL, NULL, wardCode, ward, wardShort FROM admin_units",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `parent` is the code of its district (in the new tree, its province); none for a province."""

    level: str
    code: str
    name: str
    parent: str
    order: tuple[str, ...]


def _order(short: str) -> tuple[str, ...]:
    """Alphabetical without accents first, then with; "Phường 2" before "Phường 10"."""
    padded = re.sub(r"\d+", lambda found: found[0].zfill(3), short)
    return fold(padded), padded


def _inside(name: str) -> str:
    """A unit's name within a sentence: "Xã A" becomes "xã A"."""
    return name[:1].lower() + name[1:]


class UnitTree:
    """The units of one scheme."""

    def __init__(self, scheme: str, rows: Iterable[tuple[str | None, ...]]) -> None:
        self.scheme = scheme
        self._units: dict[tuple[str, str], Unit] = {}
        for province, province_name, province_short, district, district_name, district_short, *ward in rows:
            self._add("province", province, province_name, province_short, "")
            self._add("district", district, district_name, district_short, province)
            # An island district without communes stands for its only commune, so that one can live there.
            code, name, short = ward if ward[0] else (district, district_name, district_short)
            self._add("commune", code, name, short, district or province)
        self._children: dict[tuple[str, str], list[Unit]] = {}
        for unit in sorted(self._units.values(), key=lambda unit: unit.order):
            self._children.setdefault((unit.level, unit.parent), []).append(unit)

    def _add(self, level: str, code: str | None, name: str | None, short: str | None, parent: str | None) -> None:
        if code and name:
            self._units.setdefault((level, code), Unit(level, code, name, parent or "", _order(short or name)))

    @property
    def tiers(self) -> tuple[str, ...]:
        """Levels from the top."""
        return LEVELS if self.scheme == LEGACY else ("province", "commune")

    def get(self, code: str, *, level: str) -> Unit | None:
        """The unit of that level and code, or None."""
        return self._units.get((level, code))

    def provinces(self) -> list[Unit]:
        """All provinces in alphabetical order."""
        return self._children[("province", "")]

    def districts(self, province: str) -> list[Unit]:
        """Districts of a province; none in the new tree."""
        return self._children.get(("district", province), [])

    def communes(self, parent: str) -> list[Unit]:
        """Communes of a district (legacy) or of a province (2025)."""
        return self._children.get(("commune", parent), [])

    def below(self, level: str, code: str) -> list[Unit]:
        """The units one chooses from after choosing this one."""
        if level == "province" and self.scheme == LEGACY:
            return self.districts(code)
        return self.communes(code) if level in ("province", "district") else []

    def line(self, code: str, *, level: str) -> list[Unit]:
        """The unit and all above it, from the unit itself up; empty when there is none."""
        found: list[Unit] = []
        unit = self.get(code, level=level)
        while unit is not None:
            found.append(unit)
            above = self.tiers.index(unit.level) - 1
            unit = self.get(unit.parent, level=self.tiers[above]) if above >= 0 else None
        return found

    def words(self, code: str, *, level: str = "commune") -> str | None:
        """The unit in full, as inside a sentence: "xã A, huyện B, tỉnh C"; None when there is none."""
        line = self.line(code, level=level)
        names = list(dict.fromkeys(unit.name for unit in line))  # an island district is its own commune
        return ", ".join(_inside(name) for name in names) if line else None

    def search(self, text: str, *, limit: int = 20) -> list[Unit]:
        """Communes whose full words contain every typed word, accents forgiven."""
        typed = fold(text).replace(",", " ").split()[:8]
        if not typed:
            return []
        found = [(words.startswith(typed[0]), unit) for words, unit in self._folded if all(t in words for t in typed)]
        found.sort(key=lambda pair: (not pair[0], pair[1].order))
        return [unit for _, unit in found[:limit]]

    @cached_property
    def _folded(self) -> list[tuple[str, Unit]]:
        communes = (unit for unit in self._units.values() if unit.level == "commune")
        return [(fold(self.words(unit.code) or ""), unit) for unit in communes]


def data_file() -> Path:
    """The package's database of units. Raises RuntimeError where the package is not installed."""
    found = find_spec("vietnamadminunits")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("the package vietnamadminunits is not installed")
    return Path(found.submodule_search_locations[0]) / "data" / "dataset.db"


@cache
def tree(scheme: str) -> UnitTree:
    """The tree of a scheme (`legacy` or `2025`), read at first use. Raises KeyError for another name."""
    query = _ROWS[scheme]
    with closing(sqlite3.connect(f"file:{data_file()}?mode=ro&immutable=1", uri=True)) as connection:
        return UnitTree(scheme, connection.execute(query).fetchall())
