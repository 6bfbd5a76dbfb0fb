"""The addresses a person is reached and known by, e-mail and telephone, in their one stored form."""

from __future__ import annotations

import unicodedata

from motcua.rules.codes import BadCode, is_mobile, parse_email, parse_phone
from motcua.rules.text import clean_line


def clean_phone(text: str) -> str | None:
    """A Vietnamese telephone number in the stored form `0xxxxxxxxx`, or None when `text` is none."""
    try:
        return parse_phone(unicodedata.normalize("NFKC", clean_line(text)))
    except BadCode:
        return None


def clean_mobile(text: str) -> str | None:
    """A number that can take a text message, in its stored form, or None."""
    phone = clean_phone(text)
    return phone if phone and is_mobile(phone) else None


def clean_email(text: str) -> str | None:
    """An e-mail address in small letters, or None when `text` is none."""
    try:
        return parse_email(clean_line(text)).casefold()
    except BadCode:
        return None


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
