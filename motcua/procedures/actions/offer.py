"""Who takes a procedure in, and where its dossiers are handed in."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from motcua.agencies.models import Agency, OneStopCounter
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.procedures.actions.places import faults_at
from motcua.procedures.models import Offering, Procedure, ProcedureRevision
from motcua.rules.people import Actor


@transaction.atomic
def offer(
    code: str, *, agency: Agency, counter: OneStopCounter, since: date | None = None, by: Actor, at: datetime
) -> Offering:
    """`agency` takes procedure `code` in at `counter` from `since` (the day of `at` when not given).

    Again with the same counter changes nothing; with another counter the running offering ends that day. Raises
    `Refusal` 404 for an unknown code and 422 for a counter that does not serve the agency, or when the route names a
    division or an agency that does not exist there, with the step.
    """
    procedure = Procedure.objects.filter(code=code).first()
    if procedure is None:
        raise Refusal(f"Không có thủ tục mã {code}.", status=404)
    if counter.host_id != agency.pk and not counter.serves.filter(pk=agency.pk).exists():
        raise Refusal(f"{counter.name} không tiếp nhận hồ sơ của {agency.name}.")
    day = since or at.date()
    revision = ProcedureRevision.objects.in_force(day).filter(procedure=procedure).order_by("pk").first()
    if revision is not None and (faults := faults_at(revision.route, [agency])):
        raise Refusal(faults)
    running = (
        Offering.objects.select_for_update(of=("self",))
        .filter(procedure=procedure, agency=agency, until__isnull=True)
        .first()
    )
    if running is not None:
        if running.counter_id == counter.pk:
            return running
        running.until = max(day, running.since)
        running.save(update_fields=["until"])
    fresh = Offering.objects.create(procedure=procedure, agency=agency, counter=counter, since=day)
    body = {"agency": agency.code, "counter": counter.name, "since": day.isoformat()}
    record(subject=("procedure", code), verb="offer", by=by, at=at, body=body)
    return fresh
