"""The table of acts and the one question asked of it: may this actor do this now, and if not, why not?

NĐ 61/2018 điều 17–20 in software terms. From one row follow: permission, the officer's button and its reason, the
timeline's words, the paper, the message. Nothing else in the house decides whether a dossier may move.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.rules.acts import CLOSED_STATES, Act, Audience, Clock, Paper, State
from motcua.rules.needs import (
    DossierFacts,
    Need,
    Reason,
    answer_is_overdue,
    apology_is_drafted,
    approval_comes_next,
    children_done,
    complete,
    digitised,
    division_asked_for_supplement,
    everything_judged,
    examination_comes_next,
    fees_settled,
    leader_signed,
    marks_answered,
    no_apology_yet,
    not_a_child,
    not_opened,
    not_taken_in,
    nothing_marked_wrong,
    opinions_given,
    paper_arrived,
    paper_awaited,
    prepaid,
    prepayment_due,
    reason_why,
    result_drafted,
    rounds_used_up,
    slip_given,
    something_marked_wrong,
    something_to_pay,
    within_supplement_rounds,
)
from motcua.rules.people import Actor, Post, Role, at_counter
from motcua.rules.policy import Policy
from motcua.rules.route import DECIDABLE


class Follow(StrEnum):
    """Targets that depend on the dossier: unchanged, back to where it stood, or the next step of its route."""

    STAY = "stay"
    RESUME = "resume"
    ROUTE = "route"


class Relation(StrEnum):
    """What must tie an officer's post to the dossier."""

    OWNER = "owner"
    COUNTER = "counter"
    STEP = "step"
    DIVISION = "division"
    AGENCY = "agency"
    GIVER = "giver"
    ASKED = "asked"
    FILER = "filer"
    CARRIER = "carrier"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Passage:
    """One row of the table of acts."""

    sources: frozenset[State]
    target: State | Follow
    roles: Mapping[Role, Relation]
    needs: tuple[Need, ...] = ()
    clock: Clock = Clock.NONE
    paper: Paper | None = None
    tells: Audience = Audience.NOBODY
    exclusive: bool = True
    """Only the holder acts once somebody holds the step."""


_OWNER = {Role.APPLICANT: Relation.OWNER}
_COUNTER = {Role.COUNTER_OFFICER: Relation.COUNTER}
_EXAMINER = {Role.CASE_OFFICER: Relation.STEP, Role.DIVISION_HEAD: Relation.STEP}
_APPROVER = {Role.LEADER: Relation.STEP, Role.DIVISION_HEAD: Relation.STEP}
_LEADER = {Role.LEADER: Relation.AGENCY}
_SYSTEM = {Role.SYSTEM: Relation.SYSTEM}
_GIVER = dict.fromkeys(
    (Role.COUNTER_OFFICER, Role.CASE_OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.RECORDS_CLERK), Relation.GIVER
)
_OPEN = frozenset(State) - CLOSED_STATES - {State.DRAFT}
_UNFINISHED = frozenset({State.ACCEPTED, State.EXAMINING, State.AWAITING_APPROVAL, State.AWAITING_SEAL})

TABLE: Mapping[Act, Passage] = {
    Act.SUBMIT: Passage(
        sources=frozenset({State.DRAFT}),
        target=State.SUBMITTED,
        roles={**_OWNER, **_COUNTER, Role.POSTAL_CLERK: Relation.FILER, **_SYSTEM},
        needs=(complete,),
        clock=Clock.START_INTAKE,
        paper=Paper.SUBMISSION_RECEIPT,
        tells=Audience.APPLICANT,
    ),
    Act.SUPPLEMENT: Passage(
        sources=frozenset({State.AWAITING_SUPPLEMENT}),
        target=Follow.RESUME,
        roles={**_OWNER, **_COUNTER},
        needs=(marks_answered, complete),
        clock=Clock.RESUME,
        tells=Audience.APPLICANT,
        exclusive=False,
    ),
    Act.WITHDRAW: Passage(
        sources=frozenset(
            {
                State.SUBMITTED,
                State.AWAITING_SUPPLEMENT,
                State.AWAITING_PAYMENT,
                State.ACCEPTED,
                State.EXAMINING,
                State.AWAITING_APPROVAL,
                State.AWAITING_SEAL,
            }
        ),
        target=State.WITHDRAWN,
        roles={**_OWNER, **_COUNTER},
        clock=Clock.STOP,
        tells=Audience.APPLICANT,
        exclusive=False,
    ),
    Act.JUDGE: Passage(
        sources=frozenset({State.SUBMITTED, State.AWAITING_PAYMENT, State.EXAMINING}),
        target=Follow.STAY,
        roles={**_COUNTER, **_EXAMINER},
    ),
    Act.REQUEST_SUPPLEMENT: Passage(
        sources=frozenset({State.SUBMITTED, State.EXAMINING}),
        target=State.AWAITING_SUPPLEMENT,
        roles=_COUNTER,
        needs=(division_asked_for_supplement, everything_judged, something_marked_wrong, within_supplement_rounds),
        clock=Clock.PAUSE,
        paper=Paper.SUPPLEMENT_NOTICE,
        tells=Audience.APPLICANT,
        exclusive=False,
    ),
    Act.DECLINE: Passage(
        sources=frozenset({State.SUBMITTED, State.AWAITING_PAYMENT}),
        target=State.DECLINED,
        roles=_COUNTER,
        needs=(not_taken_in,),
        clock=Clock.STOP,
        paper=Paper.DECLINE_NOTICE,
        tells=Audience.APPLICANT,
    ),
    Act.REQUEST_PAYMENT: Passage(
        sources=frozenset({State.SUBMITTED, State.EXAMINING}),
        target=State.AWAITING_PAYMENT,
        roles={**_COUNTER, **_EXAMINER},
        needs=(prepayment_due, nothing_marked_wrong),
        clock=Clock.PAUSE,
        tells=Audience.APPLICANT,
    ),
    Act.COLLECT_FEE: Passage(
        sources=frozenset(
            {
                State.SUBMITTED,
                State.AWAITING_PAYMENT,
                State.ACCEPTED,
                State.EXAMINING,
                State.AWAITING_APPROVAL,
                State.AWAITING_SEAL,
                State.RESULT_READY,
            }
        ),
        target=Follow.RESUME,
        roles=_COUNTER,
        needs=(something_to_pay,),
        clock=Clock.RESUME,
        tells=Audience.APPLICANT,
        exclusive=False,
    ),
    Act.ACCEPT: Passage(
        sources=frozenset({State.SUBMITTED}),
        target=State.ACCEPTED,
        roles=_COUNTER,
        needs=(complete, nothing_marked_wrong, prepaid, digitised),
        clock=Clock.START,
        paper=Paper.APPOINTMENT_SLIP,
        tells=Audience.APPLICANT,
    ),
    Act.FORWARD: Passage(
        sources=frozenset({State.ACCEPTED}),
        target=Follow.ROUTE,
        roles=_COUNTER,
        paper=Paper.CONTROL_SHEET,
        exclusive=False,
    ),
    Act.ASSIGN: Passage(
        sources=frozenset({State.EXAMINING}),
        target=Follow.STAY,
        roles={Role.CASE_OFFICER: Relation.STEP, Role.DIVISION_HEAD: Relation.DIVISION},
        exclusive=False,
    ),
    Act.PROPOSE_SUPPLEMENT: Passage(
        sources=frozenset({State.EXAMINING}),
        target=Follow.STAY,
        roles=_EXAMINER,
        needs=(everything_judged, something_marked_wrong, within_supplement_rounds),
    ),
    Act.DRAFT_RESULT: Passage(
        sources=frozenset({State.EXAMINING}),
        target=Follow.STAY,
        roles=_EXAMINER,
    ),
    Act.PASS_ON: Passage(
        sources=frozenset({State.EXAMINING}),
        target=Follow.ROUTE,
        roles=_EXAMINER,
        needs=(examination_comes_next, opinions_given),
    ),
    Act.PROPOSE: Passage(
        sources=frozenset({State.EXAMINING}),
        target=Follow.ROUTE,
        roles=_EXAMINER,
        needs=(approval_comes_next, result_drafted, opinions_given, children_done, paper_arrived),
    ),
    Act.SEND_BACK: Passage(
        sources=frozenset({State.AWAITING_APPROVAL}),
        target=State.EXAMINING,
        roles=_APPROVER,
    ),
    Act.APPROVE: Passage(
        sources=frozenset({State.AWAITING_APPROVAL}),
        target=Follow.ROUTE,
        roles=_APPROVER,
        needs=(result_drafted,),
    ),
    Act.SEAL: Passage(
        sources=frozenset({State.AWAITING_SEAL}),
        target=Follow.ROUTE,
        roles={Role.RECORDS_CLERK: Relation.STEP},
        needs=(leader_signed, result_drafted),
        clock=Clock.STOP,
        paper=Paper.RESULT,
        tells=Audience.APPLICANT,
    ),
    Act.DELIVER: Passage(
        sources=frozenset({State.RESULT_READY}),
        target=State.DELIVERED,
        roles={**_COUNTER, **_SYSTEM, Role.POSTAL_CLERK: Relation.CARRIER},
        needs=(fees_settled,),
        paper=Paper.HANDOVER_RECORD,
        tells=Audience.APPLICANT,
        exclusive=False,
    ),
    Act.RECORD_ARRIVAL: Passage(
        sources=_OPEN,
        target=Follow.STAY,
        roles=_COUNTER,
        needs=(paper_awaited,),
        tells=Audience.APPLICANT,
        exclusive=False,
    ),
    Act.ALLOW_SUPPLEMENT: Passage(
        sources=frozenset({State.SUBMITTED, State.EXAMINING}),
        target=Follow.STAY,
        roles=_LEADER,
        needs=(rounds_used_up,),
        exclusive=False,
    ),
    Act.CLOSE_UNANSWERED: Passage(
        sources=frozenset({State.AWAITING_SUPPLEMENT}),
        target=State.STOPPED,
        roles=_SYSTEM,
        needs=(answer_is_overdue,),
        clock=Clock.STOP,
        paper=Paper.STOP_NOTICE,
        tells=Audience.APPLICANT,
        exclusive=False,
    ),
    Act.DRAFT_APOLOGY: Passage(
        sources=_UNFINISHED,
        target=Follow.STAY,
        roles={**_EXAMINER, **_COUNTER, **_LEADER, **_SYSTEM},
        needs=(no_apology_yet,),
        exclusive=False,
    ),
    Act.SIGN_APOLOGY: Passage(
        sources=_UNFINISHED,
        target=Follow.STAY,
        roles={**_LEADER, **_SYSTEM},
        needs=(no_apology_yet, apology_is_drafted),
        paper=Paper.APOLOGY_NOTICE,
        tells=Audience.APPLICANT,
        exclusive=False,
    ),
    Act.RESCHEDULE: Passage(
        sources=_OPEN,
        target=Follow.STAY,
        roles=_SYSTEM,
        tells=Audience.APPLICANT,
        exclusive=False,
    ),
    Act.CONSULT: Passage(
        sources=frozenset({State.EXAMINING}),
        target=Follow.STAY,
        roles=_EXAMINER,
    ),
    Act.OPINE: Passage(
        sources=frozenset({State.EXAMINING}),
        target=Follow.STAY,
        roles={Role.CASE_OFFICER: Relation.ASKED, Role.DIVISION_HEAD: Relation.ASKED, Role.LEADER: Relation.ASKED},
        exclusive=False,
    ),
    Act.OPEN_CHILD: Passage(
        sources=frozenset({State.EXAMINING}),
        target=Follow.STAY,
        roles=_EXAMINER,
        needs=(not_a_child,),
    ),
    Act.RECALL: Passage(
        sources=frozenset({State.EXAMINING, State.AWAITING_APPROVAL, State.AWAITING_SEAL}),
        target=Follow.ROUTE,
        roles=_GIVER,
        needs=(not_opened,),
        exclusive=False,
    ),
    Act.RETURN_TO_GIVER: Passage(
        sources=frozenset({State.EXAMINING, State.AWAITING_SEAL}),
        target=Follow.ROUTE,
        roles={**_EXAMINER, Role.RECORDS_CLERK: Relation.STEP},
    ),
    Act.STOP: Passage(
        sources=frozenset({State.ACCEPTED, State.EXAMINING, State.AWAITING_APPROVAL, State.AWAITING_SUPPLEMENT}),
        target=State.STOPPED,
        roles=_LEADER,
        clock=Clock.STOP,
        paper=Paper.STOP_NOTICE,
        tells=Audience.APPLICANT,
        exclusive=False,
    ),
    Act.TRANSFER: Passage(
        sources=frozenset({State.SUBMITTED}),
        target=Follow.STAY,
        roles=_COUNTER,
        needs=(not_a_child,),
        tells=Audience.APPLICANT,
    ),
    Act.CORRECT: Passage(
        sources=_OPEN - {State.SUBMITTED, State.AWAITING_PAYMENT},
        target=Follow.STAY,
        roles=_COUNTER,
        needs=(slip_given,),
        paper=Paper.APPOINTMENT_SLIP,
        tells=Audience.APPLICANT,
        exclusive=False,
    ),
    Act.SUCCEED: Passage(
        sources=_OPEN,
        target=Follow.STAY,
        roles=_SYSTEM,
        tells=Audience.APPLICANT,
        exclusive=False,
    ),
}


LEFT_TO_THE_ROUTE = frozenset({Act.OPEN_CHILD}).union(*DECIDABLE.values())
"""What a step of a route may be given or denied (`rules.route.Step.decides`); all else follows from its kind."""


@dataclass(frozen=True, slots=True)
class Granted:
    """The act may happen; ``target`` is the state after it, None when the route decides.

    ``through`` is the post by which it may: one's own where one will do, else that of a colleague one stands in for.
    """

    passage: Passage
    target: State | None
    through: Post | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The act may not happen; every reason, not only the first. ``taken`` says somebody else was first."""

    reasons: tuple[Reason, ...]
    hidden: bool = False
    """The act is none of this actor's business: no button, not even a greyed one."""


def decide(act: Act, facts: DossierFacts, actor: Actor, policy: Policy, at: datetime) -> Granted | Refused:
    """Whether ``actor`` may perform ``act`` on a dossier with these facts at this moment."""
    passage = TABLE[act]
    parts = _parts(passage, facts, actor)
    if not parts:
        return Refused((reason_why("not_yours"),), hidden=True)
    if facts.state not in passage.sources:
        return Refused((reason_why(_state_code(act, facts.state)),))
    if act in LEFT_TO_THE_ROUTE and facts.step_decides is not None and act not in facts.step_decides:
        return Refused((reason_why("step_cannot"),), hidden=True)
    free = [part for part in parts if not passage.exclusive or facts.holder_id in (None, actor.hand(part))]
    if not free:
        return Refused((reason_why("held", name=facts.holder_name),))
    reasons = tuple(reason for need in passage.needs if (reason := need(facts, policy)) is not None)
    if reasons:
        return Refused(reasons)
    own = (part for part in free if part is None or part.instead_of_id is None)
    return Granted(passage, _target(passage, facts), next(own, free[0]))


def does_step(facts: DossierFacts, actor: Actor) -> bool:
    """Whether the present step is this actor's to do, whoever holds it."""
    return any(_tied(post, Relation.STEP, facts, actor) for post in actor.posts)


def is_asked(agency_id: int, division_id: int | None, actor: Actor) -> Post | None:
    """The post by which this actor may answer for a unit that was asked for its opinion; None: not at all."""
    roles = TABLE[Act.OPINE].roles
    for post in (*actor.own_posts, *actor.posts):
        in_unit = post.agency_id == agency_id and (division_id is None or post.division_id in (None, division_id))
        if in_unit and post.role in roles:
            return post
    return None


def _state_code(act: Act, state: State) -> str:
    """The reason why the state forbids: a lost race reads differently from a wrong order."""
    return "already_accepted" if act == Act.ACCEPT and state not in TABLE[act].sources else "wrong_state"


def _target(passage: Passage, facts: DossierFacts) -> State | None:
    match passage.target:
        case Follow.STAY:
            return facts.state
        case Follow.RESUME:
            return facts.resume_state or facts.state
        case Follow.ROUTE:
            return None
        case _:
            return State(passage.target)


def _parts(passage: Passage, facts: DossierFacts, actor: Actor) -> list[Post | None]:
    """Everything that ties the actor to the act: posts, or None for the owner and for the system itself."""
    found: list[Post | None] = []
    for role, relation in passage.roles.items():
        if relation == Relation.OWNER:
            if actor.account_id is not None and actor.account_id == facts.applicant_id:
                found.append(None)
        elif relation == Relation.SYSTEM:
            if actor.is_system:
                found.append(None)
        else:
            found += [post for post in actor.posts if post.role == role and _tied(post, relation, facts, actor)]
    return found


def _tied(post: Post, relation: Relation, facts: DossierFacts, actor: Actor) -> bool:
    if relation == Relation.GIVER:
        return facts.given_by_id is not None and facts.given_by_id == actor.hand(post)
    if relation == Relation.FILER:
        return facts.filed_by_id is not None and facts.filed_by_id == actor.account_id
    if relation == Relation.CARRIER:
        return facts.carrier_id is not None and post.agency_id == facts.carrier_id
    if relation == Relation.ASKED:
        return any(
            post.agency_id == agency and (division is None or post.division_id in (None, division))
            for agency, division in facts.asked_of
        )
    if relation == Relation.AGENCY:
        return post.agency_id == facts.agency_id
    if relation == Relation.COUNTER:
        return at_counter(
            post,
            agency_id=facts.agency_id,
            counter_id=facts.counter_id,
            taken_in_by_id=facts.taken_in_by_id,
        )
    if post.agency_id != (facts.step_agency_id or facts.agency_id):
        return False
    in_division = facts.step_division_id is None or post.division_id in (None, facts.step_division_id)
    if relation == Relation.DIVISION:
        return in_division
    return in_division and (facts.step_role is None or post.role in _standing_in(facts.step_role))


def _standing_in(role: Role) -> frozenset[Role]:
    """Roles that may do a step of ``role``: a head of division may do his officers' examining step."""
    return frozenset({role, Role.DIVISION_HEAD}) if role == Role.CASE_OFFICER else frozenset({role})
