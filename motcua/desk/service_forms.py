"""The form by which an agency asks to offer, change or end a service (BD-69)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms import DeskForm, long_text
from motcua.procedures.actions.services import Service
from motcua.procedures.models import ServiceMode
from motcua.rules.acts import Channel

CHANNELS = {
    Channel.COUNTER: _("Trực tiếp tại bộ phận một cửa"),
    Channel.ONLINE: _("Trực tuyến"),
    Channel.POST: _("Qua bưu chính công ích"),
}


class ServiceForm(DeskForm):
    """What is asked for, how dossiers come, from when, and why."""

    agency = forms.TypedChoiceField(label=_("Cơ quan"), coerce=int)
    want = forms.ChoiceField(
        label=_("Đề nghị"),
        widget=forms.RadioSelect,
        choices=[("offer", _("Cung cấp như dưới đây")), ("stop", _("Ngừng cung cấp"))],
    )
    counter = forms.TypedChoiceField(label=_("Nơi tiếp nhận"), coerce=int, required=False)
    service_level = forms.TypedChoiceField(
        label=_("Mức độ dịch vụ"),
        help_text=_("Không cao hơn mức đã công bố cho thủ tục."),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, 5)],
    )
    service_mode = forms.ChoiceField(label=_("Hình thức"), choices=ServiceMode.choices)
    channels = forms.MultipleChoiceField(
        label=_("Cách nhận hồ sơ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(channel.value, words) for channel, words in CHANNELS.items()],
    )
    since = forms.DateField(
        label=_("Áp dụng từ ngày"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Hãy ghi ngày như 01/12/2026.")},
    )
    reason = long_text(_("Lý do, căn cứ"), required=True, rows=3)

    def __init__(
        self, data: Any, *, agencies: Iterable[tuple[int, str]], counters: Iterable[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]
        self.fields["counter"].choices = list(counters)  # type: ignore[attr-defined]
        self.fields["reason"].max_length = 500  # type: ignore[attr-defined]

    def service(self) -> Service | None:
        """What is to be offered; None to stop."""
        given = self.cleaned_data
        if given["want"] == "stop":
            return None
        return Service(
            counter_id=given["counter"] or 0,
            level=given["service_level"],
            mode=given["service_mode"],
            channels=tuple(Channel(value) for value in given["channels"]),
        )


class DecisionForm(DeskForm):
    """What is said with a decision; needed where the proposal goes back."""

    words = long_text(_("Lý do, ghi chú"), help_text=_("Bắt buộc khi trả lại; cơ quan đề nghị đọc nguyên văn."), rows=3)
