"""The addresses a person is reached and known by, e-mail and telephone, in their one stored form."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from motcua.rules.text import clean_line

_SEPARATORS: Final = re.compile(r"[\s.\-()]+")
_VIETNAM: Final = re.compile(r"(?:\+84|0084|84)(?=\d{9,10}$)")
_PHONE: Final = re.compile(r"0(?:[35789]\d{8}|2\d{9})")


def clean_phone(text: str) -> str | None:
    """A Vietnamese telephone number as `0xxxxxxxxx`, or None when `text` is none.

    "+84 912 345 678", "0912.345.678" and "84912345678" are one number. Mobile prefixes 03, 05, 07, 08, 09 and
    landlines 02 (numbering plan, TT 22/2014/TT-BTTTT).
    """
    digits = _VIETNAM.sub("0", _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)), count=1)
    return digits if _PHONE.fullmatch(digits) else None


def clean_mobile(text: str) -> str | None:
    """A number that can take a text message, as `0xxxxxxxxx`, or None."""
    phone = clean_phone(text)
    return phone if phone and not phone.startswith("02") else None


def clean_email(text: str) -> str | None:
    """An e-mail address in small letters, or None when `text` is none."""
    email = clean_line(text).casefold()
    try:
        validate_email(email)
    except ValidationError:
        return None
    return email if len(email) <= 254 else None


def clean_contact(text: str) -> str | None:
    """An e-mail address or a mobile number in its stored form, or None."""
    return clean_email(text) if "@" in text else clean_mobile(text)


def clean_login(text: str) -> str:
    """What somebody typed as login, in the form logins are stored in: e-mail, telephone or short name."""
    return clean_contact(text) or clean_phone(text) or clean_line(text).casefold()


def is_email(contact: str) -> bool:
    """Whether a stored contact is an e-mail address; otherwise it is a telephone number."""
    return "@" in contact


def masked(contact: str) -> str:
    """A contact one may show on a screen: "l***@example.vn", "091 *** 678"."""
    if is_email(contact):
        name, _, host = contact.partition("@")
        return f"{name[:1]}***@{host}"
    return f"{contact[:3]} *** {contact[-3:]}"
