"""Days off and make-up days of the built-in calendar."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.audit.actions import record
from motcua.policy import queries
from motcua.policy.models import SpecialDay
from motcua.rules.opening import check_calendar
from motcua.rules.people import Actor
from motcua.rules.worktime import Calendar


@transaction.atomic
def load_built_in_days(*, by: Actor, at: datetime) -> int:
    """Seed days off and make-up days from the built-in calendar where no such day is known. Returns days added.

    Raises `WorktimeError` when, with what stands already, a month would be left without a working day.
    """
    calendar = Calendar.default()
    rows = [
        SpecialDay(day=day, kind=SpecialDay.Kind.OFF, name=name, source="built-in")
        for day, name in calendar.days_off.items()
    ]
    rows += [
        SpecialDay(day=day, kind=SpecialDay.Kind.WORKING, name=name, source="built-in")
        for day, name in calendar.extra_days.items()
    ]
    before = SpecialDay.objects.count()
    SpecialDay.objects.bulk_create(rows, ignore_conflicts=True)
    added = SpecialDay.objects.count() - before
    if added:
        record(subject=("policy", "province"), verb="load_days", by=by, at=at, body={"added": added})
        queries.forget()
        check_calendar(queries.calendar(at))
    return added
