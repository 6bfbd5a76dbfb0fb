"""The table of acts: from where to where, whose act it is, what it needs, and what follows from it.

NĐ 61/2018 điều 17–20 in software terms. The one question asked of it stands in `motcua.rules.lifecycle`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.acts import CLOSED_STATES, Act, Audience, Clock, Paper, State
from motcua.rules.needs import (
    Need,
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
    parts_opened,
    prepaid,
    prepayment_due,
    result_drafted,
    rounds_used_up,
    slip_given,
    something_marked_wrong,
    something_to_pay,
    within_supplement_rounds,
)
from motcua.rules.people import Role


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
        roles={**_OWNER, **_COUNTER, **_SYSTEM},
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
        needs=(examination_comes_next, opinions_given, parts_opened),
    ),
    Act.PROPOSE: Passage(
        sources=frozenset({State.EXAMINING}),
        target=Follow.ROUTE,
        roles=_EXAMINER,
        needs=(approval_comes_next, result_drafted, opinions_given, parts_opened, children_done, paper_arrived),
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
        sources=frozenset(
            {
                State.AWAITING_SUPPLEMENT,
                State.AWAITING_PAYMENT,
                State.ACCEPTED,
                State.EXAMINING,
                State.AWAITING_APPROVAL,
            }
        ),
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
