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
from motcua.rules.components import AGAINST, Checklist
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
    reason = long_text(
        _("Lý do người nộp đưa ra"), help_text=_("Chỉ rút khi người nộp đề nghị."), required=True, rows=3
    )


class StopForm(DeskForm):
    """Why the dossier ends here; one reason a line."""

    reasons = long_text(
        _("Lý do dừng, mỗi dòng một lý do"),
        help_text=_("Nêu căn cứ cụ thể. Lý do được in trong Thông báo dừng giải quyết gửi người nộp."),
        required=True,
    )


class TransferForm(DeskForm):
    """To which agency the dossier goes, and why it belongs there."""

    to = forms.TypedChoiceField(label=_("Chuyển đến"), coerce=int)
    reason = long_text(
        _("Vì sao thuộc cơ quan đó"), help_text=_("Người nộp và cơ quan nhận đều đọc được."), required=True, rows=3
    )

    def __init__(self, *args: Any, places: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [("", _("Chọn cơ quan")), *places]  # type: ignore[attr-defined]


class CorrectForm(DeskForm):
    """What was written down at intake, to be put right; counts of papers are ``originals-<key>``, ``copies-<key>``."""

    name = forms.CharField(label=_("Họ và tên người nộp"), max_length=250)
    identity = forms.CharField(label=_("Số định danh"), required=False, max_length=20)
    phone = forms.CharField(label=_("Số điện thoại"), required=False, max_length=20)
    email = forms.CharField(label=_("Thư điện tử"), required=False, max_length=254)
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=400)
    return_channel = forms.ChoiceField(label=_("Nhận kết quả"), widget=forms.RadioSelect)
    return_address = forms.CharField(
        label=_("Địa chỉ nhận bưu gửi"), help_text=_("Khi nhận qua bưu chính."), required=False, max_length=400
    )
    reason = long_text(_("Vì sao phải sửa"), required=True, rows=3)

    def __init__(
        self,
        *args: Any,
        channels: Iterable[Channel],
        papers: Iterable[tuple[str, str]],
        declared_online: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["return_channel"].choices = [(one.value, words.CHANNELS[one]) for one in channels]  # type: ignore[attr-defined]
        self.papers = [] if declared_online else list(papers)
        if declared_online:
            del self.fields["name"], self.fields["identity"]
        for key, label in self.papers:
            for part, part_label in (("originals", _("bản chính")), ("copies", _("bản sao"))):
                self.fields[f"{part}-{key}"] = forms.IntegerField(
                    label=f"{label}: {part_label}",
                    min_value=0,
                    max_value=999,
                    required=False,
                    widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                    error_messages={"invalid": _("Số bản chỉ gồm chữ số.")},
                )
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def received(self) -> dict[str, tuple[int, int]] | None:
        """(originals, copies) by component; None where papers cannot have come over the counter."""
        if not self.papers:
            return None
        given = self.cleaned_data
        return {key: (given[f"originals-{key}"] or 0, given[f"copies-{key}"] or 0) for key, _label in self.papers}


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


class AnyOf(forms.MultipleChoiceField):
    """Boxes of which none has to be ticked. What is not among them reaches the verb, which refuses it and keeps the
    attempt (HY-26).
    """

    def validate(self, value: Any) -> None:
        if len(value) > 200 or any(len(str(one)) > 60 for one in value):
            raise ValidationError(_("Có lựa chọn không hợp lệ."), code="invalid")


class DeliverForm(DeskForm):
    """How, to whom, against which proof."""

    channel = forms.ChoiceField(label=_("Hình thức trả"), widget=forms.RadioSelect)
    receiver_name = forms.CharField(label=_("Họ tên người nhận"), max_length=250)
    receiver_identity = forms.CharField(label=_("Số giấy tờ tùy thân đã xuất trình"), required=False, max_length=20)
    parcel_number = forms.CharField(
        label=_("Số hiệu bưu gửi"), help_text=_("Khi gửi qua bưu chính."), required=False, max_length=60
    )
    receipt_signed = forms.BooleanField(label=_("Gửi bảo đảm, người nhận ký nhận"), required=False)
    form_signed = forms.BooleanField(label=_("Người nhận đã ký tờ khai"), required=False)
    compared_items = AnyOf(label=_("Khi trả tại quầy, đã làm với từng giấy tờ"), widget=forms.CheckboxSelectMultiple)
    note = long_text(_("Ghi chú"), rows=2)

    def __init__(
        self, *args: Any, channels: Iterable[Channel], checklist: Checklist, registered: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["channel"].choices = [(one.value, words.CHANNELS[one]) for one in channels]  # type: ignore[attr-defined]
        lines = [(line.key, f"{line.name}: {AGAINST[line.against]}") for line in checklist.compare]
        self.fields["compared_items"].choices = lines  # type: ignore[attr-defined]
        if not lines:
            self.fields["compared_items"].widget = forms.MultipleHiddenInput()
        if checklist.never:
            names = "; ".join(checklist.never)
            told = _("Không yêu cầu lại bản giấy của giấy tờ đã ký số hoặc là bản điện tử: %(names)s.") % {
                "names": names
            }
            self.fields["channel"].help_text = told
        if not checklist.sign_form:
            del self.fields["form_signed"]
        if not registered:
            del self.fields["receipt_signed"]


class ArrivalForm(DeskForm):
    """The certified copies have come by post."""

    note = long_text(_("Ghi chú"), help_text=_("Người nộp đọc được, ví dụ thiếu bản nào so với phiếu gửi."), rows=2)
