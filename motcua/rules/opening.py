"""Office hours and days off as a preset or an administrator states them, refused when nobody could keep them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from motcua.rules.worktime import Calendar, SeasonHours, WorktimeError, office_hours

FIELDS = ("intervals", "first", "last", "basis")
LONGEST_DAY = 12 * 60
"""Working minutes of a day beyond which somebody has mistyped (law.md §3: eight hours)."""


def read_hours(rows: Sequence[Mapping[str, Any]]) -> tuple[SeasonHours, ...]:
    """The seasons of ``[[hours]]`` tables. Raises `WorktimeError` naming the table that cannot be true."""
    if not isinstance(rows, (list, tuple)) or not all(isinstance(row, Mapping) for row in rows):
        raise WorktimeError("hours: mỗi khung giờ là một bảng riêng, mở đầu bằng [[hours]].")
    seasons = []
    for number, row in enumerate(rows, 1):
        place = f"giờ làm việc thứ {number}"
        try:
            seasons.append(_season(row))
        except WorktimeError as error:
            raise WorktimeError(f"{place}: {error}") from error
        except (TypeError, ValueError, KeyError) as error:
            shape = 'intervals = [["07:30", "11:30"], …], first và last = [tháng, ngày]'
            raise WorktimeError(f"{place}: không đọc được; viết theo dạng {shape}.") from error
    if seasons:
        Calendar(tuple(seasons), {}, {})
    return tuple(seasons)


def _season(row: Mapping[str, Any]) -> SeasonHours:
    if unknown := [name for name in row if name not in FIELDS]:
        raise WorktimeError(f"không có mục nào tên là {', '.join(unknown)}.")
    (first_month, first_day), (last_month, last_day) = row.get("first", (1, 1)), row.get("last", (12, 31))
    hours = office_hours(*((opens, closes) for opens, closes in row["intervals"]))
    season = replace(hours, first=(first_month, first_day), last=(last_month, last_day))
    if season.minutes > LONGEST_DAY:
        raise WorktimeError(f"một ngày làm việc dài {season.minutes / 60:g} giờ, quá {LONGEST_DAY // 60} giờ.")
    return season


def check_calendar(calendar: Calendar) -> None:
    """Every month that has days off or make-up days keeps a day on which somebody works.

    Raises `WorktimeError` naming the first month that has none.
    """
    months = sorted({(day.year, day.month) for day in (*calendar.days_off, *calendar.extra_days)})
    for year, month in months:
        days = (date(year, month, day).toordinal() for day in range(1, monthrange(year, month)[1] + 1))
        if not any(calendar.day(ordinal).is_working for ordinal in days):
            raise WorktimeError(f"Lịch không để lại ngày làm việc nào trong tháng {month:02d}/{year}.")
