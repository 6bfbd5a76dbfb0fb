"""Who may see which dossiers. What one may not see does not exist: faces answer 404.

What a post lets see is read off the table of rights (`rules.permissions`, the rows of `Page.DOSSIER`); here stands what
each reach means among rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.dossiers.models import Consultation, Dossier, StepRun
from motcua.rules.acts import Channel, State
from motcua.rules.lifecycle import Relation
from motcua.rules.people import Actor, Post, Role
from motcua.rules.permissions import Page, Reach, Tie, reaches

_TAKES_IN = {Channel.COUNTER: Role.COUNTER_OFFICER, Channel.POST: Role.POSTAL_CLERK}
SEALING = (State.AWAITING_SEAL.value, State.RESULT_READY.value, State.DELIVERED.value)


def visible_to(actor: Actor) -> QuerySet[Dossier]:
    """Dossiers this actor may see: one's own, and those that pass through the posts one holds now."""
    if actor.is_system:
        return Dossier.objects.all()
    if actor.account_id is None:
        return Dossier.objects.none()
    seen = Q(applicant_id=actor.account_id) | _begun_by(actor)
    for post in actor.posts:
        if ties := _ties(post.role):
            through = reduce(or_, (REACHED[tie](post) for tie in ties))
            seen |= through & ~Q(state=State.DRAFT.value)
    return Dossier.objects.filter(seen)


def _begun_by(actor: Actor) -> Q:
    """Drafts one has under way: one's own, and those taken in for others while one still sits where that is done."""
    roads = [Channel.ONLINE.value]
    roads += [road.value for road, role in _TAKES_IN.items() if actor.holds(role)]
    return Q(created_by_id=actor.account_id, state=State.DRAFT.value, channel__in=roads)


@cache
def _ties(role: Role) -> tuple[Tie, ...]:
    return reaches(role, Page.DOSSIER)


def _agency(post: Post) -> Q:
    return Q(agency_id=post.agency_id)


def _counter(post: Post) -> Q:
    """`rules.people.at_counter` over rows: its own intake, what it took in for others, what others took in for it."""
    at_agency, for_others = _agency(post), Q(taken_in_by_id=post.agency_id)
    if post.counter_id is None:
        return at_agency | for_others
    at_place = Q(counter_id=post.counter_id)
    return (at_agency & at_place) | (for_others & at_place) | (at_agency & Q(taken_in_by__isnull=False))


def _handed_on(post: Post) -> Q:
    """What a counter has handed on it goes on seeing, however often it was handed on since, and can do nothing with."""
    return Q(transferred_from_id=post.agency_id) | Q(earlier_hands__contains=[post.agency_id])


def _passed(post: Post) -> Q:
    """What came to one's division, or to any of the agency's where the post names none."""
    runs = StepRun.objects.filter(dossier_id=OuterRef("pk"), agency_id=post.agency_id)
    return Q(Exists(runs.filter(division_id=post.division_id) if post.division_id else runs))


def _asked(post: Post) -> Q:
    """What the unit was asked for its opinion on: to answer while it is asked, to read for ever after."""
    asked = Consultation.objects.filter(dossier_id=OuterRef("pk"), agency_id=post.agency_id)
    if post.division_id is not None:
        asked = asked.filter(Q(division_id=post.division_id) | Q(division_id__isnull=True))
    return Q(Exists(asked))


def _signed(post: Post) -> Q:
    return _agency(post) & Q(state__in=SEALING)


def _parts(post: Post) -> Q:
    """Parts that other agencies settle of a joint dossier one sees as a whole: the lead reads their results."""
    if post.role == Role.LEADER:
        return Q(Exists(Dossier.objects.filter(pk=OuterRef("parent_id"), agency_id=post.agency_id)))
    whole = StepRun.objects.filter(dossier_id=OuterRef("parent_id"), agency_id=post.agency_id)
    return Q(Exists(whole.filter(division_id=post.division_id) if post.division_id else whole))


def _inherited(post: Post) -> Q:
    """What the bodies before one's own had closed; what was open came over with the work itself."""
    return Q(agency_id__in=post.inherits, closed_at__isnull=False) if post.inherits else Q(pk__in=[])


REACHED: Mapping[Tie, Callable[[Post], Q]] = {
    Relation.COUNTER: _counter,
    Relation.AGENCY: _agency,
    Relation.ASKED: _asked,
    Reach.HANDED_ON: _handed_on,
    Reach.PASSED: _passed,
    Reach.SIGNED: _signed,
    Reach.PARTS: _parts,
    Reach.INHERITED: _inherited,
}
"""What each reach of the table means among the rows of dossiers."""


def may_see(dossier: Dossier, actor: Actor) -> bool:
    """`visible_to` asked of one dossier in hand; one's own needs no question to the database."""
    if actor.account_id is not None and actor.account_id == dossier.applicant_id:
        return True
    return visible_to(actor).filter(pk=dossier.pk).exists()
