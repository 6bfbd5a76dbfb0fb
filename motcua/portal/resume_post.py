"""A form sent after the session ended is not lost: it waits while its writer logs in, and is then offered
again.

Only plain fields are kept, in the session on the server, for half an hour, and only for the account that was
logged in where that is known. Nothing is sent by itself: the person sees what will be sent where, and presses
the button, with a fresh CSRF token. Files cannot be kept and passwords must not be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.portal.account_pages import door
from motcua.ui import clock

KEY: Final = "resume-post"
MAX_CHARACTERS: Final = 100_000
MAX_FIELDS: Final = 1_000
LIFETIME_SECONDS: Final = 30 * 60
_NEVER_KEPT: Final = frozenset({"csrfmiddlewaretoken", "code", "secret", "pin"})


class ResumePostMiddleware:
    """Notices a form that was turned away at the login wall and keeps what it said. Stands just outside the
    wall.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "POST" and _turned_away(request, response) and _keep(request):
            following = urlencode({"next": reverse("account_resume")})
            return redirect(f"{reverse('account_login')}?{following}")
        return response


def _turned_away(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the wall answered: an anonymous person is sent to log in, from a page that is not about logging
    in.
    """
    if response.status_code != 302 or request.user.is_authenticated:
        return False
    login = reverse("account_login")
    return urlsplit(response["Location"]).path == login and not request.path.startswith(login)


def _keep(request: HttpRequest) -> bool:
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NEVER_KEPT and "password" not in name.lower()
        for value in values
    ]
    size = sum(len(name) + len(str(value)) for name, value in fields)
    if not fields or len(fields) > MAX_FIELDS or size > MAX_CHARACTERS:
        return False
    request.session[KEY] = {
        "path": request.get_full_path(),
        "fields": fields,
        "files": bool(request.FILES),
        "account": getattr(request, "expired_account_id", None),
        "at": clock.now().timestamp(),
    }
    return True


@never_cache
@require_http_methods(["GET", "HEAD"])
def resume(request: HttpRequest) -> HttpResponse:
    """After logging in again: what was typed is still here, one button sends it."""
    if not request.user.is_authenticated:
        return redirect(door.with_next("account_login", request.path))
    kept: dict[str, Any] | None = request.session.pop(KEY, None)
    if kept is None or clock.now().timestamp() - kept["at"] > LIFETIME_SECONDS:
        return redirect(door.home_of(request.user))
    if kept["account"] not in (None, request.user.pk):
        messages.info(request, _("Biểu mẫu gửi lúc hết phiên là của tài khoản khác nên không được giữ lại."))
        return redirect(door.home_of(request.user))
    return render(request, "portal/account/resume.html", {"kept": kept})
