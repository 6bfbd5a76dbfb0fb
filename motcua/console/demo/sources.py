"""The files the demo province is made from: the preset of the province and the folder `demo/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.eforms.units import Unit, UnitTree, tree

FOLDER: Path = settings.REPOSITORY / "demo"


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True)
class Sources:
    """Everything that was written down before the demo begins; read at first use."""

    @cached_property
    def preset(self) -> dict[str, Any]:
        """The whole preset of this deployment's province."""
        return _read(settings.PROVINCES_DIR / f"{settings.PROVINCE}.toml")

    @cached_property
    def site(self) -> dict[str, Any]:
        site: dict[str, Any] = self.preset["site"]
        return site

    @cached_property
    def agencies(self) -> dict[str, Any]:
        """Bodies and divisions, those only this province has at the end."""
        found = _read(FOLDER / self.offices.get("bodies", "agencies.toml"))
        return found | {"body": [*found["body"], *self.preset.get("body", [])]}

    @cached_property
    def offices(self) -> dict[str, str]:
        """What the province calls its counters (`[offices]`): ``centre``, ``district_counter``, ``commune_counter``.

        ``{place}`` in a name is the unit. ``bodies`` names another file of bodies in this folder.
        """
        desk = "Bộ phận Tiếp nhận và Trả kết quả {place}"
        return {"district_counter": desk, "commune_counter": desk, **self.preset.get("offices", {})}

    @cached_property
    def people(self) -> dict[str, Any]:
        return _read(FOLDER / "people.toml")

    @cached_property
    def ministries(self) -> dict[str, Any]:
        """Systems of ministries, and the procedures that are filed there."""
        return _read(FOLDER / "ministries.toml")

    @cached_property
    def procedures(self) -> dict[str, dict[str, Any]]:
        """Definitions by national code, forms that build on another one completed."""
        found = {path.stem: _read(path) for path in sorted((FOLDER / "procedures").glob("*.toml"))}
        for definition in found.values():
            _complete_form(definition, found)
        return found

    @cached_property
    def units(self) -> UnitTree:
        return tree(self.scheme)

    @property
    def scheme(self) -> str:
        """Which unit tree the province is governed by: ``legacy`` (three tiers) or ``2025`` (two)."""
        return str(self.site["units_scheme"])

    @cached_property
    def districts(self) -> list[Unit]:
        """Districts by code; none where the tier does not exist."""
        return sorted(self.units.districts(self.site["unit_code"]), key=lambda unit: unit.code)

    @cached_property
    def communes(self) -> dict[str, list[Unit]]:
        """Communes by code, under the code of their district (of the province where there are no districts)."""
        above = [district.code for district in self.districts] or [self.site["unit_code"]]
        return {code: sorted(self.units.communes(code), key=lambda unit: unit.code) for code in above}

    @cached_property
    def stage(self) -> tuple[str, ...]:
        """Codes of the communes whose offices have people; the first is where the cast works."""
        demo = self.preset.get("demo", {})
        chosen = [demo.get("commune", ""), *demo.get("further_communes", [])]
        known = [unit.code for units in self.communes.values() for unit in units]
        return tuple(code for code in chosen if code in known) or tuple(known[:: max(len(known) // 6, 1)][:6])

    @cached_property
    def bank_accounts(self) -> dict[str, str]:
        """Published accounts by the key of their agency (KT-17); "stage" is the first commune of the stage."""
        found = dict(self.preset.get("demo", {}).get("bank_accounts", {}))
        if "stage" in found:
            found[f"xa-{self.stage[0]}"] = found.pop("stage")
        return found

    @property
    def birth_province(self) -> str:
        """Two digits of the province in identity numbers, which keep the tree of 63 (TT 07/2016/TT-BCA)."""
        return str(self.preset.get("demo", {}).get("birth_province") or self.site["unit_code"])

    @property
    def phone_prefix(self) -> str:
        """Invented telephone numbers begin like the province's hotline, unless the preset says otherwise."""
        given = self.preset.get("demo", {}).get("phone_prefix")
        return str(given or self.site["hotline"].rpartition(" ")[0])


def _complete_form(definition: dict[str, Any], known: dict[str, dict[str, Any]]) -> None:
    """``eform.steps_of`` names another procedure whose steps come first: a linked procedure asks nothing twice."""
    form = definition["eform"]
    if base := form.pop("steps_of", None):
        other = known[base]["eform"]["definition"]
        form["definition"]["steps"] = [*other["steps"], *form["definition"]["steps"]]
        form["definition"]["checks"] = [*other.get("checks", []), *form["definition"].get("checks", [])]
