"""Bearer tokens for the API face."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from motcua.accounts.actions.trace import trace
from motcua.accounts.models import Account, ApiToken
from motcua.accounts.queries import account_by_token, token_digest


def issue_token(account: Account, *, name: str, at: datetime) -> str:
    """Make a new bearer token called `name`. The answer is the only time anyone sees it."""
    raw = f"mc_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        ApiToken.objects.create(account=account, name=name, digest=token_digest(raw), created_at=at)
        trace(account, "issue_token", at=at)
    return raw


def revoke_tokens(account: Account, *, at: datetime) -> int:
    """Close every open token of the account; answers how many were closed."""
    return ApiToken.objects.filter(account=account, revoked_at=None).update(revoked_at=at)


def use_token(raw: str, *, at: datetime) -> Account | None:
    """The account whose open bearer token is `raw`, or None; notes the use, at most once an hour."""
    account = account_by_token(raw)
    if account is not None:
        lately = Q(last_used_at__gt=at - timedelta(hours=1))
        ApiToken.objects.filter(~lately | Q(last_used_at=None), digest=token_digest(raw)).update(last_used_at=at)
    return account
