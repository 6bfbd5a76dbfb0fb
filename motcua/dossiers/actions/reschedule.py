"""Dates counted anew: after a confirmed change of the calendar, and after an outage of the system (NĐ 45/2020).

What is to be done lies in the tables of the policy room, with how far it has come; any worker may go on with it, and
going over a dossier twice moves nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from motcua.dossiers.actions import clock, opinions
from motcua.dossiers.actions.gate import lock, passing
from motcua.dossiers.facts.promises import Shift, open_request, shifts
from motcua.dossiers.models import Dossier, Promise, StepRun
from motcua.dossiers.queries.moving import moving, under_way
from motcua.policy.models import CalendarChange, Outage
from motcua.policy.queries import SETTLING, calendar
from motcua.rules.acts import Act
from motcua.rules.people import Actor
from motcua.rules.promise import Stand, Waiting, lost_minutes, net_minutes, stands_from
from motcua.rules.worktime import VIETNAM


def carry_out(*, by: Actor, at: datetime, batch: int = 200) -> int:
    """Go on with the oldest change or outage not yet carried through, one batch of dossiers; answers how many were
    looked at, 0 when there is nothing to do."""
    change = (
        CalendarChange.objects.filter(confirmed_at__lte=at - SETTLING, done_at__isnull=True)
        .order_by("confirmed_at", "pk")
        .first()
    )
    if change is not None:
        return _carry_change(change, by=by, at=at, batch=batch)
    outage = Outage.objects.filter(recorded_at__lte=at, done_at__isnull=True).order_by("recorded_at", "pk").first()
    return _carry_outage(outage, by=by, at=at, batch=batch) if outage is not None else 0


def reschedule(code: str, *, reason: str, outage: Stand | None = None, by: Actor, at: datetime) -> list[Shift]:
    """Count a dossier's dates anew in the calendar as it is now, an ``outage`` left out of them.

    What moves is kept as a new promise with its reason, stands in the timeline and is told to the applicant; answers
    what moved. Limits of inner steps move silently. When nothing moves nothing is written.
    """
    with transaction.atomic():
        dossier = lock(code)
        run = dossier.steps.filter(finished_at__isnull=True).order_by("pk").first()
        if dossier.is_closed:
            return []
        if outage is not None:
            _leave_out(dossier, run, outage, at)
        found = shifts(dossier, calendar(at, agency_id=dossier.agency_id))
        if found:
            _write(dossier, found, reason=reason, outage=outage, by=by, at=at)
        elif run is not None and (outage is not None or clock.recount_step(run, at)):
            run.save()
            if dossier.paused_at is None and run.due_at is not None:
                clock.falls_due(dossier, run)
                opinions.resume(dossier, run, at)
            dossier.save()
            clock.wake(dossier, at)
        return found


def _write(
    dossier: Dossier, found: Sequence[Shift], *, reason: str, outage: Stand | None, by: Actor, at: datetime
) -> None:
    with passing(Act.RESCHEDULE, dossier.code or "", by=by, at=at, locked=dossier) as passage:
        for shift in found:
            if shift.what == "answer":
                request = open_request(dossier)
                assert request is not None
                request.answer_by = shift.new
                request.save(update_fields=["answer_by"])
            else:
                clock.promise(dossier, Promise.What(shift.what), at, reason=reason)
        if passage.run is not None and passage.run.running_since is not None:
            clock.recount_step(passage.run, at)
            passage.run.save()
            opinions.resume(dossier, passage.run, at)
        if dossier.paused_at is None:
            clock.falls_due(dossier, passage.run)
        items = [f"{shift.words}: từ {_words(shift.old)} sang {_words(shift.new)}" for shift in found]
        passage.note = f"{reason}. {'; '.join(items)}."
        passage.told = {"reason": reason, "items": items}
        passage.details = {"moved": {shift.what: [shift.old.isoformat(), shift.new.isoformat()] for shift in found}}


def _leave_out(dossier: Dossier, run: StepRun | None, outage: Stand, at: datetime) -> None:
    """Keep an outage with the dossier, and give every step back the working minutes it lost; once only."""
    row, hours = outage.to_data(), calendar(at, agency_id=dossier.agency_id)
    if row in [list(kept) for kept in dossier.pauses] or not net_minutes(hours, outage.start, outage.end or at):
        return
    standing = [stand for stand in stands_from(dossier.pauses) if stand.why is not Waiting.OUTAGE]
    for done in dossier.steps.filter(finished_at__gt=outage.start).order_by("pk"):
        assert done.finished_at is not None
        lost = lost_minutes(
            calendar(at, agency_id=done.agency_id), done.given_at, done.finished_at, outage=outage, stands=standing
        )
        done.used_minutes = max(done.used_minutes - lost, 0)
        done.save(update_fields=["used_minutes"])
    if run is not None and clock.take_off(dossier, run, outage, at):
        run.save()
    dossier.pauses = [*dossier.pauses, row]


def _carry_change(change: CalendarChange, *, by: Actor, at: datetime, batch: int) -> int:
    rows = under_way(change.agency_id, with_steps=True).filter(pk__gt=change.reached)
    found = list(rows.order_by("pk")[:batch])
    reason = f"Lịch làm việc thay đổi: {change.basis}"
    moved = 0
    for dossier in found:
        hours = calendar(at, agency_id=dossier.agency_id)
        if moving(dossier, hours, at=at):
            moved += bool(reschedule(dossier.code or "", reason=reason, by=by, at=at))
    _reached(CalendarChange.objects.filter(pk=change.pk), found, moved, at)
    return len(found)


def _carry_outage(outage: Outage, *, by: Actor, at: datetime, batch: int) -> int:
    rows = under_way(outage.agency_id).filter(pk__gt=outage.reached, submitted_at__lt=outage.until)
    found = list(rows.order_by("pk")[:batch])
    stand = Stand(outage.since, outage.until, Waiting.OUTAGE, outage.reason)
    reason = f"Hệ thống ngừng hoạt động từ {_words(outage.since)} đến {_words(outage.until)}: {outage.reason}"
    moved = sum(bool(reschedule(dossier.code or "", reason=reason, outage=stand, by=by, at=at)) for dossier in found)
    _reached(Outage.objects.filter(pk=outage.pk), found, moved, at)
    return len(found)


def _reached(
    row: QuerySet[CalendarChange] | QuerySet[Outage], found: Sequence[Dossier], moved: int, at: datetime
) -> None:
    if found:
        row.filter(reached__lt=found[-1].pk).update(reached=found[-1].pk, moved=F("moved") + moved)
    else:
        row.update(done_at=at)


def _words(moment: datetime) -> str:
    local = moment.astimezone(VIETNAM)
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"
