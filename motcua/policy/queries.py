"""The province's rules at a moment: policy values and the working calendar. Cached per process, renewed by version."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Max, Q

from motcua.policy.models import Clause, OfficeHours, SpecialDay
from motcua.rules.policy import Policy
from motcua.rules.worktime import Calendar, SeasonHours, office_hours

CACHE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything the policy room holds, read at once: small tables, asked for on every act."""

    clauses: tuple[Clause, ...]
    hours: dict[int | None, tuple[SeasonHours, ...]]
    days_off: dict[date, str]
    extra_days: dict[date, str]
    calendars: dict[int | None, Calendar]


_lock = threading.Lock()
_kept: tuple[tuple[object, ...], datetime, Rulebook] | None = None


def policy_at(at: datetime, *, agency_id: int | None = None, procedure_code: str = "") -> Policy:
    """The policy in force at this moment; of several valid clauses for a key the narrowest scope wins."""
    day = at.date()
    values: dict[str, tuple[int, date, object]] = {}
    for clause in _rulebook(at).clauses:
        if clause.since > day or (clause.until is not None and clause.until <= day):
            continue
        if clause.agency_id not in (None, agency_id) or clause.procedure_code not in ("", procedure_code):
            continue
        rank = (2 if clause.procedure_code else 0) + (1 if clause.agency_id else 0)
        known = values.get(clause.key)
        if known is None or (rank, clause.since) >= known[:2]:
            values[clause.key] = (rank, clause.since, clause.value)
    return Policy.from_data({key: value for key, (_, _, value) in values.items()})


def calendar(at: datetime, *, agency_id: int | None = None) -> Calendar:
    """The working calendar of an agency (its own hours if it has any, else the province's) with days off."""
    book = _rulebook(at)
    key = agency_id if agency_id in book.hours else None
    if key not in book.calendars:
        hours = book.hours.get(key) or (office_hours(("07:30", "11:30"), ("13:30", "17:30")),)
        book.calendars[key] = Calendar(hours, book.days_off, book.extra_days)
    return book.calendars[key]


def clauses_in_force(at: datetime) -> list[Clause]:
    """Clauses valid at this moment, by key, for the page that shows them."""
    day = at.date()
    return list(
        Clause.objects.filter(since__lte=day)
        .filter(Q(until__isnull=True) | Q(until__gt=day))
        .select_related("agency")
        .order_by("key", "since")
    )


def clause_history() -> list[Clause]:
    """Every clause there ever was or will be, by the day it begins and its key."""
    return list(Clause.objects.select_related("agency").order_by("since", "key", "pk"))


def hours_in_words() -> list[OfficeHours]:
    """The province's own seasons of office hours with their basis, by the day they begin."""
    return list(OfficeHours.objects.filter(agency=None).order_by("first_month", "first_day"))


def forget() -> None:
    """Drop what is cached in this process (after the policy room itself wrote, and between tests)."""
    global _kept
    _kept = None


def _rulebook(at: datetime) -> Rulebook:
    global _kept
    kept = _kept
    if kept is not None and abs((at - kept[1]).total_seconds()) < CACHE_SECONDS:
        return kept[2]
    with _lock:
        version = _version()
        if kept is None or kept[0] != version:
            kept = (version, at, _read())
        _kept = (version, at, kept[2])
        return kept[2]


def _version() -> tuple[object, ...]:
    """Changes whenever a row of the room is added or removed, or a clause is given an end; nothing else is edited."""
    clauses = Clause.objects.order_by("pk").values_list("pk", "until")
    hours = OfficeHours.objects.aggregate(n=Count("pk"), last=Max("pk"))
    days = SpecialDay.objects.aggregate(n=Count("pk"), last=Max("pk"))
    return (*clauses, *hours.values(), *days.values())


def _read() -> Rulebook:
    hours: dict[int | None, list[SeasonHours]] = {}
    for row in OfficeHours.objects.all():
        season = replace(
            office_hours(*((opens, closes) for opens, closes in row.intervals)),
            first=(row.first_month, row.first_day),
            last=(row.last_month, row.last_day),
        )
        hours.setdefault(row.agency_id, []).append(season)
    days = list(SpecialDay.objects.all())
    return Rulebook(
        clauses=tuple(Clause.objects.order_by("key", "since", "pk")),
        hours={key: tuple(seasons) for key, seasons in hours.items()},
        days_off={row.day: row.name for row in days if row.kind == SpecialDay.Kind.OFF},
        extra_days={row.day: row.name for row in days if row.kind == SpecialDay.Kind.WORKING},
        calendars={},
    )
