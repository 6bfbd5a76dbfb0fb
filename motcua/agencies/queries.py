"""Reads of the agencies room: who may act, and where."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.utils.timezone import localtime

from motcua.accounts.models import Account
from motcua.agencies.models import (
    Agency,
    AgencyKind,
    Division,
    OneStopCounter,
    PlannedReorganisation,
    PostHeld,
    Reorganisation,
    StandIn,
    Tier,
)
from motcua.base.kept import KeptQuery
from motcua.rules.people import NOBODY, Actor, Post, Role
from motcua.rules.words import ROLES

_SOME_ID, _SOME_TIME = 987_654_321_012, datetime(1066, 10, 14, tzinfo=UTC)
"""Samples for queries whose SQL is made once."""


def actor_of(account: Any, *, at: datetime) -> Actor:
    """The account as an Actor with the posts it holds at this moment; `NOBODY` for a visitor."""
    if not getattr(account, "is_authenticated", False) or not account.is_active:
        return NOBODY
    if account.kind != "officer":
        return Actor(account_id=account.pk, name=account.full_name)
    return Actor(account_id=account.pk, name=account.full_name, posts=posts_of(account.pk, at=at))


def posts_of(account_id: int, *, at: datetime) -> tuple[Post, ...]:
    """Posts held at this moment as plain values, own ones first, then those of colleagues one stands in for.

    Asked with every request, so that leave, return and dismissal take effect on the next one; a post that has ended
    cannot be done by a stand-in either.
    """
    return tuple(
        Post(Role(role), agency, division, counter, holder if stands else None, name if stands else "", tuple(before))
        for stands, _, role, agency, division, counter, holder, name, before in _posts_of(account_id=account_id, at=at)
    )


def _own_and_lent(account_id: int, at: datetime) -> QuerySet[PostHeld, tuple[Any, ...]]:
    held = PostHeld.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)
    own = held.filter(account_id=account_id).annotate(stands=Value(0))
    others = held.filter(
        pk__in=StandIn.objects.filter(account_id=account_id, since__lte=at, until__gt=at).values("post_id")
    ).annotate(stands=Value(1))
    names = (
        "stands",
        "pk",
        "role",
        "agency_id",
        "division_id",
        "counter_id",
        "account_id",
        "account__full_name",
        "agency__inherits",
    )
    rows = own.order_by().values_list(*names).union(others.order_by().values_list(*names), all=True)
    return rows.order_by("stands", "pk")


_posts_of = KeptQuery(_own_and_lent, account_id=_SOME_ID, at=_SOME_TIME)


def stand_ins_for(actor: Actor, *, at: datetime) -> list[StandIn]:
    """Stand-ins in force or to come for the posts this actor may hand over; the nearest first."""
    posts = [post.pk for post in posts_to_hand_over(actor, at=at)]
    found = StandIn.objects.filter(post_id__in=posts, until__gt=at).order_by("since", "pk")
    return list(found.select_related("post__account", "post__division", "post__counter", "post__agency", "account"))


def posts_to_hand_over(actor: Actor, *, at: datetime) -> list[PostHeld]:
    """Posts for which this actor may name a stand-in: a leader's agency, a head's division, by own posts only.

    Whoever stands in hands nothing on (Luật 77/2015/QH13 điều 14: no delegation of what was delegated).
    """
    where = Q(pk__in=[])
    for post in actor.own_posts:
        if post.role == Role.LEADER:
            where |= Q(agency_id=post.agency_id)
        elif post.role == Role.DIVISION_HEAD and post.division_id is not None:
            where |= Q(agency_id=post.agency_id, division_id=post.division_id)
    held = PostHeld.objects.filter(where, Q(until__isnull=True) | Q(until__gt=at), since__lte=at)
    return list(held.select_related("account", "agency", "division", "counter").order_by("account__full_name", "pk"))


def officers_of(agency_id: int, *, at: datetime) -> list[Account]:
    """Active officers with a post in the agency at this moment, by name."""
    held = PostHeld.objects.filter(Q(until__isnull=True) | Q(until__gt=at), agency_id=agency_id, since__lte=at)
    return list(Account.objects.filter(pk__in=held.values("account_id"), is_active=True).order_by("full_name", "pk"))


def division(agency_id: int, key: str) -> Division | None:
    """The division of this agency that a route names by ``key``."""
    return next(iter(_division(agency_id=agency_id, key=key)), None)


_division = KeptQuery(
    lambda agency_id, key: Division.objects.filter(agency_id=agency_id, key=key).order_by("pk"),
    agency_id=_SOME_ID, key="the sample of a key",
)  # fmt: skip


def agencies_at(at: datetime) -> QuerySet[Agency]:
    """Agencies in force at this moment, by code."""
    return Agency.objects.valid_at(at).order_by("code")


def directory(at: datetime, *, ids: Collection[int] | None = None) -> list[Agency]:
    """Agencies in force with their own counters (``hosted_counters``) and those that take in for them (``counters``).

    `ids` narrows to some agencies. Three queries, by tier and code.
    """
    found = Agency.objects.valid_at(at).exclude(kind=AgencyKind.POST).select_related("parent")
    if ids is not None:
        found = found.filter(pk__in=ids)
    tiers = {Tier.PROVINCE: 0, Tier.DISTRICT: 1, Tier.COMMUNE: 2}
    rows = list(found.prefetch_related("hosted_counters", "counters").order_by("code"))
    return sorted(rows, key=lambda row: tiers[Tier(row.tier)])


def agency_by_code(code: str) -> Agency | None:
    return Agency.objects.filter(code=code).first()


def standing_at(agency: Agency, at: datetime, *, division: str = "") -> Agency:
    """The agency, or who has its work at this moment when it has ended: the successor in whose division ``division``
    somebody holds a post, else the first by code. Itself where nobody follows.
    """
    passed = {agency.pk}
    while agency.until is not None and agency.until <= at.date():
        heirs = [heir for heir in agency.successors.order_by("code") if heir.pk not in passed]
        if not heirs:
            break
        if division and len(heirs) > 1:
            held = PostHeld.objects.filter(Q(until__isnull=True) | Q(until__gt=at), agency__in=heirs, since__lte=at)
            manned = set(held.filter(division__key=division).values_list("agency_id", flat=True))
            heirs = [heir for heir in heirs if heir.pk in manned] or heirs
        agency = heirs[0]
        passed.add(agency.pk)
    return agency


def counters_of(agency_id: int) -> QuerySet[OneStopCounter]:
    """One-stop counters where this agency's dossiers are handed in."""
    return OneStopCounter.objects.filter(serves=agency_id).select_related("host").order_by("name")


def colleagues(agency_id: int, *, division_id: int | None, roles: tuple[Role, ...], at: datetime) -> list[PostHeld]:
    """Posts of these roles held now in the agency (and division), with their account, for a choice of assignee."""
    where = {} if division_id is None else {"division_id": division_id}
    return _colleagues(roles, bool(where))(agency_id=agency_id, at=at, **where)


@cache
def _colleagues(roles: tuple[Role, ...], of_division: bool) -> KeptQuery[PostHeld]:
    def built(agency_id: int, at: datetime, **where: int) -> QuerySet[PostHeld]:
        held = PostHeld.objects.filter(agency_id=agency_id, role__in=[role.value for role in roles], since__lte=at)
        held = held.filter(Q(until__isnull=True) | Q(until__gt=at))
        if where:
            held = held.filter(Q(**where) | Q(division_id__isnull=True))
        return held.select_related("account").order_by("account__full_name", "pk")

    return KeptQuery(built, agency_id=_SOME_ID, at=_SOME_TIME, **{"division_id": _SOME_ID + 1} if of_division else {})


def overlap_words(known: PostHeld) -> str:
    """The term that stands in the way of another of the same person in the same place."""
    begins = localtime(known.since).strftime("%d/%m/%Y")
    ends = localtime(known.until).strftime("đến %d/%m/%Y") if known.until else "chưa có ngày kết thúc"
    place = known.division or known.counter or known.agency
    return (
        f"{known.account.name} đã giữ vị trí {ROLES[Role(known.role)].lower()} tại {place.name} từ {begins}, {ends}. "
        "Hãy kết thúc vị trí đó trước, hoặc chọn ngày bắt đầu sau ngày kết thúc."
    )


def holders(agency_ids: Collection[int], *, at: datetime) -> list[PostHeld]:
    """Every post held at this moment in these agencies, with account and place, by agency, role and name."""
    held = PostHeld.objects.filter(Q(until__isnull=True) | Q(until__gt=at), agency_id__in=agency_ids, since__lte=at)
    around = ("account", "agency", "division", "counter")
    order = ("agency__code", "role", "account__full_name", "pk")
    return list(held.filter(account__is_active=True).select_related(*around).order_by(*order))


def standing_in(posts: Collection[PostHeld], *, at: datetime) -> dict[int, StandIn]:
    """Who stands in at this moment for any of these posts, by the post's key, with their account."""
    found = StandIn.objects.filter(post__in=posts, since__lte=at, until__gt=at, account__is_active=True)
    return {row.post_id: row for row in found.select_related("account").order_by("pk")}


def people_with(role: Role, *, agency_id: int | None = None, at: datetime) -> dict[int, str]:
    """Names by account of those who hold a role at this moment, in one agency or anywhere."""
    held = PostHeld.objects.filter(role=role.value, since__lte=at).filter(Q(until__isnull=True) | Q(until__gt=at))
    if agency_id is not None:
        held = held.filter(agency_id=agency_id)
    return {post.account_id: post.account.name for post in held.select_related("account").order_by("pk")}


def bodies_standing(at: datetime) -> QuerySet[Agency]:
    """Agencies in force or still to begin, by code, with the one above each and their divisions: those one may
    reorganise.
    """
    rows = Agency.objects.filter(Q(until__isnull=True) | Q(until__gt=at.date()))
    return rows.select_related("parent").prefetch_related("divisions").order_by("code")


def reorganisations_planned() -> QuerySet[PlannedReorganisation]:
    """Plans not carried out, those that wait first, then the dropped ones; the nearest day on top."""
    return PlannedReorganisation.objects.filter(done__isnull=True).order_by(
        F("dropped_at").asc(nulls_first=True), "day", "pk"
    )


def reorganisation_planned(pk: int) -> PlannedReorganisation | None:
    return PlannedReorganisation.objects.filter(pk=pk).first()


def reorganisations_done() -> QuerySet[Reorganisation]:
    """What was carried out, from the page or by the command, the latest first."""
    return Reorganisation.objects.select_related("planned").order_by("-applied_at", "-pk")


def names_of(codes: Collection[str]) -> dict[str, str]:
    """Names of agencies by code, as they are now."""
    return dict(Agency.objects.filter(code__in=codes).order_by().values_list("code", "name"))
