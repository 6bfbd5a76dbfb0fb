"""Reads of the reception: the queue now, the calling screen, the roster, the register's lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet

from motcua.agencies.models import OneStopCounter, PostHeld
from motcua.base.kept import KeptQuery
from motcua.reception.facts import RosterDay, Shift, half_of, halves_open, is_open
from motcua.reception.models import Duty, Half, RegisterEntry, ServiceGroup, Ticket
from motcua.rules.people import Actor, Role
from motcua.rules.worktime import VIETNAM, Calendar

SHOWN = 6
"""Calls the screen keeps."""


@dataclass(frozen=True, slots=True)
class QueueNow:
    """How a counter's queue stands. ``average_wait`` in minutes over those called today; None before the first."""

    waiting: int
    average_wait: int | None
    served: int


def counter_of(pk: int) -> OneStopCounter | None:
    return OneStopCounter.objects.select_related("host").filter(pk=pk).first()


def counters_at(actor: Actor) -> list[OneStopCounter]:
    """The counters where this officer sits, by name."""
    mine = [post for post in actor.posts if post.role == Role.COUNTER_OFFICER]
    named = [post.counter_id for post in mine if post.counter_id is not None]
    hosts = [post.agency_id for post in mine if post.counter_id is None]
    found = OneStopCounter.objects.filter(Q(pk__in=named) | Q(host_id__in=hosts))
    return list(found.select_related("host").order_by("name", "pk"))


def counters_planned_by(actor: Actor) -> list[OneStopCounter]:
    """The counters whose roster this person sets."""
    everywhere = actor.holds(Role.OPERATOR)
    heads = [post.agency_id for post in actor.posts if post.role in (Role.LEADER, Role.DIVISION_HEAD)]
    found = OneStopCounter.objects.all() if everywhere else OneStopCounter.objects.filter(host_id__in=heads)
    return list(found.select_related("host").order_by("name", "pk"))


# --- the queue


def groups_of(counter: OneStopCounter) -> list[ServiceGroup]:
    """Groups one can take a ticket for, by letter."""
    return list(ServiceGroup.objects.filter(counter=counter, is_open=True).order_by("letter"))


def queue_now(counter: OneStopCounter, *, at: datetime) -> QueueNow:
    """Waiting, served and mean wait of the day. One query."""
    today = Ticket.objects.filter(counter=counter, day=at.date())
    found = today.aggregate(
        waiting=Count("pk", filter=Q(standing=Ticket.Standing.WAITING)),
        served=Count("pk", filter=Q(standing=Ticket.Standing.DONE)),
        wait=Avg(F("called_at") - F("taken_at"), filter=Q(called_at__isnull=False)),
    )
    wait: timedelta | None = found["wait"]
    return QueueNow(found["waiting"], None if wait is None else round(wait / timedelta(minutes=1)), found["served"])


def waiting_by_group(counter: OneStopCounter, *, at: datetime) -> dict[str, int]:
    """How many wait, by the letter of the group."""
    rows = Ticket.objects.filter(counter=counter, day=at.date(), standing=Ticket.Standing.WAITING)
    return dict(rows.order_by().values_list("group__letter").annotate(n=Count("pk")))


def ahead_of(ticket: Ticket) -> int:
    """How many of the same group are called before this ticket."""
    if ticket.standing != Ticket.Standing.WAITING:
        return 0
    before = Q(taken_at__lt=ticket.taken_at) | Q(taken_at=ticket.taken_at, pk__lt=ticket.pk)
    waiting = Ticket.objects.filter(group_id=ticket.group_id, day=ticket.day, standing=Ticket.Standing.WAITING)
    return waiting.filter(before).count()


def ticket_of(public_id: str) -> Ticket | None:
    """A ticket by its public id."""
    return Ticket.objects.select_related("group", "counter").filter(public_id=public_id).first()


def called_by(actor: Actor, counter: OneStopCounter) -> Ticket | None:
    """Whom this officer is serving."""
    called = Ticket.objects.filter(counter=counter, called_by_id=actor.account_id, standing=Ticket.Standing.CALLED)
    return called.select_related("group").first()


def screen_of(counter: OneStopCounter, *, at: datetime) -> list[Ticket]:
    """The latest calls of the day, newest first. Numbers and desks only: nobody's name is known here."""
    shown = Ticket.objects.filter(counter=counter, day=at.date(), shown_at__isnull=False)
    return list(shown.select_related("group").order_by("-shown_at", "-pk")[:SHOWN])


# --- the roster


def people_of(counter: OneStopCounter, *, on: date) -> list[tuple[int, str]]:
    """Officers who sit at the counter on a day (account id, name), by name."""
    noon = datetime.combine(on, time(12), VIETNAM)
    posts = PostHeld.objects.filter(role=Role.COUNTER_OFFICER.value, since__lte=noon)
    posts = posts.filter(Q(until__isnull=True) | Q(until__gt=noon))
    posts = posts.filter(Q(counter=counter) | Q(counter__isnull=True, agency_id=counter.host_id))
    rows = posts.filter(account__is_active=True).select_related("account").order_by("account__full_name", "account_id")
    return list({post.account_id: (post.account_id, post.account.name) for post in rows}.values())


def roster(counter: OneStopCounter, first: date, days: int, *, calendar: Calendar) -> list[RosterDay]:
    """Who is on duty on each of ``days`` days from ``first``, with the gaps. One query.

    Whoever has left the counter before a day is not on duty on it, though planned: that half day is a gap.
    """
    stays = Q(until__isnull=True) | Q(until__date__gte=OuterRef("day"))
    rows = Duty.objects.filter(counter=counter, day__range=(first, first + timedelta(days=days - 1)))
    rows = rows.filter(Exists(_SITS.filter(stays)))
    on_duty: dict[tuple[date, str], list[tuple[int, str]]] = {}
    for row in rows.select_related("account").order_by("account__full_name", "account_id"):
        on_duty.setdefault((row.day, row.half), []).append((row.account_id, row.account.name))
    found = []
    for day in (first + timedelta(days=number) for number in range(days)):
        open_halves = halves_open(calendar, day)
        shifts = tuple(Shift(day, half, tuple(on_duty.get((day, half), ())), half in open_halves) for half in Half)
        found.append(RosterDay(day, shifts, "" if open_halves else calendar.day(day.toordinal()).words))
    return found


def gaps(counter: OneStopCounter, first: date, days: int, *, calendar: Calendar) -> list[date]:
    """Working days with a half on which nobody is on duty."""
    return [day.day for day in roster(counter, first, days, calendar=calendar) if day.is_gap]


_SITS = PostHeld.objects.filter(
    Q(counter_id=OuterRef("counter_id")) | Q(counter__isnull=True, agency_id=OuterRef("counter__host_id")),
    account_id=OuterRef("account_id"),
    role=Role.COUNTER_OFFICER.value,
)
"""Posts at the counter of a duty, of whoever is planned for it."""


def _duties_now(at: datetime) -> QuerySet[Duty]:
    """Duties of this half day of those who still sit there at this moment: leaving takes effect at once."""
    sits = _SITS.filter(Q(until__isnull=True) | Q(until__gt=at), account__is_active=True)
    return Duty.objects.filter(Exists(sits), day=at.date(), half=half_of(at))


def on_duty(counters: Sequence[OneStopCounter], *, calendar: Calendar, at: datetime) -> dict[int, list[str]]:
    """Names of those on duty at this moment, by counter; empty outside working hours. One query."""
    if not is_open(calendar, at):
        return {}
    rows = _duties_now(at).filter(counter__in=counters)
    names: dict[int, list[str]] = {}
    for row in rows.select_related("account").order_by("account__full_name", "account_id"):
        names.setdefault(row.counter_id, []).append(row.account.name)
    return names


def counters_manned(counters: Collection[int], *, at: datetime) -> set[int]:
    """Which counters have somebody on duty in this half of the day, open or not. One query."""
    rows = _duties_now(at).filter(counter_id__in=counters)
    return set(rows.order_by().values_list("counter_id", flat=True))


# --- the register


def entry_of(subject: str) -> RegisterEntry | None:
    """Book and number of a dossier, by its code."""
    return next(iter(_entry_of(subject=subject)), None)


_entry_of = KeptQuery(
    lambda subject: RegisterEntry.objects.filter(subject=subject).order_by("pk"), subject="the sample of a code"
)


def entries(counter_id: int, *, since: datetime, until: datetime, after: int = 0) -> QuerySet[RegisterEntry]:
    """Lines of a counter's register entered in [since, until), beyond the key ``after``, in order of writing."""
    rows = RegisterEntry.objects.filter(counter_id=counter_id, entered_at__gte=since, entered_at__lt=until)
    return rows.filter(pk__gt=after).order_by("pk")
