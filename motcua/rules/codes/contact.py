"""Telephone numbers (TT 22/2014/TT-BTTTT and the change to ten digits of 2018) and e-mail addresses."""

import re
from typing import Final

from motcua.rules.codes.findings import BadCode, Finding

_MOBILE = re.compile("0[35789][0-9]{8}")
_LANDLINE = re.compile("02[0-9]{8,9}")
_OLD_MOBILE = re.compile("01[0-9]{9}")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:[A-Za-z]{{2,63}}|xn--[A-Za-z0-9-]{{2,59}})")
MAX_EMAIL: Final = 254
MAX_LOCAL: Final = 64


def parse_phone(value: str) -> str:
    """A Vietnamese number as digits from 0: `+84 912.345.678` → `0912345678`. Raises `BadCode`.

    Mobile: ten digits from 03, 05, 07, 08, 09. Landline: ten or eleven digits from 02.
    """
    digits = re.sub(r"[ \t\u00a0.()\-]", "", value)
    for country in ("+84", "0084"):
        if digits.startswith(country):
            digits = "0" + digits.removeprefix(country).removeprefix("0")
    if re.fullmatch("84[235789][0-9]{8,9}", digits):
        digits = "0" + digits[2:]
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return digits
    raise BadCode("phone.old" if _OLD_MOBILE.fullmatch(digits) else "phone.shape")


def is_mobile(phone: str) -> bool:
    """Whether a parsed number can receive an SMS."""
    return _MOBILE.fullmatch(phone) is not None


def format_phone(phone: str) -> str:
    """A parsed number in groups for reading: `0912 345 678`, `024 3825 1234`, `0256 382 2123`; others
    unchanged.
    """
    if is_mobile(phone) or (len(phone) == 10 and phone.startswith("02")):
        return f"{phone[:4]} {phone[4:7]} {phone[7:]}"
    if not _LANDLINE.fullmatch(phone):
        return phone
    if phone.startswith(("024", "028")):
        return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    return f"{phone[:4]} {phone[4:7]} {phone[7:]}"


def check_phone(value: str) -> list[Finding]:
    """Findings on a telephone number."""
    try:
        parse_phone(value)
    except BadCode as bad:
        return [bad.finding]
    return []


def parse_email(value: str) -> str:
    """An e-mail address, outer space removed and the domain in small letters. Raises `BadCode`.

    ASCII only, one @, a dotted domain, no quotes, no line break anywhere: safe to put into a message header.
    """
    text = value.strip(" ")
    if len(text) > MAX_EMAIL:
        raise BadCode("email.long")
    local, _, domain = text.rpartition("@")
    if len(local) > MAX_LOCAL or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise BadCode("email.shape")
    return f"{local}@{domain.lower()}"


def check_email(value: str) -> list[Finding]:
    """Findings on an e-mail address."""
    try:
        parse_email(value)
    except BadCode as bad:
        return [bad.finding]
    return []
