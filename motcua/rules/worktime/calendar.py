"""The calendar of one unit: its hours by season, its days off, its extra working days (rules 2 and 3 of
counting).

A Calendar is a value: amending it makes another one. It remembers the days it has already worked out, at
most `REMEMBERED_DAYS` of them, so a calendar kept for the life of a process stays small; an amended one asks
the calendar it came from about every day that is the same there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from motcua.rules.worktime import phrases
from motcua.rules.worktime.errors import NoWorkingDay, WorktimeError
from motcua.rules.worktime.holidays import built_in
from motcua.rules.worktime.hours import SeasonHours, checked, office_hours, season_of
from motcua.rules.worktime.spans import VIETNAM, Reason, Span, check_year, local

REMEMBERED_DAYS = 4096
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class Day(NamedTuple):
    """One day worked out: its open stretches, and why it is worked or not. `midnight` is its first
    instant."""

    midnight: datetime
    opens: tuple[tuple[datetime, datetime], ...]
    minutes: int
    reason: Reason
    words: str

    @property
    def is_working(self) -> bool:
        """Whether any work is done on the day."""
        return bool(self.opens)


@dataclass(frozen=True)
class Calendar:
    """Hours and exceptional days of a unit. `days_off` and `extra_days` map a day to its Vietnamese name
    ("" if it has none).

    Raises WorktimeError when seasons overlap or leave a hole, or when a day is both off and extra.
    """

    hours: tuple[SeasonHours, ...]
    days_off: Mapping[date, str]
    extra_days: Mapping[date, str]
    _days: dict[int, Day] = field(init=False, repr=False, compare=False, default_factory=dict)
    _blocks: dict[int, tuple[Span, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    _base: "Calendar | None" = field(init=False, repr=False, compare=False, default=None)
    _amended: frozenset[int] = field(init=False, repr=False, compare=False, default=frozenset())

    __hash__ = None  # type: ignore[assignment]  # mappings inside; keep calendars in values, not in keys

    def __post_init__(self) -> None:
        if both := self.days_off.keys() & self.extra_days.keys():
            raise WorktimeError(f"Ngày {min(both):%d/%m/%Y} vừa là ngày nghỉ vừa là ngày làm việc khai thêm.")
        object.__setattr__(self, "hours", checked(tuple(self.hours)))
        object.__setattr__(self, "days_off", MappingProxyType(dict(self.days_off)))
        object.__setattr__(self, "extra_days", MappingProxyType(dict(self.extra_days)))

    @staticmethod
    def default() -> "Calendar":
        """07:30–11:30 and 13:30–17:30 all year, with the built-in days off and make-up Saturdays of 2018 to
        2027."""
        return _default()

    def amended(
        self,
        *,
        days_off: Mapping[date, str] | Iterable[date] = (),
        extra_days: Mapping[date, str] | Iterable[date] = (),
        hours: tuple[SeasonHours, ...] | None = None,
    ) -> "Calendar":
        """Another calendar with more days off, more working days, or other hours. What is amended wins over
        what stood: a day off named here is no longer an extra working day, and the other way round. A day
        named as both is a WorktimeError."""
        off, extra = _named(days_off), _named(extra_days)
        if both := off.keys() & extra.keys():
            raise WorktimeError(f"Ngày {min(both):%d/%m/%Y} vừa là ngày nghỉ vừa là ngày làm việc khai thêm.")
        amended = Calendar(
            hours=self.hours if hours is None else hours,
            days_off={day: name for day, name in self.days_off.items() if day not in extra} | off,
            extra_days={day: name for day, name in self.extra_days.items() if day not in off} | extra,
        )
        if amended.hours == self.hours:
            object.__setattr__(amended, "_base", self)
            object.__setattr__(amended, "_amended", frozenset(day.toordinal() for day in (*off, *extra)))
        return amended

    def day(self, ordinal: int) -> Day:
        """The day of a proleptic ordinal (`date.toordinal()`). Raises WorktimeError outside the years 1900
        to 2200."""
        known = self._days.get(ordinal)
        if known is None:
            if self._base is not None and ordinal not in self._amended:
                return self._base.day(ordinal)
            known = self._work_out(date.fromordinal(ordinal))
            if len(self._days) >= REMEMBERED_DAYS:
                self._days.clear()
            self._days[ordinal] = known
        return known

    def working_ordinal(self, ordinal: int) -> int:
        """The first working day on or after `ordinal`. Raises NoWorkingDay if there is none within a year."""
        for candidate in range(ordinal, ordinal + 367):
            if self.day(candidate).opens:
                return candidate
        raise NoWorkingDay(f"Lịch không có ngày làm việc nào trong một năm kể từ {date.fromordinal(ordinal):%d/%m/%Y}.")

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself inside working hours, else the next opening after it (rule 4). Closing time is
        already outside."""
        at = local(at)
        ordinal = at.toordinal()
        for opens, closes in self.day(ordinal).opens:
            if at < closes:
                return max(at, opens)
        return self.day(self.working_ordinal(ordinal + 1)).opens[0][0]

    def block(self, ordinal: int) -> tuple[Span, ...]:
        """Spans of a working day from its opening to the opening of the next working day."""
        known = self._blocks.get(ordinal)
        if known is None:
            if self._base is not None and ordinal not in self._amended:
                shared = self._base.block(ordinal)
                if self._amended.isdisjoint(range(ordinal, shared[-1].end.toordinal() + 1)):
                    return shared
            known = self._lay_out(self.day(ordinal))
            if len(self._blocks) >= REMEMBERED_DAYS:
                self._blocks.clear()
            self._blocks[ordinal] = known
        return known

    def gap(self, start: datetime, end: datetime) -> list[Span]:
        """Skipped spans that cover [start, end), in which no work is done; neighbours with one reason are
        one span."""
        spans: list[Span] = []
        while start < end:
            day = self.day(start.toordinal())
            stop = min(end, day.midnight + _ONE_DAY)
            reason, text = (Reason.OUTSIDE_HOURS, phrases.OUTSIDE_HOURS) if day.opens else (day.reason, day.words)
            if day.opens and day.opens[0][0] < start and stop <= day.opens[-1][1]:
                reason, text = _break(start, stop)
            if spans and spans[-1].reason is reason and spans[-1].words == text:
                start = spans.pop().start
            spans.append(skipped(start, stop, reason, text))
            start = stop
        return spans

    def _work_out(self, day: date) -> Day:
        check_year(day.year)
        midnight = datetime.combine(day, time(), VIETNAM)
        if day in self.days_off:
            return Day(midnight, (), 0, Reason.DAY_OFF, phrases.day_off(self.days_off[day]))
        reason, text = Reason.WORKING, phrases.WORKING
        if day.weekday() >= _SATURDAY:
            if day not in self.extra_days:
                return Day(midnight, (), 0, Reason.WEEKEND, phrases.WEEKEND)
            reason, text = Reason.MAKEUP_DAY, phrases.extra_day(self.extra_days[day])
        season = season_of(self.hours, day)
        opens = tuple(
            (datetime.combine(day, each.opens, VIETNAM), datetime.combine(day, each.closes, VIETNAM))
            for each in season.intervals
        )
        return Day(midnight, opens, season.minutes, reason, text)

    def _lay_out(self, day: Day) -> tuple[Span, ...]:
        following = self.day(self.working_ordinal(day.midnight.toordinal() + 1)).opens[0][0]
        spans: list[Span] = []
        for (opens, closes), (reopens, _) in zip(day.opens, (*day.opens[1:], (following, following)), strict=True):
            spans.append(Span(opens, closes, True, day.reason, whole_minutes(closes - opens), 0, day.words))
            spans.extend(self.gap(closes, reopens))
        return tuple(spans)


def skipped(start: datetime, end: datetime, reason: Reason, text: str) -> Span:
    """A span that is not counted, measured in minutes."""
    return Span(start, end, False, reason, whole_minutes(end - start), 0, text)


def whole_minutes(length: timedelta) -> int:
    """The whole minutes of a length of time, rounded down."""
    return length // timedelta(minutes=1)


def _break(start: datetime, end: datetime) -> tuple[Reason, str]:
    around_noon = start.time() < time(14) and end.time() > time(11)
    return Reason.LUNCH, phrases.LUNCH if around_noon else phrases.BREAK


def _named(days: Mapping[date, str] | Iterable[date]) -> dict[date, str]:
    return dict(days) if isinstance(days, Mapping) else dict.fromkeys(days, "")


@cache
def _default() -> Calendar:
    days_off, extra_days = built_in()
    return Calendar((office_hours(("07:30", "11:30"), ("13:30", "17:30")),), days_off, extra_days)
