"""The queue from the public's side: a number, the ticket, the calling screen for the hall. Nobody is named."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.accounts.actions import throttle
from motcua.agencies.models import OneStopCounter
from motcua.base.errors import Refusal
from motcua.policy.queries import calendar
from motcua.portal.office_hours import hours_of
from motcua.portal.views.lookup import network_of
from motcua.reception import queries
from motcua.reception.actions import take_ticket
from motcua.reception.facts import closing, is_open
from motcua.ui import clock

MOST_TICKETS = 120
"""Tickets one network may take in ten minutes: more than the busiest hall gives out."""
WINDOW = 600
REFRESH = 5
"""Seconds after which the screen asks again; said in a header, so that it works without a script."""
TICKET_REFRESH = 20


@require_http_methods(["GET", "HEAD", "POST"])
def queue_kiosk(request: HttpRequest, counter: int) -> HttpResponse:
    """Large buttons, one for each group of services; a press gives the ticket."""
    at, found = clock.now(), _counter(counter)
    hours = calendar(at, agency_id=found.host_id)
    if request.method == "POST":
        throttle("queue", network_of(request), limit=MOST_TICKETS, per_seconds=WINDOW, at=at)
        ticket = take_ticket(found, letter=request.POST.get("nhom", "")[:1], calendar=hours, at=at)
        return redirect("portal:queue_ticket", ticket=ticket.public_id)
    closes = closing(hours, at.date())
    context = {
        "counter": found,
        "groups": queries.groups_of(found),
        "waiting": queries.waiting_by_group(found, at=at),
        "now": queries.queue_now(found, at=at),
        "is_open": closes is not None and at < closes,
        "hours": hours_of(hours, at.date()),
        "plain": True,
    }
    return render(request, "portal/queue_kiosk.html", context)


@require_safe
def queue_ticket(request: HttpRequest, ticket: UUID) -> HttpResponse:
    """The ticket: number, how many are before it, where to go once called. It can be printed."""
    found = queries.ticket_of(str(ticket))
    if found is None:
        raise Refusal(_("Không tìm thấy phiếu này."), status=404)
    now = queries.queue_now(found.counter, at=clock.now())
    context = {"ticket": found, "ahead": queries.ahead_of(found), "now": now, "plain": True}
    return _again(render(request, "portal/queue_ticket.html", context), TICKET_REFRESH)


@require_safe
def queue_screen(request: HttpRequest, counter: int) -> HttpResponse:
    """The latest calls in large type, for a television in the hall."""
    at, found = clock.now(), _counter(counter)
    context: dict[str, Any] = {
        "counter": found,
        "calls": queries.screen_of(found, at=at),
        "now": queries.queue_now(found, at=at),
        "is_open": is_open(calendar(at, agency_id=found.host_id), at),
        "at": at,
    }
    return _again(render(request, "portal/queue_screen.html", context), REFRESH)


def _counter(pk: int) -> OneStopCounter:
    found = queries.counter_of(pk) if pk < 2**31 else None
    if found is None:
        raise Refusal(_("Không tìm thấy quầy này."), status=404)
    return found


def _again(response: HttpResponse, seconds: int) -> HttpResponse:
    response["Refresh"] = str(seconds)
    return response
