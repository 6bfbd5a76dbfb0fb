"""Intake at the post office: guided, with the prescribed components and no other (BD-80).

The draft and the dossier are those of every other road; only the channel says post. Once it is filed, the clerk sees
its envelope and nothing else of it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.base.errors import Refusal
from motcua.desk import enclosing, intake_pages, walkin
from motcua.desk.form_step import answer_step
from motcua.desk.posting_desk import clerk, post_page
from motcua.dossiers.actions import draft, posting, submit
from motcua.dossiers.facts import requirements_of
from motcua.dossiers.queries import draft_of, visible_to
from motcua.parcels.queries import served_counters
from motcua.procedures.models import Offering
from motcua.procedures.queries import revision_in_force
from motcua.rules.acts import Channel, State
from motcua.rules.people import Actor
from motcua.rules.text import clean_line
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults

PAGES = ["GET", "HEAD", "POST"]
_PAPER_FIELDS = ("tep-", "chinh-", "sao-")
_OTHER_PAPER = "Bưu chính chỉ nhận các thành phần hồ sơ theo quy định của thủ tục, không yêu cầu giấy tờ nào khác: {}."


def _offerings(actor: Actor, on: date) -> QuerySet[Offering]:
    """What the counters this post office works for take in, on a day."""
    counters = [service.counter_id for service in served_counters(actor)]
    found = Offering.objects.filter(counter_id__in=counters, since__lte=on).exclude(until__lte=on)
    return found.select_related("agency", "counter").order_by("agency__code", "pk")


@require_safe
def intake(request: HttpRequest) -> HttpResponse:
    """Choose a procedure; intakes begun and not finished are offered first."""
    actor, at = clerk(request), clock.now()
    text = clean_line(request.GET.get("tim", ""))[:100]
    begun = visible_to(actor).filter(
        state=State.DRAFT.value, created_by_id=actor.account_id, channel=Channel.POST.value
    )
    context = {
        "text": text,
        "choices": walkin.choices_in(_offerings(actor, at.date()), text, on=at.date()),
        "begun": list(begun.select_related("revision").order_by("-saved_at", "-pk")[:10]),
    }
    return post_page(request, "post_intake", context)


@require_http_methods(PAGES)
def begin(request: HttpRequest, procedure: str) -> HttpResponse:
    """Who files. The draft begins when the person is known."""
    actor, at = clerk(request), clock.now()
    revision = revision_in_force(procedure, on=at.date())
    offerings = _offerings(actor, at.date()).filter(procedure_id=revision.procedure_id)
    if not offerings:
        raise Refusal(_("Bưu cục này không nhận thủ tục đó."), status=404)
    posted = request.POST if request.method == "POST" else None
    form, status = walkin.WalkInForm(posted, revision=revision, offerings=offerings), 200
    del form.fields["link"]  # what an account knows of its owner is not for the post
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = draft.start(
                    revision,
                    next(row for row in offerings if row.pk == form.cleaned_data["offering"]),
                    applicant=None,
                    case=form.cleaned_data.get("case", ""),
                    channel=Channel.POST,
                    walk_in=form.person(),
                    by=actor,
                    at=at,
                )
                return redirect(_stations(made, "", at)[0].href)
            except Refusal as refusal:
                form.refuse(refusal)
    context = {"revision": revision, "form": form, "error_summary": form_faults(form)}
    return post_page(request, "post_begin", context, status=status)


def _draft(key: UUID, actor: Actor) -> Any:
    """The clerk's own intake under way; what has been filed is none of his business any more."""
    found = draft_of(str(key), actor)
    if found.code or found.created_by_id != actor.account_id or found.channel != Channel.POST.value:
        raise Refusal(_("Không tìm thấy hồ sơ này."), status=404)
    return found


@require_http_methods(PAGES)
def fill(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """One step of the form: kept right or wrong, shown again with what is wrong."""
    actor, at = clerk(request), clock.now()
    found = _draft(key, actor)
    view, status = answer_step(request, found, step, by=actor, at=at)
    if view is None:
        return redirect(intake_pages.after(_stations(_draft(key, actor), f"form:{step}", at)))
    return _page(request, "post_fill", found, f"form:{step}", {"step": view}, status=status)


@require_http_methods(PAGES)
def papers(request: HttpRequest, key: UUID) -> HttpResponse:
    """Scans and counts of the prescribed components. Anything else is refused, not taken and not asked for (BD-80)."""
    actor, at = clerk(request), clock.now()
    found = _draft(key, actor)
    prescribed = frozenset(requirement.key for requirement in requirements_of(found))
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        _refuse_others(request, prescribed)
        errors = enclosing.take_papers(request, found, by=actor, at=at)
        found = _draft(key, actor)
        if not errors and "_remove" not in request.POST:
            return redirect("desk:post_intake_finish", key=key)
    boxes = enclosing.boxes_of(found, today=at.date(), errors=errors, typed=request.POST, only=prescribed)
    context = {"boxes": boxes, "error_summary": enclosing.faults_of(boxes)}
    return _page(request, "post_papers", found, "papers", context, status=422 if errors else 200)


def _refuse_others(request: HttpRequest, prescribed: frozenset[str]) -> None:
    """Whatever is sent for a paper the procedure does not prescribe stops the whole request, before a byte is kept."""
    names = [*request.FILES, *request.POST]
    asked = {name.partition("-")[2] for name in names if name.startswith(_PAPER_FIELDS)}
    others = sorted(asked - prescribed)
    others += sorted(name for name in request.FILES if not name.startswith(_PAPER_FIELDS))
    if others:
        raise Refusal(_OTHER_PAPER.format(", ".join(clean_line(name)[:60] for name in others[:5])))


@require_http_methods(PAGES)
def finish(request: HttpRequest, key: UUID) -> HttpResponse:
    """Read it back, choose how the result comes, and file; its papers wait for the next hand-over to the counter."""
    actor, at = clerk(request), clock.now()
    found = _draft(key, actor)
    form = intake_pages.finish_form(found, request.POST if request.method == "POST" else None, at=at)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _filed(request, str(key), form, actor, at)
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
    context = intake_pages.read_back(found, form, today=at.date())
    return _page(request, "post_finish", found, "finish", context, status=status)


def _filed(request: HttpRequest, key: str, form: Any, actor: Actor, at: datetime) -> HttpResponse:
    given = form.cleaned_data
    with transaction.atomic():
        draft.choose_return(key, channel=given["return_channel"], address=given["return_address"], by=actor, at=at)
        filed = submit.submit(key, declared=given["declared"], by=actor, at=at)
        made = posting.take_in(filed, by=actor, at=at)
    messages.success(
        request, _("%(code)s: đã nhận. Hãy in phiếu, giao người nộp một liên và ghi mã lên bì.") % {"code": filed.code}
    )
    return redirect("desk:post_parcel", number=made.number)


@require_POST
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw an unfinished intake away."""
    actor = clerk(request)
    _draft(key, actor)
    draft.discard(str(key), by=actor, at=clock.now())
    messages.success(request, _("Đã bỏ hồ sơ đang nhập."))
    return redirect("desk:post_intake")


def _stations(found: Any, here: str, at: datetime) -> list[intake_pages.Station]:
    return intake_pages.stations_of(found, here, face=intake_pages.POST, today=at.date())


def _page(
    request: HttpRequest, name: str, found: Any, here: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shown = intake_pages.frame(found, here, face=intake_pages.POST, today=clock.now().date())
    return post_page(request, name, {**shown, **context}, status=status)
