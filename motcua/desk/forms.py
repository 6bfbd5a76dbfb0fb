"""Forms of the acts that need details. What is right is decided by the verbs; here stand questions and words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Refusal
from motcua.rules import words
from motcua.rules.acts import Channel, Outcome
from motcua.rules.text import has_forbidden

LONG = {"rows": 4, "cols": 60}


class DeskForm(forms.Form):
    """A form whose errors may also come from the rooms below."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _("Hãy điền mục này.")
            if isinstance(field, forms.CharField):
                field.validators = [no_control_signs, *(v for v in field.validators if "Null" not in type(v).__name__)]

    def refuse(self, refusal: Refusal) -> None:
        """Put a refusal beside the fields it names; the rest stands at the top."""
        for path, texts in refusal.field_errors.items():
            for text in texts:
                self.add_error(path if path in self.fields else None, text)
        if not refusal.field_errors or not set(refusal.field_errors) & set(self.fields):
            for text in refusal.messages:
                self.add_error(None, text)


def no_control_signs(value: str) -> None:
    """Signs no keyboard makes (NUL, controls) are refused in words."""
    if has_forbidden(value):
        raise ValidationError(_("Có ký tự không gõ được từ bàn phím. Hãy xóa và gõ lại."), code="forbidden")


def long_text(label: Any, *, help_text: Any = "", required: bool = False, rows: int = 4) -> forms.CharField:
    """A box of several lines."""
    widget = forms.Textarea(attrs={**LONG, "rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=5000, widget=widget)


class NoteForm(DeskForm):
    """An act that may carry a note to colleagues."""

    note = long_text(_("Ghi chú cho người nhận bước sau"))


class SupplementForm(DeskForm):
    """What the notice says besides the marked items."""

    message = long_text(
        _("Lời nhắn trong phiếu"), help_text=_("Các mục chưa đạt đã có sẵn trong phiếu, không cần ghi lại.")
    )


class ProposeSupplementForm(DeskForm):
    note = long_text(_("Ghi chú cho bộ phận một cửa"))


TEMPLATES = (
    _("Không thuộc thẩm quyền giải quyết của cơ quan này; đề nghị nộp tại cơ quan có thẩm quyền."),
    _("Không thuộc đối tượng, phạm vi của thủ tục này theo quy định."),
    _("Đã có hồ sơ cùng nội dung đang được giải quyết."),
    _("Giấy tờ nộp kèm không hợp lệ và không thể bổ sung, hoàn thiện."),
)


class DeclineForm(DeskForm):
    """Reasons: ready sentences to tick, and one's own words, one reason a line."""

    ready = forms.MultipleChoiceField(
        label=_("Lý do thường gặp"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(str(number), text) for number, text in enumerate(TEMPLATES)],
    )
    reasons = long_text(
        _("Lý do khác, mỗi dòng một lý do"), help_text=_("Nêu căn cứ cụ thể để người nộp hiểu và biết phải làm gì.")
    )

    def all_reasons(self) -> list[str]:
        """Ticked sentences, then one's own lines."""
        ticked = [str(TEMPLATES[int(number)]) for number in self.cleaned_data["ready"]]
        return [*ticked, *self.cleaned_data["reasons"].splitlines()]


class AssignForm(DeskForm):
    """To whom the step is given."""

    to = forms.TypedChoiceField(label=_("Giao cho"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = list(people)  # type: ignore[attr-defined]


class DraftResultForm(DeskForm):
    """The draft of the result, as text or as a finished document."""

    outcome = forms.ChoiceField(
        label=_("Đề xuất"), widget=forms.RadioSelect, choices=[(one.value, words.OUTCOMES[one]) for one in Outcome]
    )
    title = forms.CharField(label=_("Tên văn bản kết quả"), max_length=250)
    body = long_text(_("Nội dung"), help_text=_("Cần khi giải quyết theo đề nghị và không đính kèm văn bản."), rows=6)
    reasons = long_text(
        _("Lý do không giải quyết, mỗi dòng một lý do"), help_text=_("Cần khi không đủ điều kiện giải quyết.")
    )
    file = forms.FileField(label=_("Văn bản đã soạn (PDF)"), required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    known_file = ""
    """Key of the document already in the draft."""


class SendBackForm(DeskForm):
    reason = long_text(_("Cần sửa gì"), required=True)


class WithdrawForm(DeskForm):
    reason = long_text(_("Lý do người nộp đưa ra"), help_text=_("Chỉ rút khi người nộp đề nghị."))


class CollectFeeForm(DeskForm):
    """The receipt, and the amounts only an officer can set; field ``amount-<position>`` each, in đồng."""

    receipt_number = forms.CharField(label=_("Số biên lai"), max_length=60)

    def __init__(self, *args: Any, unknown: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for position, name in unknown:
            self.fields[f"amount-{position}"] = forms.IntegerField(
                label=_("Số tiền “%(name)s” (đồng)") % {"name": name},
                min_value=0,
                max_value=10**12,
                error_messages={
                    "required": _("Hãy nhập số tiền, ví dụ 15000."),
                    "invalid": _("Số tiền chỉ gồm chữ số, ví dụ 15000."),
                    "min_value": _("Số tiền không được âm."),
                    "max_value": _("Số tiền lớn quá mức có thể."),
                },
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            )

    def amounts(self) -> dict[int, int]:
        """Đồng by fee position."""
        return {
            int(name.removeprefix("amount-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("amount-")
        }


class DeliverForm(DeskForm):
    """How, to whom, against which proof."""

    channel = forms.ChoiceField(label=_("Hình thức trả"), widget=forms.RadioSelect)
    receiver_name = forms.CharField(label=_("Họ tên người nhận"), max_length=250)
    receiver_identity = forms.CharField(label=_("Số giấy tờ tùy thân đã xuất trình"), required=False, max_length=20)
    parcel_number = forms.CharField(
        label=_("Số hiệu bưu gửi"), help_text=_("Khi gửi qua bưu chính."), required=False, max_length=60
    )
    originals_checked = forms.BooleanField(label=_("Đã đối chiếu giấy tờ với bản chính"), required=False)
    form_signed = forms.BooleanField(label=_("Người nhận đã ký tờ khai"), required=False)
    note = long_text(_("Ghi chú"), rows=2)

    def __init__(self, *args: Any, channels: Iterable[Channel], remote: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["channel"].choices = [(one.value, words.CHANNELS[one]) for one in channels]  # type: ignore[attr-defined]
        if not remote:
            del self.fields["originals_checked"], self.fields["form_signed"]
