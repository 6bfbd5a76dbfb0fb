"""The form "Báo vi phạm": what is asked, what may come prefilled, and the files that were kept between two tries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Refusal
from motcua.feedback.actions.report import MOST, MOST_FILES, Report
from motcua.files.actions import store
from motcua.files.models import StoredFile
from motcua.portal.account_pages.fields import LineField
from motcua.portal.account_pages.forms import PageForm
from motcua.rules.people import NOBODY
from motcua.rules.text import has_forbidden
from motcua.rules.uploads import MEGABYTE, UploadLimits
from motcua.rules.violations import ACCUSED_WORDS, KIND_WORDS, THING_WORDS, Accused, Kind, Thing, basis_of

_SALT = "motcua.report.files"
_KEPT_FOR = 24 * 3600
"""Seconds for which files already sent are remembered by the page; the sweep removes them after two days."""
MOST_BYTES = 10 * MEGABYTE


def no_odd_signs(value: str) -> None:
    """Signs no keyboard makes are refused in words."""
    if has_forbidden(value):
        raise ValidationError(_("Có ký tự không hợp lệ. Hãy xóa đi và gõ lại."), code="forbidden")


class OnceField(forms.Field):
    """The mark of a form, so that sending it twice is one report; what is no mark of ours is none, and no fault."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False)

    def to_python(self, value: Any) -> UUID | None:
        """The mark, or None."""
        try:
            return UUID(str(value)) if value else None
        except ValueError:
            return None


class ReportForm(PageForm):
    """What happened, where, when, about whom; who tells it only if they wish."""

    kind = forms.ChoiceField(label=_("Loại vi phạm"), widget=forms.RadioSelect)
    account = forms.CharField(
        label=_("Điều gì đã xảy ra"),
        help_text=_("Kể ngắn gọn: ai làm gì, bằng cách nào, hậu quả ra sao. Không cần dẫn điều luật."),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 7, "cols": 60}),
        error_messages={"required": _("Hãy kể điều gì đã xảy ra.")},
    )
    place = LineField(label=_("Ở đâu"), max_length=300, required=False)
    happened = LineField(
        label=_("Khi nào"),
        help_text=_("Nhớ đến đâu ghi đến đó, ví dụ: sáng 16/11/2026"),
        max_length=120,
        required=False,
    )
    accused_is = forms.ChoiceField(label=_("Bạn báo về ai"), widget=forms.RadioSelect)
    thing = forms.ChoiceField(label=_("Liên quan đến"), widget=forms.Select)
    ref = LineField(
        label=_("Mã hồ sơ, mã kiểm tra hoặc địa chỉ trang"),
        help_text=_("Hệ thống lưu lại nguyên trạng hồ sơ, giấy tờ, tin nhắn đó lúc bạn báo để làm chứng cứ."),
        max_length=200,
        required=False,
    )
    name = LineField(label=_("Họ tên của bạn"), max_length=250, required=False)
    contact = LineField(
        label=_("Thư điện tử hoặc số điện thoại"),
        help_text=_("Chỉ người xác minh thấy, chỉ dùng để hỏi thêm và trả lời bạn. Người bị báo không bao giờ thấy."),
        max_length=254,
        required=False,
    )
    unnamed = forms.BooleanField(label=_("Không gắn tài khoản của tôi vào báo cáo này"), required=False)
    once = OnceField()
    kinds: Sequence[dict[str, Any]] = ()
    """The choices with example and article, for the page."""
    basis = ""
    """The article, where it is the same for all of them."""

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["account"].validators = [
            no_odd_signs,
            *(one for one in self.fields["account"].validators if "Null" not in type(one).__name__),
        ]
        for name in ("kind", "accused_is", "thing"):
            self.fields[name].error_messages["required"] = _("Hãy chọn một mục.")
        self.offer("kind", [(kind.value, KIND_WORDS[kind].title) for kind in Kind])
        self.offer("accused_is", [(one.value, ACCUSED_WORDS[one]) for one in Accused])
        self.offer("thing", [(one.value, THING_WORDS[one]) for one in Thing])
        bases = {basis_of(kind, on=on) for kind in Kind}
        self.basis = bases.pop() if len(bases) == 1 else ""
        chosen = self["kind"].value()
        self.kinds = [
            {
                "value": kind.value,
                "id": f"id_kind_{number}",
                "title": words.title,
                "example": words.example,
                "basis": basis_of(kind, on=on),
                "chosen": chosen == kind.value,
            }
            for number, (kind, words) in enumerate(KIND_WORDS.items())
        ]

    def report(self, files: Sequence[StoredFile]) -> Report:
        """What the room takes."""
        given = {key: value for key, value in self.cleaned_data.items() if key != "unnamed"}
        return Report(**given, is_named=not self.cleaned_data["unnamed"], files=files)


def prefilled(request: HttpRequest) -> dict[str, Any]:
    """What a link to the form says is reported: ``?loai=dossier&ma=…``; anything unknown says nothing."""
    thing, ref = request.GET.get("loai", ""), request.GET.get("ma", "")[:200]
    known = thing in set(Thing) and ref.isprintable()
    return {"thing": thing if known else Thing.NONE.value, "ref": ref if known else "", "once": uuid4()}


def kept_files(token: str) -> list[StoredFile]:
    """Files sent with an earlier try of this form; none for a token that is not ours or too old."""
    try:
        keys = [UUID(key) for key in signing.loads(token, salt=_SALT, max_age=_KEPT_FOR)]
    except (signing.BadSignature, ValueError, TypeError):
        return []
    return list(StoredFile.objects.filter(pk__in=keys, owner="").order_by("uploaded_at", "pk"))


def token_of(files: Sequence[StoredFile]) -> str:
    """What the page sends back to remember these files by; "" for none."""
    return signing.dumps([str(file.pk) for file in files], salt=_SALT) if files else ""


def take_files(
    uploads: Sequence[UploadedFile[Any]], kept: list[StoredFile], *, at: datetime
) -> tuple[list[StoredFile], list[str]]:
    """Keep what was sent now beside what was kept before; answers all of it and what is wrong with the rest.

    Nobody is named as their uploader: a report may be anonymous.
    """
    problems: list[str] = []
    limits = UploadLimits(max_bytes=min(MOST_BYTES, settings.UPLOAD_MAX_BYTES), max_files=MOST_FILES)
    for upload in uploads:
        if len(kept) >= MOST_FILES:
            problems.append(_now("Gửi kèm nhiều nhất %(n)d tệp; tệp thừa không được giữ.") % {"n": MOST_FILES})
            break
        try:
            kept.append(store(upload, by=NOBODY, at=at, limits=limits, siblings=tuple(kept)))
        except Refusal as refusal:
            problems += map(str, refusal.messages)
    return kept, problems
