"""Proposals of services as the agency and the office of the provincial committee read them (BD-69)."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When

from motcua.procedures.models import Offering, ServiceProposal
from motcua.procedures.queries.completeness import agencies_answered_for
from motcua.rules.people import Actor


def proposals_for(actor: Actor) -> QuerySet[ServiceProposal]:
    """What an officer may read: his agencies' proposals, every one for who runs the portal; waiting ones first."""
    rows = ServiceProposal.objects.select_related("agency", "procedure", "counter")
    whose = agencies_answered_for(actor)
    if whose is not None:
        rows = rows.filter(agency_id__in=whose)
    waits = Case(When(state=ServiceProposal.State.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(waits=waits).order_by("waits", "-proposed_at", "-pk")


def offered_by(agency_id: int, procedure_id: int, *, on: date) -> Offering | None:
    """How an agency offers a procedure on a day."""
    rows = Offering.objects.filter(agency_id=agency_id, procedure_id=procedure_id, since__lte=on).exclude(until__lte=on)
    return rows.select_related("counter").order_by("-since", "-pk").first()
