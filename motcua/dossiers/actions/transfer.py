"""Handing a dossier that came to the wrong place to the agency that is competent, before anybody accepts it.

The code stays, whoever's it bears; every counter it came to goes on seeing it, however often it is handed on, and can
do nothing with it any more.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from motcua.base.errors import Refusal
from motcua.dossiers.actions import clock
from motcua.dossiers.actions.gate import passing
from motcua.dossiers.actions.intake import clear_findings
from motcua.dossiers.models import Dossier
from motcua.procedures.models import Offering
from motcua.rules.acts import Act
from motcua.rules.people import Actor
from motcua.rules.text import clean_text


def transfer(code: str, *, to: int, reason: str, by: Actor, at: datetime) -> Dossier:
    """Give the dossier to the agency whose key is ``to``; its counter has the whole acceptance limit from now.

    Raises `Refusal` without a reason, and for an agency that is the same, has ended, or does not offer the procedure.
    """
    cleaned = clean_text(reason)
    if not cleaned:
        raise Refusal("Chưa ghi lý do chuyển.", field_errors={"reason": ["Hãy ghi vì sao hồ sơ thuộc cơ quan kia."]})
    with passing(Act.TRANSFER, code, by=by, at=at) as passage:
        dossier = passage.dossier
        before = dossier.agency
        place = _place(dossier, to, at)
        passage.unit_name = before.name
        dossier.earlier_hands = _earlier_hands(dossier, to=place.agency_id)
        dossier.transferred_from = before
        dossier.agency, dossier.counter = place.agency, place.counter
        dossier.taken_in_by = None
        dossier.holder_id = None
        # Whoever decides now judges for himself.
        clear_findings(passage)
        clock.restart_intake(dossier, at, reason=f"Hồ sơ được chuyển từ {before.name}"[:300])
        passage.note = f"Chuyển đến {place.agency.name}. {cleaned}"
        passage.details = {"from_agency": before.code, "to_agency": place.agency.code}
        passage.told = {"from_agency": before.name}
    return dossier


def _earlier_hands(dossier: Dossier, *, to: int) -> list[int] | None:
    """Who had it in hand before the agency that hands it on now, and goes on seeing where it is; each once, without
    those who see it anyway."""
    known = [*(dossier.earlier_hands or ()), dossier.transferred_from_id, dossier.taken_in_by_id]
    hands = {one for one in known if one is not None} - {dossier.agency_id, to}
    return sorted(hands) or None


def places_of(dossier: Dossier, *, at: datetime) -> list[Offering]:
    """Where this dossier may be handed: other agencies in force that take its procedure in today, by code."""
    today = at.date()
    offered = Offering.objects.filter(procedure_id=dossier.revision.procedure_id, since__lte=today)
    offered = offered.filter(Q(until__isnull=True) | Q(until__gt=today), agency__since__lte=today)
    offered = offered.filter(Q(agency__until__isnull=True) | Q(agency__until__gt=today))
    offered = offered.exclude(agency_id=dossier.agency_id)
    return list(offered.select_related("agency__parent", "counter").order_by("agency__code", "pk"))


def _place(dossier: Dossier, to: int, at: datetime) -> Offering:
    if to == dossier.agency_id:
        words = "Hồ sơ đang ở chính cơ quan này."
    else:
        found = next((place for place in places_of(dossier, at=at) if place.agency_id == to), None)
        if found is not None:
            return found
        words = "Cơ quan được chọn không nhận thủ tục này hoặc đã kết thúc hoạt động."
    raise Refusal("Chưa chuyển được hồ sơ.", field_errors={"to": [words]})
