"""What a carrier reports: heard once, in whatever order it comes, and heeded only where it makes sense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.base.errors import Refusal
from motcua.parcels.actions.envelopes import Proof, arrive, locked_parcel, mark_returned, write
from motcua.parcels.actions.lost import open_case
from motcua.parcels.facts import HEARD, HEARD_WORDS
from motcua.parcels.models import Parcel, ParcelEvent
from motcua.rules.parcels import ParcelState, Reporter, may_become
from motcua.rules.people import Actor


@dataclass(frozen=True, slots=True)
class Report:
    """One report. ``id`` is the carrier's own, never used twice; ``sequence`` counts the reports of one envelope."""

    id: str
    number: str
    """Our number of the envelope."""
    status: str
    """One of `facts.HEARD`."""
    sequence: int
    note: str = ""
    proof: Proof | None = None


@transaction.atomic
def hear(report: Report, *, by: Actor, at: datetime) -> tuple[Parcel, ParcelState | None]:
    """Write the report down, and follow it. Answers the envelope and the state it came to, None when nothing changed.

    A report heard before, one older than what was heeded, and one that its state forbids change nothing. Raises
    `Refusal` for an envelope that is not there, a status that is none, or a delivery without its proof.
    """
    if report.status not in HEARD:
        raise Refusal("Không rõ tình trạng này.", field_errors={"status": [f"Không có tình trạng “{report.status}”."]})
    parcel = locked_parcel(report.number)
    if ParcelEvent.objects.filter(report_id=report.id).exists():
        return parcel, None
    then = HEARD[report.status]
    is_old = report.sequence <= parcel.carrier_sequence
    if is_old or not _has_been_with_the_post(parcel) or (then and not may_become(ParcelState(parcel.state), then)):
        write(parcel, "report", _words(report), by=by, at=at, report_id=report.id, is_heeded=False)
        return parcel, None
    Parcel.objects.filter(pk=parcel.pk).update(carrier_sequence=report.sequence)
    return _follow(parcel, report, then, by, at), then


def _follow(parcel: Parcel, report: Report, then: ParcelState | None, by: Actor, at: datetime) -> Parcel:
    match then:
        case ParcelState.DELIVERED:
            return arrive(parcel.number, report.proof or Proof(""), by=by, at=at, report_id=report.id)
        case ParcelState.RETURNED:
            reason = report.note or HEARD_WORDS["returned"]
            return mark_returned(parcel.number, reason=reason, by=by, at=at, report_id=report.id)
        case ParcelState.LOST:
            case = open_case(
                parcel.number,
                reporter=Reporter.CARRIER,
                account=report.note or HEARD_WORDS["lost"],
                by=by,
                at=at,
                report_id=report.id,
            )
            return case.parcel
        case _:
            write(parcel, "report", _words(report), by=by, at=at, report_id=report.id)
            if then is not None:
                parcel.state = then.value
                parcel.save(update_fields=["state"])
            return parcel


def _has_been_with_the_post(parcel: Parcel) -> bool:
    return parcel.handed_over_at is not None


def _words(report: Report) -> str:
    words = HEARD_WORDS[report.status]
    return f"{words}: {report.note}" if report.note else words
