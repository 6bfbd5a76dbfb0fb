"""Every pair of acts that can meet on one dossier, done at once over two connections.

The pairs are computed from the table of acts, so that a new act cannot be forgotten. In each race both have read the
dossier before either writes; then the second finds what the first made of it: it is refused plainly or applied after
it, never on top of what it read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations_with_replacement
from typing import Any

import pytest
from django.db.models import QuerySet

from motcua.audit import queries as audit
from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import dossier_of, offers
from motcua.policy import queries as policy
from motcua.rules import needs
from motcua.rules.acts import CLOSED_STATES, Act, State
from motcua.rules.lifecycle import TABLE, Follow, Granted
from motcua.rules.promise import Waiting, stands_from
from motcua.rules.route import STATE_OF_STEP
from motcua.rules.worktime import working_minutes
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.racing import DEEDS, Field, nobody_locks

APART = {
    Act.SUBMIT: "the only act on a draft; filing twice at once is one dossier (tests/faces/test_races.py)",
    Act.PASS_ON: "PROPOSE with another examination next; at one station only one of the two is possible",
}
"""Acts without a race of their own, and why."""

OPPOSED = {
    (needs.nothing_marked_wrong, needs.something_marked_wrong): "one needs a mark that the other forbids",
    (needs.prepaid, needs.prepayment_due): "one needs paid what the other needs unpaid",
    (needs.within_supplement_rounds, needs.rounds_used_up): "one needs a round left, the other none",
    (needs.paper_arrived, needs.paper_awaited): "one needs the paper here, the other still under way",
    (needs.fees_settled, needs.something_to_pay): "one needs paid what the other needs unpaid",
    (needs.division_asked_for_supplement, needs.not_opened): "who asked for the supplement has opened it",
    (needs.everything_judged, needs.not_opened): "who judged it has opened it",
}
"""Needs that no one dossier meets both: of two acts with them at most one is possible, before any race."""

FURTHER = {
    State.SUBMITTED: [
        (Act.TRANSFER, Act.ACCEPT), (Act.ACCEPT, Act.TRANSFER), (Act.SUCCEED, Act.ACCEPT), (Act.TRANSFER, Act.SUCCEED),
        (Act.ACCEPT, Act.JUDGE), (Act.DECLINE, Act.ACCEPT), (Act.ACCEPT, Act.WITHDRAW),
    ],
    State.EXAMINING: [
        (Act.ASSIGN, Act.PROPOSE), (Act.PROPOSE, Act.ASSIGN), (Act.PROPOSE, Act.CONSULT), (Act.CONSULT, Act.PROPOSE),
        (Act.OPEN_CHILD, Act.PROPOSE), (Act.PROPOSE, Act.OPEN_CHILD), (Act.RETURN_TO_GIVER, Act.OPINE),
        (Act.DRAFT_RESULT, Act.PROPOSE), (Act.PROPOSE, Act.DRAFT_RESULT), (Act.ASSIGN, Act.RECALL),
        (Act.SUCCEED, Act.PROPOSE),
    ],
    State.AWAITING_APPROVAL: [(Act.SIGN_APOLOGY, Act.APPROVE), (Act.APPROVE, Act.STOP), (Act.SUCCEED, Act.APPROVE)],
    State.AWAITING_SEAL: [
        (Act.SEAL, Act.SIGN_APOLOGY), (Act.SIGN_APOLOGY, Act.SEAL), (Act.SEAL, Act.DRAFT_APOLOGY),
        (Act.RESCHEDULE, Act.SEAL), (Act.SEAL, Act.RESCHEDULE), (Act.SIGN_APOLOGY, Act.DRAFT_APOLOGY),
        (Act.SEAL, Act.WITHDRAW),
    ],
}  # fmt: skip
"""Pairs of which one stays where it is and the order still matters, and further orders; the first named wins."""

ONCE = frozenset(
    {
        Act.SIGN_APOLOGY, Act.RECORD_ARRIVAL, Act.ALLOW_SUPPLEMENT, Act.COLLECT_FEE, Act.OPINE, Act.OPEN_CHILD,
        Act.TRANSFER,
    }
)  # fmt: skip
"""Acts that leave the dossier where it is and still happen only once."""

Pair = tuple[Act, Act]
Written = list[tuple[str, dict[str, Any]]]


def moves(act: Act, state: State) -> bool:
    """Whether the act takes a dossier out of this state."""
    target = TABLE[act].target
    if target is Follow.RESUME:
        return state in {State.AWAITING_PAYMENT, State.AWAITING_SUPPLEMENT}
    return target is not Follow.STAY


def opposed(one: Act, other: Act) -> str:
    """Why the two cannot both be possible on one dossier; empty when they can."""
    for (left, right), why in OPPOSED.items():
        for first, second in ((one, other), (other, one)):
            if left in TABLE[first].needs and right in TABLE[second].needs:
                return why
    return ""


def races() -> dict[State, list[Pair]]:
    """Each pair once, where it meets first: both move the dossier, one ends it, or both are the same."""
    met: set[frozenset[Act]] = set()
    found: dict[State, list[Pair]] = {}
    for state in State:
        acts = [act for act, row in TABLE.items() if state in row.sources and act not in APART]
        for one, other in combinations_with_replacement(acts, 2):
            ends = any(TABLE[act].target in CLOSED_STATES for act in (one, other))
            race = (moves(one, state) and moves(other, state)) or ends or one is other
            if race and frozenset((one, other)) not in met and not opposed(one, other):
                met.add(frozenset((one, other)))
                turned = (sum(map(len, (one, other))) + len(state)) % 2
                found.setdefault(state, []).append((other, one) if turned else (one, other))
        found.setdefault(state, []).extend(FURTHER.get(state, []))
    return {state: pairs for state, pairs in found.items() if pairs}


def test_every_act_races_or_it_is_said_why_not() -> None:
    raced = {act for pairs in races().values() for pair in pairs for act in pair}
    assert raced | set(APART) == set(Act)
    assert set(DEEDS) | set(APART) == set(Act)


@pytest.fixture
def field(transactional_db: None, at: datetime) -> Iterator[Field]:
    policy.forget()
    found = Field(Cast(at), at)
    yield found
    found.pair.close()


@accepts("BD-10")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", list(races()), ids=lambda state: state.value)
def test_of_two_acts_at_once_the_second_finds_what_the_first_made(field: Field, state: State) -> None:
    for first, second in races()[state]:
        race(field, state, first, second)
    assert list(audit.verify()) == []


@pytest.mark.django_db(transaction=True)
def test_of_leader_and_clock_who_send_the_apology_at_once_one_is_heard(field: Field) -> None:
    from tests.rooms.late import SYSTEM

    code = field.ready(State.EXAMINING, Act.SIGN_APOLOGY)
    quang = field.cast.quang
    sent, late = field.pair.at_once(
        lambda: field.doing(Act.SIGN_APOLOGY, code, quang), lambda: field.doing(Act.SIGN_APOLOGY, code, SYSTEM)
    )
    assert isinstance(sent, Dossier)
    assert isinstance(late, Refusal) and late.status == 422
    apology = Dossier.objects.select_related("apology").get(code=code).apology
    assert (apology.by_the_clock, apology.signed_by_name) == (False, quang.name)
    assert list(audit.verify()) == []


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_races_would_be_lost(field: Field) -> None:
    """What the other tests rest on: the races are real, and their checks see it."""
    for state, first, second in (
        (State.SUBMITTED, Act.WITHDRAW, Act.DECLINE),
        (State.AWAITING_APPROVAL, Act.APPROVE, Act.STOP),
        (State.RESULT_READY, Act.DELIVER, Act.DELIVER),
    ):
        with pytest.raises(AssertionError):
            race(field, state, first, second, how=nobody_locks)


def race(field: Field, state: State, first: Act, second: Act, **how: Any) -> None:
    code = field.ready(state, first, second)
    actors = field.who(first, state), field.who(second, state, again=first is second)
    where = f"{first} and then {second} in {state}"
    before = whole(code)
    assert before.state == state, where
    for act, actor in zip((first, second), actors, strict=True):
        answer = offers(dossier_of(code, actor), actor, at=field.later).get(act)
        assert isinstance(answer, Granted), f"{where}: {act} alone would be refused: {answer}"
    seen = events(before).count()
    answers = field.pair.at_once(
        lambda: field.doing(first, code, actors[0]), lambda: field.doing(second, code, actors[1]), **how
    )
    faults = [answer for answer in answers if isinstance(answer, Exception) and not isinstance(answer, Refusal)]
    assert not faults, f"{where}: {faults}"
    written = list(events(before)[seen:].values_list("verb", "body"))
    assert not isinstance(answers[0], Refusal), f"{where}: {answers[0]}"
    check_order(before, whole(code), written, first, second, refused=isinstance(answers[1], Refusal), where=where)
    assert not (first is second and first in ONCE) or isinstance(answers[1], Refusal), where
    if isinstance(answers[1], Refusal):
        assert answers[1].status in {403, 409, 422}, f"{where}: {answers[1].status}"
        assert answers[1].messages and all(answers[1].messages), where
    check_whole(whole(code), before, field, where)


def check_order(
    before: Dossier, after: Dossier, written: Written, first: Act, second: Act, *, refused: bool, where: str
) -> None:
    """The record is one line from what was to what is: each act begins where the one before it ended."""
    stands = State(before.state)
    for verb, body in written:
        assert body["from"] == stands, f"{where}: {verb} was done on a dossier {body['from']} that was {stands}"
        assert State(body["from"]) in TABLE[Act(verb)].sources, where
        stands = State(body["to"])
    assert after.state == stands, where
    verbs = [Act(verb) for verb, _ in written if verb != Act.FORWARD or first is Act.FORWARD or second is Act.FORWARD]
    told = [] if Act.RESCHEDULE not in (first, second) else [Act.RESCHEDULE]  # writes nothing where nothing moves
    wanted = [first] if refused else [first, second]
    assert [act for act in verbs if act not in told] == [act for act in wanted if act not in told], where
    assert list(after.timeline.order_by("pk").values_list("act", flat=True))[-len(written) :] == [
        verb for verb, _ in written
    ], where


def check_whole(after: Dossier, before: Dossier, field: Field, where: str) -> None:
    """One open station of a living dossier, in its state and its holder's hands; every minute on exactly one."""
    runs = list(after.steps.order_by("pk"))
    open_ones = [run for run in runs if run.finished_at is None]
    living = after.accepted_at is not None and not after.is_closed
    assert len(open_ones) == int(living), where
    if living:
        assert open_ones[0].holder_id == after.holder_id, where
        stood = State(after.resume_state or after.state)
        assert STATE_OF_STEP[open_ones[0].kind] == stood, f"{where}: {open_ones[0].kind} in {stood}"
    if before.accepted_at is None or before.paused_at is not None or before.state == State.RESULT_READY:
        return
    hours = policy.calendar(field.later, agency_id=after.agency_id)
    running = [run for run in open_ones if run.running_since is not None]
    minutes = sum(run.used_minutes for run in runs)
    minutes += sum(working_minutes(hours, run.running_since, field.later) for run in running)
    lost = 60 * sum(stand.why is Waiting.OUTAGE for stand in stands_from(after.pauses))
    assert minutes == working_minutes(hours, before.accepted_at, field.later) - lost, where


def whole(code: str) -> Dossier:
    return Dossier.objects.get(code=code)


def events(dossier: Dossier) -> QuerySet[Event]:
    return Event.objects.filter(subject_id=str(dossier.public_id)).exclude(verb="start").order_by("seq")
