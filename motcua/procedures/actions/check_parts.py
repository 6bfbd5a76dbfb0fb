"""The single parts of a definition, each read with its mistakes named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, Protocol

from motcua.procedures.models import Method, Requirement
from motcua.procedures.queries.kinds import paper_kinds
from motcua.rules.acts import Mode
from motcua.rules.eforms.conditions import parse_condition
from motcua.rules.fees import FeeError, parse_fee_rules
from motcua.rules.route import MINUTES_PER_DAY, RouteError
from motcua.rules.route_data import parse_route
from motcua.rules.text import clean_line, clean_text
from motcua.rules.worktime import Unit

_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_EXTRA_TYPES = frozenset({"docx", "xlsx", "dwg", "zip", "heic"})


class Tells(Protocol):
    """Where mistakes go."""

    def add(self, key: str, words: str) -> None: ...


def text(data: Mapping[str, Any], key: str, most: int, problems: Tells, *, needed: bool = False) -> str:
    """A text of at most `most` letters, cleaned."""
    value = data.get(key)
    if value is None or value == "":
        if needed:
            problems.add(key, "bắt buộc, chưa có.")
        return ""
    if not isinstance(value, str):
        problems.add(key, "phải là chữ.")
        return ""
    cleaned = clean_text(value) if most > 1000 else clean_line(value)
    if len(cleaned) > most:
        problems.add(key, f"dài quá {most} chữ.")
    return cleaned


def texts(data: Mapping[str, Any], key: str, problems: Tells) -> list[str]:
    """A list of texts."""
    value = data.get(key) or []
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        problems.add(key, "phải là danh sách chữ.")
        return []
    return [clean_line(item) for item in value if clean_line(item)]


def choices(
    data: Mapping[str, Any], key: str, allowed: Sequence[str], problems: Tells, *, needed: bool = True
) -> list[str]:
    """A list of known words, each once, in the order of `allowed`."""
    given = texts(data, key, problems)
    for item in given:
        if item not in allowed:
            problems.add(key, f"“{item}” không có trong {', '.join(allowed)}.")
    if needed and not given:
        problems.add(key, "bắt buộc, chưa có.")
    return [item for item in allowed if item in given]


def whole(
    data: Mapping[str, Any], key: str, low: int, high: int, problems: Tells, *, otherwise: int = 0, needed: bool = False
) -> int:
    """A whole number from `low` to `high`."""
    value = data.get(key)
    if value is None and not needed:
        return otherwise
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        problems.add(key, f"phải là số nguyên từ {low} đến {high}.")
        return otherwise
    return value


def objects(data: Mapping[str, Any], key: str, problems: Tells, *, needed: bool = False) -> list[Mapping[str, Any]]:
    """A list of objects."""
    value = data.get(key)
    if value is None and not needed:
        return []
    if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
        problems.add(key, "phải là một danh sách các nhóm giá trị.")
        return []
    if needed and not value:
        problems.add(key, "bắt buộc, đang trống.")
    return list(value)


def named(data: Mapping[str, Any], key: str, problems: Tells, *, needed: str = "") -> list[dict[str, str]]:
    """A list of ``{"code", "name"}``; with `needed` at least one, each with that member."""
    rows = [
        {"code": clean_line(str(row.get("code") or "")), "name": clean_line(str(row.get("name") or ""))}
        for row in objects(data, key, problems, needed=bool(needed))
    ]
    for number, row in enumerate(rows, 1):
        if needed and not row[needed]:
            problems.add(key, f"mục {number} thiếu {needed}.")
    return rows


def day(data: Mapping[str, Any], key: str, problems: Tells) -> date | None:
    """A day as ``2026-01-31`` (or a date)."""
    value = data.get(key)
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        problems.add(key, "phải là ngày dạng 2026-01-31.")
        return None


def sector(data: Mapping[str, Any], problems: Tells) -> tuple[str, str]:
    """Code and name of the field of administration."""
    value = data.get("sector")
    if not isinstance(value, Mapping) or not value.get("code") or not value.get("name"):
        problems.add("sector", "phải có code và name.")
        return "", ""
    return clean_line(str(value["code"]))[:20], clean_line(str(value["name"]))[:200]


def cases(data: Mapping[str, Any], problems: Tells) -> list[dict[str, str]]:
    """The cases a person chooses between, each with a key of its own."""
    rows: list[dict[str, str]] = []
    for row in objects(data, "cases", problems):
        key, title = str(row.get("key") or ""), clean_line(str(row.get("title") or ""))
        if not _SLUG.fullmatch(key) or len(key) > 40 or not title or any(row["key"] == key for row in rows):
            problems.add("cases", f"“{key}” phải là khóa riêng, chữ thường không dấu, kèm title.")
        rows.append({"key": key, "title": title})
    return rows


def time_of(data: Mapping[str, Any], problems: Tells) -> dict[str, Any]:
    """Fields of the time limit: amount, unit, cutoff and words."""
    given = data.get("time")
    fields: dict[str, Any] = {"time_amount": None, "time_unit": "", "same_day_cutoff": "", "time_words": ""}
    if given is None:
        return fields
    if not isinstance(given, Mapping):
        problems.add("time", "phải có amount và unit.")
        return fields
    fields["time_amount"], fields["time_unit"] = amount_and_unit(given, "time", problems)
    fields["time_words"] = text(given, "words", 500, problems)
    if cutoff := given.get("same_day_cutoff"):
        try:
            fields["same_day_cutoff"] = time.fromisoformat(str(cutoff)).strftime("%H:%M")
        except ValueError:
            problems.add("time", 'same_day_cutoff phải có dạng "15:00".')
        if fields["time_unit"] != Unit.WORKING_DAYS:
            problems.add("time", "same_day_cutoff chỉ dùng với working_days.")
    return fields


def amount_and_unit(data: Mapping[str, Any], key: str, problems: Tells) -> tuple[int | None, str]:
    """A whole amount of a unit of working time."""
    amount, unit = data.get("amount"), str(data.get("unit") or "")
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 < amount <= 20_000:
        problems.add(key, "amount phải là số nguyên dương.")
        amount = None
    if unit not in tuple(Unit):
        problems.add(key, f"unit phải là một trong {', '.join(Unit)}.")
        unit = ""
    return amount, unit


def minutes_of(amount: int | None, unit: str) -> int | None:
    """Working minutes a published time surely holds, for the check of the route (BD-40); None while unknown.

    Of calendar days five in seven are counted, as a period without holidays has.
    """
    if amount is None or not unit:
        return None
    if unit == Unit.WORKING_HOURS:
        return amount * 60
    if unit in (Unit.WORKING_DAYS, Unit.WORKING_DAYS_CLOCK):
        return amount * MINUTES_PER_DAY
    days = {Unit.CALENDAR_DAYS: amount, Unit.MONTHS: amount * 30, Unit.ELAPSED_HOURS: amount // 24}[Unit(unit)]
    return -(-days * 5 // 7) * MINUTES_PER_DAY


def fees(data: Mapping[str, Any], problems: Tells) -> list[Any]:
    """Fee rules, proven readable; kept as given."""
    given = data.get("fees") or []
    try:
        parse_fee_rules(given)
    except FeeError as error:
        for message in error.messages:
            problems.add("fees", message)
    return list(given) if isinstance(given, list | tuple) else []


def route(data: Mapping[str, Any], values: Mapping[str, Any], problems: Tells) -> list[dict[str, Any]]:
    """Steps, proven walkable and within the published time; kept as given."""
    given = objects(data, "route", problems)
    if not given:
        return []
    try:
        parse_route(given, limit_minutes=minutes_of(values["time_amount"], values["time_unit"]))
    except RouteError as error:
        for problem in error.problems:
            problems.add("route", problem)
    return [dict(row) for row in given]


def eform(data: Mapping[str, Any], problems: Tells) -> tuple[str, Mapping[str, Any]] | None:
    """Key and definition of the form; the definition itself is judged when it is published."""
    given = data.get("eform")
    if given is None:
        return None
    if not isinstance(given, Mapping) or not isinstance(given.get("definition"), Mapping):
        problems.add("eform", "phải có key và definition.")
        return None
    key = str(given.get("key") or "")
    if not _SLUG.fullmatch(key) or len(key) > 80:
        problems.add("eform", "key phải là chữ thường không dấu, nối bằng gạch.")
    return key, given["definition"]


def requirements(data: Mapping[str, Any], cases: set[str], problems: Tells) -> list[dict[str, Any]]:
    """Components of the dossier as fields of `Requirement`."""
    rows: list[dict[str, Any]] = []
    for number, given in enumerate(objects(data, "requirements", problems, needed=True), 1):
        where = f"requirements[{number}]"
        key = str(given.get("key") or "")
        if not _SLUG.fullmatch(key) or len(key) > 40 or any(row["key"] == key for row in rows):
            problems.add(where, "key phải là khóa riêng, chữ thường không dấu, nối bằng gạch.")
        if (case := str(given.get("case") or "")) and case not in cases:
            problems.add(where, f"case “{case}” không có trong cases.")
        need = str(given.get("need") or "always")
        if need not in Requirement.Need.values:
            problems.add(where, f"need phải là một trong {', '.join(Requirement.Need.values)}.")
        modes = choices(given, "modes", tuple(mode.value for mode in Mode), problems, needed=False)
        types = texts(given, "allowed_types", problems)
        if unknown := set(types) - _EXTRA_TYPES:
            problems.add(where, f"allowed_types không nhận {', '.join(sorted(unknown))}.")
        rows.append(
            {
                "key": key,
                "kind": kind(given, "kind", where, problems),
                "name": text(given, "name", 5000, problems, needed=True),
                "case": case,
                "need": need,
                "condition": _condition(given.get("condition"), where, problems),
                "condition_words": text(given, "condition_words", 500, problems),
                "originals": whole(given, "originals", 0, 10, problems),
                "copies": whole(given, "copies", 0, 10, problems),
                "max_files": whole(given, "max_files", 1, 50, problems, otherwise=5),
                "allowed_types": types,
                "modes": modes,
                "must_be_signed": given.get("must_be_signed", False) is True,
                "is_eform": given.get("is_eform", False) is True,
                "form_names": blank_forms(given, where, problems),
            }
        )
    return rows


def kind(given: Mapping[str, Any], key: str, where: str, problems: Tells) -> str:
    """Code of a known kind of paper, or none."""
    code = str(given.get(key) or "")
    if code and code not in paper_kinds():
        problems.add(where, f"{key} “{code}” không có trong paper_kinds.toml.")
    return code


def _condition(given: object, where: str, problems: Tells) -> Any:
    if given is None:
        return None
    found: list[str] = []
    parse_condition(given, where, found)
    for problem in found:
        problems.add(where, problem)
    return given


def blank_forms(given: Mapping[str, Any], where: str, problems: Tells) -> list[dict[str, str]]:
    """Blank forms to download: ``[{"name", "url"}]``."""
    rows = []
    for row in objects(given, "form_names", problems):
        name, url = clean_line(str(row.get("name") or "")), str(row.get("url") or "")
        if not name or (url and not url.startswith(("https://", "/"))):
            problems.add(where, "form_names cần name, và url là https hoặc để trống.")
        rows.append({"name": name, "url": url})
    return rows


def methods(data: Mapping[str, Any], problems: Tells) -> list[dict[str, Any]]:
    """Ways of filing as fields of `Method`."""
    rows = []
    for number, given in enumerate(objects(data, "methods", problems, needed=True), 1):
        where = f"methods[{number}]"
        if given.get("way") not in Method.Way.values:
            problems.add(where, f"way phải là một trong {', '.join(Method.Way.values)}.")
        amount, unit = amount_and_unit(given["time"], where, problems) if given.get("time") else (None, "")
        fees = [
            {"kind": str(row.get("kind") or "fee"), "amount": row.get("amount"), "note": str(row.get("note") or "")}
            for row in objects(given, "fees", problems)
        ]
        if any(fee["amount"] is not None and not isinstance(fee["amount"], int) for fee in fees):
            problems.add(where, "amount của phí phải là số nguyên đồng hoặc để trống.")
        rows.append(
            {
                "way": str(given.get("way")),
                "time_amount": amount,
                "time_unit": unit,
                "time_words": text(given, "time_words", 200, problems),
                "note": text(given, "note", 4000, problems),
                "fees": fees,
            }
        )
    return rows
