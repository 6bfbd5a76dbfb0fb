"""Telling those who can do something about it that something in the archive is not as it should be."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from motcua.agencies.queries import people_with
from motcua.notifications.actions import tell
from motcua.notifications.facts import Recipient
from motcua.rules.people import Role


def sound(agency_id: int, code: str, fault: str, *, at: datetime) -> None:
    """Leave word with every operator and with whoever keeps the agency's archive."""
    people = {
        **people_with(Role.OPERATOR, at=at),
        **people_with(Role.ARCHIVIST, agency_id=agency_id, at=at),
    }
    link = f"{settings.BASE_URL}/mot-cua/luu-tru/ho-so/{code}/"
    for account_id, name in people.items():
        recipient = Recipient(account_id=account_id, name=name)
        tell("archive_fault", recipient=recipient, ref=code, context={"fault": fault, "link": link}, at=at)
