"""Answers that are files already stored: the list of their ids."""

from __future__ import annotations

from typing import Any

from motcua.rules.eforms.definition import Field
from motcua.rules.eforms.kinds.base import Asked, Kind, Verdict, fault, is_blank, lower_first
from motcua.rules.eforms.lookups import Lookups


def _check(field: Field, value: Any, asked: Asked) -> Verdict:
    given = value if isinstance(value, list | tuple) else [value]
    ids = list(dict.fromkeys(item.strip() if isinstance(item, str) else "?" for item in given if not is_blank(item)))
    if len(ids) > field.max_items:
        return fault(f"{field.label}: chỉ nhận nhiều nhất {field.max_items} tệp, hãy bỏ bớt")
    if any(len(item) > 64 or asked.lookups.file_name(item) is None for item in ids):
        return fault(f"{field.label}: có tệp không còn trên hệ thống, hãy bỏ ra và tải lên lại")
    if len(ids) < field.min_items:
        return fault(f"Tải lên ít nhất {field.min_items} tệp ở {lower_first(field.label)}")
    return Verdict(ids)


def _show(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    return ", ".join(lookups.file_name(item) or item for item in value)


def _schema(field: Field) -> dict[str, Any]:
    return {
        "type": "array",
        "items": {"type": "string", "maxLength": 64},
        "uniqueItems": True,
        "minItems": field.min_items,
        "maxItems": field.max_items,
    }


FILE = Kind(_check, _show, _schema, ask="Tải lên")
