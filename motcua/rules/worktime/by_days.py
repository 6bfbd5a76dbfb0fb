"""Counting in days: rules 7 and 8, same-day procedures, and rule 11 for a clock that runs by the whole
day."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from motcua.rules.worktime import phrases
from motcua.rules.worktime.by_hours import Tally
from motcua.rules.worktime.calendar import Calendar
from motcua.rules.worktime.pauses import Stretch
from motcua.rules.worktime.spans import Reason, Span

_ONE_DAY = timedelta(days=1)


class _Days:
    """A clock that counts days. It covers time from its start with spans that begin and end at midnight:
    finished ones up to `reached`, and one that is growing by whole days and says the same of all of them."""

    def __init__(
        self, calendar: Calendar, start: datetime, amount: int, *, every_day: bool, cutoff: time | None
    ) -> None:
        self.calendar = calendar
        self.every_day = every_day
        self.cutoff = cutoff
        self.left = amount
        self.spans: list[Span] = []
        self.reached = start
        self.next_day = start.toordinal()
        self.said: tuple[Reason, str, bool] | None = None
        self.days = 0

    def begin(self, opening: datetime, reason: Reason, text: str) -> int:
        """Set out from the opening at which something counts as received. Answers the ordinal of the first
        day that may be counted: the day after, except for a same-day procedure received before its
        cutoff."""
        first = opening.toordinal()
        self.idle_until(first)
        if self.cutoff is not None:
            if opening.time() < self.cutoff:
                return first
            reason, text = Reason.AFTER_CUTOFF, phrases.after_cutoff(self.cutoff)
        self.cover(first, reason, text)
        return first + 1

    def idle_until(self, ordinal: int) -> None:
        """Cover the nights and days off before the day at which something counts as received (rule 4)."""
        for each in range(self.next_day, ordinal):
            day = self.calendar.day(each)
            if day.opens:
                self.cover(each, Reason.OUTSIDE_HOURS, phrases.OUTSIDE_HOURS)
            else:
                self.cover(each, day.reason, day.words)

    def cover(self, ordinal: int, reason: Reason, text: str, *, counted: bool = False) -> None:
        """Cover all of one day not covered yet, joined to the span before if that says the same."""
        if ordinal < self.next_day:
            return
        if self.said != (reason, text, counted):
            self.finish()
            self.said = (reason, text, counted)
        self.days += 1
        self.next_day = ordinal + 1

    def finish(self) -> None:
        """Make a span of the days covered since the last one."""
        if self.said is None:
            return
        reason, text, counted = self.said
        end = self.calendar.day(self.next_day - 1).midnight + _ONE_DAY
        self.spans.append(Span(self.reached, end, counted, reason, 0, self.days, text))
        self.reached, self.said, self.days = end, None, 0

    def count(self, ordinal: int, limit: int | None) -> int | None:
        """Count days from `ordinal` on, those before `limit` only. Answers the day on which nothing is
        left, rolled to a working day (rule 8), or None when `limit` came first."""
        last = ordinal - 1
        while self.left:
            if limit is not None and ordinal >= limit:
                return None
            day = self.calendar.day(ordinal)
            if self.every_day:
                self.cover(ordinal, Reason.CALENDAR_DAY, phrases.CALENDAR_DAY, counted=True)
            elif day.opens:
                text = phrases.WORKING_DAY if day.reason is Reason.WORKING else day.words
                self.cover(ordinal, day.reason, text, counted=True)
            else:
                self.cover(ordinal, day.reason, day.words)
            if self.every_day or day.opens:
                self.left -= 1
                last = ordinal
            ordinal += 1
        due = self.calendar.working_ordinal(last)
        if limit is not None and due >= limit:
            return None
        self.roll(last + 1, due)
        return due

    def roll(self, ordinal: int, due: int) -> None:
        """Cover the days off between a due day that is off and the working day it moves to (điều 148)."""
        for each in range(ordinal, due):
            day = self.calendar.day(each)
            self.cover(each, day.reason, day.words)
        if ordinal <= due:
            self.cover(due, Reason.ROLLED, phrases.ROLLED)

    def wait(self, stops: int, resumes: int) -> None:
        """Cover the days of a pause before the one on which it ends, and days off that a due day rolled
        over before it."""
        self.idle_until(stops)
        for ordinal in range(stops, resumes):
            self.cover(ordinal, Reason.AWAITING, phrases.AWAITING)

    def close(self, ordinal: int) -> datetime:
        """Due at closing: cut the last span there and answer the instant."""
        self.finish()
        at = self.calendar.day(ordinal).opens[-1][1]
        self.spans[-1] = self.spans[-1]._replace(end=at)
        return at


def tally(
    calendar: Calendar,
    *,
    start: datetime,
    amount: int,
    every_day: bool,
    cutoff: time | None,
    pauses: list[Stretch],
) -> Tally:
    """Count `amount` days from `start`, which counts as the next opening outside hours (rule 4); due at
    closing.

    A pause leaves the whole days before it used and the rest counts anew from its end: neither the day it
    stops the clock nor the day that starts it again counts (rule 11). Beginnings and ends of pauses obey
    rule 4 as well, so a pause that begins after closing leaves that day used.
    """
    clock = _Days(calendar, start, amount, every_day=every_day, cutoff=cutoff)
    first = clock.begin(calendar.next_opening(start), Reason.FIRST_DAY, phrases.FIRST_DAY)
    for stops, resumes in _as_the_rules_see(calendar, pauses):
        limit = stops.toordinal()
        if (due := clock.count(first, limit)) is not None:
            return Tally(clock.spans, clock.close(due), 0)
        if resumes is None:
            return Tally(clock.spans, None, clock.left, stops)
        opening = calendar.next_opening(resumes)
        clock.wait(limit, min(resumes.toordinal() + 1, opening.toordinal()))
        first = clock.begin(opening, Reason.RESUMPTION_DAY, phrases.RESUMPTION_DAY)
    due = clock.count(first, None)
    return Tally(clock.spans, None if due is None else clock.close(due), 0)


def _as_the_rules_see(calendar: Calendar, pauses: list[Stretch]) -> list[Stretch]:
    """Pauses that begin at an opening (rule 4), one where the clock would not have started again before it
    stopped anew."""
    found: list[Stretch] = []
    for begins, resumes in pauses:
        stops = calendar.next_opening(begins)
        if found:
            earlier_stop, earlier_end = found[-1]
            if earlier_end is None or stops <= calendar.next_opening(earlier_end):
                found[-1] = (earlier_stop, resumes)
                continue
        found.append((stops, resumes))
    return found


def days_in_months(day: date, months: int) -> int:
    """How many days after `day` the same day `months` later is; a day the month lacks is the month's last
    (rule 8)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return (date(year, month + 1, min(day.day, last)) - day).days
