"""Working hours as people read them."""

from __future__ import annotations

from datetime import date, time

from motcua.rules.worktime import Calendar


def hours_of(calendar: Calendar, day: date) -> str:
    """ "7:30–11:30, 13:30–17:30" of the season a day belongs to."""
    season = next(season for season in calendar.hours if season.holds_on((day.month, day.day)))
    return ", ".join(f"{_clock(each.opens)}–{_clock(each.closes)}" for each in season.intervals)


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02d}"
