"""Counting in hours: rules 4, 5, 6, 9 and 10, and rule 11 for a clock that runs by the minute."""

from datetime import datetime, timedelta
from typing import NamedTuple

from motcua.rules.worktime import phrases
from motcua.rules.worktime.calendar import Calendar, skipped, whole_minutes
from motcua.rules.worktime.pauses import Stretch
from motcua.rules.worktime.spans import Reason, Span

NOTHING = timedelta()


class Tally(NamedTuple):
    """How far counting got. `at` is the due instant, or None when it stopped for a pause without end, which
    began at `since`. `left` is what was not yet counted, in minutes rounded up or in days."""

    spans: list[Span]
    at: datetime | None
    left: int
    since: datetime | None = None


class _Clock:
    """A clock that has counted `used` so far and has `left` to count. Whole minutes are shared out over the
    counted spans so that they sum to the amount although single spans may have seconds."""

    def __init__(self, calendar: Calendar | None, amount: timedelta) -> None:
        self.calendar = calendar
        self.left = amount
        self.used = NOTHING
        self.spans: list[Span] = []

    def count(self, start: datetime, end: datetime, reason: Reason, text: str) -> datetime:
        """Count from `start` until `end` or until nothing is left; answers where it stopped."""
        taken = min(end - start, self.left)
        if taken > NOTHING:
            minutes = whole_minutes(self.used + taken) - whole_minutes(self.used)
            self.spans.append(Span(start, start + taken, True, reason, minutes, 0, text))
            self.used += taken
            self.left -= taken
        return start + taken

    def run(self, start: datetime, limit: datetime | None) -> datetime | None:
        """Run from `start`. Answers the due instant, or None when `limit` came first."""
        if self.calendar is None:
            reached = self.count(start, limit or start + self.left, Reason.ELAPSED, phrases.ELAPSED)
            return None if self.left else reached
        opening = self.calendar.next_opening(start)
        stop = opening if limit is None else min(opening, limit)
        self.spans += self.calendar.gap(start, stop)
        if limit is not None and limit <= opening and (limit < opening or self.left):
            return None
        if not self.left:
            return opening
        return self._through_blocks(self.calendar, opening, limit)

    def _through_blocks(self, calendar: Calendar, start: datetime, limit: datetime | None) -> datetime | None:
        while True:
            ordinal = start.toordinal()
            day, block = calendar.day(ordinal), calendar.block(ordinal)
            whole = timedelta(minutes=day.minutes)
            following = block[-1].end
            if start == block[0].start and self.left > whole and (limit is None or following <= limit):
                self.spans += block
                self.left -= whole
                self.used += whole
                start = following
                continue
            for span in block:
                if span.end <= start:
                    continue
                begin = max(span.start, start)
                end = span.end if limit is None else min(span.end, limit)
                if begin >= end:
                    return None
                if not span.counted:
                    self.spans.append(skipped(begin, end, span.reason, span.words))
                    continue
                reached = self.count(begin, end, span.reason, span.words)
                if not self.left:
                    return reached
            start = following


def tally(calendar: Calendar | None, *, start: datetime, amount: timedelta, pauses: list[Stretch]) -> Tally:
    """Count `amount` of working time from `start`, standing still in `pauses` (disjoint, in order, none
    before `start`). Without a calendar every hour counts (rule 9). An amount that ends exactly at closing
    time ends there (rule 10)."""
    clock = _Clock(calendar, amount)
    for stops, resumes in pauses:
        if (at := clock.run(start, stops)) is not None:
            return Tally(clock.spans, at, 0)
        if resumes is None:
            return Tally(clock.spans, None, -whole_minutes(-clock.left), stops)
        clock.spans.append(skipped(stops, resumes, Reason.AWAITING, phrases.AWAITING))
        start = resumes
    return Tally(clock.spans, clock.run(start, None), 0)
