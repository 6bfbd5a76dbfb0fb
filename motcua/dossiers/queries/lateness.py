"""What counts against an agency: dossiers asked for more than once, promises moved with an apology (QĐ 766/QĐ-TTg)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.visible import visible_to
from motcua.rules.people import Actor, Role

PERIOD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Blots:
    """Counts over the dossiers submitted in the last year."""

    asked_again: int
    """Dossiers for which a leader allowed a further supplement round."""
    apologised: int
    by_the_clock: int
    """Apologies nobody signed in time."""


def blots(actor: Actor, *, at: datetime) -> Blots:
    """For the dossiers this actor answers for; all of them for an operator. One query."""
    rows = Dossier.objects.all() if actor.holds(Role.OPERATOR) else visible_to(actor)
    found = rows.filter(submitted_at__gte=at - PERIOD).aggregate(
        asked_again=Count("pk", filter=Q(extra_rounds__gt=0), distinct=True),
        apologised=Count("apology", filter=Q(apology__signed_at__isnull=False), distinct=True),
        by_the_clock=Count("apology", filter=Q(apology__by_the_clock=True), distinct=True),
    )
    return Blots(**found)
