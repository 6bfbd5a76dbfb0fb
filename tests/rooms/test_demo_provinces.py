"""Every preset is a whole province: its own agencies, counters, people, procedures and hours; the same cast in each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as configured

from motcua.accounts.models import Account
from motcua.agencies.models import Agency, AgencyKind, OneStopCounter, PostHeld, Tier
from motcua.console.demo import load, plan, replay
from motcua.dossiers.models import Dossier
from motcua.policy import queries
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.rules.acts import State
from motcua.rules.people import Role
from tests.acceptance.proof import accepts
from tests.conftest import AT
from tests.rooms.test_presets import PRESETS, read

CAST = {"minh", "ha", "binh", "quang", "thu", "thao", "lan@example.vn"}


@pytest.fixture(scope="module", params=PRESETS)
def province(request: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, load.World]]:
    """The essentials of one preset, loaded once for all tests of this file and rolled back after them."""
    from django.db import transaction

    patch = pytest.MonkeyPatch()
    patch.setattr(configured, "PROVINCE", request.param)
    patch.setattr(configured, "SITE", read(request.param)["site"])
    queries.forget()
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        yield request.param, load.essentials(at=AT)
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
    patch.undo()
    queries.forget()


def test_agencies_carry_the_province_s_code_and_every_unit_has_its_committee(
    province: tuple[str, load.World], db: None
) -> None:
    _, world = province
    root = world.sources.site["agency_code"]
    assert all(code == root or code.startswith(f"{root}.") for code in Agency.objects.values_list("code", flat=True))
    units = [unit for group in world.sources.communes.values() for unit in group]
    names = dict(Agency.objects.filter(tier=Tier.COMMUNE).values_list("unit_code", "name"))
    assert set(names) == {unit.code for unit in units}
    assert all(unit.name.lower() in names[unit.code].lower() for unit in units)
    assert Agency.objects.filter(tier=Tier.DISTRICT).count() == len(world.sources.districts)
    assert Agency.objects.filter(kind=AgencyKind.PUBLIC_SERVICE_UNIT).exists()


def test_the_cast_has_the_same_logins_and_every_post_a_place(province: tuple[str, load.World], db: None) -> None:
    _, world = province
    assert set(world.people.accounts) >= CAST
    commune = f"xa-{world.sources.stage[0]}"
    minh = PostHeld.objects.get(account__login="minh")
    assert minh.agency == world.offices.by_key[commune] and minh.counter == world.offices.counters[commune]
    assert world.offices.by_key[commune].name.startswith("Ủy ban nhân dân xã ")
    lan = Account.objects.get(login="lan@example.vn")
    assert lan.identity_number.startswith(f"0{world.sources.birth_province}")


def test_the_thirteen_procedures_are_offered_and_officers_are_there_for_their_steps(
    province: tuple[str, load.World], db: None
) -> None:
    _, world = province
    ours = ProcedureRevision.objects.filter(procedure__ministry_services=None)
    assert ours.count() == len(world.revisions) == 13
    assert ProcedureRevision.objects.count() == 15  # two more are filed in a ministry's system
    assert Offering.objects.values("procedure").distinct().count() == 13
    stage = {world.offices.by_key[f"xa-{unit}"].pk for unit in world.sources.stage}
    assert len(stage) == 6
    for agency in stage:
        assert world.people.officer(agency, Role.LEADER)
        assert world.people.officer(agency, Role.CASE_OFFICER, world.people.divisions[agency, "kinh-te-ha-tang"])


def test_hours_and_clauses_are_the_preset_s(province: tuple[str, load.World], db: None) -> None:
    name, _ = province
    preset = read(name)
    queries.forget()
    first = queries.calendar(AT).hours[0].intervals[0]
    assert first.opens.strftime("%H:%M") == preset["hours"][0]["intervals"][0][0]
    assert {row.key for row in queries.clauses_in_force(AT)} == {row["key"] for row in preset["clause"]}


def test_counters_are_called_as_the_province_calls_them(province: tuple[str, load.World], db: None) -> None:
    name, world = province
    named = set(OneStopCounter.objects.values_list("name", flat=True))
    own = {
        "bac-ninh": {"Trung tâm hành chính công tỉnh", "Trung tâm hành chính công huyện Tiên Du"},
        "hung-yen": {"Bộ phận một cửa huyện Khoái Châu"},
        "hien-hanh": {"Trung tâm Phục vụ hành chính công xã Tiên Du"},
    }
    assert named >= own.get(name, {"Trung tâm Phục vụ hành chính công tỉnh"})
    units = sum(len(communes) for communes in world.sources.communes.values()) + len(world.sources.districts)
    assert OneStopCounter.objects.count() == 1 + units


@accepts("BN-10")
def test_officers_of_the_agencies_sit_in_the_centre_with_posts_of_agency_and_centre(
    province: tuple[str, load.World], db: None
) -> None:
    """One person may hold posts of several agencies at one centre; each is scoped by agency and centre."""
    _, world = province
    posts = PostHeld.objects.filter(account__login="thao").select_related("agency", "counter")
    centre = OneStopCounter.objects.get(host=world.offices.by_key["trung-tam"])
    at_centre = [post for post in posts if post.counter == centre]
    assert {post.agency.name for post in at_centre} >= {"Công an tỉnh", "Sở Tư pháp"}
    assert all(centre.serves.filter(pk=post.agency_id).exists() for post in at_centre)


@accepts("KT-1")
def test_public_service_units_of_the_province_are_in_it(province: tuple[str, load.World], db: None) -> None:
    name, world = province
    units = Agency.objects.filter(kind=AgencyKind.PUBLIC_SERVICE_UNIT)
    assert units.exists() and all(unit.counters.exists() for unit in units)
    own = units.filter(parent=world.offices.by_key["tinh"])
    assert own.exists() == (name == "kon-tum"), "directly under the province where its regulation names them"


@accepts("KT-17")
def test_accounts_for_fees_are_published_where_fees_may_be_transferred(
    province: tuple[str, load.World], db: None
) -> None:
    name, world = province
    known = Agency.objects.exclude(bank_account="")
    if name != "kon-tum":
        assert not known.exists()
        return
    assert world.offices.by_key[f"xa-{world.sources.stage[0]}"] in known
    assert known.count() == len(world.sources.bank_accounts) == 4


@pytest.mark.parametrize("province", ["bac-ninh", "kon-tum", "hien-hanh"], indirect=True)
def test_dossiers_of_the_province_come_to_every_end_under_its_rules(province: tuple[str, load.World], db: None) -> None:
    _, world = province
    made = replay.dossiers(world, at=AT, scale=0.002)
    rows = Dossier.objects.filter(is_demo=True)
    assert made.count == rows.filter(parent=None).count() >= len(plan.ENDINGS)  # a joint dossier's parts go with it
    assert set(rows.values_list("state", flat=True)) >= {
        State.SUBMITTED, State.AWAITING_SUPPLEMENT, State.EXAMINING, State.RESULT_READY, State.DELIVERED
    }  # fmt: skip
    pinned = rows.exclude(state=State.DRAFT).values_list("policy_data__acceptance_within_hours", flat=True)
    assert set(pinned) == {queries.policy_at(AT).acceptance_within_hours}
