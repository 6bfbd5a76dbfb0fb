"""A calendar whose hours change on a day: before it the old ones hold, from it on the new ones (rule 3 of counting)."""

from dataclasses import dataclass
from datetime import date

from motcua.rules.worktime.calendar import Calendar, Day
from motcua.rules.worktime.hours import SeasonHours
from motcua.rules.worktime.spans import Span


@dataclass(frozen=True)
class ChangedCalendar(Calendar):
    """``before`` until ``since``; itself from that day on."""

    before: Calendar | None = None
    since: int = 0
    """Proleptic ordinal of the first day of the new hours."""

    __hash__ = None

    def day(self, ordinal: int) -> Day:
        """The day in the hours that hold on it."""
        if self.before is not None and ordinal < self.since:
            return self.before.day(ordinal)
        return super().day(ordinal)

    def block(self, ordinal: int) -> tuple[Span, ...]:
        """As of any calendar, unless it ends before the change: then the old one has worked it out already."""
        if self.before is not None and ordinal < self.since:
            known = self.before.block(ordinal)
            if known[-1].end.toordinal() < self.since:
                return known
        return super().block(ordinal)


def with_hours(calendar: Calendar, hours: tuple[SeasonHours, ...], *, since: date) -> Calendar:
    """The calendar with other hours from a day on. Raises `WorktimeError` for seasons that overlap or leave a hole."""
    return ChangedCalendar(hours, calendar.days_off, calendar.extra_days, before=calendar, since=since.toordinal())
