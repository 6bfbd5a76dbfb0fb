"""What the public may know of our punctuality: counts, never a person; cells of 1 to 4 are not told (promises §6.6).

A count over all dossiers is dear and changes slowly, so each process keeps its answer for `KEPT_FOR`; while one request
counts anew the others read the old answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db.models import Count, QuerySet

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.keeping import IN_TIME, TOO_LATE, overdue

KEPT_FOR = timedelta(minutes=10)
SMALLEST_CELL = 5
PERIOD_DAYS = 365
SECTORS_SHOWN = 4

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Figures:
    """How often something was asked for, and how it was kept; `None` stands for a cell too small to tell.

    ``used`` counts dossiers submitted in the period; of those with a result ``on_time`` had it by the promised
    moment (which an apology does not move), ``late`` had not, or wait for it beyond that moment. When a cell is
    withheld the others are rounded to tens, so that it cannot be worked out from them (``is_rounded``).
    """

    used: int | None
    on_time: int | None
    late: int | None
    is_rounded: bool = False

    @property
    def rate(self) -> float | None:
        """Share on time in per cent with one decimal; None while nothing is known or a cell is withheld."""
        if self.on_time is None or self.late is None or self.is_rounded or not self.on_time + self.late:
            return None
        return round(100 * self.on_time / (self.on_time + self.late), 1)


@dataclass(frozen=True, slots=True)
class Month:
    """Punctuality of one month, whole and by sector (best first); only months with something to tell exist."""

    first_day: date
    whole: Figures
    sectors: tuple[tuple[str, Figures], ...]


def figures_of(procedure_id: int, *, at: datetime) -> Figures | None:
    """Figures of one procedure over the last year (BD-22); None when nobody has used it."""
    return _by_procedure(at).get(procedure_id)


def most_used(*, at: datetime, most: int = 6) -> list[int]:
    """Procedures by how often they were used in the last year, those with a number that may be told."""
    known = [(figures.used, key) for key, figures in _by_procedure(at).items() if figures.used]
    return [key for _, key in sorted(known, key=lambda pair: (-pair[0], pair[1]))[:most]]


def last_month(*, at: datetime) -> Month | None:
    """The last whole month before `at`; None when it has no figures that may be told."""
    return _month_kept.get(at, lambda: _month(at))


def forget() -> None:
    """Drop what this process keeps."""
    _procedures_kept.forget()
    _month_kept.forget()


def told(used: int, on_time: int, late: int) -> Figures:
    """Counts as they may be published: a cell of 1 to 4 is withheld, and then no neighbour is exact."""
    cells = (used, on_time, late)
    if not any(0 < cell < SMALLEST_CELL for cell in cells):
        return Figures(used, on_time, late)
    rounded = [None if 0 < cell < SMALLEST_CELL else round(cell, -1) for cell in cells]
    return Figures(rounded[0], rounded[1], rounded[2], is_rounded=True)


def _by_procedure(at: datetime) -> dict[int, Figures]:
    return _procedures_kept.get(at, lambda: _count_procedures(at))


_COUNTED = Dossier.objects.filter(parent__isnull=True)
"""A joint dossier counts once, as the whole its applicant filed; its parts do not (liên thông)."""


def _count_procedures(at: datetime) -> dict[int, Figures]:
    rows = (
        _COUNTED.filter(submitted_at__gt=at - timedelta(days=PERIOD_DAYS), submitted_at__lte=at)
        .order_by()
        .values_list("revision__procedure_id")
        .annotate(
            used=Count("pk"),
            on_time=Count("pk", filter=IN_TIME),
            late=Count("pk", filter=TOO_LATE | overdue(at)),
        )
    )
    return {key: told(used, on_time, late) for key, used, on_time, late in rows}


def _month(at: datetime) -> Month | None:
    end = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    begin = (end - timedelta(days=1)).replace(day=1)
    done: QuerySet[Dossier, Any] = (
        _COUNTED.filter(result_at__gte=begin, result_at__lt=end, promised_at__isnull=False)
        .order_by()
        .values_list("revision__sector__name")
        .annotate(on_time=Count("pk", filter=IN_TIME), late=Count("pk", filter=TOO_LATE))
    )
    rows = [(name, on_time, late) for name, on_time, late in done]
    whole = told(sum(row[1] + row[2] for row in rows), sum(row[1] for row in rows), sum(row[2] for row in rows))
    if not whole.used:
        return None
    by_sector = [(name, told(on_time + late, on_time, late)) for name, on_time, late in rows]
    rated = sorted((pair for pair in by_sector if pair[1].rate is not None), key=lambda pair: -(pair[1].rate or 0))
    shown = rated if len(rated) <= SECTORS_SHOWN else [*rated[: SECTORS_SHOWN - 1], rated[-1]]
    return Month(begin.date(), whole, tuple(shown))


@dataclass(slots=True)
class _Kept(Generic[Answer]):
    """One answer and when it was made."""

    made: datetime | None = None
    answer: Any = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, at: datetime, make: Callable[[], Answer]) -> Answer:
        if self.made is not None and not settings.TESTING and abs(at - self.made) < KEPT_FOR:
            return self.answer
        is_first = self.made is None or settings.TESTING
        if not self.lock.acquire(blocking=is_first):
            return self.answer
        try:
            if self.made is None or settings.TESTING or abs(at - self.made) >= KEPT_FOR:
                self.answer, self.made = make(), at
            return self.answer
        finally:
            self.lock.release()

    def forget(self) -> None:
        self.made = self.answer = None


_procedures_kept: _Kept[dict[int, Figures]] = _Kept()
_month_kept: _Kept[Month | None] = _Kept()
