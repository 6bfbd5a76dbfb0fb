"""Stating and ending a clause in a running province; presets taken in whole or not at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.policy import queries
from motcua.policy.actions import add_clause, end_clause, load_built_in_days, load_preset
from motcua.policy.models import Clause, OfficeHours, SpecialDay
from motcua.rules.people import Actor
from motcua.rules.policy import PolicyError
from motcua.rules.worktime import WorktimeError
from tests.cast import Cast

BY = Actor.system("test")
KEY = "acceptance_within_hours"
BASIS = "Quyết định 1/2026/QĐ-UBND"


def add(value: Any, since: date, at: datetime, **scope: Any) -> Clause:
    return add_clause(KEY, value, since=since, basis=BASIS, by=BY, at=at, **scope)


def row(value: Any, since: date, **more: Any) -> dict[str, Any]:
    return {"key": KEY, "value": value, "since": since, "basis": BASIS} | more


def test_a_new_clause_closes_the_one_before_it_and_takes_effect_on_its_day(db: None, at: datetime) -> None:
    today, later = at.date(), at.date() + timedelta(days=10)
    first, second = add(4, today, at), add(2, later, at)
    first.refresh_from_db()
    assert (first.until, second.until) == (later, None)
    hours = [queries.policy_at(at + timedelta(days=days)).acceptance_within_hours for days in (0, 9, 10)]
    assert hours == [4, 4, 2]
    assert Event.objects.filter(verb="add_clause").count() == 2


def test_a_clause_between_two_others_ends_where_the_next_begins(db: None, at: datetime) -> None:
    days = [at.date() + timedelta(days=n) for n in (0, 10, 20)]
    add(4, days[0], at)
    add(2, days[2], at)
    assert add(3, days[1], at).until == days[2]
    assert Clause.objects.get(value=4).until == days[1]


def test_a_clause_cannot_begin_in_the_past_nor_where_another_value_stands(db: None, at: datetime) -> None:
    add(4, at.date(), at)
    with pytest.raises(Refusal, match="đã qua"):
        add(2, at.date() - timedelta(days=1), at)
    with pytest.raises(Refusal, match="đã có giá trị khác"):
        add(2, at.date(), at)
    assert queries.policy_at(at).acceptance_within_hours == 4


def test_a_clause_that_overlaps_a_dated_one_is_refused(db: None, at: datetime) -> None:
    add(4, at.date(), at, until=at.date() + timedelta(days=30))
    with pytest.raises(Refusal, match="còn hiệu lực đến ngày"):
        add(2, at.date() + timedelta(days=10), at)
    assert Clause.objects.count() == 1


def test_what_is_refused_of_a_value_a_key_or_its_dates_is_said(db: None, at: datetime) -> None:
    with pytest.raises(Refusal, match="phải từ 1 đến 80"):
        add(0, at.date(), at)
    with pytest.raises(Refusal, match="phải sau ngày bắt đầu"):
        add(2, at.date(), at, until=at.date())
    with pytest.raises(Refusal, match="no_such_key"):
        add_clause("no_such_key", 1, since=at.date(), basis=BASIS, by=BY, at=at)
    assert not Clause.objects.exists()


def test_the_same_clause_twice_is_one(db: None, at: datetime) -> None:
    assert add(4, at.date(), at).pk == add(4, at.date(), at).pk


def test_an_agency_s_clause_leaves_the_province_s_alone(cast: Cast, at: datetime) -> None:
    province, own = add(4, at.date(), at), add(2, at.date(), at, agency=cast.commune)
    province.refresh_from_db()
    assert (province.until, own.until) == (None, None)
    assert queries.policy_at(at, agency_id=cast.commune.pk).acceptance_within_hours == 2


def test_an_ended_clause_gives_way_to_the_default_in_every_process(db: None, at: datetime) -> None:
    clause = add(4, at.date(), at)
    assert queries.policy_at(at).acceptance_within_hours == 4
    version = queries._version()
    end_clause(clause, until=at.date() + timedelta(days=1), basis="Quyết định bãi bỏ", by=BY, at=at)
    assert queries._version() != version, "what other processes keep would stay old"
    assert queries.policy_at(at).acceptance_within_hours == 4
    assert queries.policy_at(at + timedelta(days=1)).acceptance_within_hours == 8


def test_a_clause_cannot_end_in_the_past_or_after_its_end(db: None, at: datetime) -> None:
    clause = add(4, at.date(), at, until=at.date() + timedelta(days=5))
    with pytest.raises(Refusal, match="từ ngày mai"):
        end_clause(clause, until=at.date(), basis=BASIS, by=BY, at=at)
    with pytest.raises(Refusal, match="đã hết hiệu lực"):
        end_clause(clause, until=at.date() + timedelta(days=6), basis=BASIS, by=BY, at=at)


def test_a_clause_cannot_end_where_what_comes_back_contradicts_another(db: None, at: datetime) -> None:
    stated = {"since": at.date(), "basis": BASIS, "by": BY, "at": at}
    long = add_clause("supplement_answer_days", 60, **stated)
    add_clause("supplement_reminder_days", 40, **stated)
    with pytest.raises(Refusal, match="nhắc bổ sung trước 40 ngày"):
        end_clause(long, until=at.date() + timedelta(days=5), basis=BASIS, by=BY, at=at)
    long.refresh_from_db()
    assert long.until is None


def test_a_part_no_preset_has_is_refused_and_not_passed_over(db: None, at: datetime) -> None:
    with pytest.raises(PolicyError, match="Không có phần nào tên là clauses"):
        load_preset({"clauses": [row(4, date(2018, 1, 1))]}, by=BY, at=at)


def test_a_new_file_of_the_preset_adds_later_clauses_and_changes_none(db: None, at: datetime) -> None:
    old, new = row(4, date(2018, 6, 20)), row(2, date(2027, 1, 1))
    assert load_preset({"clause": [old]}, by=BY, at=at) == 1
    assert load_preset({"clause": [old, new]}, by=BY, at=at) == 1
    assert Clause.objects.get(value=4).until == date(2027, 1, 1)
    with pytest.raises(PolicyError, match="đã có giá trị khác"):
        load_preset({"clause": [row(6, date(2018, 6, 20)), new]}, by=BY, at=at)


@pytest.mark.parametrize(
    "bad",
    [
        {"clause": [row(4, date(2018, 1, 1)), row(4, date(2018, 1, 1))]},
        {"clause": [row(4, date(2018, 1, 1), until=date(2019, 1, 1)), row(2, date(2018, 6, 1))]},
        {"clause": [row(4, date(2018, 1, 1)), row(2, date(2019, 1, 1), agency="H99.01")]},
        {"clause": [row(4, date(2018, 1, 1))], "hours": [{"intervals": [["17:30", "07:30"]]}]},
        {"clause": [row(4, date(2018, 1, 1))], "hours": [{"intervals": [["07:30", "11:30"]], "first": [2, 1]}]},
    ],
    ids=["twice", "overlap", "no such agency", "hours backwards", "a year with a hole"],
)
def test_a_preset_with_one_fault_leaves_nothing_behind(bad: dict[str, Any], db: None, at: datetime) -> None:
    with pytest.raises((PolicyError, WorktimeError)):
        load_preset({"hours": [{"intervals": [["07:30", "11:30"]]}]} | bad, by=BY, at=at)
    assert not Clause.objects.exists() and not OfficeHours.objects.exists()


def test_days_off_that_leave_a_month_without_work_are_refused(db: None, at: datetime) -> None:
    for day in range(1, 32):
        SpecialDay.objects.create(day=date(2026, 10, day), kind=SpecialDay.Kind.OFF, name="Nghỉ")
    queries.forget()
    with pytest.raises(WorktimeError, match="tháng 10/2026"):
        load_built_in_days(by=BY, at=at)
    queries.forget()
