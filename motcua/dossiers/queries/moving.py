"""Which dossiers under way a change of the calendar would move, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from motcua.dossiers.facts.promises import Shift, shifts, step_due
from motcua.dossiers.models import Dossier, StepRun, SupplementRequest
from motcua.policy.models import CalendarChange
from motcua.policy.queries import calendar, calendar_with
from motcua.rules.acts import State
from motcua.rules.worktime import Calendar

LOOKED_AT = 2_000
"""Dossiers gone through for one page of a preview."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One dossier of a preview."""

    code: str
    procedure: str
    agency: str
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a proposed change would move. ``following`` is where the next page begins, None at the end."""

    moved: tuple[Moved, ...]
    looked_at: int
    following: int | None


def under_way(agency_id: int | None = None, *, with_steps: bool = False) -> QuerySet[Dossier]:
    """Filed dossiers whose clock runs or stands (of one agency, or all), with what their dates depend on.

    ``with_steps``: also those of other agencies that lie at a station of this one.
    """
    opened = StepRun.objects.filter(finished_at__isnull=True).order_by("pk")
    rows = Dossier.objects.filter(closed_at__isnull=True, submitted_at__isnull=False)
    rows = rows.exclude(state=State.RESULT_READY.value)
    if agency_id is not None:
        here = Q(agency_id=agency_id)
        if with_steps:
            here |= Q(pk__in=opened.filter(agency_id=agency_id).order_by().values("dossier_id"))
        rows = rows.filter(here)
    return (
        rows.select_related("revision", "agency", "apology")
        .defer("revision__raw", "revision__steps_text", "revision__conditions")
        .prefetch_related(
            Prefetch("steps", opened, to_attr="open_steps"),
            Prefetch("supplement_requests", SupplementRequest.objects.order_by("number")),
        )
    )


def moving(dossier: Dossier, hours: Calendar, *, at: datetime) -> bool:
    """Whether this calendar puts any date of a dossier (from `under_way`) elsewhere, those of its step among them."""
    if shifts(dossier, hours):
        return True
    run = next(iter(dossier.open_steps), None)  # type: ignore[attr-defined]
    if run is None or run.due_at is None:
        return False
    own = hours if run.agency_id == dossier.agency_id else calendar(at, agency_id=run.agency_id)
    return step_due(run, own) not in (None, run.due_at)


def preview(change: CalendarChange, *, at: datetime, after: int = 0, most: int = LOOKED_AT) -> Preview:
    """Every open dossier whose dates a change nobody has confirmed yet would move, old and new, from a key on."""
    calendars: dict[int, Calendar] = {}
    found = []
    rows = list(under_way(change.agency_id).filter(pk__gt=after).order_by("pk")[:most])
    for dossier in rows:
        if dossier.agency_id not in calendars:
            calendars[dossier.agency_id] = calendar_with(change, at, agency_id=dossier.agency_id)
        if moved := shifts(dossier, calendars[dossier.agency_id]):
            found.append(Moved(dossier.code or "", dossier.revision.title, dossier.agency.name, tuple(moved)))
    return Preview(tuple(found), len(rows), rows[-1].pk if len(rows) == most else None)
