"""What every page of the desk needs: that an officer asks, and where this officer sits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.agencies.models import PostHeld
from motcua.base.errors import Refusal
from motcua.rules.people import Actor, Role


def officer(request: HttpRequest) -> Actor:
    """The officer who asks. Others get 404: for them the desk does not exist."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_officer:
        raise Refusal(_("Không tìm thấy trang này."), status=404)
    return actor


def desk_page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the desk with the officer's place on its bar."""
    actor = officer(request)
    return render(request, template, {**place_of(actor), **context}, status=status)


def place_of(actor: Actor) -> dict[str, Any]:
    """``place`` and ``unit`` of the first post held, for `ui/desk.html`; whether one sits at a counter, or leads."""
    first = actor.posts[0]
    held = (
        PostHeld.objects.filter(account_id=actor.account_id or 0, role=first.role.value, agency_id=first.agency_id)
        .select_related("agency", "division", "counter")
        .order_by("pk")
        .first()
    )
    if held is None:
        return {"place": "", "unit": "", "at_counter": False, "leads": False}
    narrower = held.division or held.counter
    where = ", ".join(str(part) for part in (narrower, held.agency) if part)
    return {
        "place": where,
        "unit": held.agency.name,
        "at_counter": actor.holds(Role.COUNTER_OFFICER),
        "leads": actor.holds(Role.LEADER),
    }
