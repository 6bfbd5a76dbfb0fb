"""The dossier's clock: when acceptance is due, when the result is promised, what a pause does to both.

NĐ 61/2018 điều 17–19; rules of counting in `rules.worktime`. A date is never edited by hand: it is derived from what
happened, and each derivation is kept as a `Promise` with its explanation.
"""

from __future__ import annotations

from datetime import datetime, time

from motcua.dossiers.models import Dossier, Promise, StepRun
from motcua.policy.queries import calendar
from motcua.rules.acts import StepKind
from motcua.rules.worktime import Due, Pause, Unit, add_working_minutes, due, to_json, working_minutes


def start_intake(dossier: Dossier, at: datetime) -> None:
    """The acceptance limit counts from submission in working hours (HY-25, BN-11)."""
    dossier.submitted_at = at
    _promise_acceptance(dossier, at, reason="")
    dossier.due_at = dossier.acceptance_due_at


def restart_intake(dossier: Dossier, at: datetime, *, reason: str) -> None:
    """The whole acceptance limit once more, in the hours of the agency that has it from now on; the old one stays
    among the promises with its explanation.
    """
    _promise_acceptance(dossier, at, reason=reason, start=at)
    dossier.due_at = dossier.acceptance_due_at


def start(dossier: Dossier, at: datetime) -> None:
    """The time for settling counts from acceptance; the first date promised is kept for ever."""
    dossier.accepted_at = at
    _promise_result(dossier, at, reason="")
    dossier.first_promised_at = dossier.promised_at


def pause(dossier: Dossier, run: StepRun | None, at: datetime) -> None:
    """While the applicant is awaited the clock stands, for the dossier and for the step that holds it."""
    dossier.paused_at = at
    dossier.due_at = None
    if run is not None and run.running_since is not None:
        run.used_minutes += _ran(run, run.running_since, at)
        run.running_since = run.due_at = None


def resume(dossier: Dossier, run: StepRun | None, at: datetime, *, reason: str) -> None:
    """The remainder counts on: a new acceptance limit before acceptance, a new promised date after it."""
    if dossier.paused_at is None:
        return
    dossier.pauses = [*dossier.pauses, [dossier.paused_at.isoformat(), at.isoformat()]]
    dossier.paused_at = None
    if dossier.accepted_at is None:
        _promise_acceptance(dossier, at, reason=reason)
        dossier.due_at = dossier.acceptance_due_at
    else:
        _promise_result(dossier, at, reason=reason)
    if run is not None:
        run_step(dossier, run, at)


def stop(dossier: Dossier, at: datetime) -> None:
    """Nothing is due any more; an open pause ends here."""
    if dossier.paused_at is not None:
        dossier.pauses = [*dossier.pauses, [dossier.paused_at.isoformat(), at.isoformat()]]
        dossier.paused_at = None
    dossier.due_at = None


def run_step(dossier: Dossier, run: StepRun, at: datetime) -> None:
    """Set a step running: its limit is what remains of its budget, in the hours of the agency that works on it.

    Nothing runs while a finished result waits for the person to collect it: the work ended at "đã xử lý xong"
    (QĐ 766/QĐ-TTg, chỉ tiêu 2.1), and no officer is late because somebody has not come yet.
    """
    if run.kind == StepKind.RETURN:
        dossier.due_at = None
        return
    run.running_since = at
    left = max(run.budget_minutes - run.used_minutes, 0)
    run.due_at = add_working_minutes(calendar(at, agency_id=run.agency_id), at, left)
    # What falls due first: the step's own limit, or the date promised to the applicant when that is nearer or gone.
    dossier.due_at = min(run.due_at, dossier.promised_at) if dossier.promised_at else run.due_at


def finish_step(run: StepRun, at: datetime, *, note: str = "") -> None:
    """Close a step with the working minutes it used."""
    if run.running_since is not None:
        run.used_minutes += _ran(run, run.running_since, at)
        run.running_since = None
    run.finished_at = at
    run.note = note[:1000]


def _ran(run: StepRun, since: datetime, at: datetime) -> int:
    """Working minutes since the step was set running. Never less than none: two machines' clocks differ a little, and
    who acts on the slower one must not be stopped by it.
    """
    return max(0, working_minutes(calendar(at, agency_id=run.agency_id), since, at))


def _pauses(dossier: Dossier) -> list[Pause]:
    return [Pause(datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in dossier.pauses]


def _promise_acceptance(dossier: Dossier, at: datetime, *, reason: str, start: datetime | None = None) -> None:
    found = _keep(
        dossier,
        Promise.What.ACCEPTANCE,
        at,
        start=start or _intake_began(dossier),
        amount=dossier.policy.acceptance_within_hours,
        unit=Unit.WORKING_HOURS,
        cutoff="",
        reason=reason,
    )
    dossier.acceptance_due_at = found.at


def _intake_began(dossier: Dossier) -> datetime:
    """From when the acceptance limit counts: submission, or the transfer to the agency that has it now."""
    kept = dossier.promises.filter(what=Promise.What.ACCEPTANCE).order_by("-pk").values_list("inputs", flat=True)
    began = kept.first()
    assert dossier.submitted_at is not None
    return datetime.fromisoformat(began["start"]) if began else dossier.submitted_at


def _promise_result(dossier: Dossier, at: datetime, *, reason: str) -> None:
    assert dossier.accepted_at is not None
    revision = dossier.revision
    found = _keep(
        dossier,
        Promise.What.RESULT,
        at,
        start=dossier.accepted_at,
        amount=revision.time_amount or 0,
        unit=Unit(revision.time_unit),
        cutoff=revision.same_day_cutoff,
        reason=reason,
    )
    dossier.promised_at = found.at


def _keep(
    dossier: Dossier,
    what: Promise.What,
    at: datetime,
    *,
    start: datetime,
    amount: int,
    unit: Unit,
    cutoff: str,
    reason: str,
) -> Due:
    """Count, and keep the counting with what it was made from."""
    pauses = _pauses(dossier)
    found = due(
        calendar(at, agency_id=dossier.agency_id),
        start=start,
        amount=amount,
        unit=unit,
        pauses=pauses,
        same_day_cutoff=time.fromisoformat(cutoff) if cutoff else None,
    )
    Promise.objects.create(
        dossier=dossier,
        what=what,
        made_at=at,
        due_at=found.at,
        inputs={
            "start": start.isoformat(),
            "amount": amount,
            "unit": unit.value,
            "same_day_cutoff": cutoff,
            "pauses": dossier.pauses,
        },
        explanation=to_json(found)["explanation"],
        reason=reason,
    )
    return found
