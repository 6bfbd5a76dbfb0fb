"""The password check behind logging in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from motcua.accounts import queries
from motcua.accounts.models import Account
from motcua.base.kept import KeptQuery

_active = KeptQuery(lambda pk: Account.objects.filter(pk=pk, is_active=True).order_by("pk"), pk=987_654_321_012)
"""Asked with every request of somebody logged in."""


class PasswordBackend(BaseBackend):
    """Accepts a login, e-mail or telephone number with its password.

    An unknown login costs as much time as a wrong password, so that an answer's speed tells nobody which
    logins exist (ASVS 6.3.8). A locked account is returned when its password is right: the face then says
    that it is locked, which only its owner can learn.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        """The account that `username` names and `password` opens, or None."""
        if username is None or password is None:
            return None
        account = queries.by_login(username)
        if account is None:
            Account().set_password(password)
            return None
        return account if account.check_password(password) else None

    def get_user(self, user_id: int) -> Account | None:
        """The account of a running session; a locked account's sessions end at once (ASVS 7.4.2)."""
        return next(iter(_active(pk=user_id)), None)
