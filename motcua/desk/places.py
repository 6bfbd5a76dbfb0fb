"""Which counters an officer may ask about, and days as addresses write them."""

from __future__ import annotations

from datetime import date

from motcua.agencies.models import OneStopCounter
from motcua.reception import queries
from motcua.rules.people import Actor


def counters_of(actor: Actor) -> list[OneStopCounter]:
    """Counters where this officer sits or whose roster this officer sets, by name."""
    rows = {one.pk: one for one in (*queries.counters_at(actor), *queries.counters_planned_by(actor))}
    return sorted(rows.values(), key=lambda one: (one.name, one.pk))


def read_day(text: str) -> date | None:
    """A day written ISO, of a year somebody may mean; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None
