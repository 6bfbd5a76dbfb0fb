"""Who is asking: every route is closed unless listed, and every signed-in request carries an Actor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from motcua.agencies.queries import actor_of
from motcua.base.errors import Refusal
from motcua.config.public_routes import PUBLIC_ROUTES
from motcua.rules.permissions import may_open
from motcua.ui import clock
from motcua.ui.middleware import refusal_response


def is_public(match: Any) -> bool:
    """Whether a resolved URL is on the public list; the API namespace guards itself by token."""
    return match.view_name in PUBLIC_ROUTES or (match.namespaces[:1] == ["api"] and "api" in PUBLIC_ROUTES)


class ClosedByDefaultMiddleware(LoginRequiredMiddleware):
    """Django's login wall, with the one list of public routes as its only door."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if request.resolver_match is not None and is_public(request.resolver_match):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class ActorMiddleware:
    """Puts ``request.actor`` in place: computed once, on first use, from the posts held at this moment.

    Rights change at once: a post that ended is gone on the next request (ASVS 8.3.2).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: actor_of(request.user, at=clock.now()))  # type: ignore[attr-defined]
        return self.get_response(request)


class PermissionMiddleware:
    """Every address of the desk asks the one table of rights before its view is reached (`rules.permissions`).

    Without a row an address is closed. For who may not open it the page does not exist; an officer whose last post has
    ended is told so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or match.namespaces[:1] != ["desk"]:
            return None
        actor = request.actor  # type: ignore[attr-defined]
        if may_open(actor, match.view_name):
            return None
        if getattr(request.user, "is_officer", False) and not actor.posts:
            words = _("Tài khoản này hiện không giữ vị trí công tác nào nên không vào được bàn làm việc.")
            return refusal_response(request, Refusal(words, status=403))
        return refusal_response(request, Refusal(_("Không tìm thấy trang này."), status=404))
