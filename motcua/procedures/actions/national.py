"""A record of the national data, read into the parts of a procedure (NĐ 63/2010 điều 8 khoản 2). Nothing is guessed.

What a record leaves open stays open here, and `suspicions` says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.procedures.models import Method, Requirement
from motcua.rules.codes import BadCode, ProcedureCode
from motcua.rules.fees import dong
from motcua.rules.levels import least_level
from motcua.rules.text import clean_line, clean_text, fold
from motcua.rules.worktime import Unit

SHAPE = "national:3"
"""Names this way of reading; raise it when records shall be read again."""

UNITS = {
    "WORKING_DAY": Unit.WORKING_DAYS,
    "DAY": Unit.CALENDAR_DAYS,
    "HOUR": Unit.WORKING_HOURS,
    "MONTH": Unit.MONTHS,
}
UNIT_WORDS = {"WORKING_DAY": "ngày làm việc", "DAY": "ngày", "HOUR": "giờ", "MONTH": "tháng"}
WAYS = {"ONLINE": Method.Way.ONLINE, "DIRECT": Method.Way.COUNTER, "POSTAL": Method.Way.POST}
TIERS = {"province": "province", "district": "district", "ward": "commune"}
PERSONS = frozenset({"1", "3", "4", "5", "12", "13", "14", "15"})
"""Numbers of the subject codes (ĐT1 or DT1, both occur) that are people; the others are bodies."""

SHOWN_ONLY = re.compile(r"xuat trinh")
NOTHING_ASKED = re.compile(r"(khong|khong co|khong quy dinh|khong yeu cau)?\W*")
MOST_COUNT = 32_000
_BULLET = re.compile(r"^(?:[-+*•]\s*)+")


class BadRecord(ValueError):
    """A record that cannot be read at all; ``problems`` are Vietnamese sentences naming the place."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


@dataclass(slots=True)
class Shape:
    """What a record says, as fields of our tables."""

    code: str
    is_local: bool
    sector: tuple[str, str]
    values: dict[str, Any]
    requirements: list[dict[str, Any]]
    methods: list[dict[str, Any]]


_SHAPES: dict[str, type | tuple[type, ...]] = {
    "code": str, "name": str, "decision_no": str, "levels": list, "sectors": list, "executing": list, "authority": list,
    "coordinating": list, "subjects": list, "methods": list, "steps": list, "document_groups": list, "cases": list,
    "results": list, "legal_bases": list, "requirements": str, "source": str,
}  # fmt: skip
_OBJECTS = ("sectors", "subjects", "methods", "steps", "document_groups", "cases", "results", "legal_bases")


def must_be_record(record: object) -> Mapping[str, Any]:
    """The record, if every part has the type it must have. Raises `BadRecord` with all that have not."""
    if not isinstance(record, Mapping):
        raise BadRecord(["Dòng phải là một đối tượng JSON."])
    problems = []
    for key, wanted in _SHAPES.items():
        value = record.get(key)
        if value is not None and not isinstance(value, wanted):
            problems.append(f"{key}: sai kiểu ({type(value).__name__}).")
        elif key in _OBJECTS and not all(isinstance(item, Mapping) for item in record.get(key) or []):
            problems.append(f"{key}: mỗi mục phải là một đối tượng.")
    for key in ("code", "name"):
        if not isinstance(record.get(key), str) or not clean_line(str(record.get(key))):
            problems.append(f"{key}: bắt buộc, chưa có.")
    problems += _nested(record) if not problems else []
    if problems:
        raise BadRecord(problems)
    return record


def _nested(record: Mapping[str, Any]) -> list[str]:
    """Wrong types one floor deeper."""
    problems = []
    for number, group in enumerate(record.get("document_groups") or [], 1):
        rows = group.get("documents")
        if rows is not None and not (isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows)):
            problems.append(f"document_groups[{number}].documents: phải là danh sách đối tượng.")
    for number, method in enumerate(record.get("methods") or [], 1):
        rows = method.get("fees")
        if rows is not None and not (isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows)):
            problems.append(f"methods[{number}].fees: phải là danh sách đối tượng.")
    return problems


def read(record: Mapping[str, Any]) -> Shape:
    """The parts of a record that `must_be_record` let pass. Raises `BadRecord` for a code that is none."""
    try:
        code = ProcedureCode.parse(record["code"])
    except BadCode as error:
        raise BadRecord([f"code: “{clean_line(record['code'])[:60]}” không phải mã thủ tục."]) from error
    sector = (record.get("sectors") or [{}])[0]
    requirements = _requirements(record)
    has_form = any(row["form_names"] for row in requirements)
    name = clean_line(record["name"]).rstrip(" .;")
    values = {
        "name": name[:2000],
        "short_name": spoken_name(name),
        "decision": clean_line(record.get("decision_no") or "")[:120],
        "tiers": list(dict.fromkeys(TIERS[level] for level in record.get("levels") or [] if level in TIERS)),
        "subjects": _named(record.get("subjects")),
        **_audience(record),
        "executing": "; ".join(distinct(record.get("executing"))),
        "authority": "; ".join(distinct(record.get("authority"))),
        "coordinating": "; ".join(distinct(record.get("coordinating"))),
        "steps_text": _steps(record),
        "conditions": _conditions(record),
        "results": _named(record.get("results")),
        "legal_bases": _named(record.get("legal_bases")),
        "cases": _cases(record),
        **_times(record),
        "fee_words": _fee_words(record),
        # With a form or a blank to fill it is level 2 at least (BD-24); never more without our own route and form.
        "service_level": least_level(has_form=has_form),
        "service_mode": "information",
        "source": clean_line(record.get("source") or "")[:300],
    }
    sector_of = clean_line(str(sector.get("code") or ""))[:20], clean_line(str(sector.get("name") or ""))[:200]
    return Shape(code.text, code.is_local, sector_of, values, requirements, _methods(record))


def spoken_name(name: str) -> str:
    """The name without the word "Thủ tục" before it, when that leaves a title of usual length; else empty."""
    rest = re.sub(r"^thủ tục\s+", "", name, flags=re.IGNORECASE)
    return rest[:1].upper() + rest[1:] if rest != name and len(rest) <= 200 else ""


def distinct(names: list[Any] | None) -> list[str]:
    """Agency strings, each once however it is written: case, final stop and outer space do not distinguish."""
    kept: dict[str, str] = {}
    for item in names or []:
        text = clean_line(str(item)).rstrip(". ;")
        if text:
            kept.setdefault(fold(text), text)
    return list(kept.values())


def subject_number(code: str) -> str:
    """The number of a subject code, whichever D it is written with."""
    return re.sub(r"^[ĐDđd][Tt]", "", code.strip())


def _audience(record: Mapping[str, Any]) -> dict[str, bool]:
    numbers = {subject_number(str(row.get("code") or "")) for row in record.get("subjects") or []} - {""}
    person = bool(numbers & PERSONS) or not numbers
    return {"audience_person": person, "audience_organisation": bool(numbers - PERSONS)}


def _named(rows: list[Mapping[str, Any]] | None) -> list[dict[str, str]]:
    return [
        {"code": clean_line(str(row.get("code") or "")), "name": clean_line(str(row.get("name") or ""))}
        for row in rows or []
    ]


def _steps(record: Mapping[str, Any]) -> str:
    parts = [
        clean_text("\n".join(filter(None, (str(step.get("name") or ""), str(step.get("text") or "")))))
        for step in record.get("steps") or []
    ]
    return "\n\n".join(part for part in parts if part)


def _conditions(record: Mapping[str, Any]) -> str:
    text = clean_text(record.get("requirements") or "")
    return "" if NOTHING_ASKED.fullmatch(fold(text)) else text


def _cases(record: Mapping[str, Any]) -> list[dict[str, str]]:
    rows = record.get("cases") or []
    if len(rows) < 2:
        return []
    return [
        {"key": f"th-{number}", "title": clean_line(str(row.get("name") or ""))} for number, row in enumerate(rows, 1)
    ]


def times_of(record: Mapping[str, Any]) -> dict[str, set[tuple[Any, str]]]:
    """Way of filing → the distinct (time, unit) it is published with."""
    found: dict[str, set[tuple[Any, str]]] = {}
    for method in record.get("methods") or []:
        pair = (str(method.get("time")), str(method.get("unit") or ""))
        found.setdefault(str(method.get("method")), set()).add(pair)
    return found


def _times(record: Mapping[str, Any]) -> dict[str, Any]:
    """One amount and unit when all ways agree on one that can be counted; else only words."""
    pairs = set().union(*times_of(record).values()) if record.get("methods") else set()
    known = sorted({(amount, unit) for raw, unit in pairs if (amount := number_of(raw)) is not None and unit in UNITS})
    if len(pairs) == 1 and len(known) == 1 and known[0][0] == int(known[0][0]):
        amount, unit = known[0]
        return {"time_amount": int(amount), "time_unit": UNITS[unit].value, "time_words": ""}
    units = {unit for _, unit in known}
    if len(known) > 1 and len(units) == 1 and len(known) == len(pairs):
        words = f"{shown(known[0][0])} đến {shown(known[-1][0])} {UNIT_WORDS[units.pop()]}, tùy trường hợp"
        return {"time_amount": None, "time_unit": "", "time_words": words}
    return {"time_amount": None, "time_unit": "", "time_words": ""}


def number_of(raw: Any) -> Decimal | None:
    """A published amount of time as a number, None for prose."""
    text = str(raw).strip().replace(",", ".")
    return Decimal(text) if re.fullmatch(r"\d{1,5}(\.\d{1,2})?", text) else None


def shown(amount: Decimal) -> str:
    """7.5 → "7,5", 7 → "7"."""
    return f"{amount.normalize():f}".replace(".", ",")


def _fee_words(record: Mapping[str, Any]) -> str:
    """A sum only when every way names the same and no note changes it."""
    fees = [fee for method in record.get("methods") or [] for fee in method.get("fees") or []]
    if any(clean_line(str(fee.get("note") or "")) for fee in fees):
        return ""
    amounts = {amount_of(fee) for fee in fees}
    if amounts == {0}:
        return "Không thu"
    amount = amounts.pop() if len(amounts) == 1 else None
    return dong(amount) if amount else ""


def amount_of(fee: Mapping[str, Any]) -> int | None:
    """A published amount in đồng, None when there is none."""
    value = fee.get("value")
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def count_of(value: Any) -> int:
    """A published number of papers as one that can be kept."""
    return min(value, MOST_COUNT) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _requirements(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for group in record.get("document_groups") or []:
        heading = clean_text(str(group.get("case") or ""))
        for document in group.get("documents") or []:
            rows.append(_requirement(document, heading, len(rows) + 1))
    return rows


def _requirement(document: Mapping[str, Any], heading: str, number: int) -> dict[str, Any]:
    originals, copies = count_of(document.get("original")), count_of(document.get("copy"))
    forms = [clean_line(str(name)) for name in document.get("forms") or [] if clean_line(str(name))]
    if originals or copies:
        need = Requirement.Need.CONDITIONAL if heading else Requirement.Need.ALWAYS
    else:
        need = Requirement.Need.SHOWN if SHOWN_ONLY.search(fold(heading)) else Requirement.Need.NOTE
    if need == Requirement.Need.CONDITIONAL and re.search("phai nop", fold(heading)):
        need = Requirement.Need.ALWAYS
    return {
        "key": f"tp-{number}",
        "name": _BULLET.sub("", clean_text(str(document.get("name") or ""))),
        "group": heading,
        "need": need.value,
        "originals": originals,
        "copies": copies,
        "form_names": [{"name": name, "url": ""} for name in forms],
    }


def _methods(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for method in record.get("methods") or []:
        raw, unit = number_of(method.get("time")), str(method.get("unit") or "")
        countable = raw is not None and raw == int(raw) and unit in UNITS
        words = f"{shown(raw)} {UNIT_WORDS[unit]}" if raw is not None and unit in UNITS and not countable else ""
        prose = clean_line(str(method.get("time") or ""))[:200] if raw is None else ""
        rows.append(
            {
                "way": WAYS.get(str(method.get("method")), Method.Way.COUNTER).value,
                "time_amount": int(raw) if countable and raw is not None else None,
                "time_unit": UNITS[unit].value if countable else "",
                "time_words": words or prose,
                "note": clean_text(str(method.get("note") or "")),
                "fees": [
                    {
                        "kind": "charge" if "lệ phí" in str(fee.get("note") or "").lower() else "fee",
                        "amount": amount_of(fee),
                        "note": clean_text(str(fee.get("note") or "")),
                    }
                    for fee in method.get("fees") or []
                ],
            }
        )
    return rows
