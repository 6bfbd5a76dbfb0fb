"""What the filters of an officer's list offer: the divisions and the colleagues of the agencies posts are held in."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from motcua.agencies.models import Division, PostHeld
from motcua.rules.people import Actor, Role

_HOLDERS = (Role.COUNTER_OFFICER, Role.CASE_OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.RECORDS_CLERK)


def divisions_of(actor: Actor) -> list[tuple[int, str]]:
    """Ids and names of the divisions, by name. One query."""
    agencies = {post.agency_id for post in actor.posts}
    return list(Division.objects.filter(agency_id__in=agencies).order_by("name", "pk").values_list("pk", "name"))


def colleagues_of(actor: Actor, at: datetime) -> list[tuple[int, str]]:
    """Accounts and names of those who may hold a dossier there now, by name. One query."""
    agencies = {post.agency_id for post in actor.posts}
    held = PostHeld.objects.filter(agency_id__in=agencies, role__in=[role.value for role in _HOLDERS], since__lte=at)
    rows = held.filter(Q(until__isnull=True) | Q(until__gt=at)).order_by("account__full_name", "account_id")
    return list(dict.fromkeys(rows.values_list("account_id", "account__full_name")))
