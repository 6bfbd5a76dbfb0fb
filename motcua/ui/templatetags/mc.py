"""Vietnamese ways of writing things, and the few tags our components are made with: ``{% load mc %}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.rules.permissions import ROUTES, may_open
from motcua.rules.text import grouped

register = template.Library()

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
NBSP = "\u00a0"
NARROW_GROUPS = {12: (3, 3, 3, 3), 9: (3, 3, 3)}


def _local(value: date | datetime) -> date | datetime:
    return localtime(value) if isinstance(value, datetime) and value.tzinfo else value


@register.filter
def vnd(value: Any) -> str:
    """15000 → ``15.000 đ``. The unit is đồng, always whole. Empty stays empty."""
    if value is None or value == "":
        return ""
    try:
        return f"{grouped(int(Decimal(str(value))))}{NBSP}đ"
    except (InvalidOperation, ValueError):
        return str(value)


@register.filter
def number(value: Any) -> str:
    """1234567 → ``1.234.567``; decimals keep their comma: 254.4 → ``254,4``."""
    if value is None or value == "":
        return ""
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    sign = "−" if figure < 0 else ""
    whole, _point, fraction = f"{abs(figure):f}".partition(".")
    return sign + grouped(int(whole)) + (f",{fraction}" if fraction else "")


@register.filter
def day(value: date | datetime | None) -> str:
    """``02/12/2026``, in Việt Nam's time."""
    return _local(value).strftime("%d/%m/%Y") if value else ""


@register.filter
def hour(value: datetime | None) -> str:
    """``10:42``, in Việt Nam's time."""
    return _local(value).strftime("%H:%M") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """``10:42 ngày 02/12/2026``."""
    if not value:
        return ""
    local = _local(value)
    return _("%(hour)s ngày %(day)s") % {"hour": local.strftime("%H:%M"), "day": local.strftime("%d/%m/%Y")}


@register.filter
def weekday_day(value: date | datetime | None) -> str:
    """``thứ Tư 02/12/2026``: for days on which somebody has to act."""
    if not value:
        return ""
    local = _local(value)
    return f"{WEEKDAYS[local.weekday()]} {local.strftime('%d/%m/%Y')}"


@register.filter
def machine(value: date | datetime | None) -> str:
    """The ``datetime`` attribute of ``<time>``: ISO 8601, local."""
    return _local(value).isoformat() if value else ""


@register.filter
def phone(value: str | None) -> str:
    """``0912 345 067``; an unusual number is shown as it is."""
    text = (value or "").strip()
    digits = "0" + text[3:] if text.startswith("+84") else text
    if digits.isdigit() and len(digits) == 10:
        return f"{digits[:4]}{NBSP}{digits[4:7]}{NBSP}{digits[7:]}"
    if digits.isdigit() and len(digits) == 11:
        return f"{digits[:4]}{NBSP}{digits[4:7]}{NBSP}{digits[7:]}"
    return text


@register.filter
def dial(value: str | None) -> str:
    """A telephone number as a `tel:` link wants it: digits only, with a leading + if there is one."""
    text = (value or "").strip()
    return ("+" if text.startswith("+") else "") + "".join(char for char in text if char.isdigit())


@register.filter
def cccd(value: str | None) -> str:
    """Identity numbers in groups of three: ``027 195 004 216``."""
    text = (value or "").strip()
    if not text.replace("*", "0").replace("•", "0").isdigit() or len(text) not in NARROW_GROUPS:
        return text
    return NBSP.join(text[at : at + 3] for at in range(0, len(text), 3))


@register.filter
def size(value: int | None) -> str:
    """Bytes as people say them: ``840 KB``, ``4,1 MB``."""
    if value is None:
        return ""
    if value < 1024:
        return f"{value}{NBSP}B"
    if value < 1024 * 1024:
        return f"{round(value / 1024)}{NBSP}KB"
    return f"{value / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",") + f"{NBSP}MB"


@register.filter
def hash_groups(value: str | None) -> str:
    """A digest in groups of four, so that two people can compare it aloud."""
    text = value or ""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@register.filter
def capital(value: Any) -> str:
    """First letter upper-case, the rest untouched."""
    text = str(value or "")
    return text[:1].upper() + text[1:]


@register.filter
def percent(part: float | None, whole: float | None) -> str:
    """``part`` of ``whole`` as the width of an SVG bar, ``48.2%``, held between 0 and 100."""
    share = 100 * float(part or 0) / float(whole) if whole else 0.0
    return f"{min(100.0, max(0.0, share)):.1f}%"


@register.filter
def widget_kind(field: BoundField) -> str:
    """Which markup a form field needs: radios, checkboxes, checkbox, select, textarea, file, hidden or input."""
    kinds = {
        "RadioSelect": "radios",
        "CheckboxSelectMultiple": "checkboxes",
        "CheckboxInput": "checkbox",
        "Select": "select",
        "NullBooleanSelect": "select",
        "SelectMultiple": "select",
        "Textarea": "textarea",
        "FileInput": "file",
        "ClearableFileInput": "file",
        "HiddenInput": "hidden",
    }
    for parent in type(field.field.widget).__mro__:
        if parent.__name__ in kinds:
            return kinds[parent.__name__]
    return "input"


@register.simple_tag
def control(field: BoundField, css: str = "") -> SafeString:
    """Render a form field's control with the kit's classes and the right ARIA; keeps what the form itself asks for."""
    kind = widget_kind(field)
    base = {"input": "govuk-input", "select": "govuk-select", "textarea": "govuk-textarea", "file": "mc-fileinput"}
    names = [base.get(kind, ""), str(field.field.widget.attrs.get("class", "")), css]
    if field.errors and kind in {"input", "select", "textarea"}:
        names.append(f"{base[kind]}--error")
    attrs = {"class": " ".join(name for name in names if name), "aria-describedby": described_by(field) or None}
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs={key: value for key, value in attrs.items() if value})


@register.filter
def described_by(field: BoundField) -> str:
    """Ids of hint and error, space-separated, for ``aria-describedby``."""
    ids = [f"{field.id_for_label or field.auto_id}-goi-y"] if field.help_text else []
    ids += [f"{field.id_for_label or field.auto_id}-loi"] if field.errors else []
    return " ".join(ids)


@register.simple_tag(takes_context=True)
def nav_link(context: Context, route: str, label: str, *also: str) -> SafeString:
    """One item of the navigation; nothing while the route does not exist, or for whom it is closed.

    It is marked as current on its own route, on any route in ``also``, and where the page sets ``nav`` to ``route``.
    """
    try:
        address = reverse(route)
    except NoReverseMatch:
        return SafeString("")
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if route in ROUTES and actor is not None and not may_open(actor, route):
        return SafeString("")
    match = getattr(request, "resolver_match", None)
    here = match.view_name if match else ""
    current = ""
    if here == route:
        current = "page"
    elif here in also or context.get("nav") == route:
        current = "true"
    if current:
        return format_html('<li><a href="{}" aria-current="{}">{}</a></li>', address, current, label)
    return format_html('<li><a href="{}">{}</a></li>', address, label)


@dataclass(frozen=True)
class Fault:
    """One line of an error summary: the text, and the anchor of the field it belongs to (empty: the whole form)."""

    text: str
    href: str = ""


@register.filter
def form_faults(form: BaseForm) -> list[Fault]:
    """The faults of a bound form in the order of its fields, each leading to its control."""
    faults = [Fault(str(text)) for text in form.non_field_errors()]
    for field in form:
        target = _first_control(field)
        label = str(field.label or "").rstrip(":")
        joint = " " if label.endswith("?") else ": "
        faults += [Fault(f"{label}{joint}{text}" if label else str(text), f"#{target}") for text in field.errors]
    return faults


def _first_control(field: BoundField) -> str:
    """Id of the control that takes the focus: of a group, its first choice."""
    if widget_kind(field) in {"radios", "checkboxes"}:
        choices = list(field)
        return str(choices[0].data["attrs"].get("id", field.auto_id)) if choices else str(field.auto_id)
    return str(field.id_for_label or field.auto_id)


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """Page numbers with ``…`` where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def fault_list(field_errors: Mapping[str, Sequence[str]]) -> list[Fault]:
    """An error summary from a Refusal's ``field_errors``: each path is the id of its control."""
    return [Fault(str(text), f"#{path}" if path else "") for path, texts in field_errors.items() for text in texts]
