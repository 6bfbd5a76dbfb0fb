"""The dossier's clock: when acceptance is due, when the result is promised, what a pause does to both.

NĐ 61/2018 điều 17–19; rules of counting in `rules.worktime`. A date is never edited by hand: it is derived from what
happened (`facts.promises`), and each derivation is kept as a `Promise` with its explanation.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from motcua.base.kept import insert
from motcua.dossiers.facts.promises import counting_of, starts_anew, step_due, why_it_stands
from motcua.dossiers.models import Alarm, Dossier, Promise, StepRun
from motcua.policy.queries import calendar
from motcua.rules.acts import StepKind
from motcua.rules.promise import Stand, Waiting, lost_minutes, stands_from
from motcua.rules.worktime import add_working_minutes, to_json, working_minutes

_SET_ALARM = """
INSERT INTO dossiers_alarm (dossier_id, ring_at) VALUES (%s, %s)
ON CONFLICT (dossier_id) DO UPDATE SET ring_at = excluded.ring_at
"""


def start_intake(dossier: Dossier, at: datetime) -> None:
    """The acceptance limit counts from submission in working hours (HY-25, BN-11)."""
    dossier.submitted_at = at
    promise(dossier, Promise.What.ACCEPTANCE, at, reason="")
    dossier.due_at = dossier.acceptance_due_at


def restart_intake(dossier: Dossier, at: datetime, *, reason: str) -> None:
    """The whole acceptance limit once more, in the hours of the agency it was handed to; the old one stays among the
    promises with its explanation.
    """
    dossier.transferred_at = at
    promise(dossier, Promise.What.ACCEPTANCE, at, reason=reason)
    dossier.due_at = dossier.acceptance_due_at


def start(dossier: Dossier, at: datetime) -> None:
    """The time for settling counts from acceptance; the first date promised is kept for ever."""
    dossier.accepted_at = at
    promise(dossier, Promise.What.RESULT, at, reason="")
    dossier.first_promised_at = dossier.promised_at


def pause(dossier: Dossier, run: StepRun | None, at: datetime) -> None:
    """While the applicant is awaited the clock stands, for the dossier and for the step that holds it."""
    dossier.paused_at = at
    dossier.due_at = None
    if run is not None and run.running_since is not None:
        run.used_minutes += _ran(run, run.running_since, at)
        run.running_since = run.due_at = None


def resume(dossier: Dossier, run: StepRun | None, at: datetime, *, reason: str) -> None:
    """The remainder counts on, or the whole time anew where the procedure says so: a new acceptance limit before
    acceptance, a new promised date after it."""
    if dossier.paused_at is None:
        return
    anew = starts_anew(dossier)
    _close_pause(dossier, at)
    if dossier.accepted_at is None:
        promise(dossier, Promise.What.ACCEPTANCE, at, reason=reason)
        dossier.due_at = dossier.acceptance_due_at
    else:
        promise(dossier, Promise.What.RESULT, at, reason=reason)
    if run is not None:
        if anew:
            run.budget_minutes += run.used_minutes
        run_step(dossier, run, at)


def stop(dossier: Dossier, at: datetime) -> None:
    """Nothing is due any more; an open pause ends here."""
    if dossier.paused_at is not None:
        _close_pause(dossier, at)
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
    falls_due(dossier, run)


def falls_due(dossier: Dossier, run: StepRun | None) -> None:
    """What falls due first: the step's own limit, or the date promised to the applicant when that is nearer or gone."""
    if dossier.accepted_at is None:
        dossier.due_at = dossier.acceptance_due_at
    else:
        dates = [run.due_at if run is not None else None, dossier.promised_at]
        dossier.due_at = min((each for each in dates if each is not None), default=None)


def finish_step(run: StepRun, at: datetime, *, note: str = "") -> None:
    """Close a step with the working minutes it used."""
    if run.running_since is not None:
        run.used_minutes += _ran(run, run.running_since, at)
        run.running_since = None
    run.finished_at = at
    run.note = note[:1000]


def promise(dossier: Dossier, what: Promise.What, at: datetime, *, reason: str) -> Promise:
    """Count a date and keep the counting with what it was made from; the first promised date is never touched."""
    counting = counting_of(dossier, what)
    found = counting.count(calendar(at, agency_id=dossier.agency_id))
    if what == Promise.What.ACCEPTANCE:
        dossier.acceptance_due_at = found.at
    else:
        dossier.promised_at = found.at
    made = Promise(
        dossier=dossier,
        what=what,
        made_at=at,
        due_at=found.at,
        inputs=counting.to_data(),
        explanation=to_json(found)["explanation"],
        reason=reason[:300],
    )
    insert(made)
    return made


def recount_step(run: StepRun, at: datetime) -> bool:
    """The limit of an open step in the calendar as it is now; whether it moved."""
    new = step_due(run, calendar(at, agency_id=run.agency_id))
    if new is None or new == run.due_at:
        return False
    run.due_at = new
    return True


def take_off(dossier: Dossier, run: StepRun, outage: Stand, at: datetime) -> bool:
    """Give the step in hand back the working minutes an outage took from it; whether there were any. It may have run
    through the outage and stand by the time the outage is recorded.
    """
    if outage.end is None or (run.running_since is None and dossier.paused_at is None):
        return False
    hours = calendar(at, agency_id=run.agency_id)
    standing = [stand for stand in stands_from(dossier.pauses) if stand.why is not Waiting.OUTAGE]
    if dossier.paused_at is not None:
        standing.append(Stand(dossier.paused_at, None))
    lost = lost_minutes(hours, run.given_at, at, outage=outage, stands=standing)
    if not lost:
        return False
    if run.running_since is None:
        run.used_minutes = max(run.used_minutes - lost, 0)
        return True
    run.used_minutes = max(run.used_minutes + _ran(run, run.running_since, at) - lost, 0)
    run.running_since = max(at, run.running_since)
    return recount_step(run, at) or True


def wake(dossier: Dossier, at: datetime) -> None:
    """Have the bells of a dossier looked at anew, now that something has happened to it."""
    if dossier.is_closed:
        Alarm.objects.filter(dossier=dossier).delete()
    else:
        with connection.cursor() as cursor:
            cursor.execute(_SET_ALARM, [dossier.pk, at])


def _close_pause(dossier: Dossier, at: datetime) -> None:
    assert dossier.paused_at is not None
    stand = Stand(dossier.paused_at, max(at, dossier.paused_at), why_it_stands(dossier))
    dossier.pauses = [*dossier.pauses, stand.to_data()]
    dossier.paused_at = None


def _ran(run: StepRun, since: datetime, at: datetime) -> int:
    """Working minutes since the step was set running. Never less than none: two machines' clocks differ a little, and
    who acts on the slower one must not be stopped by it.
    """
    return max(0, working_minutes(calendar(at, agency_id=run.agency_id), since, at))


def left_of(run: StepRun, at: datetime) -> int:
    """Working minutes left of the budget of a step that is open at this moment; none when it is used up."""
    ran = _ran(run, run.running_since, at) if run.running_since is not None else 0
    return max(run.budget_minutes - run.used_minutes - ran, 0)
