"""The book of violation cases: the list, one case with its log and evidence, what is done with it (BD-17…BD-19)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import agencies_at, officers_of
from motcua.audit.actions import record_read
from motcua.base.errors import Refusal
from motcua.desk.case_forms import AccuseForm, CloseForm, GiveForm, NoteForm
from motcua.desk.forms import DeskForm
from motcua.desk.office import desk_page, officer
from motcua.feedback.actions import accuse, close, give, note, take
from motcua.feedback.facts import is_kept
from motcua.feedback.models import Case
from motcua.feedback.queries import Narrowing, case_of, cases, counts, reporter_of
from motcua.feedback.queries.book import HEADINGS, LONGEST, lines_of
from motcua.files.actions import store
from motcua.files.serving import serve
from motcua.files.sheets import csv_bytes, xlsx_bytes
from motcua.rules.people import Actor, Role
from motcua.rules.text import plain_number
from motcua.rules.uploads import UploadLimits
from motcua.rules.violations import KIND_WORDS, STATE_WORDS, CaseState
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults

PER_PAGE = 50
BOOK = ("case_book", "all")
"""What the audit calls the whole book."""


@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """The list, narrowed."""
    actor, at = officer(request), clock.now()
    narrowing, query = _asked(request)
    page = Paginator(cases(actor, narrowing, at=at), PER_PAGE).get_page(request.GET.get("trang"))
    record_read(subject=BOOK, by=actor, at=at, body={"query": query})
    context = {
        "page": page,
        "rows": [{"case": row, "late": row.is_late(at)} for row in page],
        "narrowing": narrowing,
        "kinds": [(kind.value, words.title) for kind, words in KIND_WORDS.items()],
        "states": [("open", _("Chưa kết thúc")), *((state.value, words) for state, words in STATE_WORDS.items())],
        "agencies": _agencies(actor, at),
        "counts": counts(actor, at=at),
        "query": query,
    }
    return desk_page(request, "desk/cases.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The book as narrowed, for inspection: XLSX or CSV, without who reported. Taking it is recorded."""
    actor, at = officer(request), clock.now()
    narrowing, query = _asked(request)
    kind = "csv" if request.GET.get("tep") == "csv" else "xlsx"
    rows = list(cases(actor, narrowing, at=at)[:LONGEST])
    record_read(subject=BOOK, by=actor, at=at, body={"query": query, "export": kind, "rows": len(rows)})
    lines = lines_of(rows, at=at)
    if kind == "csv":
        content, media = csv_bytes(HEADINGS, lines), "text/csv; charset=utf-8"
    else:
        about = [(_("Xuất lúc"), f"{at:%H:%M %d/%m/%Y}"), (_("Người xuất"), actor.name), (_("Số dòng"), str(len(rows)))]
        content = xlsx_bytes(HEADINGS, lines, title=_("Sổ vụ việc vi phạm"), about=about)
        media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="so-vu-viec-{at:%Y%m%d-%H%M}.{kind}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case; a POST does what its button says and comes back, or shows the form again with what was typed."""
    actor, at = officer(request), clock.now()
    found = case_of(number, actor)
    if request.method != "POST":
        record_read(subject=found.subject, by=actor, at=at, body={"page": "case"})
        return _page(request, found, actor, at)
    deed = request.POST.get("viec", "")
    if deed == "take":
        take(number, by=actor, at=at)
        messages.success(request, _("Bạn đã nhận xác minh vụ việc."))
        return redirect("desk:case", number=number)
    forms = _forms(request, found, actor, at, bound=deed)
    form, act = forms.get(deed), _DEEDS.get(deed)
    if form is None or act is None:
        raise Refusal(_("Việc này không làm được lúc này."), status=409)
    status = 422
    if form.is_valid():
        try:
            act(number, form, actor, at)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            messages.success(request, _("Đã ghi vào sổ vụ việc."))
            is_mine = actor.account_id not in form.cleaned_data.get("accused", ())
            return redirect("desk:case", number=number) if is_mine else redirect("desk:cases")
    return _page(request, found, actor, at, forms=forms, status=status)


@require_safe
def file(request: HttpRequest, number: str, file: UUID) -> FileResponse:
    """A file of the case. The reading is recorded."""
    actor = officer(request)
    found = case_of(number, actor)
    row = next((one for one in found.files.all() if one.file_id == file), None)
    if row is None:
        raise Refusal(_("Không tìm thấy tệp này."), status=404)
    record_read(subject=found.subject, by=actor, at=clock.now(), body={"file": str(file)})
    return serve(row.file, inline=True)


@require_safe
def evidence(request: HttpRequest, number: str) -> HttpResponse:
    """What was reported as it stood then, to take away: JSON, the same bytes its digest was made of."""
    actor = officer(request)
    found = case_of(number, actor)
    record_read(subject=found.subject, by=actor, at=clock.now(), body={"page": "evidence"})
    content = json.dumps(found.evidence, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    answer = HttpResponse(content, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{found.number}-chung-cu.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _asked(request: HttpRequest) -> tuple[Narrowing, str]:
    """The filters of the address, and the same as a query string."""
    get = request.GET
    narrowing = Narrowing(
        kind=get.get("loai", "") if get.get("loai", "") in KIND_WORDS else "",
        state=get.get("tinh-trang", "") if get.get("tinh-trang", "") in {"open", *STATE_WORDS} else "",
        agency_id=plain_number(get.get("co-quan", "")),
        is_late=get.get("han") == "qua",
    )
    said = {
        "loai": narrowing.kind,
        "tinh-trang": narrowing.state,
        "co-quan": narrowing.agency_id or "",
        "han": "qua" if narrowing.is_late else "",
    }
    return narrowing, urlencode({key: value for key, value in said.items() if value})


def _agencies(actor: Actor, at: datetime) -> list[tuple[int, str]]:
    """The agencies to choose between: all for the operator, none where there is only one's own."""
    if not actor.holds(Role.OPERATOR):
        return []
    return list(agencies_at(at).order_by("name", "pk").values_list("pk", "name"))


def _page(
    request: HttpRequest,
    found: Case,
    actor: Actor,
    at: datetime,
    *,
    forms: dict[str, DeskForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    forms = forms or _forms(request, found, actor, at)
    faults = [fault for form in forms.values() for fault in (form_faults(form) if form.is_bound else [])]
    context = {
        "case": found,
        "late": found.is_late(at),
        "reporter": reporter_of(found, actor),
        "is_kept": is_kept(found),
        "evidence": found.evidence.get("dossier") or found.evidence,
        "has_evidence": bool(found.evidence.get("found")),
        "entries": list(found.entries.all()),
        "files": list(found.files.all()),
        "may_take": found.is_open and found.handler_id != actor.account_id,
        "forms": forms,
        "error_summary": faults,
    }
    return desk_page(request, "desk/case.html", context, status=status)


def _forms(request: HttpRequest, found: Case, actor: Actor, at: datetime, *, bound: str = "") -> dict[str, Any]:
    """What may be written down now, by its sign; the one that was sent bound to what was typed."""
    if not found.is_open:
        return {}

    def given(deed: str) -> tuple[Any, ...]:
        return (request.POST, request.FILES) if deed == bound else ()

    forms: dict[str, Any] = {}
    if found.state == CaseState.VERIFYING and found.handler_id == actor.account_id:
        forms["note"] = NoteForm(*given("note"), prefix="note")
        forms["close"] = CloseForm(*given("close"), prefix="close")
        if found.agency_id is not None:
            people = [(one.pk, one.name) for one in officers_of(found.agency_id, at=at)]
            forms["accuse"] = AccuseForm(
                *given("accuse"), people=people, initial={"accused": found.accused}, prefix="accuse"
            )
    if actor.holds(Role.OPERATOR):
        forms["give"] = GiveForm(
            *given("give"), agencies=_agencies(actor, at), initial={"agency": found.agency_id}, prefix="give"
        )
    return forms


def _note(number: str, form: DeskForm, actor: Actor, at: datetime) -> None:
    upload = form.cleaned_data["file"]
    limits = UploadLimits(max_bytes=settings.UPLOAD_MAX_BYTES)
    files = [store(upload, by=actor, at=at, limits=limits)] if upload else []
    note(number, form.cleaned_data["words"], files=files, by=actor, at=at)


_DEEDS: dict[str, Callable[[str, Any, Actor, datetime], Any]] = {
    "note": _note,
    "close": lambda number, form, actor, at: close(number, by=actor, at=at, **form.cleaned_data),
    "accuse": lambda number, form, actor, at: accuse(number, form.cleaned_data["accused"], by=actor, at=at),
    "give": lambda number, form, actor, at: give(number, form.cleaned_data["agency"], by=actor, at=at),
}
