"""One's own store of papers: what is in it, where from, how long it holds, and who looked (HY-9, BN-7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.accounts.queries import consents_of
from motcua.base.errors import Refusal
from motcua.dossiers.actions import vault as deeds
from motcua.dossiers.queries.vault import said
from motcua.files.queries import readings_of, vault_of
from motcua.files.queries import vault_paper as paper_of
from motcua.files.serving import serve
from motcua.portal.account_pages.fields import DayField, LineField
from motcua.portal.account_pages.forms import PageForm
from motcua.portal.views.papers import limits
from motcua.procedures.queries.kinds import paper_kind, paper_kinds
from motcua.rules.consents import Purpose, current
from motcua.rules.uploads import accepted_extensions
from motcua.rules.vault import Origin, why_unusable
from motcua.ui import clock
from motcua.ui.asker import asker
from motcua.ui.templatetags.mc import Fault, form_faults

if TYPE_CHECKING:
    from motcua.files.models import VaultPaper


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper of the vault as a row."""

    id: str
    title: str
    kind: str
    words: str
    why_not: str
    checked: str


class AnyDayField(DayField):
    """A day typed as dd/mm/yyyy, before or after today."""

    def validate(self, value: Any) -> None:
        """Refuse what no paper says."""
        forms.DateField.validate(self, value)
        if value and not date(1900, 1, 1) <= value <= date(2200, 1, 1):
            raise forms.ValidationError(_("Ngày không thể ở trước năm 1900 hoặc sau năm 2200."), code="range")


class PaperForm(PageForm):
    """What a person says of a paper of hers."""

    kind = forms.ChoiceField(
        label=_("Loại giấy"),
        help_text=_("Chọn đúng loại thì lần sau giấy tự hiện ra ở thủ tục cần nó."),
        required=False,
    )
    title = LineField(label=_("Tên giấy"), required=False, max_length=300)
    number = LineField(label=_("Số giấy"), required=False, max_length=100)
    issuer = LineField(label=_("Nơi cấp"), required=False, max_length=250)
    issued_on = AnyDayField(label=_("Ngày cấp"), help_text=_("Ví dụ: 25/03/2026"), required=False)
    valid_until = AnyDayField(
        label=_("Có giá trị đến ngày"),
        help_text=_("Như ghi trên giấy. Để trống nếu giấy không ghi thời hạn."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(((kind.code, kind.title) for kind in paper_kinds().values()), key=lambda pair: pair[1])
        self.offer("kind", [("", _("Loại khác")), *kinds])

    def described(self) -> deeds.Described:
        """What was typed."""
        return deeds.Described(**self.cleaned_data)


def vault(request: HttpRequest) -> HttpResponse:
    """Everything in the vault, and the last who opened something of it."""
    actor, today = asker(request), clock.now().date()
    context = {
        "papers": [_row(paper, today) for paper in vault_of(actor)],
        "readings": readings_of(actor, most=20),
        "consent": consents_of(actor.account_id).get(Purpose.PAPERS),
        "wording": current(Purpose.PAPERS),
    }
    return render(request, "portal/vault.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def vault_add(request: HttpRequest) -> HttpResponse:
    """Upload a paper straight into the vault."""
    at, actor, status = clock.now(), asker(request), 200
    form, problems = PaperForm(), []
    if consents_of(actor.account_id).get(Purpose.PAPERS) is None:
        return redirect("portal:consent", purpose=Purpose.PAPERS.value)
    if request.method == "POST":
        form, status = PaperForm(request.POST), 422
        upload = request.FILES.get("file")
        problems = [] if upload else [str(_("Chọn tệp của giấy."))]
        if form.is_valid() and isinstance(upload, UploadedFile):
            try:
                kept = deeds.add(upload, form.described(), limits=limits(), by=actor, at=at)
                messages.success(request, _("Đã thêm “%(title)s” vào kho giấy tờ.") % {"title": kept.title})
                return redirect("portal:vault")
            except Refusal as refusal:
                beside = dict(refusal.field_errors)
                problems = [str(words) for words in beside.pop("file", [] if beside else refusal.messages)]
                form.refuse(Refusal((), field_errors=beside))
    context = {
        "form": form,
        "file_errors": problems,
        "accept": accepted_extensions(limits().types),
        "max_bytes": limits().max_bytes,
        "error_summary": [*_file_faults(problems), *form_faults(form)],
    }
    return render(request, "portal/vault_add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def vault_paper(request: HttpRequest, paper: UUID) -> HttpResponse:
    """One paper: where from, what its owner says of it, who opened it."""
    at, actor, status = clock.now(), asker(request), 200
    found = paper_of(paper, actor)
    form = _form_of(found, None)
    if request.method == "POST":
        form, status = _form_of(found, request.POST), 422
        if form.is_valid():
            described = deeds.Described(**{"kind": found.kind, **form.cleaned_data})
            deeds.state(str(paper), described, by=actor, at=at)
            messages.success(request, _("Đã lưu thông tin giấy."))
            return redirect("portal:vault_paper", paper=paper)
    context = {
        "paper": found,
        "row": _row(found, at.date()),
        "origin": found.get_origin_display(),
        "is_image": found.file.content_type.startswith("image/"),
        "form": form if found.origin != Origin.RESULT else None,
        "source_href": reverse("portal:dossier", args=[found.source_code]) if found.source_code else "",
        "readings": readings_of(actor, paper=found),
        "error_summary": form_faults(form),
    }
    return render(request, "portal/vault_paper.html", context, status=status)


@require_GET
def vault_file(request: HttpRequest, paper: UUID) -> FileResponse:
    """The file of a paper of one's own."""
    return serve(paper_of(paper, asker(request)).file, inline=False)


@require_http_methods(["GET", "HEAD", "POST"])
def vault_remove(request: HttpRequest, paper: UUID) -> HttpResponse:
    """Take a paper out, after asking once."""
    at, actor = clock.now(), asker(request)
    found = paper_of(paper, actor)
    if request.method == "POST":
        deeds.remove(str(paper), by=actor, at=at)
        messages.success(request, _("Đã bỏ “%(title)s” khỏi kho giấy tờ.") % {"title": found.title})
        return redirect("portal:vault")
    return render(request, "portal/vault_remove.html", {"paper": found})


def _form_of(found: VaultPaper, data: Any) -> PaperForm:
    """The form for what its owner may say: the kind only of what she put in, the name of nothing."""
    initial = {
        "kind": found.kind,
        "number": found.number,
        "issuer": found.issuer,
        "issued_on": found.issued_on,
        "valid_until": found.stated_until or found.valid_until,
    }
    form = PaperForm(data, initial=initial)
    del form.fields["title"]
    if found.origin != Origin.UPLOADED:
        del form.fields["kind"]
    return form


def _row(paper: VaultPaper, today: date) -> Kept:
    kind = paper_kind(paper.kind)
    checked = _("%(name)s đã kiểm tra") % {"name": paper.verified_by} if paper.verified_by else ""
    return Kept(
        id=str(paper.pk),
        title=paper.title,
        kind=kind.title if kind and kind.title != paper.title else "",
        words=said(paper, today=today),
        why_not=why_unusable(paper.facts, today=today),
        checked=str(checked),
    )


def _file_faults(problems: list[str]) -> list[Any]:
    return [Fault(text, "#file") for text in problems]
