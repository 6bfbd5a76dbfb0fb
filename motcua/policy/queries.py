"""The province's rules at a moment: policy values and the working calendar. Cached per process, renewed by version."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Q

from motcua.policy.models import CalendarChange, Clause, OfficeHours, Outage, SpecialDay
from motcua.rules.opening import read_hours
from motcua.rules.policy import Policy
from motcua.rules.worktime import Calendar, SeasonHours, office_hours
from motcua.rules.worktime.changed import with_hours

CACHE_SECONDS = 30
SETTLING = timedelta(seconds=2 * CACHE_SECONDS)
"""How long after its confirmation a change of the calendar holds: by then every process has read it, so that no date is
counted by the old calendar any more."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything the policy room holds, read at once: small tables, asked for on every act."""

    clauses: tuple[Clause, ...]
    hours: dict[int | None, tuple[SeasonHours, ...]]
    days_off: dict[date, str]
    extra_days: dict[date, str]
    changes: tuple[CalendarChange, ...]
    """Confirmed changes of the calendar in the order they were confirmed."""
    calendars: dict[tuple[int | None, tuple[int, ...]], Calendar]


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
    """The working calendar of an agency (its own hours if it has any, else the province's) with days off.

    As it was known ``at`` that moment: a change of the calendar is in it from its confirmation (and `SETTLING`) on, so
    that every date promised before can be counted once more as it was counted then.
    """
    book = _rulebook(at)
    changes = [change for change in book.changes if _is_known(change, at) and _concerns(change, agency_id)]
    key = (agency_id if agency_id in book.hours else None, tuple(change.pk for change in changes))
    if key not in book.calendars:
        book.calendars[key] = _changed(book, key[0], changes)
    return book.calendars[key]


def calendar_with(change: CalendarChange, at: datetime, *, agency_id: int | None = None) -> Calendar:
    """The calendar of an agency as it would be with a change nobody has confirmed yet. Raises `WorktimeError` when the
    change does not go with it."""
    book = _rulebook(at)
    known = [one for one in book.changes if _is_known(one, at) and _concerns(one, agency_id)]
    extra = [change] if _concerns(change, agency_id) else []
    return _changed(book, agency_id if agency_id in book.hours else None, [*known, *extra])


def calendar_changes() -> list[CalendarChange]:
    """Every change of the calendar that was ever proposed, latest first."""
    return list(CalendarChange.objects.select_related("agency").order_by("-proposed_at", "-pk"))


def calendar_change(pk: int) -> CalendarChange | None:
    """One of them."""
    return CalendarChange.objects.select_related("agency").filter(pk=pk).first()


def outages() -> list[Outage]:
    """Every recorded outage, latest first."""
    return list(Outage.objects.select_related("agency").order_by("-since", "-pk"))


def _is_known(change: CalendarChange, at: datetime) -> bool:
    return change.confirmed_at is not None and change.confirmed_at + SETTLING <= at


def _concerns(change: CalendarChange, agency_id: int | None) -> bool:
    return change.agency_id in (None, agency_id)


def _changed(book: Rulebook, key: int | None, changes: Sequence[CalendarChange]) -> Calendar:
    """The calendar that stands in the tables with changes upon it: days first, then hours, the latest on top."""
    hours = book.hours.get(key) or (office_hours(("07:30", "11:30"), ("13:30", "17:30")),)
    made = Calendar(hours, book.days_off, book.extra_days)
    for change in changes:
        off, extra = ({date.fromisoformat(day): name for day, name in days.items()} for days in _days(change))
        made = made.amended(days_off=off, extra_days=extra) if off or extra else made
    for change in changes:
        # An agency with hours of its own keeps them when only the province's change.
        if change.hours and change.hours_since is not None and (change.agency_id is not None or key is None):
            made = with_hours(made, read_hours(change.hours), since=change.hours_since)
    return made


def _days(change: CalendarChange) -> tuple[dict[str, str], dict[str, str]]:
    return change.days_off, change.working_days


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


_VERSION = """
SELECT (SELECT md5(string_agg(id || ':' || coalesce(until::text, ''), ',' ORDER BY id)) FROM policy_clause),
       (SELECT count(*) || ':' || max(id) FROM policy_officehours),
       (SELECT count(*) || ':' || max(id) FROM policy_specialday),
       (SELECT count(confirmed_at) || ':' || max(confirmed_at) FROM policy_calendarchange)
"""


def _version() -> tuple[object, ...]:
    """Changes whenever a row of the room is added or removed, or a clause is given an end; nothing else is edited."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        return tuple(cursor.fetchone() or ())


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
        changes=tuple(CalendarChange.objects.filter(confirmed_at__isnull=False).order_by("confirmed_at", "pk")),
        calendars={},
    )
