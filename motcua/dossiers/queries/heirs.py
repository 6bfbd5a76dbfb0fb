"""Where a draft goes whose agency has ended, or given the procedure away, since it was begun: its successors."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from motcua.dossiers.models import Dossier
from motcua.procedures.models import Offering
from motcua.rules.acts import Channel
from motcua.rules.levels import LEAST_ONLINE


def has_ended(dossier: Dossier, *, at: datetime) -> bool:
    """Whether the agency of this draft is no more."""
    until = dossier.agency.until
    return until is not None and until <= at.date()


def has_left(dossier: Dossier, *, at: datetime) -> bool:
    """Whether the agency of this draft is no more, or takes its procedure in no longer. At most one query."""
    if has_ended(dossier, at=at):
        return True
    offered = Offering.objects.filter(procedure_id=dossier.revision.procedure_id, agency_id=dossier.agency_id)
    return not offered.exclude(until__lte=at.date()).exists()


def heirs_of(dossier: Dossier, *, at: datetime) -> list[Offering]:
    """Successors, near and far, that take this draft in by the way it comes; the one of the place the applicant lives
    in first, the others by code. None while its own agency takes it in. At most two queries.
    """
    if not has_left(dossier, at=at):
        return []
    today = at.date()
    rows = Offering.objects.filter(agency__inherits__contains=[dossier.agency_id], agency__since__lte=today)
    rows = rows.filter(Q(agency__until__isnull=True) | Q(agency__until__gt=today))
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=today), since__lte=today)
    rows = rows.filter(procedure_id=dossier.revision.procedure_id).select_related("agency__parent", "counter")
    found = [row for row in rows.order_by("agency__code", "pk") if _takes(row, dossier)]
    return sorted(found, key=lambda row: not lives_there(dossier, row))


def lives_there(dossier: Dossier, heir: Offering) -> bool:
    """Whether the successor governs the unit the applicant's account is at home in."""
    address = (dossier.applicant.address if dossier.applicant else None) or {}
    unit = heir.agency.unit_code
    return bool(unit) and unit == str(address.get("unit") or "")


def _takes(heir: Offering, dossier: Dossier) -> bool:
    if dossier.channel == Channel.ONLINE.value and heir.level_of(dossier.revision) < LEAST_ONLINE:
        return False
    return heir.takes(dossier.channel)
