"""What a leader sees at a glance: what is late and whose, how the weeks went. Each number is a question of the list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncWeek

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.columns import WHERE
from motcua.dossiers.queries.keeping import IN_TIME, WITHOUT_DATE
from motcua.dossiers.queries.narrowing import UNDER_WAY
from motcua.dossiers.queries.timing import length_words
from motcua.dossiers.queries.trays import TURNS_RUNNING, Turn
from motcua.policy.queries import calendar
from motcua.rules.people import Actor, Role
from motcua.rules.worktime import working_minutes

WEEKS = 11


@dataclass(frozen=True, slots=True)
class Late:
    """Overdue dossiers that lie in one place with one holder; `longest` in words of working time."""

    turn: Turn
    division_id: int | None
    division: str
    holder_id: int | None
    holder: str
    count: int
    longest: str


@dataclass(frozen=True, slots=True)
class Week:
    """One week from its Monday: how many came, how many got a result, how many of these in time."""

    monday: date
    received: int
    finished: int
    on_time: int

    @property
    def rate(self) -> float | None:
        """Share in time in per cent; None when nothing was finished."""
        return round(100 * self.on_time / self.finished, 1) if self.finished else None


@dataclass(frozen=True, slots=True)
class Span:
    """A month, or what has passed of it: numbers that add up (kept: results by the promised date)."""

    first_day: date
    last_day: date
    received: int
    finished: int
    on_time: int
    supplemented: int
    left: int

    @property
    def rate(self) -> float | None:
        return round(100 * self.on_time / self.finished, 1) if self.finished else None

    @property
    def supplement_rate(self) -> float | None:
        return round(100 * self.supplemented / self.received, 1) if self.received else None


def led_by(actor: Actor) -> set[int]:
    """Agencies where this officer signs."""
    return {post.agency_id for post in actor.posts if post.role == Role.LEADER}


def late_of(agencies: Collection[int], *, at: datetime) -> list[Late]:
    """Overdue by place and holder, most first. One query over what runs and is due, in an index's range."""
    rows = (
        Dossier.objects.filter(
            agency_id__in=agencies,
            turn__in=[turn.value for turn in TURNS_RUNNING],
            due_at__isnull=False,
            sort_at__lt=at,
        )
        .order_by()
        .values_list(
            "turn", "step_division_id", "step_division__name", "holder_id", "holder__full_name", "holder__login"
        )
        .annotate(count=Count("pk"), oldest=Min("sort_at"), agency=Min("agency_id"))
    )
    found = [_late(*row, at=at) for row in rows]
    return sorted(found, key=lambda one: (-one.count, one.holder))


def _late(*row: Any, at: datetime) -> Late:
    turn, division_id, division, holder_id, name, login, count, oldest, agency = row
    minutes = working_minutes(calendar(at, agency_id=agency), oldest, at)
    who = (name or login) if holder_id is not None else WHERE[Turn(turn)]
    return Late(Turn(turn), division_id, division or "", holder_id, who, count, length_words(minutes))


def weeks_of(agencies: Collection[int], *, at: datetime) -> list[Week]:
    """The last whole weeks and the one under way, oldest first. Two queries, each over one index's range."""
    monday = at.date() - timedelta(days=at.weekday())
    begin = monday - timedelta(weeks=WEEKS - 1)
    start = datetime(begin.year, begin.month, begin.day, tzinfo=at.tzinfo)
    came = _by_week("submitted_at", agencies, start, at, count=Count("pk"))
    done = _by_week("result_at", agencies, start, at, count=Count("pk"), on_time=Count("pk", filter=_ON_TIME))
    mondays = [begin + timedelta(weeks=number) for number in range(WEEKS)]
    return [Week(one, came.get(one, (0,))[0], *done.get(one, (0, 0))) for one in mondays]


_ON_TIME = WITHOUT_DATE | IN_TIME


def _by_week(
    column: str, agencies: Collection[int], start: datetime, at: datetime, **counts: Count
) -> dict[date, tuple[int, ...]]:
    rows = (
        Dossier.objects.filter(**{"agency_id__in": agencies, f"{column}__gte": start, f"{column}__lte": at})
        .order_by()
        .annotate(week=TruncWeek(column, tzinfo=at.tzinfo))
        .values_list("week")
        .annotate(**counts)
    )
    return {week.date(): tuple(numbers) for week, *numbers in rows}


def span_of(agencies: Collection[int], *, begin: datetime, end: datetime) -> Span:
    """Numbers of the days from ``begin`` to just before ``end``. Three queries."""
    here = Dossier.objects.filter(agency_id__in=agencies).order_by()
    came = here.filter(submitted_at__gte=begin, submitted_at__lt=end).aggregate(
        n=Count("pk"), again=Count("pk", filter=Q(supplement_rounds__gt=0))
    )
    done = here.filter(result_at__gte=begin, result_at__lt=end).aggregate(
        n=Count("pk"), on_time=Count("pk", filter=_ON_TIME)
    )
    left = here.filter(turn=Turn.CLOSED.value, sort_at__gte=begin, sort_at__lt=end, result_at__isnull=True).count()
    last = (end - timedelta(microseconds=1)).date()
    return Span(begin.date(), last, came["n"], done["n"], done["on_time"], came["again"], left)


def open_in(agencies: Collection[int]) -> int:
    """Dossiers filed and without a result yet. One query of an index alone."""
    return Dossier.objects.filter(agency_id__in=agencies, state__in=UNDER_WAY).order_by().count()
