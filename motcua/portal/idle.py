"""Sessions end after a time without any request (ASVS 7.3.1): officers after half an hour, citizens after
two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from motcua.accounts.models import Account
from motcua.ui import clock

_SEEN: Final = "seen"
_NOTED_EVERY: Final = 60


class IdleMiddleware:
    """Ends a session that was left alone too long. Stands after the authentication middleware.

    The moment of the last request is written at most once a minute, so that reading pages costs no write each
    time. Whose session ended is left on the request as `expired_account_id` for `ResumePostMiddleware`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account = request.user
        if isinstance(account, Account) or getattr(account, "is_authenticated", False):
            self._watch(request)
        return self.get_response(request)

    @staticmethod
    def _watch(request: HttpRequest) -> None:
        now = clock.now().timestamp()
        seen = request.session.get(_SEEN)
        officer = getattr(request.user, "is_officer", False)
        limit = settings.IDLE_LIMIT_OFFICER if officer else settings.IDLE_LIMIT_CITIZEN
        if seen is not None and now - seen > limit:
            expired = request.user.pk
            logout(request)
            request.expired_account_id = expired  # type: ignore[attr-defined]
            messages.info(
                request, _("Phiên làm việc đã kết thúc vì lâu không có thao tác. Hãy đăng nhập lại để tiếp tục.")
            )
        elif seen is None or now - seen > _NOTED_EVERY:
            request.session[_SEEN] = now
