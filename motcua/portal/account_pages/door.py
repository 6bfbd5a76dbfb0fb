"""What the pages of getting in share: where to go afterwards, and what waits in the session."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.accounts import queries
from motcua.accounts.models import Account, Code, CodePurpose
from motcua.agencies.queries import posts_of
from motcua.rules.people import Role
from motcua.ui import clock


def safe_next(request: HttpRequest) -> str:
    """The address asked for in `next`, when it is one of ours; else empty. Browsers drop line breaks, so none may hide
    a second pair of slashes.
    """
    asked = str(request.POST.get("next") or request.GET.get("next") or "")
    inside = (
        asked.startswith("/") and asked.isprintable() and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    )
    return asked if inside else ""


def with_next(route: str, following: str) -> str:
    """The address of `route`, passing on where to go afterwards."""
    return reverse(route) + (f"?{urlencode({'next': following})}" if following else "")


def home_of(user: Account | AnonymousUser) -> str:
    """Where somebody lands who asked for nothing else: officers at the desk, postal clerks at the post, everybody else
    at the portal's home.
    """
    if not isinstance(user, Account) or not user.is_officer:
        return reverse("portal:home")
    roles = {post.role for post in posts_of(user.pk, at=clock.now())}
    return reverse("desk:post" if roles == {Role.POSTAL_CLERK} else "desk:worklist")


def address_of(request: HttpRequest) -> str:
    """The asker's network address, for limiting tries; one shared word when it is unknown."""
    return str(request.META.get("REMOTE_ADDR") or "unknown")


def remember(request: HttpRequest, purpose: CodePurpose, code: Code, **more: Any) -> None:
    """Tie a pending code to this browser: only where it was asked for can it be typed."""
    request.session[f"code-{purpose}"] = {"id": code.pk, **more}


def remembered(request: HttpRequest, purpose: CodePurpose) -> dict[str, Any]:
    """What `remember` kept; empty when nothing waits."""
    kept: dict[str, Any] = request.session.get(f"code-{purpose}", {})
    return kept


def forget(request: HttpRequest, purpose: CodePurpose) -> None:
    """Nothing waits any more."""
    request.session.pop(f"code-{purpose}", None)


def waiting_code(request: HttpRequest, purpose: CodePurpose) -> Code | None:
    """The pending code of this browser."""
    return queries.pending_code(remembered(request, purpose).get("id"), purpose)
