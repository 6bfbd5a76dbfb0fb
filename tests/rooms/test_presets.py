"""The five provinces and today's law: each column of the conflict table, asked of the rules the preset puts in force.

A preset is loaded into the real database and `policy_at` is asked on the day its regulation takes effect, so a clause
that is missing, mistyped or misdated fails here.
"""

from __future__ import annotations

import csv
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.base.errors import Refusal
from motcua.eforms.units import SCHEMES, tree
from motcua.papers.forms import Regime
from motcua.policy import queries
from motcua.policy.actions import add_clause, load_built_in_days, load_preset
from motcua.policy.models import Clause, OfficeHours
from motcua.rules.acts import Channel, Compared, FeeChannel, Mode, ServiceScheme, Unsigned
from motcua.rules.codes.agency import check_agency_code
from motcua.rules.people import Actor
from motcua.rules.policy import KEYS, Policy
from motcua.rules.worktime import Unit, due
from tests.acceptance.proof import accepts
from tests.conftest import ZONE

BY = Actor.system("test")
FOLDER = Path(__file__).parents[2] / "provinces"
PRESETS = sorted(path.stem for path in FOLDER.glob("*.toml"))

COUNTER, POST, ONLINE = Channel.COUNTER, Channel.POST, Channel.ONLINE
EFFECTIVE = {
    "bac-ninh": date(2018, 6, 20),
    "binh-dinh": date(2019, 9, 1),
    "cao-bang": date(2018, 10, 1),
    "hung-yen": date(2024, 7, 25),
    "kon-tum": date(2018, 4, 20),
    "hien-hanh": date(2025, 7, 1),
}
"""From when the regulation behind each preset holds."""

TABLE: list[tuple[str, str, Any, tuple[str, ...]]] = [
    # Bắc Ninh, QĐ 13/2018/QĐ-UBND
    ("bac-ninh", "acceptance_within_hours", 1, ("BN-11",)),
    ("bac-ninh", "counter_papers_digitised", True, ()),
    ("bac-ninh", "return_channels_level_3", (COUNTER, POST), ("BN-18",)),
    ("bac-ninh", "return_channels_level_4", (ONLINE, POST), ("BN-19",)),
    # Bình Định, QĐ 44/2019/QĐ-UBND
    ("binh-dinh", "unsigned_level_4", Unsigned.AS_LEVEL_3, ()),
    ("binh-dinh", "compared_at_collection", Compared.ORIGINAL_OR_CERTIFIED, ()),
    ("binh-dinh", "return_channels_level_3", (COUNTER, POST), ("BD-43",)),
    ("binh-dinh", "return_channels_level_4", (ONLINE, POST, COUNTER), ("BD-44",)),
    ("binh-dinh", "fee_channels_level_3", (FeeChannel.COUNTER, FeeChannel.POST), ()),
    ("binh-dinh", "fee_channels_level_4", (FeeChannel.ONLINE,), ()),
    ("binh-dinh", "refund_when_not_performed", True, ()),
    ("binh-dinh", "refund_when_not_collected", False, ()),
    ("binh-dinh", "post_returns_within_hours", 24, ("BD-81",)),
    ("binh-dinh", "feedback_within_days", 3, ()),
    # Cao Bằng, CV 641/STTTT-CNTT
    ("cao-bang", "unsigned_level_4", Unsigned.PER_COMPONENT, ()),
    ("cao-bang", "component_modes", tuple(Mode), ()),
    ("cao-bang", "compared_at_collection", Compared.DECLARED_ONLY, ()),
    ("cao-bang", "fee_channels_level_4", (FeeChannel.ONLINE,), ()),
    # Hưng Yên, guide to level 3 and 4
    ("hung-yen", "acceptance_within_hours", 8, ("HY-25",)),
    ("hung-yen", "unsigned_level_4", Unsigned.WHERE_REQUIRED, ()),
    ("hung-yen", "return_channels_level_3", (COUNTER, POST), ("HY-13", "HY-35")),
    ("hung-yen", "return_channels_level_4", (ONLINE, COUNTER, POST), ("HY-15", "HY-35")),
    ("hung-yen", "fee_channels_level_3", (FeeChannel.COUNTER, FeeChannel.PLATFORM, FeeChannel.POST), ("HY-14",)),
    ("hung-yen", "fee_channels_level_4", (FeeChannel.PLATFORM,), ("HY-16",)),
    # Kon Tum, QĐ 08/2018/QĐ-UBND
    ("kon-tum", "separate_files", True, ()),
    ("kon-tum", "unsigned_level_4", Unsigned.PAPER_BY_POST, ()),
    ("kon-tum", "compared_at_collection", Compared.ORIGINAL, ()),
    ("kon-tum", "return_channels_level_3", (COUNTER,), ("KT-19",)),
    ("kon-tum", "return_channels_level_4", (ONLINE, COUNTER, POST), ("KT-20",)),
    ("kon-tum", "post_return_registered", True, ("KT-20",)),
    ("kon-tum", "fee_channels_level_3", (FeeChannel.COUNTER,), ("KT-10",)),
    (
        "kon-tum",
        "fee_channels_level_4",
        (FeeChannel.ONLINE, FeeChannel.POST_OFFICE, FeeChannel.TRANSFER),
        ("KT-14", "KT-15", "KT-16"),
    ),
    ("kon-tum", "refund_when_not_performed", True, ()),
    ("kon-tum", "refund_when_not_collected", False, ()),
    # The law of today
    ("hien-hanh", "service_scheme", ServiceScheme.MODES, ()),
    ("hien-hanh", "acceptance_within_hours", 8, ()),
    ("hien-hanh", "counter_papers_digitised", True, ()),
    ("hien-hanh", "counter_takes_in_for_others", True, ()),
    ("hien-hanh", "unsigned_level_4", Unsigned.WHERE_REQUIRED, ()),
    ("hien-hanh", "component_modes", (Mode.SCAN, Mode.SIGNED, Mode.E_LICENCE, Mode.E_CERTIFIED), ()),
    ("hien-hanh", "return_channels_level_3", (COUNTER, POST, ONLINE), ()),
    ("hien-hanh", "return_channels_level_4", (ONLINE, POST, COUNTER), ()),
    ("hien-hanh", "fee_channels_level_3", (FeeChannel.COUNTER, FeeChannel.POST, FeeChannel.ONLINE), ()),
    ("hien-hanh", "fee_channels_level_4", (FeeChannel.ONLINE,), ()),
    ("hien-hanh", "feedback_within_days", 15, ()),
    ("hien-hanh", "counter_takes_in_for_others", True, ()),
]
"""(preset, key, the table's own value, the demands whose value this is)."""


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def in_force(name: str, at: datetime) -> None:
    load_preset(read(name), by=BY, at=at)


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=ZONE)


def _row(row: tuple[str, str, Any, tuple[str, ...]]) -> Any:
    preset, key, value, ids = row
    return pytest.param(preset, key, value, id=f"{preset}-{key}", marks=[accepts(*ids)] if ids else [])


@pytest.mark.parametrize(("preset", "key", "value"), [_row(row) for row in TABLE])
def test_the_province_says(preset: str, key: str, value: Any, db: None, at: datetime) -> None:
    """The value stands as a clause of its own with its basis, from the regulation's day and today."""
    in_force(preset, at)
    subject, _, level = key.partition("_level_")
    for moment in (morning(EFFECTIVE[preset]), at):
        policy = queries.policy_at(moment)
        assert getattr(policy, key) == value
        if level and subject in ("return_channels", "fee_channels"):
            assert getattr(policy, subject)(int(level)) == value
    clause = Clause.objects.get(key=key)
    assert clause.since == EFFECTIVE[preset] and clause.until is None and clause.basis


@pytest.mark.parametrize(
    "preset",
    [
        pytest.param("bac-ninh", marks=accepts("BN-20")),
        pytest.param("binh-dinh", marks=accepts("BD-86")),
        pytest.param("kon-tum", marks=accepts("KT-26")),
        "cao-bang",
        "hung-yen",
        "hien-hanh",
    ],
)
def test_the_regulation_holds_from_its_day_and_not_before(preset: str, db: None, at: datetime) -> None:
    in_force(preset, at)
    first = morning(EFFECTIVE[preset])
    assert queries.policy_at(first - timedelta(days=1)) == Policy()
    assert not queries.clauses_in_force(first - timedelta(days=1))
    assert len(queries.clauses_in_force(first)) == Clause.objects.count() > 0


@pytest.mark.parametrize("preset", PRESETS)
def test_what_the_regulation_does_not_say_stays_the_national_default(preset: str, db: None, at: datetime) -> None:
    in_force(preset, at)
    said, policy = set(Clause.objects.values_list("key", flat=True)), queries.policy_at(at)
    assert said == {key for name, key, _, _ in TABLE if name == preset}
    for key in set(KEYS) - said:
        assert getattr(policy, key) == getattr(Policy(), key)


@accepts("BN-11")
def test_an_online_dossier_of_the_first_day_is_due_one_working_hour_later(db: None, at: datetime) -> None:
    in_force("bac-ninh", at)
    load_built_in_days(by=BY, at=at)
    filed = datetime(2018, 6, 20, 11, 0, tzinfo=ZONE)
    hours = queries.policy_at(filed).acceptance_within_hours
    answer = due(queries.calendar(filed), start=filed, amount=hours, unit=Unit.WORKING_HOURS)
    assert answer.at == filed.replace(hour=13, minute=30)


@accepts("HY-25")
def test_eight_working_hours_are_a_day_of_the_other_province(db: None, at: datetime) -> None:
    in_force("hung-yen", at)
    load_built_in_days(by=BY, at=at)
    filed = datetime(2024, 8, 30, 16, 30, tzinfo=ZONE)  # a Friday before the national holiday of 2 and 3 September
    hours = queries.policy_at(filed).acceptance_within_hours
    answer = due(queries.calendar(filed), start=filed, amount=hours, unit=Unit.WORKING_HOURS)
    assert answer.at == datetime(2024, 9, 4, 16, 30, tzinfo=ZONE)


@accepts("BD-41")
def test_an_agency_may_promise_less_time_than_published_for_online_dossiers_but_never_more(
    db: None, at: datetime, cast: Any
) -> None:
    in_force("binh-dinh", at)
    stated = {"since": at.date(), "basis": "Quyết định nội bộ của cơ quan", "agency": cast.commune, "by": BY, "at": at}
    add_clause("online_time_percent", 80, **stated)
    assert queries.policy_at(at, agency_id=cast.commune.pk).online_time_percent == 80
    assert queries.policy_at(at).online_time_percent == 100
    with pytest.raises(Refusal, match="phải từ 1 đến 100"):
        add_clause("online_time_percent", 120, **stated | {"since": at.date() + timedelta(days=1)})


@pytest.mark.parametrize("preset", PRESETS)
def test_the_site_of_a_preset_exists(preset: str, shared: Path) -> None:
    """Names, agency code, unit, scheme and regime are true ones (QĐ 20/2020/QĐ-TTg, the trees of units)."""
    site = read(preset)["site"]
    assert not check_agency_code(site["agency_code"])
    assert site["units_scheme"] in SCHEMES and Regime(site["regime"])
    unit = tree(site["units_scheme"]).get(site["unit_code"], level="province")
    assert unit is not None and unit.name.endswith(site["province_name"])
    table = (shared / "codes" / "agency_codes_provinces.csv").read_text(encoding="utf-8").splitlines()
    known = {row["province_2020"]: row for row in csv.DictReader(table)}[site["province_name"]]
    assert known["agency_code"] == site["agency_code"]
    assert site["unit_code"] == known["legacy_unit_code" if site["units_scheme"] == "legacy" else "province_2025_code"]
    for key in ("authority_name", "portal_name", "operator_name", "seat", "hotline", "address", "email"):
        assert site[key]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_day_of_every_province_has_eight_hours(preset: str, db: None, at: datetime) -> None:
    in_force(preset, at)
    assert OfficeHours.objects.exists()
    assert {season.minutes for season in queries.calendar(at).hours} == {480}
