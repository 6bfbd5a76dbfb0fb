"""Answers as they stand in the boxes of a page: canonical ones in the writing people know, unfinished ones as typed."""

from __future__ import annotations

import re
from typing import Any

from motcua.rules.eforms import Field, FieldType
from motcua.rules.eforms.kinds.base import scalar_text
from motcua.rules.eforms.kinds.numbers import grouped

_CANONICAL_DECIMAL = re.compile(r"-?\d+\.\d+", re.ASCII)


def text_value(field: Field, value: Any) -> str:
    """The text of a single box."""
    if field.type in (FieldType.INTEGER, FieldType.MONEY) and isinstance(value, int) and not isinstance(value, bool):
        return grouped(value) if field.type is FieldType.MONEY else str(value)
    text = scalar_text(value) or ""
    if field.type is FieldType.DECIMAL and _CANONICAL_DECIMAL.fullmatch(text):
        return text.replace(".", ",")
    return text


def chosen_values(value: Any) -> set[str]:
    """The values ticked or selected."""
    if isinstance(value, list | tuple):
        return {item for item in value if isinstance(item, str)}
    return {value} if isinstance(value, str) else set()
