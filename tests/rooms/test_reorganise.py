"""Successors take over open dossiers, posts and catalogue; codes, promises and history stay."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest

from motcua.agencies.actions import open_division
from motcua.agencies.models import Agency, Reorganisation
from motcua.agencies.queries import actor_of
from motcua.base.errors import Refusal
from motcua.dossiers.actions import approve, examine, fees, intake, posting, reorganise, submit
from motcua.dossiers.models import StepRun
from motcua.dossiers.queries import visible_to
from motcua.eforms.two_tiers import two_tiers
from motcua.eforms.units import tree
from motcua.eforms.units_2025 import moves_of
from motcua.notifications.models import Message
from motcua.parcels import actions as post
from motcua.parcels.models import Parcel
from motcua.parcels.queries import parcel_of
from motcua.procedures.models import Offering
from motcua.rules.acts import Act, Channel, Outcome, State
from motcua.rules.parcels import ParcelState, Way
from motcua.rules.people import Actor
from motcua.rules.reorganise import read_plan
from tests.rooms.test_trip import to_ready

BY = Actor.system("Quản trị hệ thống")
NEW = {"code": "H08.30.001", "name": "Ủy ban nhân dân xã Lành Yên", "tier": "commune", "kind": "peoples_committee"}


def plan(at, *changes):
    return read_plan({"day": at.date(), "basis": "Nghị quyết sắp xếp", "change": list(changes)})


def merger(at):
    return plan(at, {"kind": "merge", "from": ["H08.41.01", "H08.41.02"], "to": NEW})


def test_a_merger_moves_open_dossiers_posts_and_catalogue_and_keeps_codes_and_promises(cast, at):
    code = cast.submitted().code
    closed = cast.submitted().code
    intake.decline(closed, reasons=["Không thuộc thẩm quyền."], by=cast.minh, at=at)
    for people in (cast.ha, cast.quang, cast.thu, cast.oanh):
        assert people
    intake.accept(code, by=cast.minh, at=at)
    examine.assign(code, to=cast.ha_account.pk, by=cast.ha, at=at)
    before = visible_to(cast.quang).get(code=code)
    later = at + timedelta(hours=2)
    seen = reorganise.preview(merger(later), at=later)[0]
    assert (seen.dossiers, seen.posts, seen.offerings) == ({"H08.30.001": 1}, 5, 1)
    assert not Agency.objects.filter(code="H08.30.001").exists()

    done = reorganise.carry_out(merger(later), by=BY, at=later)

    heir = Agency.objects.get(code="H08.30.001")
    quang, ha, thu = (
        actor_of(account, at=later) for account in (cast.quang_account, cast.ha_account, cast.thu_account)
    )
    moved = visible_to(quang).get(code=code)
    assert (moved.agency, moved.state, moved.promised_at) == (heir, State.EXAMINING, before.promised_at)
    assert moved.holder_id == cast.ha_account.pk
    runs = list(StepRun.objects.filter(dossier=moved).order_by("pk"))
    assert runs[-1].agency == heir and runs[-2].finished_at == later
    assert runs[-1].budget_minutes == runs[-2].budget_minutes - 120 and runs[-2].used_minutes == 120
    assert visible_to(quang).get(code=closed).agency == cast.commune
    assert not visible_to(cast.oanh).filter(code=code).exists()
    assert {post.agency_id for post in quang.posts} == {heir.pk}
    assert Offering.objects.get(procedure__code="2.000635", until=None).agency == heir
    ended = Agency.objects.get(code="H08.41.01")
    assert ended.until == later.date() and list(ended.successors.all()) == [heir]
    assert Message.objects.filter(subject_ref=code, kind="succeeded", channel="email").count() == 1
    assert done.log[0]["moved"] == [code]
    entry = moved.timeline.get(act=Act.SUCCEED.value)
    assert entry.unit_name == cast.commune.name and heir.name in entry.note

    examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Nội dung", by=ha, at=later)
    examine.propose(code, by=ha, at=later)
    approve.approve(code, by=quang, at=later)
    assert visible_to(thu).get(code=code).state == State.AWAITING_SEAL


def test_a_draft_begun_before_a_merger_is_filed_with_the_successor(cast, at):
    draft = str(cast.draft().public_id)
    _ = cast.minh, cast.other_commune
    reorganise.carry_out(merger(at), by=BY, at=at)
    filed = submit.submit(draft, declared=True, by=cast.lan, at=at)
    heir = Agency.objects.get(code="H08.30.001")
    assert filed.agency == heir and filed.code.startswith("H08.30.001-")
    intake.accept(str(filed.code), by=actor_of(cast.minh_account, at=at), at=at)


def test_a_draft_for_a_body_that_ended_without_a_successor_for_it_is_refused(cast, at):
    draft = str(cast.draft().public_id)
    Agency.objects.filter(pk=cast.commune.pk).update(until=at.date())
    with pytest.raises(Refusal, match="đã kết thúc hoạt động"):
        submit.submit(draft, declared=True, by=cast.lan, at=at)
    assert cast.lan_account.dossiers.get().state == State.DRAFT


def test_a_split_shares_the_work_out_and_a_new_name_keeps_the_code(cast, at):
    code = cast.submitted().code
    intake.accept(code, by=cast.minh, at=at)
    _ = cast.ha, cast.quang, cast.other_commune
    open_division(cast.other_commune, "khac", "Bộ phận khác")
    split = {
        "kind": "split",
        "from": "H08.41.01",
        "to": ["H08.41.02", "H08.41.01"],
        "shares": {"procedure:2.000635": "H08.41.02", "division:tu-phap": "H08.41.02"},
    }
    renamed = {"kind": "rename", "from": "H08.41.02", "to": {"code": "H08.41.02", "name": "UBND phường Bình Yên"}}
    reorganise.carry_out(plan(at, split), by=BY, at=at)
    reorganise.carry_out(read_plan({"day": at.date(), "basis": "Đổi tên", "change": [renamed]}), by=BY, at=at)
    heir = Agency.objects.get(code="H08.41.02")
    assert heir.name == "UBND phường Bình Yên" and heir.former_names.get().name == "Ủy ban nhân dân xã Bình Yên"
    ha = actor_of(cast.ha_account, at=at)
    assert visible_to(ha).get(code=code).agency == heir
    assert Agency.objects.get(code="H08.41.01").until is None


def test_nothing_happens_before_the_day_twice_or_for_bodies_that_do_not_fit(cast, at):
    _ = cast.commune, cast.other_commune
    early = read_plan(
        {
            "day": at.date() + timedelta(days=1),
            "basis": "x",
            "change": [{"kind": "merge", "from": "H08.41.01", "to": NEW}],
        }
    )
    with pytest.raises(Refusal, match="Chưa đến ngày"):
        reorganise.carry_out(early, by=BY, at=at)
    with pytest.raises(Refusal) as caught:
        reorganise.preview(
            plan(
                at,
                {"kind": "merge", "from": "H08.99", "to": "H08.98"},
                {"kind": "dissolve", "from": "H08.41.01", "to": {"code": "H08.97", "name": "X"}},
            ),
            at=at,
        )
    assert len(caught.value.messages) == 4
    assert not Reorganisation.objects.exists()
    reorganise.carry_out(merger(at), by=BY, at=at)
    with pytest.raises(Refusal):
        reorganise.carry_out(merger(at), by=BY, at=at)
    assert Reorganisation.objects.count() == 1


def test_a_fault_in_a_later_change_undoes_the_earlier_ones(cast, at, monkeypatch):
    _ = cast.commune, cast.other_commune
    real = reorganise._carried_out

    def broken(change, *rest, **more):
        if change.kind == "rename":
            raise RuntimeError
        return real(change, *rest, **more)

    monkeypatch.setattr(reorganise, "_carried_out", broken)
    merged = {"kind": "merge", "from": "H08.41.01", "to": NEW}
    renamed = {"kind": "rename", "from": "H08.41.02", "to": {"code": "H08.41.02", "name": "Y"}}
    with pytest.raises(RuntimeError):
        reorganise.carry_out(plan(at, merged, renamed), by=BY, at=at)
    assert Agency.objects.get(code="H08.41.01").until is None
    assert not Agency.objects.filter(code="H08.30.001").exists()


def test_the_reorganisation_of_2025_as_the_mapping_of_units_says(cast, at):
    province = Agency.objects.create(
        code="H08",
        name="Ủy ban nhân dân tỉnh Bình Định",
        kind="peoples_committee",
        tier="province",
        unit_code="52",
        since="2018-01-01",
    )
    Agency.objects.create(
        code="H08.31",
        name="Ủy ban nhân dân huyện An Lão",
        kind="peoples_committee",
        tier="district",
        unit_code="542",
        parent=province,
        since="2018-01-01",
    )
    unit = tree("legacy").communes("542")
    for place, commune in enumerate(unit, 1):
        Agency.objects.create(
            code=f"H08.31.{place:02d}",
            name=f"Ủy ban nhân dân {commune.name}",
            kind="peoples_committee",
            tier="commune",
            unit_code=commune.code,
            parent=province,
            since="2018-01-01",
        )
    reorganise.carry_out(read_plan(two_tiers("52")), by=BY, at=at)
    standing = Agency.objects.filter(until=None, code__startswith="H08")
    assert not standing.filter(tier="district").exists()
    moves = {move.old: move.new for move in moves_of("52")}
    assert set(standing.filter(tier="commune").exclude(unit_code="").values_list("unit_code", flat=True)) == {
        moves[commune.code] for commune in unit
    }
    assert Agency.objects.get(code="H08").name == "Ủy ban nhân dân tỉnh Gia Lai"
    ended = Agency.objects.get(code="H08.31")
    assert ended.successors.count() == len({moves[commune.code] for commune in unit})


def test_every_legacy_commune_went_somewhere_in_2025(shared):
    with (shared / "units" / "mapping_legacy63_to_2025.csv").open(encoding="utf-8", newline="") as file:
        given = {row["old_commune_code"]: row for row in csv.DictReader(file) if row["is_default"] == "1"}
    provinces = {row["old_province_code"] for row in given.values()}
    known = {move.old: move for province in provinces for move in moves_of(province)}
    assert {code: move.new for code, move in known.items()} == {
        code: row["new_commune_code"] for code, row in given.items()
    }


def test_a_result_waiting_for_the_post_is_handed_over_by_the_successor(cast, at):
    _ = cast.post_office, cast.tam, cast.other_commune
    cast.return_channel = Channel.POST
    code = to_ready(cast, at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at)
    parcel = Parcel.objects.get(ref=code)
    begun = post.open_list(
        Way.TO_CITIZEN, unit=cast.post_office, counter=cast.counter, agency=cast.commune, by=cast.minh, at=at
    )
    post.place(parcel.number, is_inside=True, by=cast.minh, at=at)
    posting.scan(begun.number, code, by=cast.minh, at=at)
    later = at + timedelta(hours=2)
    reorganise.carry_out(merger(later), by=BY, at=later)
    minh = actor_of(cast.minh_account, at=later)
    posting.close_list(begun.number, by=minh, at=later)
    posting.confirm_list(begun.number, counted=1, by=cast.tam, at=later)
    parcel.refresh_from_db()
    assert (parcel.agency.code, parcel.state) == ("H08.30.001", ParcelState.HANDED_OVER)
    assert parcel_of(parcel.number, minh) == parcel
