"""The duty roster's verbs (BD-66): who is on duty on which half of which working day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from motcua.agencies.models import OneStopCounter
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.reception.facts import halves_open, monday_of, plans_for
from motcua.reception.models import Duty, Half
from motcua.reception.queries import people_of
from motcua.rules.people import Actor
from motcua.rules.worktime import Calendar


@transaction.atomic
def set_shift(
    counter: OneStopCounter,
    day: date,
    half: Half,
    accounts: Collection[int],
    *,
    calendar: Calendar,
    by: Actor,
    at: datetime,
) -> None:
    """These officers, and nobody else, are on duty on this half day.

    Raises `Refusal` for somebody who does not sit at the counter then, for a day off, and without the right to plan.
    """
    _must_plan(by, counter)
    if half not in halves_open(calendar, day):
        raise Refusal(f"Ngày {day:%d/%m/%Y} quầy không làm việc buổi này nên không xếp trực.", status=422)
    wanted = set(accounts)
    if wanted - {account for account, _ in people_of(counter, on=day)}:
        raise Refusal("Chỉ xếp trực người đang giữ chức danh cán bộ một cửa tại quầy vào ngày đó.", status=422)
    standing = set(
        Duty.objects.filter(counter=counter, day=day, half=half).order_by("pk").values_list("account_id", flat=True)
    )
    if wanted == standing:
        return
    Duty.objects.filter(counter=counter, day=day, half=half, account_id__in=standing - wanted).delete()
    _put(counter, [(day, half, account) for account in sorted(wanted - standing)], by, at)
    body = {"day": day.isoformat(), "half": half.value, "on_duty": sorted(wanted)}
    record(subject=("counter", str(counter.pk)), verb="set_shift", by=by, at=at, body=body)


@transaction.atomic
def copy_last_week(counter: OneStopCounter, day: date, *, calendar: Calendar, by: Actor, at: datetime) -> int:
    """Fill the empty half days of the week of ``day`` with the week before; how many duties were written.

    Days off stay empty, whoever has left the counter is left out, and what is planned already stays.
    """
    _must_plan(by, counter)
    monday = monday_of(day)
    before = Duty.objects.filter(counter=counter, day__range=(monday - timedelta(days=7), monday - timedelta(days=1)))
    rows = list(before.order_by("day", "half", "account_id").values_list("day", "half", "account_id"))
    this_week = Duty.objects.filter(counter=counter, day__range=(monday, monday + timedelta(days=6)))
    planned = set(this_week.order_by("pk").values_list("day", "half"))
    fresh = []
    for past, half, account in rows:
        target = past + timedelta(days=7)
        if (target, half) in planned or Half(half) not in halves_open(calendar, target):
            continue
        if account in {one for one, _ in people_of(counter, on=target)}:
            fresh.append((target, Half(half), account))
    _put(counter, fresh, by, at)
    body = {"week": monday.isoformat(), "duties": len(fresh)}
    record(subject=("counter", str(counter.pk)), verb="copy_last_week", by=by, at=at, body=body)
    return len(fresh)


def _put(counter: OneStopCounter, duties: list[tuple[date, Half, int]], by: Actor, at: datetime) -> None:
    Duty.objects.bulk_create(
        (
            Duty(counter=counter, day=day, half=half, account_id=account, set_by_name=by.name, set_at=at)
            for day, half, account in duties
        ),
        ignore_conflicts=True,
    )


def _must_plan(by: Actor, counter: OneStopCounter) -> None:
    if not plans_for(by, counter):
        raise Refusal("Chỉ lãnh đạo, phụ trách nơi đặt quầy hoặc quản trị vận hành xếp được lịch trực.", status=403)
