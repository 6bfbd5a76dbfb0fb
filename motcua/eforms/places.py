"""An address or a unit on the page: a list for each tier, and the rest of the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from motcua.eforms import units
from motcua.eforms.options import options_html
from motcua.eforms.views import BoxView, FieldView, SelectView
from motcua.rules.eforms import Field, FieldType
from motcua.rules.eforms.kinds.base import scalar_text


def _labels(scheme: str) -> dict[str, str]:
    commune = _("Xã, phường, thị trấn") if scheme == units.LEGACY else _("Xã, phường, đặc khu")
    return {"province": _("Tỉnh, thành phố"), "district": _("Quận, huyện, thị xã, thành phố"), "commune": commune}


def chosen_line(tree: units.UnitTree, value: Any, level: str) -> dict[str, str]:
    """The chosen code of each level, as far as the choices agree: a commune of another province is not kept."""
    given = value if isinstance(value, Mapping) else {"unit": value}
    parts = {part: scalar_text(given.get(part)) or "" for part in ("province", "district", "unit")}
    lowest = parts["unit"] if level == "commune" else parts.get(level) or parts["unit"]
    found = {unit.level: unit.code for unit in tree.line(lowest, level=level)}
    if found and all(not parts[part] or parts[part] == found.get(part) for part in ("province", "district")):
        return found
    line: dict[str, str] = {}
    if tree.get(parts["province"], level="province"):
        line["province"] = parts["province"]
    if (district := tree.get(parts["district"], level="district")) and district.parent == parts["province"]:
        line["district"] = district.code
    return line


def address_view(
    field: Field, view: FieldView, value: Any, scheme: str, errors: Mapping[str, Sequence[str]]
) -> FieldView:
    """The view with its lists: those below an unchosen unit are empty until it is chosen."""
    tree = units.tree(scheme)
    last = "commune" if field.type is FieldType.ADDRESS else field.level
    tiers = tree.tiers[: tree.tiers.index(last) + 1] if last in tree.tiers else tree.tiers
    line = chosen_line(tree, value, tiers[-1])
    selects: list[SelectView] = []
    offered = tree.provinces()
    for level in tiers:
        part = "unit" if level == "commune" else level
        code = line.get(level, "")
        is_wrong = bool(view.errors) and (not code or f"{view.path}.{part}" in errors)
        options = options_html(tuple((unit.code, unit.name) for unit in offered), code)
        name = f"{view.name}-{part}"
        selects.append(SelectView(name, f"f-{name}", _labels(scheme)[level], level, options, is_wrong))
        offered = tree.below(level, code) if code else []
    return replace(
        view,
        id=selects[0].id,
        selects=tuple(selects),
        lists_button=len(tiers) > 1,
        street=_street(field, view, value, errors),
        scheme=scheme,
    )


def _street(field: Field, view: FieldView, value: Any, errors: Mapping[str, Sequence[str]]) -> BoxView | None:
    if field.type is not FieldType.ADDRESS or field.street == "none":
        return None
    typed = scalar_text(value.get("street")) if isinstance(value, Mapping) else ""
    label = _("Số nhà, đường, thôn, tổ")
    if field.street == "optional":
        label = _("Số nhà, đường, thôn, tổ (không bắt buộc)")
    name = f"{view.name}-street"
    autocomplete = "street-address" if field.autocomplete == "street-address" else ""
    return BoxView(name, f"f-{name}", label, typed or "", "", f"{view.path}.street" in errors, "", autocomplete)
