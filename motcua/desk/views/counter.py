"""Intake of a walk-in: person, procedure, and then all on one page (`once`) or step by step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.errors import Refusal
from motcua.desk import enclosing, intake_pages, person, walkin
from motcua.desk.form_step import answer_step
from motcua.desk.office import desk_page, officer
from motcua.desk.views import queue
from motcua.dossiers.actions import draft, elsewhere, intake, submit
from motcua.dossiers.queries import draft_of, visible_to
from motcua.files.actions import store
from motcua.procedures.queries import revision_in_force
from motcua.rules.acts import Channel, State
from motcua.rules.people import Actor
from motcua.rules.text import clean_line
from motcua.ui import clock
from motcua.ui.templatetags.mc import Fault, form_faults

PAGES = ["GET", "HEAD", "POST"]


def officer_at_counter(request: HttpRequest) -> Actor:
    """The counter officer who asks."""
    return walkin.counter_officer(officer(request))


@require_http_methods(PAGES)
def counter(request: HttpRequest) -> HttpResponse:
    """Who is next, who stands here, what is wanted. A POST reads a scan or a number; it never stands in an address."""
    actor, at = officer_at_counter(request), clock.now()
    text = clean_line(request.GET.get("tim", ""))[:100]
    scanned, faults = "", []
    if request.method == "POST":
        scanned = request.POST.get("ai", "")[:1000]
        if "quen" in request.POST:
            person.keep(request, None)
            return redirect("desk:counter")
        try:
            return _known(request, scanned, actor)
        except Refusal as refusal:
            faults = [Fault(said, "#ai") for said in refusal.field_errors["ai"]]
    begun = visible_to(actor).filter(state=State.DRAFT.value, created_by_id=actor.account_id, channel="counter")
    here, place = person.kept(request), queue.counter_chosen(request, actor)
    context = {
        "text": text,
        "scanned": scanned,
        "choices": walkin.procedures_of(actor, text, on=at.date()),
        "others": walkin.procedures_elsewhere(actor, text, at=at),
        "begun": list(begun.select_related("revision").order_by("-saved_at", "-pk")[:10]),
        "person": here,
        "earlier": person.waiting_for(here, actor) if here else [],
        "queue": queue.panel(request, actor, place, at) if place else None,
        "on_duty": queue.on_duty(place, at) if place else [],
        "error_summary": faults,
    }
    return desk_page(request, "desk/counter.html", context, status=422 if faults else 200)


def _known(request: HttpRequest, scanned: str, actor: Actor) -> HttpResponse:
    """To the dossier whose code was scanned, or back with the person whose card it was."""
    found = person.read(scanned, actor)
    if isinstance(found, str):
        return redirect("desk:dossier", code=found)
    person.keep(request, found)
    return redirect("desk:counter")


@require_http_methods(PAGES)
def begin(request: HttpRequest, procedure: str) -> HttpResponse:
    """Who files, for which agency. The draft begins when the person is known; then all the rest is one page."""
    actor, at = officer_at_counter(request), clock.now()
    revision = revision_in_force(procedure, on=at.date())
    is_elsewhere = "thay" in request.GET
    if is_elsewhere:
        offerings = walkin.offerings_elsewhere(actor, revision, at=at)
    else:
        offerings = list(walkin.offerings_of(actor, on=at.date()).filter(procedure_id=revision.procedure_id))
    if not offerings:
        raise Refusal(_("Quầy này không tiếp nhận thủ tục đó."), status=404)
    sent = request.POST if request.method == "POST" else None
    form = walkin.WalkInForm(sent, revision=revision, offerings=offerings, known=person.kept(request))
    status = 200
    if sent is not None:
        status = 422
        if form.is_valid():
            try:
                found = _start(request, form, revision, offerings, actor, at)
                person.keep(request, None)
                return redirect("desk:counter_once", key=found.public_id)
            except Refusal as refusal:
                form.refuse(refusal)
    context = {
        "revision": revision,
        "form": form,
        "is_elsewhere": is_elsewhere,
        "error_summary": form_faults(form),
    }
    return desk_page(request, "desk/counter_begin.html", context, status=status)


def _start(request: HttpRequest, form: Any, revision: Any, offerings: Any, actor: Actor, at: Any) -> Any:
    offering = next(row for row in offerings if row.pk == form.cleaned_data["offering"])
    given = {
        "applicant": form.account(),
        "case": form.cleaned_data.get("case", ""),
        "walk_in": form.person(),
        "by": actor,
        "at": at,
    }
    if "thay" not in request.GET:
        return draft.start(revision, offering, channel=Channel.COUNTER, **given)
    return elsewhere.start(revision, offering, counter=walkin.receiving_counter(actor), **given)


def draft_here(request: HttpRequest, key: UUID) -> Any:
    """The intake under way. What has been filed meanwhile is no draft any more."""
    found = draft_of(str(key), officer_at_counter(request))
    if found.code:
        raise Refusal(_("Hồ sơ này đã nộp, mã %(code)s.") % {"code": found.code}, status=409)
    if found.channel != Channel.COUNTER.value:
        raise Refusal(_("Không tìm thấy hồ sơ này."), status=404)
    return found


@require_http_methods(PAGES)
def fill(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """One step of the form: kept right or wrong, shown again with what is wrong."""
    actor, at = officer_at_counter(request), clock.now()
    found = draft_here(request, key)
    view, status = answer_step(request, found, step, by=actor, at=at)
    if view is None:
        filled = draft_of(str(key), actor)
        stations = intake_pages.stations_of(filled, f"form:{step}", face=intake_pages.COUNTER, today=at.date())
        return redirect(intake_pages.after(stations))
    return _page(request, "counter_fill", found, f"form:{step}", {"step": view}, status=status)


@require_http_methods(PAGES)
def papers(request: HttpRequest, key: UUID) -> HttpResponse:
    """Scans, and how much paper was handed over."""
    actor, at = officer_at_counter(request), clock.now()
    found = draft_here(request, key)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        errors = enclosing.take_papers(request, found, by=actor, at=at)
        found = draft_of(str(key), actor)
        if not errors and "_remove" not in request.POST:
            return redirect("desk:counter_finish", key=key)
    boxes = enclosing.boxes_of(found, today=at.date(), errors=errors, typed=request.POST)
    context = {"boxes": boxes, "error_summary": enclosing.faults_of(boxes)}
    return _page(request, "counter_papers", found, "papers", context, status=422 if errors else 200)


@require_POST
def upload(request: HttpRequest, key: UUID, requirement: str) -> HttpResponse:
    """One scan at once, from the script; the answer is its row in the list."""
    actor, at = officer_at_counter(request), clock.now()
    try:
        draft_here(request, key)
        files = list(request.FILES.values())
        if len(files) != 1:
            raise Refusal(_("Hãy gửi từng tệp một."), status=400)
        stored = store(files[0], by=actor, at=at, limits=enclosing.limits_here())  # type: ignore[arg-type]
        enclosure = draft.attach(str(key), requirement, stored, by=actor, at=at)
    except Refusal as refusal:
        said = [*refusal.messages, *(text for texts in refusal.field_errors.values() for text in texts)]
        return JsonResponse({"messages": list(dict.fromkeys(map(str, said)))}, status=refusal.status)
    html = render_to_string("ui/components/file_row.html", {"file": enclosing.row_of(enclosure)})
    return JsonResponse({"html": html}, status=201)


@require_http_methods(PAGES)
def finish(request: HttpRequest, key: UUID) -> HttpResponse:
    """Read it back, choose how the result comes, file, and accept at once."""
    actor, at = officer_at_counter(request), clock.now()
    found = draft_here(request, key)
    form = intake_pages.finish_form(found, request.POST if request.method == "POST" else None, at=at)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return filed(request, str(key), form, actor, at)
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
    context = intake_pages.read_back(found, form, today=at.date())
    return _page(request, "counter_finish", found, "finish", context, status=status)


def filed(request: HttpRequest, key: str, form: Any, actor: Actor, at: Any) -> HttpResponse:
    """File; then accept where asked. A dossier that cannot be accepted yet stays filed, and the reason is told."""
    given = form.cleaned_data
    with transaction.atomic():
        draft.choose_return(key, channel=given["return_channel"], address=given["return_address"], by=actor, at=at)
        done = submit.submit(key, declared=given["declared"], by=actor, at=at)
    code = str(done.code)
    target = reverse("desk:dossier", args=[code])
    if "later" in request.POST:
        messages.success(request, _("%(code)s: đã nộp, chờ tiếp nhận.") % {"code": code})
        return redirect(target)
    try:
        intake.accept(code, by=actor, at=at)
    except Refusal as refusal:
        said = " ".join(map(str, refusal.messages))
        messages.warning(request, _("%(code)s đã nộp nhưng chưa tiếp nhận được: %(why)s") % {"code": code, "why": said})
        return redirect(target)
    messages.success(request, _("%(code)s: đã nộp và tiếp nhận. Hãy in giấy hẹn cho người nộp.") % {"code": code})
    return redirect(f"{target}?in=giay-hen")


@require_POST
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw an unfinished intake away."""
    actor = officer_at_counter(request)
    draft_here(request, key)
    draft.discard(str(key), by=actor, at=clock.now())
    messages.success(request, _("Đã bỏ hồ sơ đang nhập."))
    return redirect("desk:counter")


def _page(
    request: HttpRequest, name: str, found: Any, here: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shown = intake_pages.frame(found, here, face=intake_pages.COUNTER, today=clock.now().date())
    return desk_page(request, f"desk/{name}.html", {**shown, **context}, status=status)
