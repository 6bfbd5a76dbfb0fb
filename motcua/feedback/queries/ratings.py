"""What people think of the pages (KT-25): a result anybody may read, counts and reasons for who writes them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from motcua.feedback.models import Rating
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.rules.people import Actor
from motcua.rules.permissions import Page, Reach, reaches

PROCEDURE = "procedure:"
"""Begins the key of a procedure's page, followed by its code."""
FEWEST = 5
"""Ratings below which the public is told no share: it would tell of single people."""


@dataclass(frozen=True, slots=True)
class Result:
    """How many rated a page, and the share in per cent who found it useful; None below `FEWEST`."""

    total: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class PageRating:
    """The counts of one page in a span of time."""

    page: str
    title: str
    useful: int
    not_useful: int
    reasons: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """What somebody wrote beside a rating."""

    page: str
    title: str
    is_useful: bool
    words: str
    at: datetime


def result_of(page: str) -> Result:
    """The public result of a page over all its versions. One query."""
    found = Rating.objects.filter(page=page).aggregate(total=Count("pk"), useful=Count("pk", filter=Q(is_useful=True)))
    total, useful = found["total"], found["useful"]
    return Result(total, round(100 * useful / total) if total >= FEWEST else None)


def rated(actor: Actor, *, since: datetime, until: datetime) -> list[PageRating]:
    """Pages rated in [since, until) that are this actor's business, those found least useful on top. Two queries."""
    rows = (
        _seen(actor, since, until)
        .order_by()
        .values("page")
        .annotate(
            useful=Count("pk", filter=Q(is_useful=True)),
            not_useful=Count("pk", filter=Q(is_useful=False)),
            reasons=Count("pk", filter=~Q(reason="")),
            last_at=Max("at"),
        )
    )
    found = list(rows.order_by("-not_useful", "page"))
    titles = titles_of({row["page"] for row in found})
    return [PageRating(title=titles[row["page"]], **row) for row in found]


def reasons(actor: Actor, *, since: datetime, until: datetime, page: str = "", most: int = 200) -> list[Reason]:
    """What was written, latest first. Two queries."""
    rows = _seen(actor, since, until).exclude(reason="")
    if page:
        rows = rows.filter(page=page)
    found = list(rows.order_by("-at", "-pk")[:most])
    titles = titles_of({row.page for row in found})
    return [Reason(row.page, titles[row.page], row.is_useful, row.reason, row.at) for row in found]


def titles_of(pages: Collection[str]) -> dict[str, str]:
    """What each page is called: a procedure by its latest revision."""
    codes = [page.removeprefix(PROCEDURE) for page in pages if page.startswith(PROCEDURE)]
    named: dict[str, str] = {}
    for row in (
        ProcedureRevision.objects.filter(procedure__code__in=codes).select_related("procedure").order_by("number")
    ):
        named[row.procedure.code] = row.title
    own = {"guide": "Hướng dẫn sử dụng", "rules": "Quy định đang áp dụng"}
    return {page: own.get(page) or named.get(page.removeprefix(PROCEDURE), page) for page in pages}


def _seen(actor: Actor, since: datetime, until: datetime) -> QuerySet[Rating]:
    """Ratings in the span: all of them for the operator, an agency's own procedures for the rest (`Page.RATINGS`)."""
    rows = Rating.objects.filter(at__gte=since, at__lt=until)
    agencies: set[int] = set()
    for post in actor.posts:
        tied = reaches(post.role, Page.RATINGS)
        if Reach.ALL in tied:
            return rows
        if tied:
            agencies.add(post.agency_id)
    codes = Offering.objects.filter(agency_id__in=agencies).order_by().values_list("procedure__code", flat=True)
    return rows.filter(page__in=[PROCEDURE + code for code in set(codes)])
