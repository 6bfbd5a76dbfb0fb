"""Dates, times and periods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.rules.eforms.definition import Field
from motcua.rules.eforms.kinds.base import Asked, Kind, Verdict, fault, is_blank, show_text
from motcua.rules.eforms.lookups import Lookups
from motcua.rules.eforms.moments import NotADate, iso, parse_date, parse_day, parse_time, words


def _bounds(field: Field, label: str, day: date, today: date) -> str:
    least, most = parse_day(field.minimum, today), parse_day(field.maximum, today)
    if most is not None and day > most:
        if most == today:
            return f"{label} {words(day)} ở sau hôm nay ({words(today)}). Xem lại ngày, tháng, năm."
        return f"{label} phải từ {words(most)} trở về trước"
    if least is not None and day < least:
        if least == today:
            return f"{label} {words(day)} ở trước hôm nay ({words(today)}). Xem lại ngày, tháng, năm."
        return f"{label} phải từ {words(least)} trở đi"
    return ""


def _check_date(field: Field, value: Any, asked: Asked) -> Verdict:
    try:
        day = parse_date(value)
    except NotADate as unread:
        return fault(f"{field.label} {unread}")
    if wrong := _bounds(field, field.label, day, asked.today):
        return fault(wrong)
    return Verdict(day.isoformat())


def _check_range(field: Field, value: Any, asked: Asked) -> Verdict:
    if not isinstance(value, Mapping):
        return fault(f"{field.label} cần cả ngày bắt đầu và ngày kết thúc")
    verdict, days = Verdict(), {}
    for part, name in (("from", "từ ngày"), ("to", "đến ngày")):
        given = value.get(part)
        if is_blank(given):
            if part == "from" or not field.open_end:
                verdict.errors.append((part, f"{field.label}: còn thiếu “{name}”"))
            continue
        try:
            days[part] = parse_date(given)
        except NotADate as unread:
            verdict.errors.append((part, f"{field.label}: “{name}” {unread}"))
            continue
        if said := _bounds(field, f"{field.label}: “{name}”", days[part], asked.today):
            verdict.errors.append((part, said))
    if not verdict.errors and "to" in days and days["to"] < days["from"]:
        verdict.errors.append(("to", f"{field.label}: “đến ngày” phải sau hoặc bằng “từ ngày” ({words(days['from'])})"))
    if not verdict.errors:
        verdict.value = {part: day.isoformat() for part, day in days.items()}
    return verdict


def _check_time(field: Field, value: Any, asked: Asked) -> Verdict:
    time = parse_time(value)
    if time is None:
        return fault(f"{field.label} phải viết theo giờ:phút từ 00:00 đến 23:59, ví dụ 06:40")
    return Verdict(time)


def _show_date(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    day = iso(value)
    return words(day) if day else str(value)


def _show_range(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    start, end = iso(value.get("from")), iso(value.get("to"))
    return f"từ {words(start) if start else '…'} đến {words(end) if end else 'nay'}"


def _schema_date(field: Field) -> dict[str, Any]:
    return {"type": "string", "format": "date"}


def _schema_range(field: Field) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {part: {"type": "string", "format": "date"} for part in ("from", "to")},
        "required": ["from"] if field.open_end else ["from", "to"],
        "additionalProperties": False,
    }


def _schema_time(field: Field) -> dict[str, Any]:
    return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}


DATE = Kind(_check_date, _show_date, _schema_date)
RANGE = Kind(_check_range, _show_range, _schema_range)
TIME = Kind(_check_time, show_text, _schema_time)
