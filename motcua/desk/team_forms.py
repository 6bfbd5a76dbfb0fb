"""Forms of working together: asking and giving opinions, parts of a joint dossier, taking and giving back, notes, and
who stands in for whom. What is right is decided by the verbs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.agencies.models import StandInKind
from motcua.desk.forms import DeskForm, long_text
from motcua.rules.worktime import VIETNAM

Choices = Iterable[tuple[Any, Any]]


class ConsultForm(DeskForm):
    """Whom to ask, what, and how long they have."""

    units = forms.MultipleChoiceField(
        label=_("Xin ý kiến của"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một nơi để xin ý kiến.")},
    )
    question = long_text(_("Cần ý kiến về việc gì"), required=True)
    hours = forms.IntegerField(
        label=_("Số giờ làm việc để trả lời"),
        help_text=_("Bỏ trống để cho hết thời gian còn lại của bước. Ngày hẹn trả không thay đổi."),
        required=False,
        min_value=1,
        max_value=10_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Số giờ chỉ gồm chữ số, ví dụ 8."), "min_value": _("Ít nhất 1 giờ.")},
    )

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["units"].choices = list(units)  # type: ignore[attr-defined]

    def asked(self) -> list[tuple[int, int | None]]:
        """(agency, division) of each unit chosen."""
        pairs = (value.partition("-") for value in self.cleaned_data["units"])
        return [(int(agency), int(division) if division else None) for agency, _dash, division in pairs]


class OpineForm(DeskForm):
    """Yes or no, and why."""

    consultation = forms.TypedChoiceField(label=_("Câu hỏi"), coerce=int, widget=forms.RadioSelect)
    agrees = forms.ChoiceField(
        label=_("Ý kiến của đơn vị"), widget=forms.RadioSelect, choices=[("1", _("Đồng ý")), ("0", _("Không đồng ý"))]
    )
    opinion = long_text(_("Nội dung ý kiến"), help_text=_("Không đồng ý thì phải nêu rõ vì sao, cần sửa gì."), rows=6)

    def __init__(self, *args: Any, questions: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["consultation"].choices = list(questions)  # type: ignore[attr-defined]


class PartForm(DeskForm):
    """Which part of the joint dossier to open."""

    part = forms.TypedChoiceField(label=_("Phần liên thông"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, parts: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["part"].choices = list(parts)  # type: ignore[attr-defined]


class SilenceForm(DeskForm):
    """Going on although somebody who was asked has not answered in time."""

    silence_noted = forms.BooleanField(required=True)

    def __init__(self, *args: Any, silent: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["silence_noted"]
        field.label = _("Hết hạn không trả lời, coi như đồng ý: %(units)s.") % {"units": "; ".join(silent)}
        field.error_messages["required"] = _("Hãy xác nhận để đi tiếp, hoặc quay lại chờ ý kiến.")


class RecallForm(DeskForm):
    reason = long_text(_("Vì sao thu hồi"), rows=2)


class ReturnForm(DeskForm):
    reason = long_text(_("Vì sao trả lại"), required=True)


class NoteForm(DeskForm):
    text = long_text(
        _("Ghi chú nội bộ"),
        help_text=_("Người nộp không thấy. Gõ @tên-đăng-nhập để nhắc một đồng nghiệp."),
        required=True,
        rows=3,
    )


class StandInForm(DeskForm):
    """Whose post, who does it, from when to when, on what basis."""

    post = forms.TypedChoiceField(label=_("Thay cho"), coerce=int)
    account = forms.TypedChoiceField(label=_("Người thay"), coerce=int)
    kind = forms.ChoiceField(label=_("Hình thức"), widget=forms.RadioSelect, choices=StandInKind.choices)
    since = forms.DateTimeField(label=_("Từ lúc"))
    until = forms.DateTimeField(label=_("Đến hết lúc"))
    basis = forms.CharField(label=_("Căn cứ"), help_text=_("Số, ngày văn bản, người ký."), max_length=300)

    def __init__(self, *args: Any, posts: Choices, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["post"].choices = [("", _("Chọn vị trí")), *posts]  # type: ignore[attr-defined]
        self.fields["account"].choices = [("", _("Chọn cán bộ")), *people]  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            self.fields[name].error_messages["invalid"] = _("Hãy ghi ngày giờ như 18/11/2026 07:30.")

    def given(self) -> dict[str, Any]:
        """The verb's arguments; hours typed are those of Việt Nam."""
        given = self.cleaned_data
        return {
            "account_id": given["account"],
            "kind": StandInKind(given["kind"]),
            "since": given["since"].astimezone(VIETNAM),
            "until": given["until"].astimezone(VIETNAM),
            "basis": given["basis"],
        }
