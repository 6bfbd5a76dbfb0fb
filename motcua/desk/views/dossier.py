"""One screen from open to decision: papers and answers beside the verdicts, the acts below."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.audit.actions import record_read
from motcua.base.errors import Refusal
from motcua.desk import screen
from motcua.desk.crosschecking import panel_of as crosschecks_of
from motcua.desk.deeds import deeds_of, keys_of
from motcua.desk.office import desk_page, officer
from motcua.desk.team_forms import NoteForm
from motcua.desk.teamwork import panel_of
from motcua.desk.verdicts import read_verdicts, wrongs_in
from motcua.dossiers.actions import intake
from motcua.dossiers.actions.recall import mark_opened
from motcua.dossiers.facts import enclosed_keys, not_digitised
from motcua.dossiers.queries import dossier_of, offers, stood
from motcua.feedback.queries import of_dossier
from motcua.rules.acts import Act
from motcua.rules.lifecycle import Granted
from motcua.ui import clock
from motcua.ui.templatetags.mc import Fault, form_faults


@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show the dossier; a POST keeps the verdicts of the checklist."""
    if request.method == "POST":
        return _judge(request, code)
    return show(request, code)


def show(
    request: HttpRequest,
    code: str,
    typed: screen.Typed | None = None,
    *,
    note_form: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The screen, with what was typed into the checklist if it could not be kept. The reading is recorded."""
    actor, at = officer(request), clock.now()
    found = screen.make_ready(dossier_of(code, actor))
    record_read(subject=found.subject, by=actor, at=at, body={"page": "dossier"})
    mark_opened(found, by=actor, at=at)
    context = _context(request, found, typed or screen.Typed())
    context["note_form"] = note_form or NoteForm()
    context["error_summary"] += form_faults(note_form) if note_form else []
    return desk_page(request, "desk/dossier.html", context, status=status)


def _context(request: HttpRequest, found: Any, typed: screen.Typed) -> dict[str, Any]:
    actor, at = officer(request), clock.now()
    offered = offers(found, actor, at=at)
    answers = screen.answers_of(found, at)
    may_judge = isinstance(offered.get(Act.JUDGE), Granted)
    checks = screen.checks_of(found, answers, at, typed, may=may_judge)
    sheets = screen.sheets_of(found)
    chosen = request.GET.get("giay", "")
    papers = screen.papers_given(found)
    deeds, other_deeds = deeds_of(found, actor, offered)
    return {
        "dossier": found,
        "ident": screen.identity_of(found),
        "deadlines": screen.deadlines_of(found, at),
        "stood": stood(found),
        "stops": screen.stops_of(found, at),
        "sheets": sheets,
        "current": next((sheet for sheet in sheets if str(sheet.id) == chosen), sheets[0] if sheets else None),
        "sections": answers,
        "checks": checks,
        "shows_checks": Act.JUDGE in offered and not found.is_closed,
        "may_judge": may_judge,
        "judged": sum(bool(check.verdict) for check in checks),
        "deeds": deeds,
        "other_deeds": other_deeds,
        "keys": keys_of(offered),
        "events": screen.history_of(found),
        "papers": papers,
        "slip": next((one for one in papers if one.kind == "appointment_slip"), None) if "in" in request.GET else None,
        "deliveries": screen.deliveries_of(found),
        "requests": list(found.supplement_requests.all()),
        "replaced": [row for row in found.enclosures.all() if row.removed_at is not None],
        "fees": list(found.fees.all()),
        "result": getattr(found, "result", None),
        "cases": of_dossier(found.code or "", actor),
        **panel_of(found, actor, at),
        **crosschecks_of(found, offered, actor, at),
        "to_scan": not_digitised(found, enclosed_keys(found)) if Act.ACCEPT in offered and not found.is_closed else (),
        "error_summary": [
            Fault(words, f"#muc-{key.replace(':', '-')}") for key, texts in typed.errors.items() for words in texts
        ],
    }


def _judge(request: HttpRequest, code: str) -> HttpResponse:
    actor, at = officer(request), clock.now()
    found = dossier_of(code, actor)
    typed, wanted = read_verdicts(request.POST, found, at)
    try:
        # No transaction around it: what is refused here may have to be written down all the same (BN-7).
        if wanted:
            intake.judge(code, wanted, wrongs=wrongs_in(request.POST), by=actor, at=at)
    except Refusal as refusal:
        if not refusal.field_errors:
            raise
        kept = screen.Typed(typed.verdicts, typed.notes, refusal.field_errors, typed.wrongs)
        return show(request, code, kept, status=refusal.status)
    if request.POST.get("tiep") in ("request-supplement", "propose-supplement"):
        return redirect("desk:act", code=code, act=request.POST["tiep"])
    messages.success(request, _("Đã lưu ý kiến từng mục."))
    return redirect("desk:dossier", code=code)
