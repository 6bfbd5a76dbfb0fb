"""The queue of a counter: numbers by day and group, calling, waiting."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connections

from motcua.base.errors import Refusal
from motcua.policy.queries import calendar
from motcua.reception import actions, queries
from motcua.reception.models import ServiceGroup, Ticket
from motcua.rules.people import Actor, Role
from tests.cast import Cast

MINUTE = timedelta(minutes=1)
SYSTEM = Actor.system("test")


def take(cast: Cast, at: datetime, letter: str = "") -> Ticket:
    return actions.take_ticket(cast.counter, letter=letter, calendar=calendar(at), at=at)


def test_numbers_begin_anew_each_day_and_in_each_group(cast: Cast, at: datetime) -> None:
    for letter, name in (("A", "Hộ tịch"), ("B", "Đất đai")):
        actions.open_group(cast.counter, letter, name, by=SYSTEM, at=at)
    assert [take(cast, at, letter).text for letter in ("A", "B", "A")] == ["A001", "B001", "A002"]
    assert take(cast, at + timedelta(days=1), "A").text == "A001"
    with pytest.raises(Refusal):
        take(cast, at, "Z")


def test_a_counter_without_groups_queues_for_everything(cast: Cast, at: datetime) -> None:
    assert take(cast, at).text == "A001"
    assert ServiceGroup.objects.get().name == "Tất cả thủ tục"


def test_no_number_on_days_off_nor_after_closing(cast: Cast, at: datetime) -> None:
    for closed in (at + timedelta(days=3), at.replace(hour=17, minute=30)):
        with pytest.raises(Refusal, match="nghỉ"):
            take(cast, closed)
    assert not Ticket.objects.exists()


def test_who_waited_longest_is_called_and_the_one_before_is_done(cast: Cast, at: datetime) -> None:
    first, second = take(cast, at), take(cast, at + MINUTE)
    called = actions.call_next(cast.counter, place="3", by=cast.minh, at=at + 5 * MINUTE)
    assert called == first and called.place == "3"
    assert actions.call_again(cast.counter, by=cast.minh, at=at + 6 * MINUTE).calls == 2
    assert queries.queue_now(cast.counter, at=at) == queries.QueueNow(waiting=1, average_wait=5, served=0)
    assert queries.ahead_of(second) == 0
    assert actions.call_next(cast.counter, by=cast.minh, at=at + 8 * MINUTE) == second
    first.refresh_from_db()
    assert first.standing == Ticket.Standing.DONE
    assert actions.mark_absent(cast.counter, by=cast.minh, at=at + 9 * MINUTE).standing == Ticket.Standing.ABSENT
    assert actions.call_next(cast.counter, by=cast.minh, at=at + 9 * MINUTE) is None
    with pytest.raises(Refusal):
        actions.finish(cast.counter, by=cast.minh, at=at)
    assert [ticket.text for ticket in queries.screen_of(cast.counter, at=at)] == ["A002", "A001"]


def test_only_who_sits_at_the_counter_calls(cast: Cast, at: datetime) -> None:
    take(cast, at)
    for stranger in (cast.oanh, cast.ha, cast.quang, cast.lan):
        with pytest.raises(Refusal) as refused:
            actions.call_next(cast.counter, by=stranger, at=at)
        assert refused.value.status == 403
    assert Ticket.objects.get().standing == Ticket.Standing.WAITING


def test_only_who_manages_the_counter_names_its_groups(cast: Cast, at: datetime) -> None:
    with pytest.raises(Refusal):
        actions.open_group(cast.counter, "A", "Hộ tịch", by=cast.minh, at=at)
    with pytest.raises(Refusal) as refused:
        actions.open_group(cast.counter, "Đ", "", by=cast.quang, at=at)
    assert set(refused.value.field_errors) == {"letter", "name"}


@pytest.mark.django_db(transaction=True)
def test_no_number_is_given_twice_and_nobody_called_twice_over_many_connections(cast: Cast, at: datetime) -> None:
    _ = cast.counter, actions.open_group(cast.counter, "A", "Hộ tịch", by=SYSTEM, at=at)
    officers = []
    for number in range(4):
        account = cast.officer(f"quay{number}", f"Cán bộ {number}")
        officers.append(cast.post(account, Role.COUNTER_OFFICER, cast.commune, counter=cast.counter))
    _together([lambda: take(cast, at, "A") for _ in range(4)])
    assert sorted(Ticket.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, 3, 4]
    _together([lambda by=by: actions.call_next(cast.counter, by=by, at=at + MINUTE) for by in officers])
    assert set(Ticket.objects.order_by("pk").values_list("called_by_id", flat=True)) == {
        by.account_id for by in officers
    }


def _together(acts: list) -> None:
    gate, errors = threading.Barrier(len(acts)), []

    def run(act) -> None:
        gate.wait()
        try:
            act()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
