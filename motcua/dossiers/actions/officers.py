"""Telling officers: who holds a step, who may take it, who answers for it. By the portal's inbox only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from motcua.agencies.models import PostHeld, StandIn
from motcua.agencies.queries import colleagues, people_with
from motcua.dossiers.models import Dossier, StepRun
from motcua.notifications.actions import tell
from motcua.notifications.facts import Recipient
from motcua.rules.acts import INTAKE_STATES, State, StepKind
from motcua.rules.people import Actor, Role
from motcua.rules.route import ROLES_OF_STEP

People = Mapping[int, str]
"""Names by account."""


def holders(dossier: Dossier, run: StepRun | None, at: datetime) -> People:
    """Whoever holds the dossier; while nobody does, those who may take the present step."""
    if dossier.holder_id is not None and dossier.holder is not None:
        return {dossier.holder_id: dossier.holder.name}
    if run is None or State(dossier.state) in INTAKE_STATES:
        return counter_of(dossier, at)
    return takers(dossier, run, at)


def last_hand(run: StepRun, at: datetime) -> int | None:
    """Who did this station last, to be given it back; None once that person does no such post any more, so that whoever
    does it now may take it.
    """
    if run.holder_id is None or run.kind == StepKind.RECEIVE:
        return run.holder_id
    roles = tuple(sorted(ROLES_OF_STEP[StepKind(run.kind)]))
    posts = colleagues(run.agency_id, division_id=run.division_id, roles=roles, at=at)
    return run.holder_id if any(p.account_id == run.holder_id and p.account.is_active for p in posts) else None


def takers(dossier: Dossier, run: StepRun, at: datetime) -> People:
    """Those who may take a step nobody holds: the head who gives it out, else everybody whose post does it."""
    if run.kind in (StepKind.RECEIVE, StepKind.RETURN):
        return counter_of(dossier, at)
    if run.kind == StepKind.EXAMINE:
        heads = colleagues(run.agency_id, division_id=run.division_id, roles=(Role.DIVISION_HEAD,), at=at)
        if heads:
            return _named(heads)
    role = Role(dossier.step_role) if dossier.step_role else Role.CASE_OFFICER
    return _named(colleagues(run.agency_id, division_id=run.division_id, roles=(role,), at=at))


def counter_of(dossier: Dossier, at: datetime) -> People:
    """The officers of the counter where the dossier lies."""
    posts = colleagues(dossier.agency_id, division_id=None, roles=(Role.COUNTER_OFFICER,), at=at)
    return _named(post for post in posts if post.counter_id in (None, dossier.counter_id))


def leaders(agency_id: int, at: datetime) -> People:
    return people_with(Role.LEADER, agency_id=agency_id, at=at)


def with_stand_ins(people: People, at: datetime) -> People:
    """These and whoever stands in for one of them now: a limit does not wait for somebody's leave to end."""
    if not people:
        return people
    held = Q(post__until__isnull=True) | Q(post__until__gt=at)
    found = StandIn.objects.filter(held, post__account_id__in=list(people), since__lte=at, until__gt=at)
    return {**people, **{row.account_id: row.account.name for row in found.select_related("account").order_by("pk")}}


def above(dossier: Dossier, at: datetime) -> People:
    """To whom lateness is carried upward: the operators, and the leaders of the agency's superior."""
    superior = dossier.agency.parent_id
    return {**people_with(Role.OPERATOR, at=at), **(leaders(superior, at) if superior else {})}


def higher(dossier: Dossier, level: int, at: datetime) -> People:
    """The leaders ``level`` agencies above the dossier's own, of those above it that have leaders (1: the nearest).

    Beyond the highest it is for the operators; where there are none, the highest leaders once more.
    """
    found: People = {}
    agency = dossier.agency.parent
    while agency is not None:
        if people := leaders(agency.pk, at):
            found, level = people, level - 1
            if level == 0:
                return found
        agency = agency.parent
    return people_with(Role.OPERATOR, at=at) or found


def write_to(
    kind: str, people: People, dossier: Dossier, *, at: datetime, besides: int | None = None, **said: Any
) -> None:
    """Leave a message of this kind in the inbox of each; ``besides`` is the one who has just acted and knows."""
    for account_id, name in people.items():
        if account_id != besides:
            tell(
                kind,
                recipient=Recipient(account_id=account_id, name=name),
                ref=dossier.code or "",
                context={
                    "code": dossier.code,
                    "procedure": dossier.revision.title,
                    "link": f"{settings.BASE_URL}/mot-cua/ho-so/{dossier.code}/",
                    **said,
                },
                at=at,
            )


def tell_step_given(dossier: Dossier, run: StepRun, *, by: Actor, at: datetime, note: str = "") -> None:
    """Tell whoever has a step to do now that it was given to him; nobody is told of what he gives himself."""
    if run.kind in (StepKind.RECEIVE, StepKind.RETURN):
        return
    people = {run.holder_id: str(run.holder)} if run.holder_id is not None else takers(dossier, run, at)
    write_to("step_given", people, dossier, at=at, besides=by.account_id, step=run.title, due_at=run.due_at, note=note)


def _named(posts: Iterable[PostHeld]) -> People:
    return {post.account_id: post.account.name for post in posts}
