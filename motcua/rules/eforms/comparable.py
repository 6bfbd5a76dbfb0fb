"""How answers are compared in conditions: numbers as numbers, dates as dates, the rest as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.rules.eforms.conditions import Condition, holds
from motcua.rules.eforms.definition import Field, FieldType
from motcua.rules.eforms.kinds.base import is_blank
from motcua.rules.eforms.moments import iso, parse_day

NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.YEAR})
PRESENCE_ONLY = frozenset({FieldType.ADDRESS, FieldType.FILE, FieldType.GROUP, FieldType.DATE_RANGE})
ORDERED = NUMBERS | {FieldType.DATE, FieldType.TIME}


def family(field: Field) -> str:
    """Fields of one family can be compared with each other."""
    if field.type in NUMBERS:
        return "number"
    return field.type if field.type in (FieldType.DATE, FieldType.TIME, FieldType.DECLARATION) else "text"


def comparable(field: Field, answer: Any) -> Any:
    """A canonical answer as something to compare; None when empty."""
    if is_blank(answer):
        return None
    if field.type in NUMBERS:
        return _number(answer)
    if field.type is FieldType.DATE:
        return iso(answer)
    if field.type is FieldType.MULTI_CHOICE:
        return frozenset(str(item) for item in answer) if isinstance(answer, list | tuple) else None
    if field.type in PRESENCE_ONLY or field.type is FieldType.DECLARATION:
        return True
    return answer if isinstance(answer, str) else None


def literal(field: Field, value: Any, today: date) -> Any:
    """A value of a definition as something to compare with that field's answers; None if it cannot be."""
    if field.type in NUMBERS:
        return _number(value)
    if field.type is FieldType.DATE:
        return parse_day(value, today)
    if field.type is FieldType.DECLARATION:
        return value if isinstance(value, bool) else None
    return value if isinstance(value, str) else None


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


@dataclass(frozen=True, slots=True)
class Scope:
    """Fields and answers a condition may see: those of the row first, then those of the whole form."""

    fields: Mapping[str, Field]
    answers: Mapping[str, Any]
    today: date
    outer: Scope | None = None

    def read(self, key: str) -> Any:
        """The comparable answer of a field; None when it is empty or hidden."""
        if key in self.fields:
            return comparable(self.fields[key], self.answers.get(key))
        return self.outer.read(key) if self.outer else None

    def field(self, key: str) -> Field | None:
        """The field of that key, in the row or outside it."""
        return self.fields.get(key) or (self.outer.field(key) if self.outer else None)

    def literal(self, key: str, value: Any) -> Any:
        """See the function of the same name."""
        field = self.field(key)
        return literal(field, value, self.today) if field else None

    def holds(self, condition: Condition) -> bool:
        """Whether the condition holds for these answers."""
        return holds(condition, self.read, self.literal)
