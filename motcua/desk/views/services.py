"""Services of agencies: proposals with their states, a new one, and the decision on one (BD-69)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import directory
from motcua.base.errors import Refusal
from motcua.desk.office import desk_page, officer
from motcua.desk.service_forms import CHANNELS, DecisionForm, ServiceForm
from motcua.procedures.actions import services
from motcua.procedures.actions.telling import asked_in_words
from motcua.procedures.models import Offering, ProcedureRevision, ServiceMode, ServiceProposal
from motcua.procedures.queries import revision_in_force, search
from motcua.procedures.queries.completeness import ANSWERING, gaps_for, place_of
from motcua.procedures.queries.services import offered_by, proposals_for
from motcua.rules.acts import Channel
from motcua.rules.completeness import PART_WORDS
from motcua.rules.people import Actor, Role
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults

PER_PAGE, MOST_FOUND = 30, 20


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Proposals one may read, those that wait first; who answers for an agency looks for a procedure here."""
    actor, at = officer(request), clock.now()
    text = request.GET.get("tim", "")[:100]
    page = Paginator(proposals_for(actor), PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "rows": [{"proposal": row, "asked": asked_in_words(row)} for row in page.object_list],
        "page": page,
        "may_propose": bool(_own(actor)),
        "text": text,
        "found": search(text, {}, at=at).entries[:MOST_FOUND] if text.strip() and _own(actor) else (),
    }
    return desk_page(request, "desk/services.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, procedure: str) -> HttpResponse:
    """A proposal about one procedure, begun with how the agency offers it now."""
    actor, at = officer(request), clock.now()
    revision = revision_in_force(procedure, on=at.date())
    places = directory(at, ids=_own(actor)) if _own(actor) else []
    if not places:
        raise Refusal(_("Không tìm thấy trang này."), status=404)
    running = offered_by(places[0].pk, revision.procedure_id, on=at.date())
    form = ServiceForm(
        request.POST if request.method == "POST" else None,
        agencies=[(agency.pk, agency.name) for agency in places],
        counters=sorted({
            (counter.pk, counter.name)
            for agency in places
            for counter in (*agency.hosted_counters.all(), *agency.counters.all())
        }, key=lambda pair: pair[1]),
        initial=_as_now(running, revision, at),
    )  # fmt: skip
    reasons: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            row = services.propose(
                procedure,
                form.service(),
                agency_id=form.cleaned_data["agency"],
                since=form.cleaned_data["since"],
                reason=form.cleaned_data["reason"],
                by=actor,
                at=at,
            )
        except Refusal as no:
            form.refuse(no)
            reasons = no.messages[1:] if not no.field_errors else []
        else:
            messages.success(request, _("Đã gửi đề nghị. Đơn vị vận hành cổng quyết định, bạn được báo kết quả."))
            return redirect("desk:service", proposal=row.pk)
    context = {
        "revision": revision,
        "form": form,
        "running": _in_words(running, revision) if running else "",
        "reasons": reasons,
        "error_summary": form_faults(form),
    }
    return desk_page(request, "desk/service_propose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, proposal: int) -> HttpResponse:
    """One proposal with its story; a POST approves it, returns it, or takes it back."""
    actor, at = officer(request), clock.now()
    found = proposals_for(actor).filter(pk=proposal).first()
    if found is None:
        raise Refusal(_("Không tìm thấy đề nghị này."), status=404)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            said = _decide(request, found.pk, form.cleaned_data["words"], actor, at)
        except Refusal as no:
            if not no.field_errors:
                raise
            form.refuse(no)
        else:
            messages.success(request, said)
            return redirect("desk:service", proposal=found.pk)
    revision = revision_in_force(found.procedure.code, on=at.date())
    running = offered_by(found.agency_id, found.procedure_id, on=at.date())
    is_open = found.state == ServiceProposal.State.OPEN
    context = {
        "proposal": found,
        "asked": asked_in_words(found),
        "revision": revision,
        "running": _in_words(running, revision) if running else "",
        "gaps": _gaps(running, revision, at) if is_open else [],
        "may_decide": is_open and actor.holds(Role.OPERATOR) and found.proposed_by_id != actor.account_id,
        "is_own": found.proposed_by_id == actor.account_id,
        "may_withdraw": is_open and found.agency_id in _own(actor),
        "form": form,
        "error_summary": form_faults(form),
    }
    return desk_page(request, "desk/service.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, pk: int, words: str, actor: Actor, at: datetime) -> str:
    if "rut" in request.POST:
        services.withdraw(pk, by=actor, at=at)
        return _("Đã rút đề nghị.")
    if "tra-lai" in request.POST:
        services.send_back(pk, reason=words, by=actor, at=at)
        return _("Đã trả lại đề nghị, cơ quan được báo lý do.")
    row = services.approve(pk, words=words, by=actor, at=at)
    return _("Đã chấp thuận. Dịch vụ thay đổi từ %(day)s.") % {"day": f"{row.effective:%d/%m/%Y}"}


def _own(actor: Actor) -> set[int]:
    """Agencies one proposes for."""
    return {post.agency_id for post in actor.posts if post.role in ANSWERING}


def _as_now(running: Offering | None, revision: ProcedureRevision, at: datetime) -> dict[str, Any]:
    """The form as the service stands, or as it is published."""
    ways = [channel.value for channel in CHANNELS if running is None or running.takes(channel.value)]
    if not revision.accepts_online and Channel.ONLINE.value in ways:
        ways.remove(Channel.ONLINE.value)
    return {
        "want": "offer",
        "counter": running.counter_id if running else None,
        "service_level": running.level_of(revision) if running else revision.service_level,
        "service_mode": (running.service_mode if running else "") or revision.service_mode,
        "channels": ways,
        "since": at.date(),
    }


def _in_words(running: Offering, revision: ProcedureRevision) -> str:
    mode = ServiceMode(running.service_mode or revision.service_mode).label
    ways = ", ".join(str(words).lower() for channel, words in CHANNELS.items() if running.takes(channel.value))
    level = running.level_of(revision)
    return _("Mức độ %(level)s (%(mode)s), nhận: %(ways)s; tại %(counter)s") % {
        "level": level, "mode": mode, "ways": ways, "counter": running.counter.name
    }  # fmt: skip


def _gaps(running: Offering | None, revision: ProcedureRevision, at: datetime) -> list[str]:
    """What would keep the operator from approving, told before he tries."""
    place = place_of(running) if running else None
    return [f"{PART_WORDS[gap.part]}: {gap.words}" for gap in gaps_for(revision.procedure_id, place, on=at.date())]
