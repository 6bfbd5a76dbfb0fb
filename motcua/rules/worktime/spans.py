"""The values that counting time speaks in: units, pauses, spans of an explanation, the answer."""

from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import NamedTuple

from motcua.rules.worktime.errors import WorktimeError

VIETNAM = timezone(timedelta(hours=7))
"""Rule 1: every instant is UTC+7 and there is no daylight saving."""
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Unit(StrEnum):
    """What an amount of time is counted in. A procedure says which one it means."""

    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    WORKING_DAYS_CLOCK = "working_days_clock"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    ELAPSED_HOURS = "elapsed_hours"


class Reason(StrEnum):
    """Why a span was counted or skipped."""

    WORKING = "working"
    MAKEUP_DAY = "makeup_day"
    CALENDAR_DAY = "calendar_day"
    ELAPSED = "elapsed"
    FIRST_DAY = "first_day"
    RESUMPTION_DAY = "resumption_day"
    AFTER_CUTOFF = "after_cutoff"
    LUNCH = "lunch"
    OUTSIDE_HOURS = "outside_hours"
    WEEKEND = "weekend"
    DAY_OFF = "day_off"
    AWAITING = "awaiting"
    ROLLED = "rolled"


class Span(NamedTuple):
    """One stretch of time, counted or not, with its reason.

    For units of hours `minutes` is the length of the span in minutes and `days` is 0. For units of days
    `days` is how many days the span holds and `minutes` is 0. Over the counted spans of one answer they sum
    to the amount asked for exactly: when an instant has seconds, the whole minutes are shared out so that
    nothing is lost.
    """

    start: datetime
    end: datetime
    counted: bool
    reason: Reason
    minutes: int
    days: int
    words: str


class Pause(NamedTuple):
    """The applicant is awaited from `start` until `end`; `end` is None while nobody has answered yet."""

    start: datetime
    end: datetime | None


class Due(NamedTuple):
    """When something is due (UTC+7) and why: `explanation` runs without a hole from the start asked about
    to `at`."""

    at: datetime
    explanation: tuple[Span, ...]


class Remaining(NamedTuple):
    """What is used and what is left of an amount at some instant: whole days if `in_days`, else working
    minutes (or plain minutes for elapsed hours). A begun minute counts as left, a begun day too."""

    used: int
    left: int
    in_days: bool


def check_year(year: int) -> None:
    """Raises WorktimeError outside the years 1900 to 2200: a slip of the pen, and counting could run off the
    calendar.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise WorktimeError(f"Năm {year} nằm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}.")


def local(at: datetime) -> datetime:
    """The same instant on Vietnam's clock. Raises WorktimeError for a datetime without offset, which names no
    instant, and outside the years 1900 to 2200."""
    check_year(at.year)
    if at.tzinfo is VIETNAM:
        return at
    if at.tzinfo is None:
        raise WorktimeError(f"Thời điểm {at.isoformat()} không có múi giờ.")
    return at.astimezone(VIETNAM)
