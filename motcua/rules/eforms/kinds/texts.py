"""Free words: one line or several, cleaned, composed (NFC), bounded, and without what nobody types on
purpose.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from motcua.rules.eforms.definition import Field, FieldType
from motcua.rules.eforms.kinds.base import Asked, Kind, Verdict, fault, scalar_text, show_text
from motcua.rules.text import tidy


def check_line(label: str, value: object, longest: int, *, lines: bool = False) -> tuple[str, str]:
    """(cleaned text, what is wrong or ""). `longest` counts characters after cleaning."""
    raw = scalar_text(value)
    if raw is None:
        return "", f"{label} phải là chữ"
    if len(raw) > longest * 4 + 1000:
        return "", f"{label} dài {len(raw)} ký tự, tối đa {longest}. Hãy viết ngắn lại."
    cleaned = tidy(raw, lines=lines)
    if cleaned.had_forbidden:
        return (
            cleaned.text,
            f"{label} có ký tự ẩn không dùng được. Ký tự ấy đã được bỏ đi; hãy xem lại rồi gửi lại.",
        )
    if len(cleaned.text) > longest:
        return cleaned.text, f"{label} dài {len(cleaned.text)} ký tự, tối đa {longest}. Hãy viết ngắn lại."
    if not cleaned.text:
        return "", f"{label} chỉ có ký tự ẩn. Hãy gõ lại."
    return cleaned.text, ""


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _check(field: Field, value: Any, asked: Asked) -> Verdict:
    text, wrong = check_line(field.label, value, field.max_length, lines=field.type is FieldType.LONG_TEXT)
    if wrong:
        return fault(wrong)
    if field.pattern and not _compiled(field.pattern).fullmatch(text):
        return fault(f"{field.label} {field.pattern_words}")
    return Verdict(text)


def _schema(field: Field) -> dict[str, Any]:
    said: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": field.max_length}
    if field.pattern:
        said["pattern"] = f"^(?:{field.pattern})$"
    return said


TEXT = Kind(_check, show_text, _schema)
