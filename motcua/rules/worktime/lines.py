"""The JSON lines protocol of `motcua worktime`: one question a line, one answer a line, a bad line answers
its error.

An instant without offset is taken as Vietnam's clock (+07:00). A key nobody knows is an error: a misspelt
"pauses" must not quietly give a wrong date.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, NoReturn, TypeVar

from motcua.rules.worktime.calendar import Calendar
from motcua.rules.worktime.counting import due
from motcua.rules.worktime.errors import WorktimeError
from motcua.rules.worktime.hours import Interval, SeasonHours
from motcua.rules.worktime.spans import VIETNAM, Pause, Span, Unit

KEYS = ("start", "amount", "unit", "hours", "days_off", "working_days_extra", "pauses", "same_day_cutoff")
MOST_ITEMS = 4_000
"""The longest list taken: eleven years of days off."""

Value = TypeVar("Value")


def answer_line(line: str) -> str:
    """The answer to one line, without its line end: `{"due": …, "explanation": […]}` or `{"error": …}`.
    Never raises."""
    try:
        return _answer(_question(line))
    except WorktimeError as problem:
        return json.dumps({"error": str(problem)}, ensure_ascii=False)


def _refuse_constant(name: str) -> NoReturn:
    raise WorktimeError(f"{name} không phải là số dùng được.")


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse_constant)


def _question(line: str) -> dict[str, Any]:
    try:
        asked = _DECODER.decode(line.strip().removeprefix("\ufeff"))
    except WorktimeError:
        raise
    except json.JSONDecodeError as problem:
        raise WorktimeError(f"Dòng không phải JSON hợp lệ, sai ở ký tự thứ {problem.pos + 1}.") from None
    except (ValueError, ArithmeticError, RecursionError):
        raise WorktimeError("Dòng không phải JSON hợp lệ: số quá dài hoặc lồng quá sâu.") from None
    if not isinstance(asked, dict):
        raise WorktimeError('Mỗi dòng phải là một đối tượng JSON {"start": …, "amount": …, "unit": …}.')
    for key in asked:
        if key not in KEYS:
            raise WorktimeError(f"{_shown(key)}: khóa không có trong quy ước; các khóa: {', '.join(KEYS)}.")
    for key in KEYS[:3]:
        if asked.get(key) is None:
            raise WorktimeError(f"{key}: bắt buộc, chưa có.")
    return asked


def _answer(asked: dict[str, Any]) -> str:
    cutoff = asked.get("same_day_cutoff")
    answer = due(
        _calendar(_hours(asked.get("hours")), _days(asked, "days_off"), _days(asked, "working_days_extra")),
        start=_instant(asked["start"], "start"),
        amount=_amount(asked["amount"]),
        unit=_unit(asked["unit"]),
        pauses=_pauses(asked.get("pauses")),
        same_day_cutoff=None if cutoff is None else _clock_time(cutoff, "same_day_cutoff"),
    )
    spans = ",".join([_fragment(span) for span in answer.explanation])
    return f'{{"due":"{answer.at.isoformat()}","explanation":[{spans}]}}'


@lru_cache(maxsize=8192)
def _fragment(span: Span) -> str:
    """A span as JSON text. Most spans are whole mornings, noons and nights that thousands of answers
    share."""
    counted = "true" if span.counted else "false"
    return (
        f'{{"start":"{span.start.isoformat()}","end":"{span.end.isoformat()}","counted":{counted},'
        f'"reason":"{span.reason.value}","minutes":{span.minutes},"days":{span.days},'
        f'"words":{_quoted(span.words)}}}'
    )


@lru_cache(maxsize=512)
def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


@lru_cache(maxsize=4)
def _with_hours(hours: tuple[SeasonHours, ...] | None) -> Calendar:
    return Calendar.default() if hours is None else Calendar.default().amended(hours=hours)


@lru_cache(maxsize=16)
def _calendar(
    hours: tuple[SeasonHours, ...] | None, days_off: tuple[date, ...], extra_days: tuple[date, ...]
) -> Calendar:
    calendar = _with_hours(hours)
    return calendar.amended(days_off=days_off, extra_days=extra_days) if days_off or extra_days else calendar


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


def _wrong(where: str, wanted: str, value: object) -> WorktimeError:
    return WorktimeError(f"{where}: {wanted}, nhận được {_shown(value)}.")


def _parsed(parse: Callable[[str], Value], value: object, where: str, wanted: str) -> Value:
    if not isinstance(value, str):
        raise _wrong(where, wanted, value)
    try:
        return parse(value)
    except ValueError:
        raise _wrong(where, wanted, value) from None


def _instant(value: object, where: str) -> datetime:
    at = _parsed(datetime.fromisoformat, value, where, "phải là thời điểm ISO 8601 như 2026-02-13T16:30:00+07:00")
    try:
        return at.replace(tzinfo=VIETNAM) if at.tzinfo is None else at.astimezone(VIETNAM)
    except OverflowError:
        raise _wrong(where, "năm ngoài khoảng tính được", value) from None


def _amount(value: object) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _wrong("amount", "phải là một số", value)
    return value


def _unit(value: object) -> Unit:
    return _parsed(Unit, value, "unit", f"phải là một trong {', '.join(Unit)}")


def _clock_time(value: object, where: str) -> time:
    wanted = 'phải là giờ phút dạng "07:30"'
    at = _parsed(time.fromisoformat, value, where, wanted)
    if at.second or at.microsecond or at.tzinfo is not None or ":" not in str(value):
        raise _wrong(where, wanted, value)
    return at


def _listed(value: object, where: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise _wrong(where, "phải là một danh sách", value)
    if len(value) > MOST_ITEMS:
        raise WorktimeError(f"{where}: nhiều nhất {MOST_ITEMS} mục.")
    return value


def _days(asked: dict[str, Any], where: str) -> tuple[date, ...]:
    wanted = "phải là ngày dạng 2026-12-24"
    return tuple(
        _parsed(date.fromisoformat, each, f"{where}[{at}]", wanted)
        for at, each in enumerate(_listed(asked.get(where), where))
    )


def _hours(value: object) -> tuple[SeasonHours, ...] | None:
    if value is None:
        return None
    intervals = []
    for at, pair in enumerate(_listed(value, "hours")):
        where = f"hours[{at}]"
        if not isinstance(pair, list) or len(pair) != 2:
            raise _wrong(where, 'phải là một cặp ["07:30", "11:30"]', pair)
        opens, closes = (_clock_time(pair[index], f"{where}[{index}]") for index in (0, 1))
        intervals.append(_located(where, Interval, opens, closes))
    return (_located("hours", SeasonHours, tuple(intervals)),)


def _located(where: str, build: Callable[..., Value], *parts: object) -> Value:
    try:
        return build(*parts)
    except WorktimeError as problem:
        raise WorktimeError(f"{where}: {problem}") from None


def _pauses(value: object) -> list[Pause]:
    found = []
    for at, pause in enumerate(_listed(value, "pauses")):
        where = f"pauses[{at}]"
        if not isinstance(pause, dict) or not {"from"} <= pause.keys() <= {"from", "to"}:
            raise _wrong(where, 'phải là {"from": …, "to": …}', pause)
        start, end = _instant(pause["from"], f"{where}.from"), pause.get("to")
        resumed = None if end is None else _instant(end, f"{where}.to")
        if resumed is not None and resumed < start:
            raise WorktimeError(f"{where}: to ({resumed:%H:%M %d/%m/%Y}) trước from ({start:%H:%M %d/%m/%Y}).")
        found.append(Pause(start, resumed))
    return found
