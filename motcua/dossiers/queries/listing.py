"""All filed dossiers an actor may see, newest first, page by page without counting: for other systems."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.trays import Tab, ranges_of
from motcua.dossiers.queries.visible import visible_to
from motcua.rules.acts import State
from motcua.rules.people import Actor

NEWEST_FIRST = ("-submitted_at", "-pk")


def filed(
    actor: Actor,
    *,
    state: State | None = None,
    since: datetime | None = None,
    before: tuple[datetime, int] | None = None,
    most: int = 50,
) -> list[Dossier]:
    """At most ``most`` dossiers filed from ``since`` on, in ``state``, beyond ``before`` (time and id last seen).

    A union of index ranges, each cut off before they are joined (see `worklist`): the first page and the thousandth
    cost the same.
    """
    asked = Q(submitted_at__isnull=False)
    if state is not None:
        asked &= Q(state=state.value)
    if since is not None:
        asked &= Q(submitted_at__gte=since)
    if before is not None:
        at, pk = before
        asked &= Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=pk)
        asked &= Q(submitted_at__lte=at)  # said once more without "or", so that the index range begins there
    own = [Q(applicant_id=actor.account_id)] if actor.account_id is not None else []
    parts = [
        Dossier.objects.filter(one, asked).order_by(*NEWEST_FIRST).values_list("pk", "submitted_at")[:most]
        for one in [*own, *ranges_of(actor, Tab.ALL)]
    ]
    if not parts:
        return []
    found = parts[0] if len(parts) == 1 else parts[0].union(*parts[1:]).order_by("-submitted_at", "-pk")[:most]
    ids = [pk for pk, _ in found]
    return list(
        visible_to(actor)
        .filter(pk__in=ids)
        .select_related("revision__procedure", "agency", "step_division")
        .order_by(*NEWEST_FIRST)
    )
