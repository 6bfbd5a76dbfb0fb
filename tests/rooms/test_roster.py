"""The duty roster of a counter (BD-66)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from motcua.base.errors import Refusal
from motcua.policy.models import SpecialDay
from motcua.policy.queries import calendar, forget
from motcua.reception import actions, queries
from motcua.reception.models import Duty, Half
from motcua.rules.people import Role
from tests.acceptance.proof import accepts
from tests.cast import Cast

MONDAY = date(2026, 11, 16)
DAY = timedelta(days=1)


def put(cast: Cast, at: datetime, day: date, half: Half, *people: int) -> None:
    actions.set_shift(cast.counter, day, half, people, calendar=calendar(at), by=cast.quang, at=at)


def day_off(day: date) -> None:
    SpecialDay.objects.create(day=day, kind=SpecialDay.Kind.OFF, name="Ngày nghỉ")
    forget()


@accepts("BD-66")
def test_every_working_day_has_somebody_on_duty_or_is_shown_as_a_gap(cast: Cast, at: datetime) -> None:
    minh = cast.minh.account_id
    for number in range(5):
        put(cast, at, MONDAY + number * DAY, Half.MORNING, minh)
        if number != 2:
            put(cast, at, MONDAY + number * DAY, Half.AFTERNOON, minh)
    week = queries.roster(cast.counter, MONDAY, 7, calendar=calendar(at))
    assert [day.is_gap for day in week] == [False, False, True, False, False, False, False]
    assert week[5].reason and not week[5].shifts[0].is_open
    assert queries.gaps(cast.counter, MONDAY, 7, calendar=calendar(at)) == [MONDAY + 2 * DAY]


@accepts("BD-66")
def test_nobody_is_put_on_duty_on_a_holiday_and_a_holiday_is_no_gap(cast: Cast, at: datetime) -> None:
    _ = cast.minh
    holiday = MONDAY + 3 * DAY
    day_off(holiday)
    with pytest.raises(Refusal, match="không làm việc"):
        put(cast, at, holiday, Half.MORNING, cast.minh.account_id)
    with pytest.raises(Refusal):
        put(cast, at, MONDAY + 5 * DAY, Half.MORNING, cast.minh.account_id)
    assert holiday not in queries.gaps(cast.counter, MONDAY, 7, calendar=calendar(at))
    assert not Duty.objects.exists()


def test_who_is_on_duty_now(cast: Cast, at: datetime) -> None:
    put(cast, at, at.date(), Half.MORNING, cast.minh.account_id)
    now = {"calendar": calendar(at)}
    assert queries.on_duty([cast.counter], **now, at=at) == {cast.counter.pk: ["Lê Quang Minh"]}
    assert not queries.on_duty([cast.counter], **now, at=at.replace(hour=14))
    assert not queries.on_duty([cast.counter], **now, at=at.replace(hour=12))
    put(cast, at, at.date(), Half.MORNING)
    assert not queries.on_duty([cast.counter], **now, at=at)


@accepts("BD-66")
def test_who_has_left_the_counter_is_not_on_duty_any_more_and_the_day_is_a_gap(cast: Cast, at: datetime) -> None:
    following = at.date() + DAY
    for day in (at.date(), following):
        put(cast, at, day, Half.MORNING, cast.minh.account_id)
        put(cast, at, day, Half.AFTERNOON, cast.minh.account_id)
    now = {"calendar": calendar(at)}
    cast.minh_account.posts.update(until=at)
    assert not queries.on_duty([cast.counter], **now, at=at)
    assert not queries.counters_manned([cast.counter.pk], at=at)
    days = queries.roster(cast.counter, at.date(), 2, **now)
    assert [day.is_gap for day in days] == [False, True]  # the day of leaving stays as it was planned


def test_last_week_is_copied_without_days_off_and_without_those_who_left(cast: Cast, at: datetime) -> None:
    second = cast.post(cast.officer("kha", "Đỗ Kha"), Role.COUNTER_OFFICER, cast.commune, counter=cast.counter)
    for number in range(5):
        put(cast, at, MONDAY + number * DAY, Half.MORNING, cast.minh.account_id, second.account_id)
    following = MONDAY + 7 * DAY
    day_off(following)
    put(cast, at, following + DAY, Half.MORNING, cast.minh.account_id)
    post = cast.minh_account.posts.get()
    post.until = datetime.combine(following + 2 * DAY, at.time(), at.tzinfo)
    post.save()
    copied = actions.copy_last_week(cast.counter, following + DAY, calendar=calendar(at), by=cast.quang, at=at)
    rows = Duty.objects.filter(day__gte=following).order_by("day", "account_id").values_list("day", "account_id")
    minh, kha = cast.minh.account_id, second.account_id
    expected = {
        (following + DAY, minh),
        (following + 2 * DAY, kha), (following + 3 * DAY, kha), (following + 4 * DAY, kha),
    }  # fmt: skip
    assert set(rows) - {(following + 2 * DAY, minh)} == expected
    assert copied == len(rows) - 1


def test_only_heads_of_the_host_and_operators_plan_and_only_people_of_the_counter(cast: Cast, at: datetime) -> None:
    for stranger in (cast.minh, cast.ha, cast.oanh, cast.lan):
        with pytest.raises(Refusal) as refused:
            actions.set_shift(cast.counter, MONDAY, Half.MORNING, [], calendar=calendar(at), by=stranger, at=at)
        assert refused.value.status == 403
        with pytest.raises(Refusal):
            actions.copy_last_week(cast.counter, MONDAY, calendar=calendar(at), by=stranger, at=at)
    with pytest.raises(Refusal, match="chức danh"):
        put(cast, at, MONDAY, Half.MORNING, cast.oanh.account_id)
    operator = cast.post(cast.officer("van-hanh", "Vận Hành"), Role.OPERATOR, cast.other_commune)
    actions.set_shift(
        cast.counter, MONDAY, Half.MORNING, [cast.minh.account_id], calendar=calendar(at), by=operator, at=at
    )
    assert Duty.objects.count() == 1
