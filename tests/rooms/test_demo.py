"""The demo province: loaded once and again, every procedure walked to its end, every state true."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from motcua.agencies.models import Agency, OneStopCounter, PostHeld
from motcua.agencies.queries import actor_of
from motcua.audit.queries import verify
from motcua.console.demo import load, plan, replay
from motcua.console.demo.answers import scene
from motcua.console.demo.people import inventor
from motcua.console.demo.progress import Progress
from motcua.console.demo.replay import citizen_of
from motcua.console.demo.sources import Sources
from motcua.console.demo.walk import Walk
from motcua.dossiers.facts.secrets import secret_matches
from motcua.dossiers.models import Apology, Consultation, Dossier, StepRun
from motcua.dossiers.queries import visible_to
from motcua.files.models import VaultPaper
from motcua.notifications.models import Message
from motcua.papers.models import IssuedPaper
from motcua.parcels.models import Parcel
from motcua.policy import queries as policy
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.rules.acts import CLOSED_STATES, Channel, State, StepKind
from motcua.rules.parcels import Way
from motcua.rules.route_data import parse_route

PART = "1.014137"
"""What the insurance agency settles of the joint procedure; the given data has the whole only."""
CODES = sorted(path.stem for path in (Path(__file__).parents[2] / "demo" / "procedures").glob("*.toml"))


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: object) -> Iterator[load.World]:
    """The essentials, loaded once for the tests of this file and rolled back after them."""
    from django.db import transaction

    from tests.conftest import AT

    policy.forget()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        atomic = transaction.atomic()
        atomic.__enter__()
        yield load.essentials(at=AT)
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
    policy.forget()


def walk_of(world: load.World, code: str, *, at: datetime, channel: Channel, login: str = "lan@example.vn") -> Walk:
    demo = world.sources.procedures[code]["demo"]
    keys = list(plan.agencies_of(demo, world.offices, world.sources))
    offering = Offering.objects.select_related("agency", "counter", "procedure").get(
        procedure__code=code, agency=world.offices.by_key[keys[0]]
    )
    account = world.people.accounts[login]
    citizen = citizen_of(account)
    people = inventor(world.sources, seed=3)
    return Walk(
        offering,
        world.revisions[code],
        demo=demo,
        scene=scene(citizen, next(people), commune=citizen.unit, today=at.date(), draw=random.Random(1)),
        people=world.people,
        account=account if channel == Channel.ONLINE else None,
        channel=channel,
        draw=random.Random(1),
    )


def test_loading_again_adds_nothing(world: load.World, at: datetime, db: None) -> None:
    def counted() -> list[int]:
        models = (Agency, OneStopCounter, PostHeld, ProcedureRevision, Offering)
        return [model.objects.count() for model in models]

    before = counted()
    again = load.essentials(at=at + timedelta(hours=1))
    assert counted() == before
    assert again.people.shown == world.people.shown


def test_every_commune_of_the_province_has_a_counter_and_offers_birth_registration(world: load.World, db: None) -> None:
    communes = [unit for units in world.sources.communes.values() for unit in units]
    offered = Offering.objects.filter(procedure__code="1.001193").values_list("agency__unit_code", flat=True)
    assert sorted(offered) == sorted(unit.code for unit in communes)
    assert OneStopCounter.objects.count() == 1 + len(world.sources.districts) + len(communes)


def test_codes_of_agencies_are_those_of_the_province(world: load.World, db: None) -> None:
    root = world.sources.site["agency_code"]
    assert all(code.startswith(root) for code in Agency.objects.values_list("code", flat=True))


def test_every_account_can_log_in_with_the_password_that_is_shown(world: load.World, db: None) -> None:
    for row in world.people.shown:
        account = world.people.accounts[row["login"]]
        assert account.is_demo and account.check_password(row["password"]), row["login"]


def test_the_national_data_s_facts_stand_in_the_definitions(shared: Path) -> None:
    """Code, decision, fees and steps as the given data has them; hours where 15 or 10 calendar days hold them."""
    import json

    given = {row["code"]: row for row in json.loads((shared / "procedures" / "demo_12_procedures.json").read_text())}
    ours = Sources().procedures
    assert sorted([*given, PART]) == sorted(ours) == CODES
    asked_elsewhere = {"noi_nhan", "anh", "ke_thua"}  # the way to receive, a paper, another form's fields
    for code, row in given.items():
        definition = ours[code]
        keys = {field["key"] for step in definition["eform"]["definition"]["steps"] for field in step["fields"]}
        assert {field["key"] for field in row["form"]} - keys <= asked_elsewhere, code
        assert definition["decision"] in row["decision"]
        hours = sum(step["hours"] for step in definition["route"])
        assert hours == (row["hours_total"] if row["deadline"]["unit"] == "WORKING_DAY" else hours)
        known = {fee["amount"] for fee in row["fees"] if fee.get("amount")}
        assert known <= {fee.get("amount") for fee in definition["fees"]}, code


@pytest.mark.parametrize("code", CODES)
def test_a_procedure_goes_from_its_form_to_the_delivered_result(
    world: load.World, code: str, at: datetime, db: None
) -> None:
    online = world.revisions[code].accepts_online
    walk = walk_of(world, code, at=at, channel=Channel.ONLINE if online else Channel.COUNTER)
    walk.begin(at)
    walk.send(at)
    if plan.is_prepaid(world.sources.procedures[code]):
        walk.ask_payment(at)
        walk.pay(at)
    walk.accept(at)
    while walk.step.kind != StepKind.RETURN:
        at += timedelta(hours=2)
        walk.finish_step(at)
    walk.hand_over(at)
    dossier = Dossier.objects.get(code=walk.code)
    assert dossier.state == State.DELIVERED
    route = parse_route(dossier.revision.route)
    assert list(dossier.steps.values_list("index", flat=True)) == [step.index for step in route]
    assert not dossier.fees.filter(paid_at__isnull=True).exists()
    assert IssuedPaper.objects.filter(subject=walk.code, kind="result").exists()


@pytest.mark.parametrize("code", [code for code in CODES if code != "2.000815"])
def test_a_supplement_of_each_procedure_can_be_asked_and_answered(
    world: load.World, code: str, at: datetime, db: None
) -> None:
    walk = walk_of(world, code, at=at, channel=Channel.COUNTER)
    walk.begin(at)
    walk.send(at)
    walk.mark(at)
    walk.ask_supplement(at)
    walk.answer_supplement(at + timedelta(hours=1))
    assert Dossier.objects.get(code=walk.code).state == State.SUBMITTED


def test_a_few_dossiers_of_every_kind_have_a_true_past(world: load.World, at: datetime, db: None) -> None:
    made = replay.dossiers(world, at=at, scale=0.02)
    rows = Dossier.objects.filter(is_demo=True, parent=None)
    assert made.count == rows.count() >= len(plan.ENDINGS) + len(plan.LEADS) + len(plan.FRESH)
    passing = {State.ACCEPTED}  # acceptance forwards at once, nothing rests there
    assert set(rows.values_list("state", flat=True)) == {state.value for state in State if state not in passing}
    for dossier in rows.exclude(state=State.DRAFT):
        moments = list(dossier.timeline.values_list("at", flat=True))
        assert moments == sorted(moments) and moments[-1] <= at
    assert not rows.filter(state__in=CLOSED_STATES, due_at__isnull=False).exists()
    assert not Message.objects.filter(state="pending").exists()
    assert not list(verify())
    told = {row["code"]: row for row in made.shown}
    for dossier in rows.filter(code__in=told):
        assert secret_matches(dossier, told[str(dossier.code)]["secret"])
    assert replay.dossiers(world, at=at).fresh is False
    lan = world.people.accounts["lan@example.vn"]
    assert VaultPaper.objects.filter(owner_id=lan.pk).exists()  # she let them be kept


def test_a_joint_dossier_waits_for_its_part_at_the_insurance_agency(world: load.World, at: datetime, db: None) -> None:
    replay.dossiers(world, at=at, scale=0.01)
    parts = list(Dossier.objects.exclude(parent=None).order_by("state"))
    assert [part.state for part in parts] == [State.EXAMINING, State.SUBMITTED]
    assert {part.revision.procedure.code for part in parts} == {PART}
    insurer = world.offices.by_key["bao-hiem-xa-hoi"]
    for part in parts:
        assert part.parent is not None and part.parent.state == State.EXAMINING
        assert part.agency == insurer and part.is_demo
        assert part.applicant_name == part.parent.applicant_name
    chau = actor_of(world.people.accounts["chau"], at=at)
    assert [row.state for row in visible_to(chau)] == [State.EXAMINING]
    assert not Message.objects.filter(state="pending").exists()


def test_what_is_late_has_been_excused_and_what_waits_is_there_to_show(
    world: load.World, at: datetime, db: None
) -> None:
    """NĐ 61/2018, điều 19: an apology, signed by the leader, before the promised date and not after it."""
    replay.dossiers(world, at=at, scale=0.02)
    rows = Dossier.objects.filter(is_demo=True)
    working = rows.filter(state__in=[State.EXAMINING, State.AWAITING_APPROVAL, State.AWAITING_SEAL])
    assert not working.filter(first_promised_at__lte=at, apology__signed_at=None).exists()
    signed = Apology.objects.filter(signed_at__isnull=False)
    assert signed.filter(dossier__in=working, was_due_at__lt=at).exists()
    assert all(row.signed_at < row.was_due_at and row.drafted_at < row.signed_at for row in signed)
    assert not signed.filter(by_the_clock=True).exists()
    assert Apology.objects.filter(dossier__in=working, signed_at=None, was_due_at__gt=at).exists()
    assert Consultation.objects.filter(dossier__in=working, answered_at=None).exists()
    brought = Parcel.objects.filter(way=Way.TO_COUNTER)
    assert rows.filter(state=State.AWAITING_SUPPLEMENT, code__in=brought.values("ref")).exists()


def test_an_interrupted_load_goes_on_where_it_stopped(
    world: load.World, at: datetime, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = replay._play

    def half(beats: list[replay.Played], progress: Progress) -> None:
        whole(sorted(beats, key=lambda beat: beat.moment)[: len(beats) // 2], progress)
        raise KeyboardInterrupt

    monkeypatch.setattr(replay, "_play", half)
    with pytest.raises(KeyboardInterrupt):
        replay.dossiers(world, at=at, scale=0.01)
    monkeypatch.setattr(replay, "_play", whole)
    done = Dossier.objects.filter(parent=None).count()
    made = replay.dossiers(world, at=at + timedelta(minutes=5), scale=0.01)
    assert done < made.count == len(list(plan.plan(world.sources, world.offices, random.Random(0), scale=0.01)))
    assert replay.dossiers(world, at=at).fresh is False


def test_officers_act_in_office_hours_only(world: load.World, at: datetime, db: None) -> None:
    replay.dossiers(world, at=at, scale=0.02)
    calendar = policy.calendar(at)
    for moment in StepRun.objects.values_list("given_at", flat=True):
        assert calendar.next_opening(moment) == moment, moment
