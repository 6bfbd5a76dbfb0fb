"""The tries of the public look-up, counted, and its one-time code; the same for the page and the API (promises §6)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.accounts.actions import confirm_code, forgive, send_code, take_code, throttle
from motcua.accounts.models import CodePurpose
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.lookup import Asked, by_contact, by_secret, contact_on_file, read_asked
from motcua.notifications.actions import tell
from motcua.notifications.facts import Recipient

WINDOW = 600
"""Seconds over which tries of one network are counted."""

SECRET_TRIES = 5
SECRET_LOCK = 3600
"""Seconds for which so many wrong secrets close a code or a number."""


def count_try(network: str, *, at: datetime) -> None:
    """Count one look-up from this network, whatever it asks. Raises `Refusal` (429)."""
    throttle("lookup", network, limit=settings.LOOKUP_TRIES, per_seconds=WINDOW, at=at)


def look_up_by_secret(asked: Asked, secret: str, *, at: datetime) -> list[Dossier]:
    """What the secret on a receipt opens. Raises `Refusal` (429) after too many wrong ones for a code or number."""
    key = asked.code or asked.identity
    throttle("lookup-secret", key, limit=SECRET_TRIES, per_seconds=SECRET_LOCK, at=at)
    found = by_secret(asked, secret, at=at)
    if found:
        forgive("lookup-secret", key)
    return found


def send_look_up_code(asked: Asked, *, at: datetime) -> int:
    """Send a one-time code to the contact on file; the key of the code, which tells nothing of whether there is one."""
    contact = contact_on_file(asked)
    key = asked.code or asked.identity
    code, digits = send_code(
        CodePurpose.LOOKUP, contact=contact or f"unknown:{key}", payload={"asked": key}, known=bool(contact), at=at
    )
    if digits:
        to = Recipient(email=contact) if "@" in contact else Recipient(phone=contact)
        tell(
            "code", recipient=to, ref="", context={"code": digits, "minutes": 10, "purpose": _("tra cứu hồ sơ")}, at=at
        )
    return code.pk


def look_up_by_code(code: int, digits: str, *, at: datetime) -> list[Dossier]:
    """What the one-time code opens, once. Raises `Refusal` (422) for wrong or stale digits."""
    confirm_code(code, digits, purpose=CodePurpose.LOOKUP, at=at)
    proved = take_code(code, purpose=CodePurpose.LOOKUP, at=at)
    return by_contact(read_asked(proved.payload["asked"]), proved.contact, at=at)
