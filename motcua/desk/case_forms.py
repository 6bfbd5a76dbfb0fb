"""Forms of the case book: record a violation, deal with a case, narrow the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms import DeskForm, long_text
from motcua.rules.violations import ACCUSED_WORDS, ENDED, KIND_WORDS, STATE_WORDS, Accused, CaseState, Kind, basis_of


class RecordForm(DeskForm):
    """What an officer noticed in a dossier."""

    kind = forms.ChoiceField(label=_("Loại vi phạm"))
    account = long_text(
        _("Điều gì đã xảy ra"), help_text=_("Nêu giấy tờ, mục khai cụ thể và vì sao nghi là vi phạm."), required=True
    )
    accused_is = forms.ChoiceField(
        label=_("Ai vi phạm"),
        help_text=_("Khi báo về cán bộ hoặc không rõ là ai, người đã xử lý hồ sơ này không thấy vụ việc."),
        widget=forms.RadioSelect,
        choices=[(one.value, ACCUSED_WORDS[one]) for one in Accused],
    )
    happened = forms.CharField(
        label=_("Khi nào"), help_text=_("Ví dụ sáng 02/12/2026."), max_length=120, required=False
    )

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(kind.value, f"{KIND_WORDS[kind].title} ({basis_of(kind, on=on)})") for kind in Kind]
        self.fields["kind"].choices = [("", _("Chọn loại vi phạm")), *kinds]  # type: ignore[attr-defined]


class GiveForm(DeskForm):
    """Whose business a case is."""

    agency = forms.TypedChoiceField(label=_("Giao cho cơ quan"), coerce=int)

    def __init__(self, *args: Any, agencies: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [("", _("Chọn cơ quan")), *agencies]  # type: ignore[attr-defined]


class NoteForm(DeskForm):
    """What was done."""

    words = long_text(_("Việc đã làm"), help_text=_("Đã ghi thì không sửa, không xóa được."), required=True, rows=3)
    file = forms.FileField(
        label=_("Tài liệu"), required=False, widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"})
    )


class AccuseForm(DeskForm):
    """Which officers a case is about."""

    accused = forms.TypedMultipleChoiceField(
        label=_("Cán bộ bị báo"),
        help_text=_("Người được đánh dấu không xem được vụ việc này. Không đánh dấu ai: vụ việc không về cán bộ."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["accused"].choices = list(people)  # type: ignore[attr-defined]


class CloseForm(DeskForm):
    """How a case ends."""

    state = forms.ChoiceField(
        label=_("Kết quả xác minh"),
        widget=forms.RadioSelect,
        choices=[(one.value, STATE_WORDS[one]) for one in CaseState if one in ENDED],
    )
    passed_to = forms.CharField(
        label=_("Cơ quan nhận"), help_text=_("Khi chuyển cơ quan có thẩm quyền."), max_length=250, required=False
    )
    words = long_text(
        _("Đã xác minh được gì, căn cứ nào"), help_text=_("Ghi vào sổ, người báo không thấy."), required=True
    )
    answer = long_text(_("Trả lời người báo"), required=True)
