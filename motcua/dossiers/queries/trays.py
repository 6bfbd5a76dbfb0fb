"""The trays of an officer's list: which index ranges hold what waits for whom, by the posts held now."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Q

from motcua.dossiers.models.dossier import Turn
from motcua.dossiers.queries.visible import SEALING
from motcua.rules.acts import State
from motcua.rules.people import Actor, Post, Role


class Tab(StrEnum):
    """The trays of an officer's list."""

    MINE = "mine"
    WAITING = "waiting"
    ELSEWHERE = "elsewhere"
    DONE = "done"
    ALL = "all"


def ranges_of(actor: Actor, tab: Tab) -> list[Q]:
    """The tab as conditions, each served by one index range."""
    found: dict[str, Q] = {}
    for post in actor.posts:
        for condition in _of_post(post, tab, actor.account_id):
            found.setdefault(repr(condition), condition)
    return list(found.values())


TURNS_OF: Mapping[State, tuple[str, ...]] = {
    State.SUBMITTED: (Turn.COUNTER.value,),
    State.ACCEPTED: (Turn.COUNTER.value,),
    State.RESULT_READY: (Turn.COUNTER.value,),
    State.EXAMINING: (Turn.DIVISION.value, Turn.COUNTER.value),
    State.AWAITING_APPROVAL: (Turn.LEADER.value, Turn.HEAD.value),
    State.AWAITING_SEAL: (Turn.RECORDS.value,),
    State.AWAITING_SUPPLEMENT: (Turn.APPLICANT.value,),
    State.AWAITING_PAYMENT: (Turn.APPLICANT.value,),
    State.DRAFT: (Turn.DRAFT.value,),
    State.DELIVERED: (Turn.CLOSED.value,),
    State.DECLINED: (Turn.CLOSED.value,),
    State.WITHDRAWN: (Turn.CLOSED.value,),
    State.STOPPED: (Turn.CLOSED.value,),
}
"""In whose tray a state can stand: lets the database skip the trays where it cannot."""


def _of_post(post: Post, tab: Tab, account_id: int | None) -> list[Q]:
    match post.role:
        case Role.COUNTER_OFFICER:
            here = [one for place in _of_counter(post) for one in _trays(place, tab, Turn.COUNTER)]
            return [*here, *_handed_on(post, tab)]
        case Role.LEADER:
            return _trays(Q(agency_id=post.agency_id), tab, Turn.LEADER)
        case Role.RECORDS_CLERK:
            return _of_clerk(post, tab)
        case Role.CASE_OFFICER | Role.DIVISION_HEAD:
            return _of_division(post, tab, account_id)
        case _:
            return []


def _of_counter(post: Post) -> list[Q]:
    """Its own intake, what it took in for other agencies, and what other counters took in for its agency; disjoint."""
    own, for_others = Q(agency_id=post.agency_id), Q(taken_in_by_id=post.agency_id)
    if post.counter_id is None:
        return [own, for_others]
    at_place = Q(counter_id=post.counter_id)
    return [own & at_place, for_others & at_place, own & Q(taken_in_by__isnull=False) & ~at_place]


def _handed_on(post: Post, tab: Tab) -> list[Q]:
    """What the counter has handed to the competent agency: to read, wherever it stands; nobody's work here.

    The few that were handed on once more since are found by an index of their own and sorted.
    """
    elsewhere = ~Q(agency_id=post.agency_id)
    gone = Q(transferred_from_id=post.agency_id) & elsewhere
    earlier = Q(earlier_hands__contains=[post.agency_id]) & elsewhere
    turns = (*TURNS_RUNNING, Turn.APPLICANT)
    match tab:
        case Tab.MINE | Tab.WAITING:
            return []
        case Tab.ELSEWHERE:
            return [
                *(gone & Q(turn=turn.value) for turn in turns),
                earlier & Q(turn__in=[turn.value for turn in turns]),
            ]
        case Tab.DONE:
            return [one & Q(turn=Turn.CLOSED.value) for one in (gone, earlier)]
        case Tab.ALL:
            return [one & Q(submitted_at__isnull=False) for one in (gone, earlier)]


TURNS_RUNNING = (Turn.COUNTER, Turn.DIVISION, Turn.HEAD, Turn.LEADER, Turn.RECORDS)


def _trays(here: Q, tab: Tab, own: Turn) -> list[Q]:
    """Those who see a whole agency or counter."""
    match tab:
        case Tab.MINE:
            return [here & Q(turn=own.value)]
        case Tab.WAITING:
            return [here & Q(turn=Turn.APPLICANT.value)]
        case Tab.ELSEWHERE:
            return [here & Q(turn=turn.value) for turn in TURNS_RUNNING if turn is not own]
        case Tab.DONE:
            return [here & Q(turn=Turn.CLOSED.value)]
        case Tab.ALL:
            return [here & Q(submitted_at__isnull=False)]


def _of_clerk(post: Post, tab: Tab) -> list[Q]:
    """Records clerks see a dossier from the leader's signature on."""
    here = Q(agency_id=post.agency_id)
    match tab:
        case Tab.MINE:
            return [here & Q(turn=Turn.RECORDS.value)]
        case Tab.WAITING:
            return []
        case Tab.ELSEWHERE:
            return [here & Q(turn=Turn.COUNTER.value, state=State.RESULT_READY.value)]
        case Tab.DONE:
            return [here & Q(turn=Turn.CLOSED.value, state=State.DELIVERED.value)]
        case Tab.ALL:
            return [here & Q(submitted_at__isnull=False, state__in=SEALING)]


def _of_division(post: Post, tab: Tab, account_id: int | None) -> list[Q]:
    """Those who see what came to their division: their own and what nobody holds yet, then all the rest."""
    agency = Q(agency_id=post.agency_id)
    free = Q(holder_id=account_id) | Q(holder_id__isnull=True)
    if post.instead_of_id is not None:
        free |= Q(holder_id=post.instead_of_id)  # what an absent colleague holds is a stand-in's to do
    if post.division_id is None:
        here, passed = agency, agency & Q(accepted_at__isnull=False)
    else:
        here, passed = Q(step_division_id=post.division_id), agency & Q(divisions__contains=[post.division_id])
    own = [here & Q(turn=Turn.DIVISION.value) & free]
    if post.role == Role.DIVISION_HEAD:
        own.append(agency & Q(turn=Turn.HEAD.value) & (Q(step_division_id__isnull=True) | here))
    match tab:
        case Tab.MINE:
            return own
        case Tab.WAITING:
            return [passed & Q(turn=Turn.APPLICANT.value)]
        case Tab.ELSEWHERE:
            mine = own[0] | own[-1]
            others = [turn for turn in TURNS_RUNNING if turn is not Turn.HEAD or post.role != Role.DIVISION_HEAD]
            return [passed & Q(turn=turn.value) & (~mine if turn is Turn.DIVISION else Q()) for turn in others]
        case Tab.DONE:
            return [passed & Q(turn=Turn.CLOSED.value)]
        case Tab.ALL:
            return [passed & Q(submitted_at__isnull=False)]
