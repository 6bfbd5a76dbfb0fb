"""Reads of the post: what a clerk, a counter, an operator may see of it. What one may not see does not exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.agencies.models import Agency
from motcua.base.errors import Refusal
from motcua.parcels.models import HandoverList, ListLine, LostCase, Parcel, Service
from motcua.rules.parcels import LIVE, ON_THE_ROAD, ListState, ParcelState, Way, is_late
from motcua.rules.people import Actor, Role, at_counter

_LIVE = [state.value for state in LIVE]
_NOBODY = Q(pk__isnull=True)


def unit_for(counter_id: int, *, at: datetime) -> Agency | None:
    """The post office that works for this counter, while it exists; None where the post has no service here."""
    found = Service.objects.filter(counter_id=counter_id).select_related("unit").first()
    if found is None or (found.unit.until is not None and found.unit.until <= at.date()):
        return None
    return found.unit


def units_of(actor: Actor) -> list[int]:
    """The post offices this actor is a clerk of."""
    return sorted({post.agency_id for post in actor.posts if post.role == Role.POSTAL_CLERK})


def served_counters(actor: Actor) -> list[Service]:
    """The counters this clerk's post office works for, each with its name, agency and address."""
    found = Service.objects.filter(unit_id__in=units_of(actor)).select_related("counter__host", "unit")
    return list(found.order_by("counter__name", "pk"))


def envelopes_under_way(agency_ids: Iterable[int]) -> Counter[str]:
    """How many envelopes of these agencies' dossiers are still on their way, by the dossier's code."""
    rows = Parcel.objects.filter(agency_id__in=list(agency_ids), state__in=_LIVE)
    return Counter(rows.order_by().values_list("ref", flat=True))


def through_clerk(actor: Actor) -> Q:
    """What belongs to the clerk's own post office."""
    units = units_of(actor)
    return Q(unit_id__in=units) if units else _NOBODY


def through_counter(actor: Actor) -> Q:
    """What belongs to the officer's own counter, of his own agency."""
    seen = _NOBODY
    for post in actor.posts:
        if post.role == Role.COUNTER_OFFICER:
            here = Q(agency_id=post.agency_id)
            seen |= here & Q(counter_id=post.counter_id) if post.counter_id else here
    return seen


def is_counters(parcel: Parcel, actor: Actor) -> bool:
    """`through_counter` asked of one envelope in hand."""
    return any(
        at_counter(post, agency_id=parcel.agency_id, counter_id=parcel.counter_id, taken_in_by_id=None)
        for post in actor.posts
    )


def parcels_of(actor: Actor) -> QuerySet[Parcel]:
    """Envelopes of the actor's own post office or counter, those due first on top."""
    seen = through_clerk(actor) | through_counter(actor)
    found = Parcel.objects.filter(seen).select_related("unit", "counter", "lost_case")
    return found.order_by("due_at", "ready_at", "pk")


def parcel_of(number: str, actor: Actor) -> Parcel:
    """One envelope. Raises `Refusal` 404 when it is none of this actor's."""
    found = parcels_of(actor).filter(number=number).first()
    if found is None:
        raise Refusal("Không tìm thấy bưu gửi này.", status=404)
    return found


def lists_of(actor: Actor) -> QuerySet[HandoverList]:
    """Hand-over lists in which the actor's post office or counter is a party, newest first."""
    seen = through_clerk(actor) | through_counter(actor)
    return HandoverList.objects.filter(seen).select_related("unit", "counter", "agency").order_by("-opened_at", "-pk")


def list_of(number: str, actor: Actor) -> HandoverList:
    """One list. Raises `Refusal` 404 when neither side of it is this actor's."""
    found = lists_of(actor).filter(number=number).first()
    if found is None:
        raise Refusal("Không tìm thấy danh sách bàn giao này.", status=404)
    return found


def on_the_way_of(found: HandoverList) -> QuerySet[Parcel]:
    """Envelopes of the way and places of a list, those due first on top; whoever has the list in hand may see them."""
    here = Parcel.objects.filter(way=found.way, unit_id=found.unit_id, counter_id=found.counter_id)
    return here.filter(agency_id=found.agency_id).order_by("due_at", "ready_at", "pk")


def waiting_for(found: HandoverList) -> QuerySet[Parcel]:
    """Envelopes that could be put on this list now: ready, and on no list yet."""
    return on_the_way_of(found).filter(state=ParcelState.READY.value).exclude(lines__is_pending=True)


def pending_lists(parcels: Sequence[Parcel]) -> dict[int, str]:
    """On which unconfirmed list an envelope stands, by its key. One query."""
    lines = ListLine.objects.filter(parcel__in=parcels, is_pending=True).order_by("pk")
    return dict(lines.values_list("parcel_id", "list__number"))


def is_giver(found: HandoverList, actor: Actor) -> bool:
    """Whether the actor stands on the giving side: the counter gives results, the post gives dossiers."""
    side = through_counter(actor) if found.way == Way.TO_CITIZEN else through_clerk(actor)
    return HandoverList.objects.filter(side, pk=found.pk).exists()


def is_receiver(found: HandoverList, actor: Actor) -> bool:
    """Whether the actor stands on the receiving side."""
    side = through_clerk(actor) if found.way == Way.TO_CITIZEN else through_counter(actor)
    return HandoverList.objects.filter(side, pk=found.pk).exists()


def of_dossier(ref: str) -> list[Parcel]:
    """Every envelope of a dossier with its events, oldest first."""
    found = Parcel.objects.filter(ref=ref).select_related("unit", "lost_case").prefetch_related("events")
    return list(found.order_by("ready_at", "pk"))


def carrying_unit(ref: str) -> int | None:
    """The post office that has this dossier's result in hand now, or had it last and has just delivered it."""
    states = [*(state.value for state in ON_THE_ROAD), ParcelState.DELIVERED.value]
    found = Parcel.objects.filter(ref=ref, way=Way.TO_CITIZEN, state__in=states)
    return found.order_by("-pk").values_list("unit_id", flat=True).first()


def on_the_road(ref: str) -> Parcel | None:
    """The envelope with this dossier's result that the post has in hand."""
    states = [state.value for state in ON_THE_ROAD]
    return Parcel.objects.filter(ref=ref, way=Way.TO_CITIZEN, state__in=states).select_related("unit").first()


def live_parcel(ref: str, way: Way) -> Parcel | None:
    """The envelope that is under way or waits, if there is one."""
    return Parcel.objects.filter(ref=ref, way=way, state__in=_LIVE).first()


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Of one post office: envelopes on their way, of these beyond their limit, and those delivered too late."""

    unit: str
    under_way: int
    overdue: int
    delivered_late: int


def overdue(parcels: QuerySet[Parcel], at: datetime) -> QuerySet[Parcel]:
    """Those whose limit has passed and that have not arrived (BD-81)."""
    return parcels.filter(ended_at__isnull=True, due_at__lt=at)


def punctuality(*, at: datetime) -> list[Punctuality]:
    """Every post office with what it owes, for the operator: counts only, no person."""
    rows: dict[str, list[int]] = {}
    found = Parcel.objects.filter(way=Way.TO_CITIZEN).exclude(state__in=[ParcelState.CANCELLED])
    columns = ("unit__name", "state", "due_at", "ended_at")
    for unit, state, due_at, ended_at in found.order_by("unit__name", "pk").values_list(*columns):
        counts = rows.setdefault(unit, [0, 0, 0])
        if state in _LIVE:
            counts[0] += 1
            counts[1] += is_late(due_at, arrived_at=None, at=at)
        elif state == ParcelState.DELIVERED:
            counts[2] += is_late(due_at, arrived_at=ended_at, at=at)
    return [Punctuality(unit, *counts) for unit, counts in rows.items()]


def cases_of(actor: Actor) -> QuerySet[LostCase]:
    """Lost-dossier cases of the actor's own post office or counter, newest first."""
    seen = Parcel.objects.filter(through_clerk(actor) | through_counter(actor)).values("pk")
    found = LostCase.objects.filter(parcel_id__in=seen).select_related("parcel__unit", "parcel__counter")
    return found.prefetch_related("compensations").order_by("-opened_at", "-pk")


def case_of(number: str, actor: Actor) -> LostCase:
    """The case of an envelope. Raises `Refusal` 404 when it is none of this actor's."""
    found = cases_of(actor).filter(parcel__number=number).first()
    if found is None:
        raise Refusal("Không tìm thấy vụ thất lạc này.", status=404)
    return found


def open_lists(actor: Actor) -> QuerySet[HandoverList]:
    """Lists that are not confirmed yet."""
    return lists_of(actor).exclude(state=ListState.CONFIRMED)
