"""What an act may need of a dossier: the facts it may ask for, and each need with its reason when it is not met.

NĐ 61/2018 điều 17–20. A need answers None when it is met; the table of acts (`lifecycle`) says which act has which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from motcua.rules.acts import Outcome, State, StepKind
from motcua.rules.people import Role
from motcua.rules.policy import Policy
from motcua.rules.words import REASONS


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """All that the rules may know of a dossier, as plain values. Money in đồng."""

    state: State
    agency_id: int
    applicant_id: int | None = None
    counter_id: int | None = None
    resume_state: State | None = None
    step_kind: StepKind | None = None
    step_role: Role | None = None
    step_division_id: int | None = None
    step_agency_id: int | None = None
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
    if facts.supplement_rounds >= policy.supplement_rounds:
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
    return reason_why("unpaid_first", amount=facts.due_before_acceptance) if facts.due_before_acceptance else None


def something_to_pay(facts: DossierFacts, policy: Policy) -> Reason | None:
    return None if facts.unpaid or facts.unknown_fees else reason_why("nothing_to_pay")


def prepayment_due(facts: DossierFacts, policy: Policy) -> Reason | None:
    return None if facts.due_before_acceptance else reason_why("no_prepayment")


def fees_settled(facts: DossierFacts, policy: Policy) -> Reason | None:
    """The result is returned only when payment vouchers allow it (HY-34)."""
    if facts.unknown_fees:
        return reason_why("fee_unknown")
    return reason_why("unpaid", amount=facts.unpaid) if facts.unpaid else None


def result_drafted(facts: DossierFacts, policy: Policy) -> Reason | None:
    return None if facts.outcome else reason_why("no_draft")


def approval_comes_next(facts: DossierFacts, policy: Policy) -> Reason | None:
    return None if facts.next_kind == StepKind.APPROVE else reason_why("approval_not_next")


def examination_comes_next(facts: DossierFacts, policy: Policy) -> Reason | None:
    return None if facts.next_kind == StepKind.EXAMINE else reason_why("examination_not_next")


def leader_signed(facts: DossierFacts, policy: Policy) -> Reason | None:
    """Records clerks seal only what a leader has approved (HY-31)."""
    return None if facts.signed_by_leader else reason_why("not_approved")
