"""The owner's address on the profile: the same lists of units as in the e-forms, so that it can prefill them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.eforms import units
from motcua.eforms.places import address_view
from motcua.eforms.views import FieldView
from motcua.rules.eforms import Field, FieldType
from motcua.rules.text import clean_line, has_forbidden

_NAME: Final = "address"
_PARTS: Final = ("province", "district", "unit", "street")
MAX_STREET: Final = 200


def _scheme() -> str:
    return str(settings.SITE.get("units_scheme", units.LEGACY))


def posted(data: QueryDict) -> dict[str, str]:
    """The parts of the address as they were sent."""
    return {part: clean_line(data.get(f"{_NAME}-{part}", "")[: 10 * MAX_STREET]) for part in _PARTS}


def judge(data: QueryDict) -> tuple[dict[str, str], str]:
    """The address to keep (`{}` for none) and, instead, what is wrong with what was sent.

    Either nothing is filled in, or a commune is chosen; the rest of the way is free.
    """
    given = posted(data)
    street = data.get(f"{_NAME}-street", "")[: 10 * MAX_STREET]
    if has_forbidden(street) or len(given["street"]) > MAX_STREET:
        return {}, _("Số nhà, đường, thôn, tổ: tối đa %(most)d ký tự, không có ký tự lạ") % {"most": MAX_STREET}
    if not any(given.values()):
        return {}, ""
    if units.tree(_scheme()).get(given["unit"], level="commune") is None:
        return {}, _("Chọn đến xã, phường, thị trấn; hoặc để trống cả địa chỉ")
    return {part: given[part] for part in ("unit", "street") if given[part]}, ""


def view(value: Mapping[str, Any], *, error: str = "") -> FieldView:
    """The lists and the box for `eforms/fields/address.html`, with the error beside them."""
    label = _("Địa chỉ thường trú hoặc trụ sở")
    field = Field(key=_NAME, type=FieldType.ADDRESS, label=label, street="optional", autocomplete="street-address")
    bare = FieldView(
        path=_NAME,
        name=_NAME,
        id=f"f-{_NAME}",
        type="address",
        template="address",
        label=label,
        hint=_("Dùng để điền sẵn tờ khai"),
        optional=True,
        is_shown=True,
        show_if="",
        scope="",
        errors=(error,) if error else (),
        described_by=f"f-{_NAME}-goi-y" + (f" f-{_NAME}-loi" if error else ""),
    )
    drawn = address_view(field, bare, dict(value), _scheme(), {_NAME: [error]} if error else {})
    return replace(drawn, lists_button=True)
