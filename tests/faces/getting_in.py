"""What the tests of getting in share: what was sent to whom, and forms filled in well."""

from __future__ import annotations

import re

from motcua.notifications.models import Message

PASSWORD = "trâu buộc ghét trâu ăn"

PERSON = {
    "full_name": "Nguyễn Thị Lan",
    "identity_number": "052 190 000 123",
    "birth_date": "",
    "contact": "lan@example.vn",
    "password": PASSWORD,
    "terms": "on",
}


def sent(kind: str, address: str) -> Message:
    """The latest message of this kind to this address."""
    return Message.objects.filter(kind=kind, address=address).latest("created_at")


def digits_sent(address: str) -> str:
    """The code in the latest message to this address."""
    found = re.search(r"\b\d{6}\b", sent("code", address).body)
    assert found
    return found[0]


def said(response) -> str:
    """The visible words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
