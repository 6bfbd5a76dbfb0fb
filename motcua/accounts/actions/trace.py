"""What happened to an account, in the audit record: what was done, never a number, password or code."""

from __future__ import annotations

from datetime import datetime

from motcua.accounts.models import Account
from motcua.audit.actions import record
from motcua.rules.people import Actor


def owner(account: Account) -> Actor:
    """The account's owner acting alone, without any post."""
    return Actor(account_id=account.pk, name=account.name)


def trace(account: Account, verb: str, *, at: datetime, by: Actor | None = None, what: list[str] | None = None) -> None:
    """Record `verb` (`what` names changed columns) on the account's chain; by its owner unless `by` says
    otherwise.

    Runs inside the transaction of the act.
    """
    body = {"columns": sorted(what)} if what else {}
    record(subject=("account", str(account.pk)), verb=verb, by=by or owner(account), at=at, body=body)
