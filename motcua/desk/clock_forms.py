"""Forms of the clock: an apology, one more supplement round, money due midway, a changed calendar, an outage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms import DeskForm, long_text
from motcua.rules.worktime import VIETNAM

Choices = Iterable[tuple[Any, Any]]

_DAY = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})[\s,;:–-]*(.*)$")
_SEASON = re.compile(r"^(\d{1,2})/(\d{1,2})\s*[-–]\s*(\d{1,2})/(\d{1,2})\s*:\s*(.*)$")
_SPAN = re.compile(r"^(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})$")
MOST_DAYS = 60


class ApologyForm(DeskForm):
    """Why the date cannot be kept, and the one new date."""

    reason = long_text(
        _("Lý do chưa kịp trả kết quả"),
        help_text=_("Người nộp đọc nguyên văn lý do này trong phiếu xin lỗi. Nêu rõ còn vướng gì, ở đâu."),
        required=True,
    )
    new_day = forms.DateField(
        label=_("Hẹn lại ngày"),
        help_text=_("Ngày gợi ý đủ cho các bước còn lại. Mỗi hồ sơ chỉ được hẹn lại một lần."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Hãy ghi ngày như 30/11/2026.")},
    )


class SignApologyForm(DeskForm):
    """Nothing to fill in: what is signed stands above the button."""


class AllowSupplementForm(DeskForm):
    """Why asking once was not enough."""

    reason = long_text(
        _("Vì sao phải yêu cầu bổ sung thêm lần nữa"),
        help_text=_("Lần yêu cầu thêm được tính vào chỉ số của cơ quan và ghi dấu trên hồ sơ."),
        required=True,
    )


class DutyForm(DeskForm):
    """What the applicant has to pay before the work goes on."""

    name = forms.CharField(label=_("Khoản phải nộp"), max_length=250, required=False)
    amount = forms.IntegerField(
        label=_("Số tiền (đồng)"),
        required=False,
        min_value=1,
        max_value=10**12,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Số tiền chỉ gồm chữ số, ví dụ 250000."),
            "min_value": _("Số tiền phải lớn hơn 0."),
            "max_value": _("Số tiền lớn quá mức có thể."),
        },
    )
    basis = forms.CharField(
        label=_("Căn cứ"), help_text=_("Thông báo thuế, điều khoản quy định."), max_length=300, required=False
    )


class _Placed(DeskForm):
    """A form about one agency's calendar or the whole province's."""

    agency = forms.ChoiceField(label=_("Áp dụng cho"), required=False)

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = list(places)  # type: ignore[attr-defined]

    def agency_id(self) -> int | None:
        """The agency's key; None for the whole province."""
        value = self.cleaned_data["agency"]
        return int(value) if value else None


class ChangeForm(_Placed):
    """Days off, extra working days, new hours: one thing a line, as one would write it down."""

    days_off = long_text(_("Ngày nghỉ thêm"), help_text=_("Mỗi dòng một ngày và tên, ví dụ: 24/12/2026 Nghỉ bão số 9"))
    working_days = long_text(
        _("Ngày làm việc thêm"), help_text=_("Thứ Bảy, Chủ nhật đi làm, ví dụ: 26/12/2026 Làm bù ngày 24/12"), rows=3
    )
    hours = long_text(
        _("Giờ làm việc mới"),
        help_text=_(
            "Ví dụ: 07:00-11:30, 13:30-17:00. Có mùa thì mỗi mùa một dòng: 16/4-15/10: 07:00-11:30, 13:30-17:00"
        ),
        rows=3,
    )
    hours_since = forms.DateField(
        label=_("Giờ mới có hiệu lực từ ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Hãy ghi ngày như 01/12/2026.")},
    )
    basis = forms.CharField(
        label=_("Căn cứ"),
        help_text=_("Số, ngày văn bản. Người dân đọc căn cứ này khi ngày hẹn của họ thay đổi."),
        max_length=300,
    )

    def clean_days_off(self) -> dict[date, str]:
        return _days(self.cleaned_data["days_off"])

    def clean_working_days(self) -> dict[date, str]:
        return _days(self.cleaned_data["working_days"])

    def clean_hours(self) -> list[dict[str, Any]]:
        lines = [line.strip() for line in self.cleaned_data["hours"].splitlines() if line.strip()]
        return [_season(line) for line in lines]

    def given(self) -> dict[str, Any]:
        """The verb's arguments."""
        names = ("days_off", "working_days", "hours", "hours_since", "basis")
        return {name: self.cleaned_data[name] for name in names} | {"agency_id": self.agency_id()}


class OutageForm(_Placed):
    """From when to when, and why."""

    since = forms.DateTimeField(label=_("Ngừng từ lúc"))
    until = forms.DateTimeField(label=_("Hoạt động lại lúc"))
    reason = forms.CharField(
        label=_("Lý do"), help_text=_("Người dân đọc lý do này khi thời hạn của họ được kéo dài."), max_length=300
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            self.fields[name].error_messages["invalid"] = _("Hãy ghi ngày giờ như 18/11/2026 07:30.")

    def given(self) -> dict[str, Any]:
        """The verb's arguments; hours typed are those of Việt Nam."""
        given = self.cleaned_data
        return {
            "since": _local(given["since"]),
            "until": _local(given["until"]),
            "reason": given["reason"],
            "agency_id": self.agency_id(),
        }


def _local(at: datetime) -> datetime:
    return at.astimezone(VIETNAM)


def _days(text: str) -> dict[date, str]:
    """Days with their names, one a line; what is no day is said with its line."""
    found: dict[date, str] = {}
    wrong = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _DAY.match(line)
        try:
            if match is None:
                raise ValueError
            day, month, year, name = match.groups()
            found[date(int(year), int(month), int(day))] = name.strip()
        except ValueError:
            wrong.append(line[:60])
    if wrong:
        raise ValidationError(_("Không đọc được ngày ở dòng: %(lines)s"), params={"lines": "; ".join(wrong[:5])})
    if len(found) > MOST_DAYS:
        raise ValidationError(_("Mỗi lần đề xuất nhiều nhất %(most)d ngày."), params={"most": MOST_DAYS})
    return found


def _season(line: str) -> dict[str, Any]:
    """``07:00-11:30, 13:30-17:00``, with ``16/4-15/10:`` in front where it holds for a season only."""
    found: dict[str, Any] = {}
    match, spans = _SEASON.match(line), line
    if match is not None:
        first_day, first_month, last_day, last_month, spans = match.groups()
        found = {"first": [int(first_month), int(first_day)], "last": [int(last_month), int(last_day)]}
    pairs = [_SPAN.match(part.strip()) for part in spans.split(",")]
    if not all(pairs):
        raise ValidationError(_("Không đọc được giờ ở dòng: %(line)s"), params={"line": line[:60]})
    found["intervals"] = [[one.zfill(5) for one in pair.groups()] for pair in pairs if pair is not None]
    return found
