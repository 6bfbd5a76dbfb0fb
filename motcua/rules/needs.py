"""What an act may need of a dossier: the facts it may ask for, and each need with its reason when it is not met.

NĐ 61/2018 điều 17–20. A need answers None when it is met; the table of acts (`lifecycle`) says which act has which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from motcua.rules.acts import Act, Outcome, State, StepKind
from motcua.rules.people import Role
from motcua.rules.policy import Policy
from motcua.rules.text import grouped
from motcua.rules.words import REASONS


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """All that the rules may know of a dossier, as plain values. Money in đồng."""

    state: State
    agency_id: int
    applicant_id: int | None = None
    counter_id: int | None = None
    taken_in_by_id: int | None = None
    """Agency whose counter took it in for the competent one (phi địa giới); None where it came to the right place."""
    resume_state: State | None = None
    step_kind: StepKind | None = None
    step_role: Role | None = None
    step_division_id: int | None = None
    step_agency_id: int | None = None
    step_decides: frozenset[Act] | None = None
    """What the present step of the route may decide; None where it says nothing."""
    next_kind: StepKind | None = None
    holder_id: int | None = None
    holder_name: str = ""
    missing: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    supplement_rounds: int = 0
    supplement_proposed: bool = False
    due_before_acceptance: int = 0
    unpaid: int = 0
    unknown_fees: int = 0
    outcome: Outcome | None = None
    signed_by_leader: bool = False
    paper_owed: bool = False
    """Certified paper is to come by post and has not arrived (KT-13)."""
    not_digitised: tuple[str, ...] = ()
    """Papers handed in at the counter of which there is no picture yet (BN-9)."""
    extra_rounds: int = 0
    """Further supplement rounds a leader has allowed."""
    answer_overdue: bool = False
    """The applicant's time to answer a supplement request is over."""
    open_consultations: tuple[str, ...] = ()
    """Who was asked for an opinion, has not given it, and still has time."""
    silent_consultations: tuple[str, ...] = ()
    """Who was asked for an opinion and let the time pass: silence counts as agreement once the lead has noted it."""
    open_children: tuple[str, ...] = ()
    """Codes of child dossiers not yet finished."""
    unopened_parts: tuple[str, ...] = ()
    """Names of the parts the present step has to open and has not."""
    asked_of: tuple[tuple[int, int | None], ...] = ()
    """(agency, division) of each open consultation."""
    opened: bool = False
    """Whether whoever was given the present step has opened the dossier."""
    filed_by_id: int | None = None
    """Account that began the dossier; for a draft taken in at a post office, its clerk."""
    carrier_id: int | None = None
    """The post office that has the result in hand."""
    given_by_id: int | None = None
    """Account that handed the present step on."""
    apology_drafted: bool = False
    apology_signed: bool = False
    is_child: bool = False
    accepted: bool = False
    """Whether it was accepted, so that an appointment slip exists."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an act is refused: a stable code for programs, plain Vietnamese for people."""

    code: str
    words: str


Need = Callable[[DossierFacts, Policy], Reason | None]


def reason_why(code: str, **values: object) -> Reason:
    """The reason with this code, its words filled in from `words.REASONS`."""
    return Reason(code, REASONS[code].format(**values))


def _names(items: tuple[str, ...]) -> str:
    shown = "; ".join(items[:5])
    return shown if len(items) <= 5 else f"{shown}; và {len(items) - 5} mục khác"


def complete(facts: DossierFacts, policy: Policy) -> Reason | None:
    """Every required answer and paper is there."""
    return reason_why("incomplete", items=_names(facts.missing)) if facts.missing else None


def nothing_marked_wrong(facts: DossierFacts, policy: Policy) -> Reason | None:
    """An officer cannot accept what he has himself marked as wrong."""
    return reason_why("marked_wrong", items=_names(facts.wrong)) if facts.wrong else None


def everything_judged(facts: DossierFacts, policy: Policy) -> Reason | None:
    """One complete supplement: a verdict on every field and paper comes first (BN-14, users-ask 4)."""
    return reason_why("unjudged", count=len(facts.unjudged), items=_names(facts.unjudged)) if facts.unjudged else None


def something_marked_wrong(facts: DossierFacts, policy: Policy) -> Reason | None:
    """A supplement request must name what is to be supplemented."""
    return None if facts.wrong else reason_why("nothing_wrong")


def within_supplement_rounds(facts: DossierFacts, policy: Policy) -> Reason | None:
    """ "Ask once for everything": further rounds are counted as overdue (QĐ 766/QĐ-TTg, chỉ tiêu 2.1)."""
    if facts.supplement_rounds >= policy.supplement_rounds + facts.extra_rounds:
        return reason_why("supplement_rounds", rounds=facts.supplement_rounds)
    return None


def division_asked_for_supplement(facts: DossierFacts, policy: Policy) -> Reason | None:
    """While a division examines, the counter sends a notice only at the division's request (HY-28)."""
    if facts.state == State.EXAMINING and not facts.supplement_proposed:
        return reason_why("supplement_not_proposed")
    return None


def marks_answered(facts: DossierFacts, policy: Policy) -> Reason | None:
    """Every marked item has been answered before the supplement goes in."""
    return reason_why("unanswered", items=_names(facts.unanswered)) if facts.unanswered else None


def prepaid(facts: DossierFacts, policy: Policy) -> Reason | None:
    """Fees due first are paid before acceptance (HY-22)."""
    due = facts.due_before_acceptance
    return reason_why("unpaid_first", amount=grouped(due)) if due else None


def something_to_pay(facts: DossierFacts, policy: Policy) -> Reason | None:
    return None if facts.unpaid or facts.unknown_fees else reason_why("nothing_to_pay")


def prepayment_due(facts: DossierFacts, policy: Policy) -> Reason | None:
    """Before acceptance something must be due first; while it is examined a duty may arise (national status 6)."""
    if facts.state == State.EXAMINING:
        return None
    return None if facts.due_before_acceptance else reason_why("no_prepayment")


def not_taken_in(facts: DossierFacts, policy: Policy) -> Reason | None:
    """What was accepted is no longer declined at the counter, though it waits for money: a result refuses it, or a
    leader stops it."""
    return reason_why("already_accepted") if facts.accepted else None


def fees_settled(facts: DossierFacts, policy: Policy) -> Reason | None:
    """The result is returned only when payment vouchers allow it (HY-34)."""
    if facts.unknown_fees:
        return reason_why("fee_unknown")
    return reason_why("unpaid", amount=grouped(facts.unpaid)) if facts.unpaid else None


def result_drafted(facts: DossierFacts, policy: Policy) -> Reason | None:
    return None if facts.outcome else reason_why("no_draft")


def approval_comes_next(facts: DossierFacts, policy: Policy) -> Reason | None:
    return None if facts.next_kind == StepKind.APPROVE else reason_why("approval_not_next")


def examination_comes_next(facts: DossierFacts, policy: Policy) -> Reason | None:
    return None if facts.next_kind == StepKind.EXAMINE else reason_why("examination_not_next")


def leader_signed(facts: DossierFacts, policy: Policy) -> Reason | None:
    """Records clerks seal only what a leader has approved (HY-31)."""
    return None if facts.signed_by_leader else reason_why("not_approved")


def paper_arrived(facts: DossierFacts, policy: Policy) -> Reason | None:
    """Unsigned level 4 dossiers are settled on the certified paper that follows by post (KT-13)."""
    return reason_why("paper_owed") if facts.paper_owed else None


def paper_awaited(facts: DossierFacts, policy: Policy) -> Reason | None:
    return None if facts.paper_owed else reason_why("no_paper_awaited")


def digitised(facts: DossierFacts, policy: Policy) -> Reason | None:
    """Papers handed in at the counter are scanned before acceptance where the province says so (BN-9)."""
    if not policy.counter_papers_digitised or not facts.not_digitised:
        return None
    return reason_why("not_digitised", items=_names(facts.not_digitised))


def rounds_used_up(facts: DossierFacts, policy: Policy) -> Reason | None:
    """A leader allows one more round only when none is left."""
    return None if within_supplement_rounds(facts, policy) else reason_why("rounds_left")


def answer_is_overdue(facts: DossierFacts, policy: Policy) -> Reason | None:
    """Closing by rule waits for the end of the applicant's time, where the province closes at all."""
    if not policy.close_unanswered:
        return reason_why("not_closed_by_rule")
    return None if facts.answer_overdue else reason_why("answer_time_left")


def opinions_given(facts: DossierFacts, policy: Policy) -> Reason | None:
    """The lead waits for everybody it asked, as long as they have time (HY-32, BN-16). Whoever lets the time pass is
    taken to agree (NĐ 61/2018 điều 18); the verb has the lead note it.
    """
    if facts.open_consultations:
        return reason_why("opinions_open", names=_names(facts.open_consultations))
    return None


def children_done(facts: DossierFacts, policy: Policy) -> Reason | None:
    """A joint procedure is finished when each of its parts is (liên thông)."""
    return reason_why("children_open", codes=_names(facts.open_children)) if facts.open_children else None


def parts_opened(facts: DossierFacts, policy: Policy) -> Reason | None:
    """What the step has to open is opened before it is handed on: later stations cannot, and a part nobody opened would
    never be settled (liên thông). Where the whole is to be refused there is nothing to open.
    """
    if not facts.unopened_parts or facts.outcome == Outcome.REFUSED:
        return None
    return reason_why("parts_unopened", names=_names(facts.unopened_parts))


def not_a_child(facts: DossierFacts, policy: Policy) -> Reason | None:
    return reason_why("is_child") if facts.is_child else None


def not_opened(facts: DossierFacts, policy: Policy) -> Reason | None:
    """Whoever handed a dossier on may take it back only while nobody has opened it."""
    return reason_why("opened") if facts.opened else None


def no_apology_yet(facts: DossierFacts, policy: Policy) -> Reason | None:
    """One new date only (NĐ 61/2018 điều 19)."""
    return reason_why("apology_sent") if facts.apology_signed else None


def apology_is_drafted(facts: DossierFacts, policy: Policy) -> Reason | None:
    return None if facts.apology_drafted else reason_why("no_apology")


def slip_given(facts: DossierFacts, policy: Policy) -> Reason | None:
    """Only a slip that was given out can be given out anew."""
    return None if facts.accepted else reason_why("no_slip")
