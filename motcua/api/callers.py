"""Who is calling: a bearer token opens one account, with the posts it holds at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.accounts.actions import use_token
from motcua.accounts.models import Account
from motcua.agencies.queries import actor_of
from motcua.rules.people import Actor
from motcua.ui import clock


@dataclass(frozen=True, slots=True)
class Caller:
    """The account behind a token, as an actor, and the moment of the call."""

    account: Account
    actor: Actor
    at: datetime


class Bearer(HttpBearer):
    """``Authorization: Bearer mc_…``, made by `motcua token LOGIN`. Cookies of a browser are never looked at."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller, or None for a token that is unknown, revoked, or of a locked account."""
        at = clock.now()
        account = use_token(token, at=at)
        return None if account is None else Caller(account, actor_of(account, at=at), at)


def caller(request: HttpRequest) -> Caller:
    """Who calls; only inside operations that ask for a token."""
    found: Caller = request.auth  # type: ignore[attr-defined]
    return found
