"""What every kind of answer can do: judge one value, and say it in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.rules.eforms.definition import Field
from motcua.rules.eforms.lookups import Lookups


@dataclass(frozen=True, slots=True)
class Asked:
    """What a judgement needs to know besides the field: the day, the lists, which unit tree the form uses."""

    today: date
    lookups: Lookups
    scheme: str = "legacy"


@dataclass(slots=True)
class Verdict:
    """One judged value: the value to keep (None when there is none), faults and warnings as (sub-path,
    message).
    """

    value: Any = None
    errors: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)


Check = Callable[[Field, Any, Asked], Verdict]
Show = Callable[[Field, Any, Lookups, str], str]
Schema = Callable[[Field], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """The behaviour of one field type. `check` is only asked about values that are not blank."""

    check: Check
    show: Show
    schema: Schema
    ask: str = "Điền"  # the verb of "Điền họ tên", "Chọn giới tính"


def fault(message: str, at: str = "") -> Verdict:
    """A verdict that refuses the value with one message, beside sub-part `at`."""
    return Verdict(errors=[(at, message)])


def is_blank(value: object, depth: int = 4) -> bool:
    """Whether nothing was given: no value, only spaces, an unticked box, or parts that are all blank.

    What is nested deeper than any answer is not blank: it is for the checks to refuse.
    """
    if value is None or value is False:
        return True
    if isinstance(value, str):
        return not value.strip()
    if depth and isinstance(value, Mapping):
        return all(is_blank(part, depth - 1) for part in value.values())
    if depth and isinstance(value, list | tuple):
        return all(is_blank(part, depth - 1) for part in value)
    return False


def scalar_text(value: object) -> str | None:
    """A text or number of bounded size as text; None for anything else (true and false too)."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, int) and abs(value) > 10**20:
        return None
    return str(value)


def lower_first(label: str) -> str:
    """The label inside a sentence: "Họ tên" becomes "họ tên", "CCCD của cha" stays."""
    if len(label) > 1 and label[1].isupper():
        return label
    return label[:1].lower() + label[1:]


def show_text(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    """The value as it is."""
    return str(value)
