"""Locking an account out, and letting it in again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.accounts.actions.trace import trace
from motcua.accounts.models import Account
from motcua.rules.people import Actor


def set_locked(account: Account, *, locked: bool, by: Actor, at: datetime) -> bool:
    """Lock or unlock the account; answers whether that changed anything.

    A lock works at once: open sessions and bearer tokens stop opening anything with the next request (ASVS 7.4.2).
    """
    if account.is_active is not locked:
        return False
    with transaction.atomic():
        account.is_active = not locked
        account.save(update_fields=["is_active"])
        trace(account, "lock" if locked else "unlock", by=by, at=at)
    return True
