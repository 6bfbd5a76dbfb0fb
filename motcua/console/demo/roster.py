"""Who is on duty at the demo's counters, this week and the next (BD-66)."""

from __future__ import annotations

from datetime import datetime, timedelta

from motcua.agencies.models import OneStopCounter, PostHeld
from motcua.policy.queries import calendar
from motcua.reception import actions, queries
from motcua.reception.facts import halves_open, monday_of
from motcua.reception.models import Duty
from motcua.rules.people import Actor, Role

DAYS = 14


def make(*, by: Actor, at: datetime) -> None:
    """Everybody who sits at a counter is on duty while it is open; a counter planned for already stays as it is."""
    first = monday_of(at.date())
    posts = PostHeld.objects.filter(role=Role.COUNTER_OFFICER.value, counter__isnull=False, until__isnull=True)
    planned = Duty.objects.filter(day__gte=first).order_by().values("counter_id")
    manned = OneStopCounter.objects.filter(pk__in=posts.order_by().values("counter_id"))
    for counter in manned.exclude(pk__in=planned).order_by("pk"):
        hours = calendar(at, agency_id=counter.host_id)
        everybody = [account for account, _ in queries.people_of(counter, on=at.date())]
        for day in (first + timedelta(days=number) for number in range(DAYS)):
            for half in halves_open(hours, day) if everybody else ():
                actions.set_shift(counter, day, half, everybody, calendar=hours, by=by, at=at)
