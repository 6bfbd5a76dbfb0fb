"""What a province decided, by date and scope; and the calendar every clock counts with."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from motcua.agencies.queries import actor_of
from motcua.policy import queries
from motcua.policy.actions import load_built_in_days, load_preset
from motcua.policy.models import Clause, OfficeHours, SpecialDay
from motcua.rules.acts import Channel
from motcua.rules.people import Actor
from motcua.rules.policy import PolicyError
from motcua.rules.worktime import is_working_day
from tests.acceptance.proof import accepts
from tests.cast import Cast

BY = Actor.system("test")
PRESETS = sorted(Path("provinces").glob("*.toml"))


def clause(key: str, value: object, **scope: object) -> None:
    Clause.objects.create(key=key, value=value, basis="Quyết định thử", **{"since": date(2018, 6, 20), **scope})
    queries.forget()


def test_without_clauses_the_national_defaults_hold(db: None, at: datetime) -> None:
    queries.forget()
    assert queries.policy_at(at).acceptance_within_hours == 8


@accepts("BN-20")
def test_a_clause_holds_from_its_day_and_until_its_end(db: None, at: datetime) -> None:
    clause("acceptance_within_hours", 1, since=at.date(), until=at.date() + timedelta(days=2))
    hours = [queries.policy_at(at + timedelta(days=days)).acceptance_within_hours for days in (-1, 0, 1, 2)]
    assert hours == [8, 1, 1, 8]


def test_the_narrowest_valid_clause_wins(cast: Cast, at: datetime) -> None:
    clause("acceptance_within_hours", 6)
    clause("acceptance_within_hours", 4, agency=cast.commune)
    clause("acceptance_within_hours", 2, procedure_code="2.000635")
    agency = cast.commune.pk
    assert queries.policy_at(at).acceptance_within_hours == 6
    assert queries.policy_at(at, agency_id=agency).acceptance_within_hours == 4
    assert queries.policy_at(at, agency_id=agency, procedure_code="2.000635").acceptance_within_hours == 2
    assert queries.policy_at(at, agency_id=agency + 1).acceptance_within_hours == 6


@accepts("BN-11")
def test_one_working_hour_where_the_province_says_so(cast: Cast, at: datetime) -> None:
    clause("acceptance_within_hours", 1)
    dossier = cast.submitted()
    assert dossier.acceptance_due_at == at + timedelta(hours=1)


def test_a_dossier_keeps_the_policy_of_the_day_it_was_filed(cast: Cast, at: datetime) -> None:
    dossier = cast.submitted()
    clause("acceptance_within_hours", 1)
    dossier.refresh_from_db()
    assert dossier.policy.acceptance_within_hours == 8


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_every_shipped_preset_loads_twice_alike_and_each_clause_cites_its_basis(
    path: Path, db: None, at: datetime
) -> None:
    preset = tomllib.loads(path.read_text())
    assert load_preset(preset, by=BY, at=at) > 0
    assert load_preset(preset, by=BY, at=at) == 0
    assert all(row.basis for row in Clause.objects.all())
    queries.policy_at(at)


def test_a_preset_with_an_impossible_clause_leaves_nothing_behind(db: None, at: datetime) -> None:
    rows = [
        {"key": "acceptance_within_hours", "value": 2, "since": date(2020, 1, 1), "basis": "QĐ 1"},
        {"key": "no_such_key", "value": 2, "since": date(2020, 1, 1), "basis": "QĐ 2"},
    ]
    with pytest.raises(PolicyError):
        load_preset({"clause": rows}, by=BY, at=at)
    assert not Clause.objects.exists()


def test_days_off_and_make_up_days_are_rows_that_every_clock_obeys(db: None, at: datetime) -> None:
    assert load_built_in_days(by=BY, at=at) > 100
    assert load_built_in_days(by=BY, at=at) == 0
    calendar = queries.calendar(at)
    assert not is_working_day(calendar, date(2026, 11, 24))
    assert is_working_day(calendar, date(2026, 8, 22))
    SpecialDay.objects.filter(day=date(2026, 11, 24)).delete()
    queries.forget()
    assert is_working_day(queries.calendar(at), date(2026, 11, 24))


def test_an_agency_with_its_own_hours_counts_in_them(cast: Cast, at: datetime) -> None:
    OfficeHours.objects.create(agency=cast.commune, intervals=[["07:00", "11:30"], ["13:30", "17:00"]])
    queries.forget()
    late = at.replace(hour=16)
    cast.at = late
    dossier = cast.submitted()
    assert dossier.acceptance_due_at is not None
    # One hour of Wednesday is left, seven of Thursday: 07:00–11:30 and 13:30–16:00.
    assert dossier.acceptance_due_at.astimezone(at.tzinfo).strftime("%d/%m %H:%M") == "19/11 16:00"


def test_a_level_four_result_may_come_online(cast: Cast, at: datetime) -> None:
    policy = queries.policy_at(at)
    assert Channel.ONLINE in policy.return_channels(4)
    assert Channel.ONLINE not in policy.return_channels(3)


def test_a_post_that_ended_is_gone_on_the_next_question(cast: Cast, at: datetime) -> None:
    assert cast.minh.posts
    cast.minh_account.posts.update(until=at)
    assert actor_of(cast.minh_account, at=at).posts == ()
    assert actor_of(cast.minh_account, at=at - timedelta(minutes=1)).posts
