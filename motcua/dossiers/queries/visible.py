"""Who may see which dossiers. What one may not see does not exist: faces answer 404."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.dossiers.models import Consultation, Dossier, StepRun
from motcua.rules.acts import State
from motcua.rules.people import Actor, Post, Role

INHERITING = frozenset({Role.COUNTER_OFFICER, Role.LEADER, Role.RECORDS_CLERK})
"""Who sees what the bodies before theirs had closed; what was open came over with the work itself."""

SEALING = (State.AWAITING_SEAL.value, State.RESULT_READY.value, State.DELIVERED.value)


def visible_to(actor: Actor) -> QuerySet[Dossier]:
    """Dossiers this actor may see: one's own, and those that pass through the posts one holds now."""
    if actor.is_system:
        return Dossier.objects.all()
    if actor.account_id is None:
        return Dossier.objects.none()
    seen = Q(applicant_id=actor.account_id) | Q(created_by_id=actor.account_id, state=State.DRAFT.value)
    for post in actor.posts:
        if post.role == Role.COUNTER_OFFICER:
            # What a counter has handed to the competent agency it goes on seeing, and can do nothing with.
            seen |= Q(transferred_from_id=post.agency_id)
        if post.inherits and post.role in INHERITING:
            seen |= Q(agency_id__in=post.inherits, closed_at__isnull=False)
        if (through := _through(post)) is not None:
            seen |= through & ~Q(state=State.DRAFT.value)
    return Dossier.objects.filter(seen)


def _through(post: Post) -> Q | None:
    """What a post lets see: the counter its intake, a division what came to it, leaders and clerks their agency."""
    at_agency = Q(agency_id=post.agency_id)
    match post.role:
        case Role.COUNTER_OFFICER:
            return _at_counter(post, at_agency)
        case Role.CASE_OFFICER | Role.DIVISION_HEAD:
            runs = StepRun.objects.filter(dossier_id=OuterRef("pk"), agency_id=post.agency_id)
            came = Q(Exists(runs.filter(division_id=post.division_id) if post.division_id else runs))
            return came | _asked(post) | _part_of(post)
        case Role.LEADER:
            return at_agency | _asked(post) | _part_of_agency(post)
        case Role.RECORDS_CLERK:
            return at_agency & Q(state__in=SEALING)
        case _:
            return None


def _part_of(post: Post) -> Q:
    """Parts that other agencies settle of a joint dossier that came to one's division: the lead reads their results."""
    whole = StepRun.objects.filter(dossier_id=OuterRef("parent_id"), agency_id=post.agency_id)
    return Q(Exists(whole.filter(division_id=post.division_id) if post.division_id else whole))


def _part_of_agency(post: Post) -> Q:
    return Q(Exists(Dossier.objects.filter(pk=OuterRef("parent_id"), agency_id=post.agency_id)))


def _asked(post: Post) -> Q:
    """What the unit was asked for its opinion on: to answer while it is asked, to read for ever after."""
    asked = Consultation.objects.filter(dossier_id=OuterRef("pk"), agency_id=post.agency_id)
    if post.division_id is not None:
        asked = asked.filter(Q(division_id=post.division_id) | Q(division_id__isnull=True))
    return Q(Exists(asked))


def _at_counter(post: Post, at_agency: Q) -> Q:
    """`rules.people.at_counter` over rows: its own intake, what it took in for others, what others took in for it."""
    for_others = Q(taken_in_by_id=post.agency_id)
    if post.counter_id is None:
        return at_agency | for_others
    at_place = Q(counter_id=post.counter_id)
    return (at_agency & at_place) | (for_others & at_place) | (at_agency & Q(taken_in_by__isnull=False))


def may_see(dossier: Dossier, actor: Actor) -> bool:
    """`visible_to` asked of one dossier in hand; one's own needs no question to the database."""
    if actor.account_id is not None and actor.account_id == dossier.applicant_id:
        return True
    return visible_to(actor).filter(pk=dossier.pk).exists()
