"""The reorganisation of 2025 as a plan for this province: communes merge, districts end, names follow the new province.

What the plan says is only what the mapping of units says; where an old commune was split, most of it decides, and a
person may write another plan. NQ 202/2025/QH15, NQ 203/2025/QH15.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from motcua.agencies.models import Agency, Tier
from motcua.eforms.units import LEGACY, NEW, tree
from motcua.eforms.units_2025 import moves_of, new_province_of

DAY = date(2025, 7, 1)
BASIS = "Nghị quyết 202/2025/QH15 và nghị quyết sắp xếp đơn vị hành chính cấp xã năm 2025"


def two_tiers(province: str, *, day: date = DAY, basis: str = BASIS) -> dict[str, Any]:
    """A plan (`rules.reorganise.read_plan`) for the legacy province of this code, from the bodies that stand now."""
    standing = list(Agency.objects.filter(until__isnull=True).order_by("code"))
    root = next((agency.code for agency in standing if agency.parent_id is None), "")
    moved = {move.old: move.new for move in moves_of(province)}
    communes = [agency for agency in standing if agency.tier == Tier.COMMUNE and agency.unit_code in moved]
    codes = {unit: f"{root}.30.{place:03d}" for place, unit in enumerate(sorted(set(moved.values())), 1)}
    changes: list[dict[str, Any]] = [
        {"kind": "merge", "from": [agency.code for agency in before], "to": _commune(unit, codes[unit], root)}
        for unit in codes
        if (before := [agency for agency in communes if moved[agency.unit_code] == unit])
    ]
    founded = {change["to"]["code"] for change in changes}
    changes += _districts(standing, moved, codes, founded)
    changes += _names(standing, province)
    return {"day": day, "basis": basis, "change": changes}


def _commune(unit: str, code: str, root: str) -> dict[str, str]:
    found = tree(NEW).get(unit, level="commune")
    assert found is not None
    name = f"Ủy ban nhân dân {found.name[:1].lower()}{found.name[1:]}"
    return {
        "code": code,
        "name": name,
        "tier": Tier.COMMUNE.value,
        "kind": "peoples_committee",
        "parent": root,
        "unit_code": unit,
    }


def _districts(
    standing: list[Agency], moved: dict[str, str], codes: dict[str, str], founded: set[str]
) -> list[dict[str, Any]]:
    """A district's open work goes to the commune its applicant lives in now, else to the one that took most of it."""
    changes: list[dict[str, Any]] = []
    for agency in standing:
        if agency.tier != Tier.DISTRICT:
            continue
        homes = [unit.code for unit in tree(LEGACY).communes(agency.unit_code) if codes[moved[unit.code]] in founded]
        if not homes:
            continue
        shares = {f"unit:{home}": codes[moved[home]] for home in homes}
        order = [code for code, _ in Counter(shares.values()).most_common()]
        changes.append({"kind": "dissolve", "from": agency.code, "to": order, "shares": shares})
    return changes


def _names(standing: list[Agency], province: str) -> list[dict[str, Any]]:
    old, new = tree(LEGACY).get(province, level="province"), new_province_of(province)
    if old is None or new is None or old.name == new[1]:
        return []
    before, after = old.name[:1].lower() + old.name[1:], new[1][:1].lower() + new[1][1:]
    return [
        {"kind": "rename", "from": agency.code, "to": {"code": agency.code, "name": agency.name.replace(before, after)}}
        for agency in standing
        if agency.tier == Tier.PROVINCE and before in agency.name
    ]
