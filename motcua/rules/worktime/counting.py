"""When is it due, and how much is left? The door to the rules of counting.

The rules are the Civil Code's (Bộ luật Dân sự 2015, điều 147 and 148) and those of one-stop practice; the
package's docstring lists the twelve.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import Decimal

from motcua.rules.worktime import by_days, by_hours
from motcua.rules.worktime.by_hours import Tally
from motcua.rules.worktime.calendar import Calendar
from motcua.rules.worktime.errors import DueUnknown, WorktimeError
from motcua.rules.worktime.pauses import orderly
from motcua.rules.worktime.spans import Due, Pause, Remaining, Unit, local

MINUTES_OF = {Unit.WORKING_HOURS: 60, Unit.WORKING_DAYS_CLOCK: 480, Unit.ELAPSED_HOURS: 60}
"""Units counted by the minute, with the minutes of one. The others are counted by the whole day."""

MOST = {
    Unit.WORKING_HOURS: 20_000,
    Unit.WORKING_DAYS: 2_500,
    Unit.WORKING_DAYS_CLOCK: 2_500,
    Unit.CALENDAR_DAYS: 3_660,
    Unit.MONTHS: 120,
    Unit.ELAPSED_HOURS: 87_840,
}
"""The largest amount taken of each unit: about ten years. No procedure is longer; what is larger is a
mistake."""

Amount = int | Decimal


def due(
    calendar: Calendar,
    *,
    start: datetime,
    amount: Amount,
    unit: Unit,
    pauses: Iterable[Pause] = (),
    same_day_cutoff: time | None = None,
) -> Due:
    """When something begun at `start` and given `amount` of `unit` is due, and why.

    - `start` and pauses are aware datetimes of any zone; the answer is UTC+7.
    - `amount` is 0 or more. Units of hours and working_days_clock (n × 480 working minutes) take fractions
      that are whole minutes; days and months are whole. Nothing (0) is due at the effective start, or for
      units of days at its closing.
    - `pauses`: the applicant is awaited. What overlaps is merged; what lies before the start or after the
      due instant says nothing. In calendar days and months, as in working days, whole days used stay used
      and the rest counts anew; months become days when they start.
    - `same_day_cutoff` ("trong ngày; nhận sau 15 giờ: ngày làm việc tiếp theo"), for working_days only:
      received before the cutoff of a working day, that day is itself day 1; from the cutoff on, day 1 is
      the next working day. Amounts 0 and 1 both mean "within the day"; n means closing of day n. After a
      pause the same question is asked of its end.

    Raises DueUnknown while a pause has no end, NoWorkingDay for a calendar without work, else
    WorktimeError.
    """
    start = local(start)
    tally = _tally(calendar, start, amount, unit, pauses=pauses, cutoff=same_day_cutoff)
    if tally.at is None:
        raise DueUnknown(tally.since or start)
    return Due(tally.at, tuple(tally.spans))


def remaining(
    calendar: Calendar,
    *,
    start: datetime,
    amount: Amount,
    unit: Unit,
    at: datetime,
    pauses: Iterable[Pause] = (),
    same_day_cutoff: time | None = None,
) -> Remaining:
    """What would be left if the clock stopped at `at`: what the next pause keeps and the resumption counts.
    Arguments and errors as for `due`, but a pause without end is no error here."""
    start, stop = local(start), Pause(at, None)
    before = [pause for pause in pauses if local(pause.start) < local(at)]
    tally = _tally(calendar, start, amount, unit, pauses=[*before, stop], cutoff=same_day_cutoff)
    total = _total(unit, amount, start, calendar, same_day_cutoff)
    return Remaining(total - tally.left, tally.left, unit not in MINUTES_OF)


def add_working_minutes(calendar: Calendar, start: datetime, minutes: int) -> datetime:
    """The instant when `minutes` (0 or more) working minutes after `start` are over (rules 4, 5 and 10)."""
    if minutes < 0:
        raise WorktimeError("Số phút không được âm.")
    tally = by_hours.tally(calendar, start=local(start), amount=timedelta(minutes=minutes), pauses=[])
    return tally.at or local(start)


def _tally(
    calendar: Calendar,
    start: datetime,
    amount: Amount,
    unit: Unit,
    *,
    pauses: Iterable[Pause],
    cutoff: time | None,
) -> Tally:
    total = _total(unit, amount, start, calendar, cutoff)
    waits = orderly(pauses, start=start)
    if unit in MINUTES_OF:
        hours = None if unit is Unit.ELAPSED_HOURS else calendar
        return by_hours.tally(hours, start=start, amount=timedelta(minutes=total), pauses=waits)
    every_day = unit is not Unit.WORKING_DAYS
    return by_days.tally(calendar, start=start, amount=total, every_day=every_day, cutoff=cutoff, pauses=waits)


def _total(unit: Unit, amount: Amount, start: datetime, calendar: Calendar, cutoff: time | None) -> int:
    """The amount as whole minutes, or as whole days for units of days. Raises WorktimeError for what cannot
    be counted."""
    if cutoff is not None and unit is not Unit.WORKING_DAYS:
        raise WorktimeError("same_day_cutoff: chỉ dùng được với đơn vị working_days.")
    if isinstance(amount, Decimal) and not amount.is_finite():
        raise WorktimeError("amount: phải là một số hữu hạn.")
    if amount < 0:
        raise WorktimeError("amount: không được âm.")
    if amount > MOST[unit]:
        raise WorktimeError(f"amount: quá lớn, {unit} nhận nhiều nhất {MOST[unit]} (khoảng mười năm).")
    total = amount * MINUTES_OF.get(unit, 1)
    if total != int(total):
        raise WorktimeError("amount: " + ("phải tròn phút." if unit in MINUTES_OF else "phải là số nguyên."))
    if unit is Unit.MONTHS:
        return by_days.days_in_months(calendar.next_opening(start).date(), int(total))
    return max(1, int(total)) if cutoff is not None else int(total)
