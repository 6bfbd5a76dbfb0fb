"""The post office of the demo province: it works for the counters of the stage, and its clerk can log in."""

from __future__ import annotations

from datetime import datetime, timedelta

from motcua.agencies.actions import found
from motcua.agencies.models import AgencyKind, Tier
from motcua.console.demo.offices import Offices
from motcua.console.demo.sources import Sources
from motcua.dossiers.actions import posting
from motcua.dossiers.models import Dossier
from motcua.parcels.actions import Proof, open_list, place, put_label, serve
from motcua.parcels.models import Parcel, Service
from motcua.rules.parcels import Way
from motcua.rules.people import Actor

KEY = "buu-cuc"


def make(sources: Sources, offices: Offices, *, by: Actor, at: datetime) -> None:
    """The office under its key in ``offices``, and the counters it works for; what stands already is left alone."""
    site = sources.site
    unit = found(
        f"{site['agency_code']}.99",
        f"Bưu cục {site['seat']}",
        kind=AgencyKind.POST,
        tier=Tier.PROVINCE,
        since=sources.agencies["since"],
        parent=None,
        address=f"Đường Lê Lợi, {site['seat']}",
        by=by,
        at=at,
    )
    offices.by_key[KEY] = unit
    served = set(Service.objects.values_list("counter_id", flat=True))
    for key in (f"xa-{code}" for code in sources.stage):
        counter = offices.counters[key]
        if counter.pk not in served:
            serve(unit, counter, by=by, at=at)


def travel(parcel: Parcel, dossier: Dossier, *, counter: Actor, clerk: Actor, label: str, at: datetime) -> None:
    """A result all the way: from the counter's list into the citizen's hands."""
    is_inside = at <= parcel.ready_at + timedelta(hours=24)  # who is reached later lives farther away
    place(parcel.number, is_inside=is_inside, by=counter, at=at)
    handover = open_list(
        Way.TO_CITIZEN, unit=parcel.unit, counter=parcel.counter, agency=parcel.agency, by=counter, at=at
    )
    posting.scan(handover.number, parcel.number, by=counter, at=at)
    posting.close_list(handover.number, by=counter, at=at)
    posting.confirm_list(handover.number, counted=1, by=clerk, at=at)
    put_label(parcel.number, label=label, by=clerk, at=at)
    proof = Proof(dossier.applicant_name, "Chính người nhận", is_signed=True)
    posting.arrived(parcel.number, proof, by=clerk, at=at)
