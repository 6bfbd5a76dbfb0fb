"""The queue from the officer's side: call the next, call again, not there, done; and the groups people queue for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.agencies.models import OneStopCounter
from motcua.base.errors import Refusal
from motcua.desk import person
from motcua.desk.office import officer
from motcua.policy.queries import calendar
from motcua.reception import actions, queries
from motcua.reception.actions.queue import close_group
from motcua.reception.models import ServiceGroup
from motcua.rules.people import Actor
from motcua.rules.text import clean_line, plain_number
from motcua.ui import clock

_NEXT_PERSON = ("next", "absent", "done")
"""After these somebody else stands at the desk: what was read from a card must not fill the next one's papers."""
_PLACE, _COUNTER = "counter_place", "counter_chosen"


def counter_chosen(request: HttpRequest, actor: Actor) -> OneStopCounter | None:
    """The counter this officer works at today: the one chosen last, else the first of the own ones."""
    mine = queries.counters_at(actor)
    wanted = plain_number(str(request.GET.get("quay", request.session.get(_COUNTER, "")))) or 0
    return next((one for one in mine if one.pk == wanted), mine[0] if mine else None)


def panel(request: HttpRequest, actor: Actor, counter: OneStopCounter, at: Any) -> dict[str, Any]:
    """For `desk/_queue.html`: whom one serves, who waits, and the desk's number as last typed."""
    return {
        "counter": counter,
        "others": [one for one in queries.counters_at(actor) if one.pk != counter.pk],
        "now": queries.queue_now(counter, at=at),
        "present": queries.called_by(actor, counter),
        "groups": queries.waiting_by_group(counter, at=at),
        "place": request.session.get(_PLACE, ""),
    }


def on_duty(counter: OneStopCounter, at: Any) -> list[str]:
    """Names of those on duty there now (BD-66)."""
    hours = calendar(at, agency_id=counter.host_id)
    return queries.on_duty([counter], calendar=hours, at=at).get(counter.pk, [])


@require_POST
def queue(request: HttpRequest) -> HttpResponse:
    """One press of a button of the queue."""
    actor, at = officer(request), clock.now()
    counter = queries.counter_of(plain_number(request.POST.get("quay", "")) or 0)
    if counter is None:
        raise Refusal(_("Không tìm thấy quầy này."), status=404)
    request.session[_COUNTER] = counter.pk
    wanted = request.POST.get("viec", "")
    if wanted in _NEXT_PERSON:
        person.keep(request, None)
    if wanted == "next":
        place = clean_line(request.POST.get("cho", ""))[:20]
        request.session[_PLACE] = place
        if actions.call_next(counter, place=place, by=actor, at=at) is None:
            messages.info(request, _("Không còn ai chờ."))
    elif wanted == "again":
        actions.call_again(counter, by=actor, at=at)
    elif wanted == "absent":
        actions.mark_absent(counter, by=actor, at=at)
    elif wanted == "done":
        actions.finish(counter, by=actor, at=at)
    else:
        raise Refusal(_("Không có việc này."), status=400)
    return redirect("desk:counter")


@require_POST
def groups(request: HttpRequest) -> HttpResponse:
    """Open, rename or close a group of a counter one manages."""
    actor, at = officer(request), clock.now()
    counter = queries.counter_of(plain_number(request.POST.get("quay", "")) or 0)
    if counter is None:
        raise Refusal(_("Không tìm thấy quầy này."), status=404)
    try:
        if "dong" in request.POST:
            _close(counter, plain_number(request.POST["dong"]) or 0, actor, at)
        else:
            typed = request.POST.get("ky-hieu", ""), request.POST.get("ten", "")
            actions.open_group(counter, *typed, by=actor, at=at)
    except Refusal as refusal:
        if not refusal.field_errors:
            raise
        for text in (text for texts in refusal.field_errors.values() for text in texts):
            messages.error(request, text)
    return redirect(f"{reverse('desk:roster')}?quay={counter.pk}")


def _close(counter: OneStopCounter, pk: int, actor: Actor, at: Any) -> None:
    group = ServiceGroup.objects.select_related("counter").filter(counter=counter, pk=pk).first()
    if group is None:
        raise Refusal(_("Quầy không có nhóm việc này."), status=404)
    close_group(group, by=actor, at=at)
