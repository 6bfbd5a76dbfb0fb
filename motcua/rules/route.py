"""A procedure's inner route: data in, typed steps out, and which legal state each step runs in.

BD-9 (phân kỳ thời gian giải quyết): each step carries its own working hours, and their sum never exceeds the
published time (BN-15, BD-40). A step may stand in a coordinating agency; the agency that took the dossier in leads and
answers for the whole (BN-16, BN-17, HY-32). How a route is written down and what is wrong with one: `route_data`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.rules.acts import Act, State, StepKind
from motcua.rules.people import Role

MINUTES_PER_DAY = 480

STATE_OF_STEP: Mapping[StepKind, State] = {
    StepKind.RECEIVE: State.ACCEPTED,
    StepKind.EXAMINE: State.EXAMINING,
    StepKind.APPROVE: State.AWAITING_APPROVAL,
    StepKind.SEAL: State.AWAITING_SEAL,
    StepKind.RETURN: State.RESULT_READY,
}

ROLES_OF_STEP: Mapping[StepKind, frozenset[Role]] = {
    StepKind.RECEIVE: frozenset({Role.COUNTER_OFFICER}),
    StepKind.EXAMINE: frozenset({Role.CASE_OFFICER, Role.DIVISION_HEAD}),
    StepKind.APPROVE: frozenset({Role.LEADER, Role.DIVISION_HEAD}),
    StepKind.SEAL: frozenset({Role.RECORDS_CLERK}),
    StepKind.RETURN: frozenset({Role.COUNTER_OFFICER}),
}

DECIDABLE: Mapping[StepKind, frozenset[Act]] = {
    StepKind.RECEIVE: frozenset(),
    StepKind.EXAMINE: frozenset({Act.PROPOSE_SUPPLEMENT, Act.DRAFT_RESULT, Act.CONSULT, Act.RETURN_TO_GIVER}),
    StepKind.APPROVE: frozenset({Act.SEND_BACK}),
    StepKind.SEAL: frozenset({Act.RETURN_TO_GIVER}),
    StepKind.RETURN: frozenset(),
}
"""What a step of each kind may be given or denied. All else it does follows from its kind; joint parts (`OPEN_CHILD`)
are opened where the route names them."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A unit asked for its opinion as soon as the step begins, beside others. ``minutes``: working minutes it has."""

    division: str
    minutes: int
    agency: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a joint procedure (liên thông) that a step opens: another procedure, settled by another agency.

    ``answers`` and ``papers`` pair the keys of the part's form and components with those of the whole. Nobody goes on
    from the step before its parts are opened, but for those that are ``optional``: the officer decides.
    """

    procedure: str
    agency: str
    answers: tuple[tuple[str, str], ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One station of a route. ``minutes`` is its budget in working minutes; ``division`` a key within the agency.

    ``agency`` names a coordinating agency (see `agency_code`), empty for the lead; ``decides`` is what the step may
    decide besides handing on.
    """

    index: int
    title: str
    kind: StepKind
    role: Role
    minutes: int
    division: str = ""
    agency: str = ""
    decides: frozenset[Act] = frozenset()
    opinions: tuple[Opinion, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def state(self) -> State:
        return STATE_OF_STEP[self.kind]

    @property
    def is_elsewhere(self) -> bool:
        """Whether a coordinating agency does it."""
        return bool(self.agency)


class RouteError(ValueError):
    """A route that cannot be walked; ``problems`` are Vietnamese sentences, each beginning with the place."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problems))


def agency_code(named: str, lead: str) -> str:
    """The code of the agency a step names: empty is the lead, ``*.26`` the body 26 of the lead's own province."""
    if not named:
        return lead
    return lead.split(".", 1)[0] + named[1:] if named.startswith("*.") else named


def total_minutes(steps: Sequence[Step]) -> int:
    """Working minutes of the whole route. Opinions are asked beside their step and add nothing (BN-17)."""
    return sum(step.minutes for step in steps)


def next_step(steps: Sequence[Step], index: int) -> Step | None:
    """The station after ``index``, or None at the end."""
    return steps[index + 1] if 0 <= index + 1 < len(steps) else None


def last_examining(steps: Sequence[Step], before: int) -> Step:
    """Where a leader's return goes: the nearest examining step before ``before`` (HY-30)."""
    return next(step for step in reversed(steps[:before]) if step.kind == StepKind.EXAMINE)
