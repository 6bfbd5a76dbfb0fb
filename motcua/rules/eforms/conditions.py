"""Our own small language of conditions, evaluated alike here and by `eform.js`.

    {"field": "k", "op": "eq|ne|in|not_in|filled|empty|gt|ge|lt|le", "value": …}
    {"field": "k", "op": "eq|ne|gt|ge|lt|le", "other": "another key"}
    {"all": […]}    {"any": […]}    {"not": …}    true    false

Meaning, the same in both evaluators:
- An empty answer is not equal to, in, above or below anything; so `ne` and `not_in` hold for it.
- For a field with many choices `eq` and `in` ask whether one of the chosen ones matches.
- Dates compare as dates, numbers as numbers; a date may be given as `today`, `today-18y`, `today+3m`,
  `today+30d`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

MAX_DEPTH = 8
MAX_PARTS = 40
EQUALITY = ("eq", "ne", "in", "not_in")
ORDER = ("gt", "ge", "lt", "le")
PRESENCE = ("filled", "empty")
OPERATORS = EQUALITY + ORDER + PRESENCE


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of one field with a value, or with another field."""

    field: str
    op: str
    value: Any = None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Every:
    """Holds when all parts hold; without parts, always."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Holds when at least one part holds; without parts, never."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """Holds when its part does not."""

    part: Condition


Condition = Test | Every | Some | Negated

ALWAYS: Condition = Every(())
NEVER: Condition = Some(())


def parse_condition(data: object, where: str, problems: list[str], depth: int = 0) -> Condition:
    """Read a condition; whatever is wrong goes to `problems` (prefixed by `where`), and that part becomes
    ALWAYS.
    """
    if data is None or isinstance(data, bool):
        return NEVER if data is False else ALWAYS
    if not isinstance(data, dict) or depth > MAX_DEPTH:
        problems.append(f"{where}: điều kiện " + ("lồng quá sâu" if depth > MAX_DEPTH else "không đúng dạng"))
        return ALWAYS
    if set(data) in ({"all"}, {"any"}):
        return _parse_parts(data, where, problems, depth)
    if set(data) == {"not"}:
        return Negated(parse_condition(data["not"], where, problems, depth + 1))
    return _parse_test(data, where, problems)


def _parse_parts(data: dict[Any, Any], where: str, problems: list[str], depth: int) -> Condition:
    ((word, parts),) = data.items()
    if not isinstance(parts, list) or not 1 <= len(parts) <= MAX_PARTS:
        problems.append(f"{where}: “{word}” cần một danh sách từ 1 đến {MAX_PARTS} điều kiện")
        return ALWAYS
    read = tuple(parse_condition(part, where, problems, depth + 1) for part in parts)
    return Every(read) if word == "all" else Some(read)


def _parse_test(data: dict[Any, Any], where: str, problems: list[str]) -> Condition:
    key, op, other = data.get("field"), data.get("op"), data.get("other", "")
    value = data.get("value")
    extra = set(data) - {"field", "op", "value", "other"}
    if (
        not isinstance(key, str)
        or not isinstance(op, str)
        or op not in OPERATORS
        or extra
        or not isinstance(other, str)
    ):
        problems.append(f"{where}: điều kiện cần “field”, “op” ({', '.join(OPERATORS)}) và “value” hoặc “other”")
        return ALWAYS
    if op in PRESENCE:
        wrong = "không đi với giá trị" if "value" in data or other else ""
        read = Test(key, op)
    elif op in ("in", "not_in"):
        wrong = "cần một danh sách giá trị" if not isinstance(value, list) or not value or other else ""
        read = Test(key, op, tuple(value) if isinstance(value, list) else ())
    else:
        wrong = "cần đúng một trong hai: “value” hoặc “other”" if ("value" in data) == bool(other) else ""
        if isinstance(value, list | dict) or ("value" in data and value is None):
            wrong = "chỉ so với chữ, số hoặc đúng/sai"
        read = Test(key, op, value, other)
    if wrong:
        problems.append(f"{where}: “{op}” {wrong}")
        return ALWAYS
    return read


def tests_in(condition: Condition) -> Iterator[Test]:
    """Every comparison inside a condition."""
    match condition:
        case Test():
            yield condition
        case Every(parts) | Some(parts):
            for part in parts:
                yield from tests_in(part)
        case Negated(part):
            yield from tests_in(part)


def fields_in(condition: Condition) -> Iterator[str]:
    """Every field key a condition asks about, also those it compares with."""
    for test in tests_in(condition):
        yield test.field
        if test.other:
            yield test.other


def holds(condition: Condition, read: Callable[[str], Any], literal: Callable[[str, Any], Any]) -> bool:
    """Whether a condition holds.

    `read(key)` gives the comparable answer (None when empty, a frozenset for many choices); `literal(key,
    value)` turns a value of the definition into what is comparable with that field's answers.
    """
    match condition:
        case Every(parts):
            return all(holds(part, read, literal) for part in parts)
        case Some(parts):
            return any(holds(part, read, literal) for part in parts)
        case Negated(part):
            return not holds(part, read, literal)
        case Test():
            return _test_holds(condition, read, literal)


def _test_holds(test: Test, read: Callable[[str], Any], literal: Callable[[str, Any], Any]) -> bool:
    answer = read(test.field)
    if test.op == "filled":
        return answer is not None
    if test.op == "empty":
        return answer is None
    if test.op in ("in", "not_in"):
        wanted = {literal(test.field, value) for value in test.value}
        return (answer is not None and bool(_as_set(answer) & wanted)) == (test.op == "in")
    value = read(test.other) if test.other else literal(test.field, test.value)
    if test.op in ("eq", "ne"):
        same = answer is not None and value is not None and bool(_as_set(answer) & _as_set(value))
        return same == (test.op == "eq")
    if answer is None or value is None or type(answer) is not type(value):
        return False
    return bool({"gt": answer > value, "ge": answer >= value, "lt": answer < value, "le": answer <= value}[test.op])


def _as_set(value: Any) -> frozenset[Any]:
    return value if isinstance(value, frozenset) else frozenset((value,))


def as_json(condition: Condition) -> Any:
    """The condition as plain JSON again, for the page and for the JSON Schema."""
    match condition:
        case Every(()):
            return True
        case Some(()):
            return False
        case Every(parts):
            return {"all": [as_json(part) for part in parts]}
        case Some(parts):
            return {"any": [as_json(part) for part in parts]}
        case Negated(part):
            return {"not": as_json(part)}
        case Test():
            said: dict[str, Any] = {"field": condition.field, "op": condition.op}
            if condition.other:
                said["other"] = condition.other
            elif condition.op in ("in", "not_in"):
                said["value"] = list(condition.value)
            elif condition.op not in PRESENCE:
                said["value"] = condition.value
            return said
