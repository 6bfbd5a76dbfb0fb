"""Dates and times as people and programs write them, read without a clock: `today` is always handed in."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_VIETNAMESE = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})", re.ASCII)
_RELATIVE = re.compile(r"today(?:([+-])(\d{1,5})([dmy]))?", re.ASCII)
_TIME = re.compile(r"(\d{1,2})\s*(?:[:.hHgG]|giờ)\s*(\d{2})?(?:\s*(?:phút|p))?", re.ASCII)


class NotADate(ValueError):
    """The value is not a date; the message says what is wrong and how to mend it."""


def parse_date(value: object) -> date:
    """A date from {"d","m","y"}, "dd/mm/yyyy" or ISO. Raises NotADate with a plain message (it begins in
    lower case).
    """
    if isinstance(value, Mapping):
        day, month, year = (_part(value.get(name)) for name in ("d", "m", "y"))
        absent = [word for word, part in (("ngày", day), ("tháng", month), ("năm", year)) if not part]
        if absent:
            raise NotADate(f"còn thiếu {' và '.join(absent)}")
    elif isinstance(value, str):
        if found := _ISO.fullmatch(value.strip()):
            year, month, day = found.groups()
        elif found := _VIETNAMESE.fullmatch(value.strip()):
            day, month, year = found.groups()
        else:
            raise NotADate("phải viết theo ngày/tháng/năm, ví dụ 05/09/1988")
    else:
        raise NotADate("phải viết theo ngày/tháng/năm, ví dụ 05/09/1988")
    return _build(day, month, year)


def _part(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str) or (isinstance(value, int) and abs(value) > 10**6):
        return ""
    return str(value).strip()


def _build(day: str, month: str, year: str) -> date:
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (day, month, year)):
        raise NotADate("chỉ gồm chữ số, ví dụ 05 09 1988")
    if len(year) != 4:
        raise NotADate("cần năm đủ bốn chữ số, ví dụ 1988")
    if not 1 <= int(month) <= 12:
        raise NotADate(f"có tháng {int(month)}; tháng chỉ từ 1 đến 12")
    if not 1800 <= int(year) <= 2200:
        raise NotADate(f"có năm {year}; xem lại năm")
    last = calendar.monthrange(int(year), int(month))[1]
    if not 1 <= int(day) <= last:
        raise NotADate(f"không có thật: tháng {int(month)} năm {year} chỉ có {last} ngày")
    return date(int(year), int(month), int(day))


def parse_day(value: object, today: date) -> date | None:
    """A date written in a definition: ISO, or relative to today (`today`, `today-18y`, `today+3m`,
    `today+30d`); else None.
    """
    if not isinstance(value, str):
        return None
    if found := _RELATIVE.fullmatch(value):
        sign, amount, unit = found.groups()
        return shift(today, (-1 if sign == "-" else 1) * int(amount or 0), unit or "d")
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def shift(day: date, amount: int, unit: str) -> date | None:
    """`day` moved by days (d), months (m) or years (y); a missing day of the month is the month's last. None
    beyond year 1–9999.
    """
    try:
        if unit == "d":
            return day + timedelta(days=amount)
        months = day.year * 12 + day.month - 1 + amount * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def words(day: date) -> str:
    """dd/mm/yyyy, as written in Việt Nam."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def date_parts(value: Any) -> tuple[str, str, str]:
    """Day, month and year for three boxes, from ISO, dd/mm/yyyy or the boxes as they were typed."""
    if isinstance(value, Mapping):
        day, month, year = (_part(value.get(part)) for part in ("d", "m", "y"))
        return day, month, year
    try:
        read = parse_date(value)
    except NotADate:
        return _part(value)[:10], "", ""
    return str(read.day), str(read.month), str(read.year)


def parse_time(value: object) -> str | None:
    """`HH:MM` from "6:40", "06h40", "6 giờ 40", {"h","m"}; None when it is no time of day."""
    if isinstance(value, Mapping):
        value = f"{_part(value.get('h'))}:{_part(value.get('m'))}"
    if not isinstance(value, str) or not (found := _TIME.fullmatch(value.strip())):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def iso(value: Any) -> date | None:
    """The date of a canonical answer; None when it is something else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
