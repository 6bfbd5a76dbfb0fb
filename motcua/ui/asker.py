"""Who is asking, typed: `request.actor` as `config.middleware.ActorMiddleware` set it."""

from __future__ import annotations

from django.http import HttpRequest

from motcua.rules.people import Actor


def asker(request: HttpRequest) -> Actor:
    """The actor of this request, with the posts held at this moment."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
