"""Writes of the policy room: taking in a province's preset and the calendar of days off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.audit.actions import record
from motcua.policy import queries
from motcua.policy.models import Clause, OfficeHours, SpecialDay
from motcua.rules.people import Actor
from motcua.rules.policy import Policy
from motcua.rules.worktime import Calendar, office_hours


@transaction.atomic
def load_preset(preset: Mapping[str, Any], *, by: Actor, at: datetime) -> int:
    """Take in clauses and office hours of a preset file; what stands already is left alone. Returns rows added.

    Raises `PolicyError` for an unknown key or a wrong value, `WorktimeError` for impossible hours; nothing is kept
    then.
    """
    added = 0
    for row in preset.get("clause", []):
        Policy.from_data({row["key"]: row["value"]})
        _, is_new = Clause.objects.get_or_create(
            key=row["key"],
            agency=None,
            procedure_code=row.get("procedure", ""),
            since=row["since"],
            defaults={"value": row["value"], "until": row.get("until"), "basis": row["basis"]},
        )
        added += is_new
    if not OfficeHours.objects.filter(agency=None).exists():
        for row in preset.get("hours", []):
            first, last = row.get("first", [1, 1]), row.get("last", [12, 31])
            office_hours(*map(tuple, row["intervals"]))
            OfficeHours.objects.create(
                intervals=row["intervals"],
                first_month=first[0],
                first_day=first[1],
                last_month=last[0],
                last_day=last[1],
                basis=row.get("basis", ""),
            )
            added += 1
    if added:
        record(subject=("policy", "province"), verb="load_preset", by=by, at=at, body={"added": added})
    queries.forget()
    return added


@transaction.atomic
def load_built_in_days(*, by: Actor, at: datetime) -> int:
    """Seed days off and make-up days from the built-in calendar where no such day is known. Returns days added."""
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
    return added
