"""Working minutes up to the present, counted one after the other: a story says "two hours earlier" and means work."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta

from motcua.rules.worktime import Calendar

_MINUTE = timedelta(minutes=1)


class OfficeTime:
    """Minute 0 is the first opening on or after `first`, minute `total` the present (or the last closing before it)."""

    def __init__(self, calendar: Calendar, *, first: date, present: datetime) -> None:
        self._begins: list[int] = []
        self._opens: list[datetime] = []
        self.total = 0
        for ordinal in range(first.toordinal(), present.date().toordinal() + 1):
            for opens, closes in calendar.day(ordinal).opens:
                end = min(closes, present)
                if end > opens:
                    self._begins.append(self.total)
                    self._opens.append(opens)
                    self.total += int((end - opens) / _MINUTE)

    def moment(self, minute: int) -> datetime:
        """When this working minute begins; minutes before the first one count as the first."""
        minute = min(max(minute, 0), self.total - 1)
        place = bisect_right(self._begins, minute) - 1
        return self._opens[place] + (minute - self._begins[place]) * _MINUTE
