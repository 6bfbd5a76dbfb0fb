"""Who may see which cases, and the lists of them. What one may not see does not exist: faces answer 404."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from motcua.base.errors import Refusal
from motcua.feedback.facts import secret_matches
from motcua.feedback.models import Case, CaseReporter
from motcua.rules.people import Actor
from motcua.rules.permissions import Page, Reach, may, reaches
from motcua.rules.violations import ENDED, CaseState, Kind

_ENDED = [state.value for state in ENDED]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Filters of the case book; empty ones say nothing. ``is_late``: its limit has passed, or it ended after it."""

    kind: str = ""
    state: str = ""
    agency_id: int | None = None
    is_late: bool = False


def visible_to(actor: Actor) -> QuerySet[Case]:
    """Cases by the table of rights (`Page.CASES`): the operator all, an inspector the agency's own and inherited ones.

    Never a case that is, or may be, about oneself, whatever post one holds.
    """
    if actor.account_id is None:
        return Case.objects.none()
    seen = Q(pk__in=[])
    for post in actor.posts:
        tied = reaches(post.role, Page.CASES)
        if Reach.ALL in tied:
            seen = Q()
            break
        if tied:
            seen |= Q(agency_id__in=[post.agency_id, *post.inherits])
    return Case.objects.filter(seen).exclude(accused__contains=[actor.account_id])


def may_see_cases(actor: Actor) -> bool:
    """Whether any post of the actor lets see cases at all; asks no table."""
    return actor.is_officer and may(actor, Page.CASES)


def cases(actor: Actor, narrowing: Narrowing, *, at: datetime) -> QuerySet[Case]:
    """The case book, newest first, narrowed."""
    found = visible_to(actor).select_related("agency")
    if narrowing.kind in set(Kind):
        found = found.filter(kind=narrowing.kind)
    if narrowing.state in set(CaseState):
        found = found.filter(state=narrowing.state)
    elif narrowing.state == "open":
        found = found.exclude(state__in=_ENDED)
    if narrowing.agency_id is not None:
        found = found.filter(agency_id=narrowing.agency_id)
    if narrowing.is_late:
        found = found.filter(Q(closed_at__isnull=True, due_at__lt=at) | Q(closed_at__gt=F("due_at")))
    return found.order_by("-received_at", "-pk")


def counts(actor: Actor, *, at: datetime) -> dict[str, int]:
    """How many are open, and of these overdue. One query."""
    is_open = Q(closed_at__isnull=True)
    return visible_to(actor).aggregate(
        open=Count("pk", filter=is_open), late=Count("pk", filter=is_open & Q(due_at__lt=at))
    )


def case_of(number: str, actor: Actor) -> Case:
    """One case. Raises `Refusal` 404 when it does not exist for this actor."""
    found = visible_to(actor).select_related("agency").prefetch_related("entries", "files__file")
    case = found.filter(number=number).first()
    if case is None:
        raise Refusal("Không tìm thấy vụ việc này.", status=404)
    return case


def reporter_of(case: Case, actor: Actor) -> CaseReporter | None:
    """Who reported, for whoever may see the case; None when anonymous, and for everybody else."""
    if not visible_to(actor).filter(pk=case.pk).exists():
        return None
    return CaseReporter.objects.select_related("account").filter(case=case).first()


def of_dossier(code: str, actor: Actor) -> list[Case]:
    """Open cases about a dossier, for those who may see them; for everybody else an empty list without a question."""
    if not code or not may_see_cases(actor):
        return []
    return list(visible_to(actor).filter(dossier_code=code).exclude(state__in=_ENDED).order_by("-received_at", "-pk"))


def with_secret(number: str, secret: str) -> Case | None:
    """The case of this number for whoever holds its secret; None otherwise, whatever was wrong."""
    found = Case.objects.filter(number=number.strip().upper()).first() if "\x00" not in number else None
    return found if found is not None and secret_matches(found, secret) else None
