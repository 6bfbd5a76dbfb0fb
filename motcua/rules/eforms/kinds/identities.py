"""Numbers and addresses that belong to people and organisations: CCCD, CMND, passport, tax number, phone,
e-mail.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from motcua.rules.codes import (
    BadCode,
    Cccd,
    TaxCode,
    format_cccd,
    format_phone,
    parse_cmnd,
    parse_email,
    parse_passport,
    parse_phone,
)
from motcua.rules.eforms.definition import Field
from motcua.rules.eforms.kinds.base import Asked, Kind, Verdict, fault, show_text
from motcua.rules.eforms.kinds.texts import check_line
from motcua.rules.eforms.lookups import Lookups

WRONG_ID = (
    "phải là số định danh cá nhân (12 chữ số), số chứng minh nhân dân cũ (9 chữ số), "
    "số hộ chiếu (1 chữ cái và 7 chữ số) hoặc mã số thuế (10 chữ số)"
)


def parse_id_number(value: str) -> str:
    """Any of the numbers by which a person or organisation is known. Raises BadCode from the nearest kind."""
    digits = "".join(char for char in value if char.isalnum())
    if len(digits) == 12:
        return Cccd.parse(value).number
    if len(digits) == 9:
        return parse_cmnd(value)
    if digits[:1].isalpha():
        return parse_passport(value)
    return str(TaxCode.parse(value))


def _checked(parse: Callable[[str], str], longest: int) -> Callable[[Field, Any, Asked], Verdict]:
    def check(field: Field, value: Any, asked: Asked) -> Verdict:
        text, wrong = check_line(field.label, value, longest)
        if wrong:
            return fault(wrong)
        try:
            return Verdict(parse(text))
        except BadCode as bad:
            return fault(f"{field.label}: {bad.message[:1].lower()}{bad.message[1:]}")

    return check


def _check_id_number(field: Field, value: Any, asked: Asked) -> Verdict:
    text, wrong = check_line(field.label, value, 40)
    if wrong:
        return fault(wrong)
    try:
        return Verdict(parse_id_number(text))
    except BadCode as bad:
        return fault(f"{field.label} {WRONG_ID}" if bad.reason == "mst.shape" else f"{field.label}: {bad.message}")


def _show_cccd(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    return format_cccd(str(value))


def _show_phone(field: Field, value: Any, lookups: Lookups, scheme: str) -> str:
    return format_phone(str(value))


def _text(pattern: str = "", **more: Any) -> Callable[[Field], dict[str, Any]]:
    said = {"type": "string", **({"pattern": pattern} if pattern else {}), **more}
    return lambda field: dict(said)


CCCD = Kind(_checked(lambda text: Cccd.parse(text).number, 40), _show_cccd, _text("^[0-9]{12}$"))
CMND = Kind(_checked(parse_cmnd, 40), _show_cccd, _text("^[0-9]{9}$"))
ID_NUMBER = Kind(_check_id_number, _show_cccd, _text(maxLength=20))
MST = Kind(
    _checked(lambda text: str(TaxCode.parse(text)), 40),
    show_text,
    _text("^[0-9]{10}(-[0-9]{3})?$|^[0-9]{12}$"),
)
PHONE = Kind(_checked(parse_phone, 40), _show_phone, _text("^0[0-9]{9,10}$"))
EMAIL = Kind(_checked(parse_email, 300), show_text, _text(format="email", maxLength=254))
