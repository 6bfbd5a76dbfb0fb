"""Choices, values of named lists, and the box that must be ticked."""

from __future__ import annotations

from typing import Any

from motcua.rules.eforms.definition import Field
from motcua.rules.eforms.kinds.base import Asked, Kind, Verdict, fault, is_blank, lower_first
from motcua.rules.eforms.lookups import Lookups


def _labels(field: Field) -> dict[str, str]:
    return {option.value: option.label for option in field.options}


def _one(value: object) -> str | None:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value.strip() if isinstance(value, str) else None


def _check_choice(field: Field, value: Any, asked: Asked) -> Verdict:
    chosen = _one(value)
    if chosen not in _labels(field):
        return fault(f"Chọn lại {lower_first(field.label)}: câu trả lời này không có trong các mục được chọn")
    return Verdict(chosen)


def _check_many(field: Field, value: Any, asked: Asked) -> Verdict:
    given = value if isinstance(value, list | tuple) else [value]
    given = [item for item in given if not is_blank(item)]
    labels = _labels(field)
    if any(not isinstance(item, str) or item.strip() not in labels for item in given):
        return fault(f"Chọn lại {lower_first(field.label)}: có mục không nằm trong các mục được chọn")
    wanted = {item.strip() for item in given}
    chosen = [option.value for option in field.options if option.value in wanted]
    if len(chosen) < field.min_items:
        return fault(f"Chọn ít nhất {field.min_items} mục ở {lower_first(field.label)}")
    if len(chosen) > field.max_items:
        return fault(f"Chọn nhiều nhất {field.max_items} mục ở {lower_first(field.label)}")
    return Verdict(chosen)


def _check_catalogue(field: Field, value: Any, asked: Asked) -> Verdict:
    chosen = _one(value)
    if chosen is None or len(chosen) > 100 or asked.lookups.catalogue_label(field.catalogue, chosen) is None:
        return fault(f"Chọn lại {lower_first(field.label)} trong danh mục")
    return Verdict(chosen)


def _check_declaration(field: Field, value: Any, asked: Asked) -> Verdict:
    if _one(value) in ("1", "on", "true", "yes") or value is True:
        return Verdict(True)
    return fault("Đánh dấu vào ô cam đoan thì mới nộp được")


def _show_choice(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    return _labels(field).get(value, str(value))


def _show_many(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    labels = _labels(field)
    return ", ".join(labels.get(item, str(item)) for item in value)


def _show_catalogue(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    return lookups.catalogue_label(field.catalogue, value) or str(value)


def _show_declaration(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    return "Đã cam đoan" if value is True else "Chưa cam đoan"


def _schema_choice(field: Field) -> dict[str, Any]:
    return {"enum": [option.value for option in field.options]}


def _schema_many(field: Field) -> dict[str, Any]:
    return {
        "type": "array",
        "items": _schema_choice(field),
        "uniqueItems": True,
        "minItems": field.min_items,
        "maxItems": field.max_items,
    }


def _schema_catalogue(field: Field) -> dict[str, Any]:
    return {"type": "string", "maxLength": 100, "x-catalogue": field.catalogue}


CHOICE = Kind(_check_choice, _show_choice, _schema_choice, ask="Chọn")
MANY = Kind(_check_many, _show_many, _schema_many, ask="Chọn")
CATALOGUE = Kind(_check_catalogue, _show_catalogue, _schema_catalogue, ask="Chọn")
DECLARATION = Kind(_check_declaration, _show_declaration, lambda field: {"const": True}, ask="Đánh dấu")
