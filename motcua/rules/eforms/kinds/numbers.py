"""Whole numbers, decimals, money and years. Vietnamese writing: a dot groups thousands, a comma begins the
decimals.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from motcua.rules.eforms.definition import Field, FieldType
from motcua.rules.eforms.kinds.base import Asked, Kind, Verdict, fault, scalar_text, show_text
from motcua.rules.eforms.lookups import Lookups

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_CURRENCY = re.compile(r"(?i)(đồng|vnđ|vnd|đ|₫)\.?$")
_GROUPED = re.compile(r"-?\d{1,3}([.,])\d{3}(?:\1\d{3})*", re.ASCII)
_DIGITS = re.compile(r"-?\d{1,18}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?:\D|$))", re.ASCII)

LIMIT = 10**15  # no answer of a form is larger


def read_whole(value: object) -> int | None:
    """A whole number from 12, 12.0, "1.500.000", "1 500 000 đồng"; None when it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) <= LIMIT else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) <= LIMIT else None
    if not isinstance(value, str) or len(value) > 60:
        return None
    text = _CURRENCY.sub("", _SPACES.sub("", value))
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[.,]", "", text)
    if not _DIGITS.fullmatch(text) or abs(int(text)) > LIMIT:
        return None
    return int(text)


def read_decimal(value: object, places: int) -> Decimal | None:
    """A decimal from 12.5, "12,5", "1.250,5". With at most two places, a dot before exactly three digits
    groups thousands.
    """
    text = scalar_text(value)
    if text is None or len(text) > 60:
        return None
    text = _SPACES.sub("", text)
    if text.count(",") == 1:
        text = text.replace(".", "").replace(",", ".")
    elif text.count(".") > 1 or places <= 2:
        text = _THOUSANDS.sub("", text)
    return Decimal(text) if _DECIMAL.fullmatch(text) and abs(Decimal(text)) <= LIMIT else None


def plain(number: Decimal) -> str:
    """The canonical writing of a decimal: no exponent, no needless zeros ("12.5", "100")."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-0", "0" if not number else "-0")


def grouped(number: int | Decimal) -> str:
    """The number as Vietnamese readers write it: 1.250,5."""
    return f"{number:,}".replace(",", "\0").replace(".", ",").replace("\0", ".")


def _bounds(field: Field, number: Decimal) -> str:
    unit = " đồng" if field.type is FieldType.MONEY else ""
    if field.minimum is not None and number < Decimal(field.minimum):
        return f"{field.label} phải từ {grouped(Decimal(field.minimum))}{unit} trở lên"
    if field.maximum is not None and number > Decimal(field.maximum):
        return f"{field.label} không được quá {grouped(Decimal(field.maximum))}{unit}"
    return ""


def _check_whole(field: Field, value: Any, asked: Asked) -> Verdict:
    number = read_whole(value)
    if number is None:
        example = "15.000.000" if field.type is FieldType.MONEY else "2"
        return fault(f"{field.label} phải là một số nguyên, chỉ gồm chữ số, ví dụ {field.example or example}")
    if number < 0 and field.minimum is None:
        return fault(f"{field.label} không được là số âm")
    if wrong := _bounds(field, Decimal(number)):
        return fault(wrong)
    return Verdict(number)


def _check_decimal(field: Field, value: Any, asked: Asked) -> Verdict:
    number = read_decimal(value, field.places)
    if number is None:
        return fault(f"{field.label} phải là một số, phần lẻ viết sau dấu phẩy, ví dụ {field.example or '120,5'}")
    if -number.normalize().as_tuple().exponent > field.places:  # type: ignore[operator]  # finite by construction
        return fault(f"{field.label} chỉ lấy tối đa {field.places} chữ số sau dấu phẩy")
    if number < 0 and field.minimum is None:
        return fault(f"{field.label} không được là số âm")
    if wrong := _bounds(field, number):
        return fault(wrong)
    return Verdict(plain(number))


def _check_year(field: Field, value: Any, asked: Asked) -> Verdict:
    text = (scalar_text(value) or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        return fault(f"{field.label} phải gồm bốn chữ số, ví dụ 1988")
    year = int(text)
    least = int(field.minimum) if field.minimum is not None else 1850
    most = int(field.maximum) if field.maximum is not None else asked.today.year
    if year > most:
        tail = " (năm nay)" if field.maximum is None else ""
        return fault(f"{field.label} không được sau năm {most}{tail}")
    if year < least:
        return fault(f"{field.label} không được trước năm {least}")
    return Verdict(year)


def _show_whole(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    return grouped(int(value)) + (" đồng" if field.type is FieldType.MONEY else "")


def _show_decimal(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    return grouped(Decimal(str(value)))


def _schema_whole(field: Field) -> dict[str, Any]:
    said: dict[str, Any] = {
        "type": "integer",
        "minimum": int(field.minimum) if field.minimum is not None else 0,
    }
    if field.maximum is not None:
        said["maximum"] = int(field.maximum)
    return said


def _schema_decimal(field: Field) -> dict[str, Any]:
    return {"type": "string", "pattern": rf"^-?[0-9]{{1,15}}(\.[0-9]{{1,{field.places}}})?$"}


def _schema_year(field: Field) -> dict[str, Any]:
    return {"type": "integer", "minimum": int(field.minimum or 1850), "maximum": int(field.maximum or 2200)}


WHOLE = Kind(_check_whole, _show_whole, _schema_whole)
DECIMAL = Kind(_check_decimal, _show_decimal, _schema_decimal)
YEAR = Kind(_check_year, show_text, _schema_year)
