"""What successors take over besides dossiers: services as they were, terms, stand-ins, their part in others' work."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta

import pytest

from motcua.agencies.actions import appoint, stand_in
from motcua.agencies.models import Agency, Division, OneStopCounter, PostHeld, StandIn, StandInKind
from motcua.agencies.queries import actor_of
from motcua.base.errors import Refusal
from motcua.dossiers.actions import consult, examine, intake, reorganise
from motcua.dossiers.models import Consultation, Dossier, SavedView, StepRun
from motcua.dossiers.queries import visible_to
from motcua.procedures.models import Offering
from motcua.rules.people import Role
from motcua.rules.reorganise import read_plan
from tests.cast import ROUTE, SINCE
from tests.rooms.coordination import Province
from tests.rooms.test_reorganise import BY, merger, plan

HEALTH = {"code": "H08.27", "name": "Sở Bảo hiểm và Y tế", "tier": "province", "kind": "department"}


@pytest.fixture
def province(cast, at):
    return Province(cast, at)


def beside(cast, agency):
    """The cast's procedure with a step in another agency before the commune's own."""
    changed = deepcopy(ROUTE)
    changed[1]["hours"] = 8
    step = {"title": "Thẩm định", "kind": "examine", "role": "case_officer", "hours": 6, "division": "cap-so-the"}
    changed.insert(1, step | {"agency": agency})
    cast.revision = cast.procedure(route=changed)


def absorbed(at):
    """The insurance agency becomes part of another."""
    return plan(at, {"kind": "dissolve", "from": "H08.26", "to": HEALTH})


def shares(plan_, at):
    return {code: share for effect in reorganise.preview(plan_, at=at) for code, share in effect.shares.items()}


def moved(done):
    return {code: share for entry in done.log for code, share in entry["shares"].items()}


def test_a_service_goes_on_at_the_level_and_in_the_ways_it_had(cast, at):
    _ = cast.revision, cast.other_commune
    Offering.objects.update(service_level=2, service_mode="information", channels=["counter"])
    reorganise.carry_out(merger(at), by=BY, at=at)
    heir = Offering.objects.get(agency__code="H08.30.001")
    assert (heir.service_level, heir.service_mode, heir.channels) == (2, "information", ["counter"])


def test_a_term_with_an_end_keeps_its_end_and_a_stand_in_goes_on_standing_in(cast, at):
    _ = cast.ha, cast.binh, cast.other_commune
    until = at + timedelta(days=30)
    PostHeld.objects.filter(account=cast.ha_account).update(until=until)
    post = PostHeld.objects.get(account=cast.ha_account)
    stand_in(
        post.pk, account_id=cast.binh_account.pk, kind=StandInKind.LEAVE, since=at, until=at + timedelta(days=5),
        basis="QĐ 1", by=cast.binh, at=at,
    )  # fmt: skip
    later = at + timedelta(hours=1)
    reorganise.carry_out(merger(later), by=BY, at=later)
    new = PostHeld.objects.get(account=cast.ha_account, agency__code="H08.30.001")
    assert (new.since, new.until) == (later, until)
    assert StandIn.objects.get(post=new).until == at + timedelta(days=5)
    stands = [post for post in actor_of(cast.binh_account, at=later + timedelta(minutes=1)).posts if post.instead_of_id]
    assert [post.agency_id for post in stands] == [new.agency_id]


def test_terms_that_would_overlap_are_named_beforehand_and_nothing_is_half_done(cast, at):
    _ = cast.quang, cast.other_commune
    appoint(
        cast.quang_account, Role.LEADER, cast.other_commune, since=at - timedelta(days=9),
        until=at + timedelta(days=9), by=BY, at=at,
    )  # fmt: skip
    into = plan(at, {"kind": "dissolve", "from": "H08.41.01", "to": "H08.41.02"})
    (effect,) = reorganise.preview(into, at=at)
    assert len(effect.blocks) == 1 and "Võ Minh Quang đã giữ vị trí" in effect.blocks[0]
    with pytest.raises(Refusal, match="Võ Minh Quang đã giữ vị trí"):
        reorganise.carry_out(into, by=BY, at=at)
    assert Agency.objects.get(code="H08.41.01").until is None
    PostHeld.objects.filter(agency=cast.other_commune).update(until=None)  # held throughout: nothing overlaps
    assert reorganise.preview(into, at=at)[0].blocks == []
    reorganise.carry_out(into, by=BY, at=at)
    assert PostHeld.objects.filter(account=cast.quang_account, until=None).count() == 1


def test_of_two_terms_in_bodies_that_merge_the_longer_stands(cast, at):
    _ = cast.quang, cast.other_commune
    cast.post(cast.quang_account, Role.LEADER, cast.other_commune)
    PostHeld.objects.filter(agency=cast.commune).update(until=at + timedelta(days=9))
    reorganise.carry_out(merger(at), by=BY, at=at)
    (post,) = PostHeld.objects.filter(account=cast.quang_account, agency__code="H08.30.001")
    assert (post.since, post.until) == (at, None)


def test_a_step_in_hand_of_a_dossier_led_elsewhere_is_finished_by_the_successor(province, cast, at):
    beside(cast, "H08.26")
    _ = cast.minh, cast.quang, province.cards, province.sau
    code = str(cast.submitted().code)
    intake.accept(code, by=cast.minh, at=at)
    later = at + timedelta(hours=2)
    foreseen = shares(absorbed(later), later)
    assert (foreseen["H08.27"].steps, foreseen["H08.27"].dossiers) == (1, 0)
    done = reorganise.carry_out(absorbed(later), by=BY, at=later)
    assert moved(done)["H08.27"]["steps"] == 1
    sau = actor_of(province.cast.lan_account.__class__.objects.get(login="sau"), at=later)
    assert visible_to(sau).get(code=code).agency == cast.commune
    run = StepRun.objects.get(dossier__code=code, finished_at=None)
    assert (run.agency.code, run.division.key, run.unit_name) == (
        "H08.27", "cap-so-the", f"{province.cards.name}, {HEALTH['name']}"
    )  # fmt: skip
    examine.pass_on(code, by=sau, at=later)
    assert StepRun.objects.get(dossier__code=code, finished_at=None).agency == cast.commune


def test_a_route_that_names_an_ended_agency_leads_to_its_successor(province, cast, at):
    beside(cast, "*.26")
    _ = cast.minh, province.cards, province.sau
    code = str(cast.submitted().code)
    reorganise.carry_out(absorbed(at), by=BY, at=at)
    intake.accept(code, by=cast.minh, at=at)
    assert StepRun.objects.get(dossier__code=code, finished_at=None).agency.code == "H08.27"


def test_an_opinion_asked_for_is_given_by_the_successor_and_asked_once_of_two_that_merge(province, cast, at):
    code = province.at_division()
    other = Division.objects.create(agency=cast.other_commune, key="tu-phap", name="Bộ phận Tư pháp")
    mine = Division.objects.create(agency=province.insurance, key="tu-phap", name="Phòng Pháp chế")
    for number, (agency, unit) in enumerate(((cast.other_commune, other), (province.insurance, mine))):
        cast.post(cast.officer(f"phap-{number}", "Vũ Pháp"), Role.DIVISION_HEAD, agency, division=unit)
    _ = province.bay
    units = [(cast.other_commune.pk, other.pk), (province.insurance.pk, mine.pk), (province.insurance.pk, None)]
    consult.ask(code, units=units, question="Có vướng gì không?", by=cast.ha, at=at)
    both = plan(at, {"kind": "merge", "from": ["H08.41.02", "H08.26"], "to": HEALTH})
    later = at + timedelta(hours=1)
    reorganise.carry_out(both, by=BY, at=later)
    rows = Consultation.objects.filter(dossier__code=code, answered_at=None)
    assert sorted((row.agency.code, row.division.key if row.division else "") for row in rows) == [
        ("H08.27", ""), ("H08.27", "tu-phap")
    ]  # fmt: skip


def test_open_opinions_outlive_the_merger_of_the_agency_that_asked(province, cast, at):
    code = province.at_division()
    _ = cast.other_commune, province.tam
    consult.ask(code, units=[(cast.commune.pk, province.land.pk)], question="Ranh giới?", by=cast.ha, at=at)
    later = at + timedelta(hours=1)
    reorganise.carry_out(merger(later), by=BY, at=later)
    row = Consultation.objects.get(dossier__code=code)
    assert (row.agency.code, row.answered_at) == ("H08.30.001", None)
    ha = actor_of(cast.ha_account, at=later)
    assert visible_to(ha).get(code=code).holder_id == cast.ha_account.pk


def test_what_was_taken_in_for_others_and_lists_shared_go_to_the_successor(cast, at):
    code = str(cast.submitted().code)
    _ = cast.oanh
    Dossier.objects.filter(code=code).update(taken_in_by=cast.other_commune)
    view = SavedView.objects.create(
        owner=cast.oanh_account, owner_name="Oanh", agency=cast.other_commune, name="Của xã", created_at=at
    )
    below = Agency.objects.create(
        code="H08.41.02.1",
        name="Trạm",
        kind="public_service_unit",
        tier="commune",
        parent=cast.other_commune,
        since=SINCE,
    )
    ended = {"kind": "dissolve", "from": "H08.41.02", "to": NEW_COMMUNE}
    reorganise.carry_out(plan(at, ended), by=BY, at=at)
    oanh = actor_of(cast.oanh_account, at=at)
    assert visible_to(oanh).get(code=code).taken_in_by.code == "H08.41.03"
    view.refresh_from_db()
    below.refresh_from_db()
    assert (view.agency.code, below.parent.code) == ("H08.41.03", "H08.41.03")


NEW_COMMUNE = {
    "code": "H08.41.03", "name": "Ủy ban nhân dân xã Cát Minh", "tier": "commune", "kind": "peoples_committee"
}  # fmt: skip


def test_who_takes_over_the_people_of_a_place_offers_the_procedures_there_too(cast, at):
    _ = cast.revision, cast.other_commune
    own = OneStopCounter.objects.create(host=cast.other_commune, name="Bộ phận một cửa xã Bình Yên")
    split = {
        "kind": "dissolve", "from": "H08.41.01", "to": [NEW_COMMUNE, "H08.41.02"],
        "shares": {"unit:1": "H08.41.03", "unit:2": "H08.41.02"},
    }  # fmt: skip
    draft = cast.draft()
    assert "người nộp chọn" in reorganise.preview(plan(at, split), at=at)[0].stays[0]
    reorganise.carry_out(plan(at, split), by=BY, at=at)
    draft.refresh_from_db()
    assert draft.agency == cast.commune  # asked which when it is filed
    offered = Offering.objects.filter(procedure__code="2.000635", until=None).order_by("agency__code")
    assert [(row.agency.code, row.counter) for row in offered] == [("H08.41.02", own), ("H08.41.03", cast.counter)]


def test_the_preview_counts_what_then_moves(cast, at, django_assert_max_num_queries):
    _ = cast.minh, cast.ha, cast.quang, cast.other_commune
    intake.accept(str(cast.submitted().code), by=cast.minh, at=at)
    cast.draft()
    later = at + timedelta(minutes=5)
    with django_assert_max_num_queries(20):
        (effect,) = reorganise.preview(merger(later), at=later)
    done = reorganise.carry_out(merger(later), by=BY, at=later)
    share = effect.shares["H08.30.001"]
    assert (share.dossiers, share.drafts, share.posts, share.offerings) == (1, 1, 3, 1)
    assert moved(done)["H08.30.001"] == {name: getattr(share, name) for name in share.__dataclass_fields__}
    assert Dossier.objects.get(state="draft").agency.code == "H08.30.001"


def test_a_procedure_whose_route_the_successor_cannot_walk_is_named_beforehand(province, cast, at):
    beside(cast, "*.26")
    _ = province.cards
    away = {"code": "H99.01", "name": "Ủy ban nhân dân xã Xa", "tier": "commune", "kind": "peoples_committee"}
    (effect,) = reorganise.preview(plan(at, {"kind": "dissolve", "from": "H08.41.01", "to": away}), at=at)
    assert len(effect.blocks) == 1 and "không có cơ quan mã H99.26" in effect.blocks[0]


def test_a_post_office_is_not_merged_here(cast, at):
    _ = cast.post_office, cast.other_commune
    with pytest.raises(Refusal, match="doanh nghiệp bưu chính"):
        reorganise.preview(plan(at, {"kind": "dissolve", "from": "H08.99.01", "to": "H08.41.02"}), at=at)


def test_a_day_with_an_hour_and_shares_that_are_no_table_are_refused_in_words(at):
    from motcua.rules.reorganise import ReorganisationError

    change = {"kind": "split", "from": "A", "to": ["B", "C"], "shares": ["x"]}
    with pytest.raises(ReorganisationError) as caught:
        read_plan({"day": at, "basis": "x", "change": [change]})
    assert len(caught.value.problems) == 2
