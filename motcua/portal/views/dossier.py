"""One dossier as its owner sees it: state, holder, dates and why, papers, history; its receipt; withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.base.errors import Refusal
from motcua.dossiers.actions import withdraw as withdrawing
from motcua.dossiers.facts import form_of, lookups_of
from motcua.dossiers.facts.secrets import lookup_secret
from motcua.dossiers.queries import dossier_of, issued_papers, offers, paper_pdf, promises_of, stood, why
from motcua.dossiers.queries.beside import fetch_beside
from motcua.dossiers.queries.coordination import parts_of, whole_of
from motcua.dossiers.queries.way import way_of
from motcua.eforms.reading import sections
from motcua.parcels.queries import of_dossier
from motcua.portal.present import FactView, events_of, moment, state_view
from motcua.portal.views.papers import boxes_of
from motcua.rules.acts import Act, Channel, FeeChannel, Paper
from motcua.rules.lifecycle import Granted
from motcua.rules.people import Actor
from motcua.ui import clock
from motcua.ui.asker import asker

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier
    from motcua.papers.models import IssuedPaper

OWNERS_PAPERS = frozenset(
    {
        Paper.SUBMISSION_RECEIPT,
        Paper.APPOINTMENT_SLIP,
        Paper.SUPPLEMENT_NOTICE,
        Paper.DECLINE_NOTICE,
        Paper.APOLOGY_NOTICE,
        Paper.STOP_NOTICE,
        Paper.RESULT,
        Paper.HANDOVER_RECORD,
        Paper.COVER_SHEET,
        Paper.POST_RECEIPT,
    }
)
"""Papers an applicant may have; the control sheet stays with the offices."""


def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """The page one comes back to."""
    at, actor = clock.now(), asker(request)
    found = own_dossier(code, actor)
    fetch_beside(found, "steps", "timeline", "consultations")
    promises = promises_of(found)
    results = [promise for promise in promises if promise.what == "result"]
    context = {
        "dossier": found,
        "state": state_view(found, now=at),
        "explanations": [why(promise) for promise in results or promises],
        "stood": stood(found),
        "events": events_of(found),
        "way": way_of(found, at=at, named=False) if found.accepted_at else [],
        "parts": parts_of(found, at=at),
        "whole": whole_of(found, at=at),
        "papers": [
            {
                "title": paper.name,
                "href": reverse("portal:paper", args=[code, paper.pk]),
                "meta": _about(paper),
            }
            for paper in issued_papers(found)
            if Paper(paper.kind) in OWNERS_PAPERS
        ],
        "boxes": [
            box
            for box in boxes_of(found, today=at.date(), errors={}, route="portal:supplement_upload")
            if box.files or box.way_words
        ],
        "fees": list(found.fees.all()),
        "by_post": Channel.POST in (found.return_channel, found.channel) and bool(of_dossier(code)),
        "paying": _how_to_pay(found),
        "cover": _cover_href(found),
        "may_withdraw": isinstance(offers(found, actor, at=at).get(Act.WITHDRAW), Granted),
    }
    return render(request, "portal/dossier.html", context)


def _about(paper: IssuedPaper) -> list[str]:
    """When it was given out, its number, and whether it still counts."""
    found = [moment(paper.issued_at)]
    if paper.number:
        found.append(_("Số %(n)s") % {"n": paper.number})
    if paper.replaced_by_id is not None:
        found.append(_("Đã được thay thế, không còn giá trị"))
    elif paper.is_void:
        found.append(_("Đã hủy, không còn giá trị"))
    return found


@require_GET
def answers(request: HttpRequest, code: str) -> HttpResponse:
    """The form as it was sent, to read or print."""
    at = clock.now()
    found = own_dossier(code, asker(request))
    parts = sections(form_of(found), found.answers, lookups=lookups_of(found, today=at.date()), today=at.date())
    return render(request, "portal/answers.html", {"dossier": found, "sections": parts, "title": form_of(found).title})


@require_GET
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Proof of filing one can keep: code, time, files with hashes, the next legal deadline."""
    at = clock.now()
    found = own_dossier(code, asker(request))
    paper = next((row for row in issued_papers(found) if row.kind == Paper.SUBMISSION_RECEIPT.value), None)
    shown = {
        "title": _("Biên nhận nộp hồ sơ"),
        "code": found.code,
        "at": found.submitted_at,
        "facts": [
            FactView(_("Thủ tục"), found.revision.title),
            FactView(_("Cơ quan giải quyết"), found.agency.name),
            FactView(_("Người nộp"), found.applicant_name),
            FactView(
                _("Mã tra cứu"),
                lookup_secret(found),
                _("Dùng cùng mã hồ sơ để tra cứu không cần đăng nhập. Hãy giữ kín."),
            ),
            FactView(
                _("Hạn trả lời tiếp nhận"),
                moment(found.acceptance_due_at),
                _("Cơ quan trả lời tiếp nhận, yêu cầu bổ sung hoặc từ chối trước lúc này."),
            ),
            FactView(_("Điện thoại bộ phận một cửa"), found.counter.phone or _("Chưa công bố")),
            *_how_to_pay(found),
        ],
        "files": [
            {"name": row.file.name, "size": row.file.size, "sha256": row.file.sha256, "pages": row.file.page_count}
            for row in found.enclosures.all()
            if row.removed_at is None
        ],
        "qr": None,
        "qr_words": "",
        "pdf_href": reverse("portal:paper", args=[code, paper.pk]) if paper else "",
    }
    context = {"dossier": found, "receipt": shown, "now": at, "cover": _cover_href(found)}
    return render(request, "portal/receipt.html", context)


def _how_to_pay(found: Dossier) -> list[FactView]:
    """How the applicant chose to pay, and the account where it is a transfer (KT-16, KT-17)."""
    if not found.fee_channel:
        return []
    facts = [FactView(_("Nộp phí, lệ phí"), found.fee_words)]
    if found.fee_channel == FeeChannel.TRANSFER:
        note = _("Ghi mã hồ sơ %(code)s trong nội dung chuyển tiền.") % {"code": found.code}
        facts.append(FactView(_("Tài khoản của cơ quan"), found.agency.bank_account or _("Chưa công bố"), note))
    return facts


def _cover_href(found: Dossier) -> str:
    """Where the cover sheet is, while certified copies are still to be sent (KT-13)."""
    if not found.paper_owed or found.paper_arrived_at is not None or found.is_closed:
        return ""
    cover = next((row for row in issued_papers(found) if row.kind == Paper.COVER_SHEET.value), None)
    return reverse("portal:paper", args=[found.code, cover.pk]) if cover else ""


@require_GET
def paper(request: HttpRequest, code: str, paper: int) -> HttpResponse:
    """An issued paper as PDF."""
    found = own_dossier(code, asker(request))
    chosen = next((row for row in issued_papers(found) if row.pk == paper and Paper(row.kind) in OWNERS_PAPERS), None)
    if chosen is None:
        raise Refusal(_("Không tìm thấy giấy này."), status=404)
    response = HttpResponse(paper_pdf(found, chosen), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{chosen.filename}"'
    return response


def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the dossier back, after asking once."""
    at, actor = clock.now(), asker(request)
    found = own_dossier(code, actor)
    if request.method == "POST":
        withdrawing.withdraw(code, reason=request.POST.get("reason", ""), by=actor, at=at)
        return redirect("portal:dossier", code=code)
    answer = offers(found, actor, at=at).get(Act.WITHDRAW)
    reasons = [] if isinstance(answer, Granted) or answer is None else [reason.words for reason in answer.reasons]
    return render(request, "portal/withdraw.html", {"dossier": found, "reasons": reasons})


def own_dossier(code: str, actor: Actor) -> Dossier:
    """The owner's dossier; an officer reads it at the desk, where reading leaves a trace."""
    found = dossier_of(code, actor)
    if found.applicant_id != actor.account_id:
        raise Refusal(_("Không tìm thấy hồ sơ này."), status=404)
    return found
