"""The queue's verbs: take a number, call the next, call again, not there, done."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction

from motcua.agencies.models import OneStopCounter
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.reception.facts import closing, plans_for, sits_at
from motcua.reception.models import ServiceGroup, Ticket
from motcua.rules.people import Actor
from motcua.rules.text import clean_line
from motcua.rules.worktime import Calendar

MOST_WAITING = 300
"""Tickets of one group that may wait at once; more cannot be served in a day."""
DEFAULT_GROUP = ("A", "Tất cả thủ tục")
"""What a counter queues for until it names groups of its own."""

_TAKE_NUMBER = """
INSERT INTO reception_ticketseries (group_id, day, last) VALUES (%s, %s, 1)
ON CONFLICT (group_id, day) DO UPDATE SET last = reception_ticketseries.last + 1 RETURNING last
"""


@transaction.atomic
def open_group(counter: OneStopCounter, letter: str, name: str, *, by: Actor, at: datetime) -> ServiceGroup:
    """Open (or rename) a service group of a counter. Raises `Refusal` for a wrong letter, no name, or no right to."""
    if not plans_for(by, counter):
        raise Refusal("Bạn không quản lý quầy này.", status=403)
    letter, name = clean_line(letter).upper(), clean_line(name)[:120]
    problems: dict[str, list[str]] = {}
    if len(letter) != 1 or not "A" <= letter <= "Z":
        problems["letter"] = ["Ký hiệu là một chữ cái từ A đến Z."]
    if not name:
        problems["name"] = ["Hãy ghi tên nhóm việc."]
    if problems:
        raise Refusal("Chưa mở được nhóm việc.", field_errors=problems)
    group, _ = ServiceGroup.objects.update_or_create(
        counter=counter, letter=letter, defaults={"name": name, "is_open": True}
    )
    body = {"letter": letter, "name": name}
    record(subject=("counter", str(counter.pk)), verb="open_group", by=by, at=at, body=body)
    return group


@transaction.atomic
def close_group(group: ServiceGroup, *, by: Actor, at: datetime) -> ServiceGroup:
    """Take no more tickets for a group; those given are still called."""
    if not plans_for(by, group.counter):
        raise Refusal("Bạn không quản lý quầy này.", status=403)
    group.is_open = False
    group.save(update_fields=["is_open"])
    body = {"letter": group.letter}
    record(subject=("counter", str(group.counter_id)), verb="close_group", by=by, at=at, body=body)
    return group


def take_ticket(counter: OneStopCounter, *, letter: str = "", calendar: Calendar, at: datetime) -> Ticket:
    """The next number of a group (of the only one when ``letter`` is ""). The public's act: nobody is named.

    Raises `Refusal` 409 on days off, after closing, and when too many wait already; 404 for an unknown group.
    """
    closes = closing(calendar, at.date())
    if closes is None or at >= closes:
        raise Refusal("Hôm nay quầy đã hết giờ hoặc nghỉ, chưa lấy số được.", status=409)
    group = _group(counter, letter)
    waiting = Ticket.objects.filter(group=group, day=at.date(), standing=Ticket.Standing.WAITING).count()
    if waiting >= MOST_WAITING:
        raise Refusal(
            "Nhóm việc này đã đủ người chờ trong hôm nay. Hãy chọn nhóm khác hoặc nộp trực tuyến.", status=409
        )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE_NUMBER, [group.pk, at.date()])
        (number,) = cursor.fetchone()
        return Ticket.objects.create(counter=counter, group=group, day=at.date(), number=number, taken_at=at)


def _group(counter: OneStopCounter, letter: str) -> ServiceGroup:
    groups = list(ServiceGroup.objects.filter(counter=counter, is_open=True).order_by("letter"))
    if not groups and not letter:
        own, name = DEFAULT_GROUP
        made, _ = ServiceGroup.objects.get_or_create(counter=counter, letter=own, defaults={"name": name})
        return made
    if len(groups) == 1 and not letter:
        return groups[0]
    found = next((group for group in groups if group.letter == letter), None)
    if found is None:
        raise Refusal("Quầy không có nhóm việc này.", status=404)
    return found


@transaction.atomic
def call_next(
    counter: OneStopCounter, *, letters: Collection[str] = (), place: str = "", by: Actor, at: datetime
) -> Ticket | None:
    """Call who has waited longest (in the groups of ``letters``, or in any); None when nobody waits.

    Who was being served by this officer is done then. Two officers who press at once call two people.
    """
    _must_sit(by, counter)
    present = _mine(counter, by)
    if present is not None:
        _end(present, Ticket.Standing.DONE, at)
    queue = Ticket.objects.filter(counter=counter, day=at.date(), standing=Ticket.Standing.WAITING)
    if letters:
        queue = queue.filter(group__letter__in=letters)
    ticket = (
        queue.select_for_update(of=("self",), skip_locked=True)
        .select_related("group")
        .order_by("taken_at", "pk")
        .first()
    )
    if ticket is None:
        return None
    ticket.standing, ticket.called_by_id = Ticket.Standing.CALLED, by.account_id
    ticket.called_at = ticket.shown_at = at
    ticket.calls, ticket.place = 1, clean_line(place)[:20]
    ticket.save()
    return ticket


@transaction.atomic
def call_again(counter: OneStopCounter, *, by: Actor, at: datetime) -> Ticket:
    """Show the present number once more. Raises `Refusal` 409 when there is none."""
    ticket = _present(counter, by)
    ticket.calls, ticket.shown_at = ticket.calls + 1, at
    ticket.save(update_fields=["calls", "shown_at"])
    return ticket


@transaction.atomic
def finish(counter: OneStopCounter, *, by: Actor, at: datetime) -> Ticket:
    """The present person has been served."""
    return _end(_present(counter, by), Ticket.Standing.DONE, at)


@transaction.atomic
def mark_absent(counter: OneStopCounter, *, by: Actor, at: datetime) -> Ticket:
    """Whoever was called did not come."""
    return _end(_present(counter, by), Ticket.Standing.ABSENT, at)


def _must_sit(by: Actor, counter: OneStopCounter) -> None:
    if not sits_at(by, counter):
        raise Refusal("Bạn không làm việc ở quầy này.", status=403)


def _mine(counter: OneStopCounter, by: Actor) -> Ticket | None:
    called = Ticket.objects.select_for_update(of=("self",)).select_related("group")
    return called.filter(counter=counter, called_by_id=by.account_id, standing=Ticket.Standing.CALLED).first()


def _present(counter: OneStopCounter, by: Actor) -> Ticket:
    _must_sit(by, counter)
    ticket = _mine(counter, by)
    if ticket is None:
        raise Refusal("Bạn chưa gọi số nào.", status=409)
    return ticket


def _end(ticket: Ticket, standing: Ticket.Standing, at: datetime) -> Ticket:
    ticket.standing, ticket.ended_at = standing, at
    ticket.save(update_fields=["standing", "ended_at"])
    return ticket
