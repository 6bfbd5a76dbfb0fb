"""The public calculator "Tính hạn": when something is due, and why (the same rules as every deadline here)."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries.timing import SpanLine, span_line
from motcua.policy.queries import calendar
from motcua.portal.account_pages.forms import PageForm
from motcua.rules.worktime import Due, Unit, WorktimeError, due, to_json
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults

SPANS_HEAD = 40
SPANS_TAIL = 10
"""Lines of an explanation shown of a long one: its beginning and its end."""

UNITS = (
    (Unit.WORKING_DAYS.value, _("ngày làm việc")),
    (Unit.WORKING_HOURS.value, _("giờ làm việc")),
    (Unit.WORKING_DAYS_CLOCK.value, _("ngày làm việc, giữ nguyên giờ (1 ngày = 8 giờ)")),
    (Unit.CALENDAR_DAYS.value, _("ngày (tính cả ngày nghỉ)")),
    (Unit.MONTHS.value, _("tháng")),
    (Unit.ELAPSED_HOURS.value, _("giờ (tính liên tục)")),
)
_NOT_A_TIME = _("Giờ chưa đúng. Điền theo dạng giờ:phút, ví dụ: 16:30")


class WorktimeForm(PageForm):
    """Begin, amount and unit; for "within the day", the hour from which the next day counts."""

    ngay = forms.DateField(
        label=_("Ngày bắt đầu"),
        help_text=_("Ví dụ: 13/02/2026"),
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Điền ngày bắt đầu."),
            "invalid": _("Ngày chưa đúng. Điền theo dạng ngày/tháng/năm, ví dụ: 13/02/2026"),
        },
    )
    gio = forms.TimeField(
        label=_("Giờ bắt đầu"),
        help_text=_("Ví dụ: 16:30"),
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Điền giờ bắt đầu."), "invalid": _NOT_A_TIME},
    )
    so = forms.DecimalField(
        label=_("Thời hạn"),
        help_text=_("Một con số, ví dụ: 8"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        max_digits=9,
        decimal_places=4,
        localize=False,
        error_messages={
            "required": _("Điền thời hạn bằng số."),
            "invalid": _("Thời hạn phải là một con số, ví dụ: 8"),
            "max_digits": _("Thời hạn quá lớn."),
            "max_whole_digits": _("Thời hạn quá lớn."),
            "max_decimal_places": _("Thời hạn có quá nhiều chữ số sau dấu phẩy."),
        },
    )
    don_vi = forms.ChoiceField(
        label=_("Đơn vị"), choices=UNITS, error_messages={"invalid_choice": _("Chọn một đơn vị trong danh sách.")}
    )
    nhan_sau = forms.TimeField(
        label=_("Nhận từ mấy giờ thì tính sang ngày sau"),
        help_text=_("Chỉ dùng cho thủ tục trả kết quả trong ngày, ví dụ: 15:00"),
        required=False,
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _NOT_A_TIME},
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        if data is not None:
            # A decimal comma is what people here type.
            data = {**data.dict(), "so": data.get("so", "").replace(",", ".").strip()}
        super().__init__(data, **options)

    def clean_so(self) -> Decimal:
        amount: Decimal = self.cleaned_data["so"]
        if amount < 0:
            raise ValidationError(_("Thời hạn không thể âm."))
        return amount

    def start(self) -> datetime:
        """The moment asked about, on Việt Nam's clock."""
        begins: time = self.cleaned_data["gio"]
        return datetime.combine(self.cleaned_data["ngay"], begins, tzinfo=clock.ZONE)


def worktime(request: HttpRequest) -> HttpResponse:
    """The form, and under it the answer with its explanation. Nothing is kept: the question is in the address."""
    at = clock.now()
    asked = bool(request.GET)
    initial = {"ngay": at.date(), "gio": at.time(), "so": 1, "don_vi": Unit.WORKING_DAYS.value}
    form = WorktimeForm(request.GET if asked else None, initial=initial)
    answer: Due | None = None
    if asked and form.is_valid():
        try:
            answer = due(
                calendar(at),
                start=form.start(),
                amount=_amount(form.cleaned_data["so"]),
                unit=Unit(form.cleaned_data["don_vi"]),
                same_day_cutoff=form.cleaned_data["nhan_sau"],
            )
        except (WorktimeError, OverflowError) as problem:
            form.add_error("so", str(problem) if isinstance(problem, WorktimeError) else _("Thời hạn quá lớn."))
    spans = [span_line(span) for span in to_json(answer)["explanation"]] if answer else []
    context = {
        "form": form,
        "answer": answer,
        "error_summary": form_faults(form),
        **_shown(spans),
    }
    return render(request, "portal/worktime.html", context, status=422 if form.errors else 200)


def _amount(value: Decimal) -> int | Decimal:
    """Whole amounts as int: units of days take no others."""
    return int(value) if value == value.to_integral_value() else value


def _shown(spans: list[SpanLine]) -> dict[str, Any]:
    """A long explanation keeps its beginning and its end; what lies between is counted."""
    if len(spans) <= SPANS_HEAD + SPANS_TAIL:
        return {"spans": spans, "spans_left_out": 0, "spans_end": []}
    left_out = len(spans) - SPANS_HEAD - SPANS_TAIL
    return {"spans": spans[:SPANS_HEAD], "spans_left_out": left_out, "spans_end": spans[-SPANS_TAIL:]}
