"""How much working time lies between two instants, and small questions about a calendar."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from motcua.rules.worktime.calendar import Calendar, whole_minutes
from motcua.rules.worktime.errors import WorktimeError
from motcua.rules.worktime.spans import Unit, local

SOON_MINUTES = 240
"""Half a working day: from here on an officer should see that it is getting late."""


class TimeLeft(NamedTuple):
    """Working minutes until something is due, rounded down; negative when late. `late` alone decides: at
    19:00 what was due at 17:30 is late by 0 working minutes, and exactly at the due instant nothing is late
    (rule 12)."""

    minutes: int
    late: bool


class Urgency(StrEnum):
    """How a deadline is to be shown."""

    OK = "ok"
    SOON = "soon"
    LATE = "late"


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Monday to Friday that is not off, or a make-up day (rule 2)."""
    return calendar.day(day.toordinal()).is_working


def next_opening(calendar: Calendar, at: datetime) -> datetime:
    """`at` itself inside working hours, else the next opening (rule 4). Closing time is outside. UTC+7."""
    return calendar.next_opening(at)


def closing_of(calendar: Calendar, day: date) -> datetime:
    """The last closing of a working day, UTC+7. Raises WorktimeError for a day on which nobody works."""
    known = calendar.day(day.toordinal())
    if not known.opens:
        raise WorktimeError(f"Ngày {day:%d/%m/%Y} không làm việc: {known.words}.")
    return known.opens[-1][1]


def working_minutes(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Working minutes from `start` to `end`, rounded towards zero; negative when `end` is earlier."""
    start, end = local(start), local(end)
    if end < start:
        return -working_minutes(calendar, end, start)
    first, last = start.toordinal(), end.toordinal()
    total = _open_within(calendar, first, start, end)
    if last > first:
        total += _open_within(calendar, last, start, end)
        total += timedelta(minutes=sum(calendar.day(ordinal).minutes for ordinal in range(first + 1, last)))
    return whole_minutes(total)


def _open_within(calendar: Calendar, ordinal: int, start: datetime, end: datetime) -> timedelta:
    total = timedelta()
    for opens, closes in calendar.day(ordinal).opens:
        total += max(timedelta(), min(closes, end) - max(opens, start))
    return total


def time_left(calendar: Calendar, *, now: datetime, due_at: datetime, unit: Unit = Unit.WORKING_HOURS) -> TimeLeft:
    """Working time from `now` until `due_at`; for elapsed hours plain minutes, as their clock never
    stands."""
    now, due_at = local(now), local(due_at)
    late = now > due_at
    if unit is Unit.ELAPSED_HOURS:
        minutes = whole_minutes(abs(due_at - now))
        return TimeLeft(-minutes if late else minutes, late)
    return TimeLeft(working_minutes(calendar, now, due_at), late)


def urgency(left: TimeLeft) -> Urgency:
    """Late, soon (within half a working day, 240 working minutes), or neither."""
    if left.late:
        return Urgency.LATE
    return Urgency.SOON if left.minutes <= SOON_MINUTES else Urgency.OK


def words(left: TimeLeft, minutes_per_day: int = 480) -> str:
    """ "Còn 1 ngày 3 giờ", "Còn 45 phút", "Quá hạn 2 giờ", "Vừa quá hạn", "Đến hạn ngay bây giờ": the two
    largest parts that are not zero. A day is a working day of `minutes_per_day` (1440 for elapsed
    hours)."""
    minutes = abs(left.minutes)
    if minutes == 0:
        return "Vừa quá hạn" if left.late else "Đến hạn ngay bây giờ"
    days, rest = divmod(minutes, minutes_per_day)
    parts = [(days, "ngày"), (rest // 60, "giờ"), (rest % 60, "phút")]
    said = " ".join(f"{count} {name}" for count, name in [part for part in parts if part[0]][:2])
    return f"Quá hạn {said}" if left.late else f"Còn {said}"
