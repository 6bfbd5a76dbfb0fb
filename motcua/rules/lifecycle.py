"""The one question asked of the table of acts: may this actor do this now, and if not, why not?

From one row of the table (`motcua.rules.passages`, named from here as well) follow: permission, the officer's button
and its reason, the timeline's words, the paper, the message. Nothing else in the house decides whether a dossier may
move.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.rules.acts import Act, State
from motcua.rules.needs import DossierFacts, Reason, reason_why
from motcua.rules.passages import TABLE, Follow, Passage, Relation
from motcua.rules.people import Actor, Post, Role, at_counter
from motcua.rules.policy import Policy
from motcua.rules.route import DECIDABLE

__all__ = [
    "LEFT_TO_THE_ROUTE",
    "TABLE",
    "Follow",
    "Granted",
    "Passage",
    "Refused",
    "Relation",
    "decide",
    "does_step",
    "is_asked",
]

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
    own = (None, actor.account_id)
    free = [part for part in parts if not passage.exclusive or facts.holder_id in (*own, actor.hand(part))]
    if not free:
        return Refused((reason_why("held", name=facts.holder_name),))
    reasons = tuple(reason for need in passage.needs if (reason := need(facts, policy)) is not None)
    if reasons:
        return Refused(reasons)
    in_own_right = (part for part in free if part is None or part.instead_of_id is None)
    return Granted(passage, _target(passage, facts), next(in_own_right, free[0]))


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
