"""Addresses (a commune and the rest of the way), and administrative units or agencies by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.rules.eforms.definition import Field
from motcua.rules.eforms.kinds.base import Asked, Kind, Verdict, fault, is_blank, lower_first
from motcua.rules.eforms.kinds.texts import check_line
from motcua.rules.eforms.lookups import Lookups

LEVELS = {
    "province": "tỉnh, thành phố",
    "district": "quận, huyện",
    "commune": "xã, phường",
    "agency": "cơ quan",
}
TIERS = {"legacy": ("province", "district", "unit"), "2025": ("province", "unit")}
AGENCIES = "agencies"  # the catalogue of agencies, given by the caller


def _next_pick(given: Mapping[Any, Any], scheme: str, last: str) -> tuple[str, str]:
    """The first level still to be chosen, as (sub-path, words): one answer is asked for at a time."""
    for part in TIERS.get(scheme, TIERS["legacy"]):
        level = "commune" if part == "unit" else part
        if is_blank(given.get(part)):
            return part, LEVELS[level]
        if level == last:
            break
    return "unit", LEVELS[last]


def _moved_away(given: Mapping[Any, Any], code: str, level: str, asked: Asked) -> bool:
    """Whether the province or district chosen is not the one this unit lies in: then the unit is no answer."""
    above = asked.lookups.unit_above(code, level=level, scheme=asked.scheme)
    chosen = {part: given.get(part) for part in ("province", "district") if part in above}
    return any(not is_blank(picked) and picked != above[part] for part, picked in chosen.items())


def _check_address(field: Field, value: Any, asked: Asked) -> Verdict:
    if not isinstance(value, Mapping):
        return fault(f"{field.label} cần tên xã, phường và tỉnh, thành phố")
    verdict, kept = Verdict(), {}
    # The same code names another place in the other tree: an address from there (of an account, say) is asked again.
    unit = value.get("unit") if value.get("scheme", asked.scheme) == asked.scheme else None
    if is_blank(unit):
        part, words = _next_pick(value, asked.scheme, "commune")
        verdict.errors.append((part, f"Chọn {words} của {lower_first(field.label)}"))
    elif (
        not isinstance(unit, str)
        or len(unit) > 20
        or asked.lookups.unit_words(unit.strip(), level="commune", scheme=asked.scheme) is None
    ):
        verdict.errors.append(("unit", f"Chọn lại xã, phường của {lower_first(field.label)}: không có trong danh mục"))
    elif _moved_away(value, unit.strip(), "commune", asked):
        verdict.errors.append(("unit", f"Chọn lại xã, phường của {lower_first(field.label)}"))
    else:
        kept["unit"] = unit.strip()
    if not is_blank(value.get("street")) and field.street != "none":
        street, wrong = check_line(f"Số nhà, đường, thôn, tổ của {lower_first(field.label)}", value["street"], 200)
        if wrong:
            verdict.errors.append(("street", wrong))
        kept["street"] = street
    elif field.street == "required":
        verdict.errors.append(("street", f"Điền số nhà, đường hoặc thôn, tổ của {lower_first(field.label)}"))
    if not verdict.errors:
        verdict.value = kept
    return verdict


def _check_unit(field: Field, value: Any, asked: Asked) -> Verdict:
    if isinstance(value, Mapping):
        part = "unit" if field.level in ("commune", "agency") else field.level
        if is_blank(value.get(part)):
            at, words = _next_pick(value, asked.scheme, field.level)
            return fault(f"Chọn {words} ở câu “{field.label}”", at)
        code = value[part]
        if isinstance(code, str) and field.level != "agency" and _moved_away(value, code, field.level, asked):
            return fault(f"Chọn lại {LEVELS[field.level]} ở câu “{field.label}”", part)
        value = code
    code = value.strip() if isinstance(value, str) and len(value) <= 60 else ""
    if field.level == "agency":
        known = asked.lookups.catalogue_label(AGENCIES, code) is not None
    else:
        known = asked.lookups.unit_words(code, level=field.level, scheme=asked.scheme) is not None
    if not known:
        return fault(f"Chọn lại {LEVELS[field.level]} ở câu “{field.label}”: không có trong danh mục")
    return Verdict(code)


def _show_address(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    words = lookups.unit_words(value.get("unit", ""), level="commune", scheme=scheme) or value.get("unit", "")
    text = ", ".join(part for part in (value.get("street", ""), words) if part)
    return text[:1].upper() + text[1:]


def _show_unit(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    if field.level == "agency":
        return lookups.catalogue_label(AGENCIES, value) or str(value)
    words = lookups.unit_words(value, level=field.level, scheme=scheme) or str(value)
    return words[:1].upper() + words[1:]


def _schema_address(field: Field) -> dict[str, Any]:
    properties: dict[str, Any] = {"unit": {"type": "string", "maxLength": 20}}
    if field.street != "none":
        properties["street"] = {"type": "string", "maxLength": 200}
    return {
        "type": "object",
        "properties": properties,
        "required": ["unit", "street"] if field.street == "required" else ["unit"],
        "additionalProperties": False,
    }


def _schema_unit(field: Field) -> dict[str, Any]:
    return {"type": "string", "maxLength": 60}


ADDRESS = Kind(_check_address, _show_address, _schema_address)
UNIT = Kind(_check_unit, _show_unit, _schema_unit, ask="Chọn")
