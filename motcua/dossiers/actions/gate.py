"""The only door through which a dossier changes state.

`passing` locks the row, builds facts, asks `decide`, lets the verb add what is its own, and then writes state, clock,
steps, timeline, audit, paper and messages in one transaction. Two officers can never both pass: the second finds the
state already changed and is told so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.base.kept import insert, update
from motcua.dossiers.actions import clock, officers, opinions, telling
from motcua.dossiers.actions.seats import seat_of
from motcua.dossiers.facts import CONTENTS, facts_of, load, route_of
from motcua.dossiers.facts.promises import budget_of
from motcua.dossiers.models import Dossier, StepRun, TimelineEntry
from motcua.papers.actions import issue, replace_older
from motcua.papers.facts import PaperFacts
from motcua.rules import words
from motcua.rules.acts import CLOSED_STATES, Act, Audience, Clock, State
from motcua.rules.lifecycle import Follow, Granted, Refused, decide
from motcua.rules.needs import DossierFacts
from motcua.rules.people import Actor
from motcua.rules.route import STATE_OF_STEP, Step, next_step


@dataclass
class Passing:
    """An act under way: what the verb may read, and what it may add before the gate writes everything down."""

    act: Act
    dossier: Dossier
    facts: DossierFacts
    granted: Granted
    run: StepRun | None
    by: Actor
    at: datetime
    leads_on: bool = False
    """Another act follows at once in the same transaction, and writes the dossier's row for both."""
    note: str = ""
    is_public: bool = True
    paper: Callable[[], PaperFacts] | None = None
    """Makes the paper once state and clock are written."""
    paper_number: str = ""
    replaces: str = ""
    """Why the paper takes the place of the older ones of its kind, which are void from then on."""
    unit_name: str = ""
    """Whose deed it was, where that is not the unit it lies at afterwards."""
    to_step: Step | None = None
    """Set by a verb that leaves the route's order (a leader's return)."""
    holder_id: int | None = None
    budget_minutes: int | None = None
    """What the next station has, where it is not the route's own budget: what was left when it was last here."""
    is_opened: bool = False
    """The next station is in the hands of somebody who knows it (a recall): nobody takes it back from there."""
    told: dict[str, Any] = field(default_factory=dict)
    """Further values for the message."""
    details: dict[str, Any] = field(default_factory=dict)
    """What the audit event keeps besides the passage itself; never personal data that is stored elsewhere."""


def lock(code: str, *, contents: load.Contents = CONTENTS) -> Dossier:
    """The dossier of this code (or of this public id while a draft), locked until the transaction ends.

    ``contents`` is what is loaded beside it at once; a verb that reads little lets it be read when asked for.
    """
    found = load.locked(code, contents=contents)
    if found is None:
        raise Refusal("Không tìm thấy hồ sơ này.", status=404)
    return found


@contextmanager
def passing(
    act: Act, code: str, *, by: Actor, at: datetime, locked: Dossier | None = None, follows: Passing | None = None
) -> Iterator[Passing]:
    """Perform ``act`` around the body of a verb. Raises `Refusal` (403 not yours, 409 no longer possible, 422 not yet).

    ``locked`` is the dossier when the caller's transaction holds its lock already. ``follows`` is the act that went
    before in the caller's transaction and leads on to this one: the dossier is as that one left it, not read again.
    """
    with transaction.atomic(savepoint=follows is None):
        if follows is not None:
            dossier, run = follows.dossier, follows.run
        else:
            dossier = locked or lock(code)
            run = load.open_run(dossier)
        facts = facts_of(dossier, run=run, at=at)
        answer = decide(act, facts, by, dossier.policy, at)
        if isinstance(answer, Refused):
            raise refusal(answer)
        through = by.through(answer.through)
        passage = Passing(act=act, dossier=dossier, facts=facts, granted=answer, run=run, by=through, at=at)
        yield passage
        _write(passage)


def refusal(answer: Refused) -> Refusal:
    """The rules' no as the error a face shows."""
    codes = {reason.code for reason in answer.reasons}
    status = 403 if answer.hidden else 409 if codes & {"wrong_state", "already_accepted", "held"} else 422
    return Refusal([reason.words for reason in answer.reasons], status=status)


def _write(passing: Passing) -> None:
    dossier, granted = passing.dossier, passing.granted
    before = State(dossier.state)
    step = _next_station(passing)
    after = STATE_OF_STEP[step.kind] if step else granted.target
    assert after is not None
    _move_clock(passing, before)
    if step is not None:
        _enter(passing, step)
    elif after in CLOSED_STATES:
        _leave(passing)
    if granted.passage.target == Follow.RESUME:
        dossier.resume_state = ""
    elif granted.passage.clock == Clock.PAUSE:
        dossier.resume_state = before.value
    dossier.state = after.value
    if not passing.leads_on:
        update(dossier)
        clock.wake(dossier, passing.at)
    _remember(passing, before, after)


def _next_station(passing: Passing) -> Step | None:
    """The step the dossier enters, if the act moves it along its route."""
    if passing.to_step is not None:
        return passing.to_step
    if passing.act == Act.ACCEPT:
        return route_of(passing.dossier)[0]
    if passing.granted.passage.target != Follow.ROUTE:
        return None
    step = next_step(route_of(passing.dossier), passing.dossier.step_index or 0)
    if step is None:
        raise Refusal("Quy trình của thủ tục này không còn bước nào tiếp theo.", status=409)
    return step


def _move_clock(passing: Passing, before: State) -> None:
    dossier, at = passing.dossier, passing.at
    match passing.granted.passage.clock:
        case Clock.START_INTAKE:
            clock.start_intake(dossier, at)
        case Clock.START:
            clock.start(dossier, at)
        case Clock.PAUSE:
            clock.pause(dossier, passing.run, at)
            if passing.run:
                passing.run.save()
        case Clock.RESUME:
            stood = dossier.paused_at is not None
            clock.resume(dossier, passing.run, at, reason=words.HAPPENED[passing.act])
            if passing.run:
                passing.run.save()
                if stood:
                    opinions.resume(dossier, passing.run, at)
        case Clock.STOP:
            clock.stop(dossier, at)
        case Clock.NONE:
            pass


def _enter(passing: Passing, step: Step) -> None:
    """Close the present station and open the next one, in the division the route names."""
    dossier, at = passing.dossier, passing.at
    if passing.run is not None:
        _finish(passing)
    seat = seat_of(dossier, step.agency, step.division, place=f"Bước “{step.title}”", at=at)
    keeps = passing.holder_id is not None and passing.holder_id == passing.by.account_id
    division = seat.division
    run = StepRun(
        dossier=dossier,
        index=step.index,
        kind=step.kind.value,
        title=step.title,
        agency=seat.agency,
        division=division,
        unit_name=seat.name_at(dossier),
        given_by_name=passing.by.name,
        given_by_id=passing.by.account_id,
        given_at=at,
        opened_at=at if passing.is_opened else None,
        holder_id=passing.holder_id,
        holder_name=passing.by.name if keeps else "",
        budget_minutes=budget_of(dossier, step.minutes) if passing.budget_minutes is None else passing.budget_minutes,
    )
    clock.run_step(dossier, run, at)
    insert(run)
    dossier.step_index = step.index
    dossier.step_role = step.role.value
    dossier.step_division = division
    if division is not None and division.pk not in dossier.divisions:
        dossier.divisions = [*dossier.divisions, division.pk]
    dossier.holder_id = passing.holder_id
    dossier.supplement_proposed = False
    passing.run = run
    officers.tell_step_given(dossier, run, by=passing.by, at=at, note=passing.note)
    if step.opinions:
        opinions.ask_as_routed(dossier, run, step, by=passing.by, at=at)


def _leave(passing: Passing) -> None:
    """A closed dossier is nobody's work."""
    if passing.run is not None:
        _finish(passing)
    passing.dossier.closed_at = passing.at
    passing.dossier.holder_id = None
    passing.dossier.due_at = None


def _finish(passing: Passing) -> None:
    run = passing.run
    assert run is not None
    if passing.facts.asked_of or passing.facts.state == State.AWAITING_SUPPLEMENT:
        opinions.drop(passing.dossier, at=passing.at)
    run.holder_name = run.holder_name or passing.by.name
    clock.finish_step(run, passing.at, note=passing.note)
    update(run)


def _for_whom(passing: Passing) -> dict[str, Any]:
    """The account in whose place a stand-in acted, for the audit."""
    post = passing.granted.through
    return {} if post is None or post.instead_of_id is None else {"instead_of": post.instead_of_id}


def _remember(passing: Passing, before: State, after: State) -> None:
    """Timeline, audit, paper and messages: written with the change or not at all."""
    dossier, act, at = passing.dossier, passing.act, passing.at
    entry = TimelineEntry(
        dossier=dossier,
        at=at,
        act=act.value,
        state_after=after.value,
        by_account_id=passing.by.account_id,
        by_name=passing.by.name,
        unit_name=passing.unit_name or (passing.run.unit_name if passing.run else dossier.agency.name),
        note=passing.note,
        is_public=passing.is_public,
    )
    insert(entry)
    record(
        subject=dossier.subject,
        verb=act.value,
        by=passing.by,
        at=at,
        body={
            "code": dossier.code,
            "from": before.value,
            "to": after.value,
            "note": passing.note,
            **_for_whom(passing),
            **passing.details,
        },
    )
    data = passing.paper() if passing.paper else None
    if (data.kind if data else None) != passing.granted.passage.paper:
        raise RuntimeError(f"{act}: its verb must leave the paper the table of acts names, and no other")
    if data is not None:
        issued = issue(
            data.kind,
            subject=dossier.code or "",
            agency_code=dossier.agency.code,
            data=data,
            number=passing.paper_number,
            by=passing.by,
            at=at,
        )
        if passing.replaces:
            replace_older(issued, passing.replaces, by=passing.by, at=at)
        passing.told.setdefault("paper_link", telling.paper_link(dossier, issued.pk))
    if passing.granted.passage.tells == Audience.APPLICANT:
        telling.tell_applicant(dossier, act, at=at, note=passing.note, **passing.told)
