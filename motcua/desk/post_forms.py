"""Forms of the post: what a clerk or a counter writes down about an envelope or a lost one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms import DeskForm, long_text
from motcua.parcels.actions.lost import MOST
from motcua.rules.text import clean_line

ROWS = 5
"""Lines for costs on one page; a case with more is rare and is summed up by its clerk."""


class LabelForm(DeskForm):
    label = forms.CharField(label=_("Số hiệu trên bì thư"), max_length=60)


class ArriveForm(DeskForm):
    """Proof of receipt (KT-20)."""

    receiver = forms.CharField(label=_("Họ tên người nhận"), max_length=250)
    relation = forms.ChoiceField(
        label=_("Người nhận là"),
        choices=[
            ("Chính người nhận", _("Chính người nhận")),
            ("Người nhà", _("Người nhà")),
            ("Người được ủy quyền", _("Người được ủy quyền")),
            ("Cơ quan, tổ chức", _("Người của cơ quan, tổ chức nhận")),
        ],
    )
    is_signed = forms.BooleanField(label=_("Người nhận đã ký nhận"), required=False)
    photo = forms.FileField(
        label=_("Ảnh phiếu báo phát"), required=False, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"})
    )


class ReturnForm(DeskForm):
    reason = forms.CharField(label=_("Vì sao không phát được"), max_length=200)


class LostForm(DeskForm):
    account = long_text(_("Điều gì đã xảy ra"), required=True, rows=3)


class ScanForm(DeskForm):
    code = forms.CharField(
        label=_("Quét hoặc gõ mã hồ sơ, số bưu gửi"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": ""}),
    )


class CountForm(DeskForm):
    counted = forms.IntegerField(
        label=_("Số bưu gửi đếm được"),
        min_value=0,
        max_value=9999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Hãy ghi số bưu gửi, ví dụ 12.")},
    )


class CompensationForm(DeskForm):
    """Names and amounts of what the post makes good; empty lines are left out."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, ROWS + 1):
            self.fields[f"name-{number}"] = forms.CharField(
                label=_("Khoản %(n)s") % {"n": number}, required=False, max_length=250
            )
            self.fields[f"amount-{number}"] = forms.IntegerField(
                label=_("Số tiền khoản %(n)s (đồng)") % {"n": number},
                required=False,
                min_value=1,
                max_value=MOST,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages={"invalid": _("Số tiền chỉ gồm chữ số, ví dụ 15000.")},
            )

    def items(self) -> list[tuple[str, int]]:
        """Name and đồng of every line that says anything."""
        given = self.cleaned_data
        lines = [(clean_line(given[f"name-{n}"]), given.get(f"amount-{n}") or 0) for n in range(1, ROWS + 1)]
        return [(name, amount) for name, amount in lines if name or amount]


class HelpForm(DeskForm):
    new_papers = long_text(_("Giấy tờ phải làm lại, làm ở đâu"), rows=3)
    is_duplicate_asked = forms.BooleanField(label=_("Đã đề nghị cơ quan cấp lại kết quả"), required=False)
    contact = forms.CharField(label=_("Người hỗ trợ, số điện thoại"), max_length=250)


class CloseCaseForm(DeskForm):
    words = long_text(_("Lời báo cho người dân"), required=True, rows=4)
