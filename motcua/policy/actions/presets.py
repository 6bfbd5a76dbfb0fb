"""Taking in a province's preset file: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.audit.actions import record
from motcua.policy import queries
from motcua.policy.actions.clauses import take_in
from motcua.policy.models import OfficeHours
from motcua.rules.clauses import read_clauses
from motcua.rules.opening import check_calendar, read_hours
from motcua.rules.people import Actor
from motcua.rules.policy import PolicyError

PARTS = frozenset({"site", "hours", "clause", "offices", "body", "demo"})
"""What a preset file may hold: a part misspelt would otherwise be passed over in silence."""


@transaction.atomic
def load_preset(preset: Mapping[str, Any], *, by: Actor, at: datetime) -> int:
    """Take in clauses and office hours of a preset file; what stands already is left alone. Returns rows added.

    Raises `PolicyError` for clauses that cannot stand (unknown key, impossible value, overlapping dates) and for parts
    no preset has, and `WorktimeError` for hours nobody could keep; nothing is kept then.
    """
    if unknown := sorted(set(preset) - PARTS):
        raise PolicyError(f"Không có phần nào tên là {', '.join(unknown)}; chỉ nhận {', '.join(sorted(PARTS))}.")
    clauses, seasons = read_clauses(preset.get("clause", [])), read_hours(preset.get("hours", []))
    added = take_in(clauses, by=by, at=at)
    if seasons and not OfficeHours.objects.filter(agency=None).exists():
        for season, row in zip(seasons, preset["hours"], strict=True):
            OfficeHours.objects.create(
                intervals=row["intervals"],
                first_month=season.first[0],
                first_day=season.first[1],
                last_month=season.last[0],
                last_day=season.last[1],
                basis=row.get("basis", ""),
            )
        added += len(seasons)
        queries.forget()
        check_calendar(queries.calendar(at))
    if added:
        record(subject=("policy", "province"), verb="load_preset", by=by, at=at, body={"added": added})
    queries.forget()
    return added
