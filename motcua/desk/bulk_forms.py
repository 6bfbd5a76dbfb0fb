"""What a deed on many asks for once: to whom, which words, in which way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.desk.forms import DeskForm, long_text
from motcua.dossiers.queries.bulk import Deed, people_for
from motcua.rules import words
from motcua.rules.acts import Channel
from motcua.rules.people import Actor


class BulkForm(DeskForm):
    """A form that answers what the run keeps."""

    def details(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AssignManyForm(BulkForm):
    """To whom all of them are given."""

    to = forms.TypedChoiceField(label=_("Giao cho"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = list(people)  # type: ignore[attr-defined]


class SendBackManyForm(BulkForm):
    reason = long_text(_("Cần sửa gì (chung cho các hồ sơ đã chọn)"), required=True)


class NotifyManyForm(BulkForm):
    text = forms.CharField(
        label=_("Lời nhắn"),
        help_text=_("Mỗi người nộp nhận lời nhắn này kèm mã hồ sơ và tên thủ tục của mình. Không ghi thông tin riêng."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )


class DeliverManyForm(BulkForm):
    """Only what can be true of many: parcels have a number each, originals are compared one by one."""

    channel = forms.ChoiceField(
        label=_("Hình thức trả"),
        widget=forms.RadioSelect,
        choices=[(one.value, words.CHANNELS[one]) for one in (Channel.ONLINE, Channel.COUNTER)],
        initial=Channel.ONLINE.value,
    )
    receiver_name = forms.CharField(
        label=_("Họ tên người nhận"),
        help_text=_("Để trống: mỗi người nộp tự nhận. Điền khi một người nhận thay cho tất cả."),
        required=False,
        max_length=250,
    )
    note = long_text(_("Ghi chú"), rows=2)


def form_for(run: Any, actor: Actor, at: datetime, data: Any = None) -> BulkForm | None:
    """The form of the run's deed; None when it needs none."""
    match Deed(run.act):
        case Deed.ASSIGN:
            codes = list(run.items.order_by("position").values_list("code", flat=True))
            return AssignManyForm(data, people=people_for(codes, actor, at=at))
        case Deed.SEND_BACK:
            return SendBackManyForm(data)
        case Deed.NOTIFY:
            return NotifyManyForm(data)
        case Deed.DELIVER:
            return DeliverManyForm(data)
        case _:
            return None
