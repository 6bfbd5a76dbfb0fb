"""Somebody else does a post for a time: rights begin and end by themselves, and the record says in whose place."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from motcua.agencies.actions import end_stand_in, relieve, stand_in
from motcua.agencies.models import PostHeld, StandIn, StandInKind
from motcua.agencies.queries import actor_of, posts_to_hand_over
from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import approve, examine, issue, recall
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Narrowing, Tab, offers, visible_to, work_page
from motcua.rules.acts import Act, State
from motcua.rules.lifecycle import Granted
from motcua.rules.people import Actor, Role
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.coordination import HOUR, Province, dossier, draft

DAY = timedelta(days=1)
BASIS = "Quyết định 12/QĐ-UBND ngày 17/11/2026"


@pytest.fixture
def province(cast: Cast, at: datetime) -> Province:
    _ = cast.quang, cast.thu, cast.binh, cast.ha, cast.minh, cast.oanh
    return Province(cast, at)


def post_of(actor: Actor) -> PostHeld:
    return PostHeld.objects.get(account_id=actor.account_id)


def set_for(whose: Actor, who: Actor, *, by: Actor, at: datetime, **changes: object) -> StandIn:
    values = {"kind": StandInKind.LEAVE, "since": at, "until": at + 5 * DAY, "basis": BASIS, **changes}
    return stand_in(post_of(whose).pk, account_id=who.account_id or 0, by=by, at=at, **values)  # type: ignore[arg-type]


def now(actor: Actor, at: datetime, cast: Cast) -> Actor:
    accounts = {one.pk: one for one in (cast.ha_account, cast.binh_account, cast.quang_account, cast.thu_account)}
    return actor_of(accounts[actor.account_id or 0], at=at)


@accepts("BD-70")
def test_a_stand_in_signs_as_the_leader_for_the_days_set_and_not_an_hour_longer(
    province: Province, at: datetime
) -> None:
    code, cast = province.drafted(), province.cast
    examine.propose(code, by=cast.ha, at=at)
    set_for(cast.quang, cast.binh, by=cast.quang, at=at, since=at + HOUR, until=at + 3 * HOUR)
    for moment, allowed in ((at, False), (at + HOUR, True), (at + 3 * HOUR, False)):
        binh = now(cast.binh, moment, cast)
        answer = offers(dossier(code), binh, at=moment).get(Act.APPROVE)
        assert isinstance(answer, Granted) == allowed, moment
    approve.approve(code, by=now(cast.binh, at + 2 * HOUR, cast), at=at + 2 * HOUR)
    result = Dossier.objects.select_related("result").get(code=code).result
    assert result.approved_by_name == "Đặng Thanh Bình (thay Võ Minh Quang)"
    assert result.approved_title == "KT. Chủ tịch"
    assert dossier(code).timeline.get(act="approve").by_name == "Đặng Thanh Bình (thay Võ Minh Quang)"
    event = Event.objects.get(verb="approve")
    assert event.body["instead_of"] == cast.quang.account_id
    assert event.actor_account_id == cast.binh.account_id
    issue.seal(code, by=cast.thu, at=at + 2 * HOUR)


def test_who_signs_by_delegation_says_so(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    examine.propose(code, by=cast.ha, at=at)
    set_for(cast.quang, cast.binh, by=cast.quang, at=at, kind=StandInKind.DELEGATION)
    approve.approve(code, by=now(cast.binh, at, cast), at=at)
    assert Dossier.objects.select_related("result").get(code=code).result.approved_title == "TUQ. Chủ tịch"


def test_what_the_absent_colleague_holds_is_in_the_stand_ins_tray_and_hands(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast  # Hà holds it
    set_for(cast.ha, cast.thu, by=cast.binh, at=at)
    thu = now(cast.thu, at, cast)
    page = work_page(thu, Tab.MINE, narrowing=Narrowing(), number=1, at=at)
    assert [line.code for line in page.lines] == [code]
    examine.propose(code, by=thu, at=at + HOUR)
    assert dossier(code).state == State.AWAITING_APPROVAL
    assert dossier(code).timeline.get(act="propose").by_name == "Hồ Thị Thu (thay Phạm Thu Hà)"
    # What was given by the stand-in is taken back by the stand-in.
    recall.recall(code, by=thu, at=at + HOUR)
    assert dossier(code).state == State.EXAMINING


def test_what_a_stand_in_takes_goes_on_in_the_stand_ins_hands_and_is_the_colleagues_afterwards(
    province: Province, at: datetime
) -> None:
    code, cast = province.at_division(), province.cast  # nobody holds it
    set_for(cast.ha, cast.thu, by=cast.binh, at=at, until=at + 3 * HOUR)
    thu = now(cast.thu, at, cast)
    draft(code, by=thu, at=at)
    assert dossier(code).holder_id == cast.ha.account_id
    assert dossier(code).steps.get(finished_at=None).holder_name == "Hồ Thị Thu (thay Phạm Thu Hà)"
    examine.propose(code, by=thu, at=at + HOUR)
    recall.recall(code, by=thu, at=at + HOUR)
    draft(code, by=thu, at=at + HOUR)  # what she took back is not held against her
    examine.propose(code, by=thu, at=at + HOUR)
    approve.send_back(code, reason="Sửa.", by=cast.quang, at=at + 4 * HOUR)
    draft(code, by=now(cast.ha, at + 4 * HOUR, cast), at=at + 4 * HOUR)


def test_a_stand_in_takes_a_dossier_for_the_colleague_by_the_button_too(province: Province, at: datetime) -> None:
    code, cast = province.at_division(), province.cast
    set_for(cast.ha, cast.thu, by=cast.binh, at=at)
    examine.assign(code, to=cast.ha.account_id or 0, by=now(cast.thu, at, cast), at=at)
    assert dossier(code).holder_id == cast.ha.account_id


def test_what_somebody_held_who_is_gone_may_be_taken_by_a_colleague(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast  # Hà holds it
    hoa = cast.post(cast.officer("hoa", "Lý Thị Hoa"), Role.CASE_OFFICER, cast.commune, division=cast.division)
    with pytest.raises(Refusal):
        examine.assign(code, to=hoa.account_id or 0, by=hoa, at=at)
    relieve(post_of(cast.ha), until=at + HOUR, by=Actor.system("test"), at=at)
    examine.assign(code, to=hoa.account_id or 0, by=hoa, at=at + HOUR)
    assert dossier(code).holder_id == hoa.account_id


def test_what_is_sent_back_to_somebody_who_is_gone_is_in_nobodys_hands(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    hoa = cast.post(cast.officer("hoa", "Lý Thị Hoa"), Role.CASE_OFFICER, cast.commune, division=cast.division)
    examine.propose(code, by=cast.ha, at=at)
    relieve(post_of(cast.ha), until=at + HOUR, by=Actor.system("test"), at=at)
    approve.send_back(code, reason="Sửa.", by=cast.quang, at=at + 2 * HOUR)
    assert dossier(code).holder_id is None
    draft(code, by=hoa, at=at + 2 * HOUR)
    assert dossier(code).holder_id == hoa.account_id


def test_an_act_of_ones_own_right_is_ones_own(province: Province, at: datetime) -> None:
    code, cast = province.at_division(), province.cast
    set_for(cast.binh, cast.ha, by=cast.binh, at=at)
    draft(code, by=now(cast.ha, at, cast), at=at)
    assert dossier(code).timeline.get(act="draft_result").by_name == "Phạm Thu Hà"


@accepts("BD-70")
def test_it_ends_with_the_request_after_the_end_and_with_the_post_itself(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    examine.propose(code, by=cast.ha, at=at)
    found = set_for(cast.quang, cast.binh, by=cast.quang, at=at)
    assert now(cast.binh, at + DAY, cast).holds(Role.LEADER)
    end_stand_in(found.pk, by=cast.quang, at=at + DAY)
    assert not now(cast.binh, at + DAY, cast).holds(Role.LEADER)
    set_for(cast.quang, cast.binh, by=cast.quang, at=at + DAY)
    relieve(post_of(cast.quang), until=at + 2 * DAY, by=Actor.system("test"), at=at + DAY)
    assert now(cast.binh, at + DAY, cast).holds(Role.LEADER)
    assert not now(cast.binh, at + 2 * DAY, cast).holds(Role.LEADER)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"basis": "  "}, "basis"),
        ({"until": timedelta(0)}, "until"),
        ({"since": -3 * DAY, "until": -DAY}, "until"),
        ({"who": "self"}, "account"),
        ({"who": "oanh"}, "account"),
    ],
)
def test_a_stand_in_that_cannot_be_is_refused_with_the_place(
    province: Province, at: datetime, changes: dict[str, object], field: str
) -> None:
    cast = province.cast
    who = {"self": cast.quang, "oanh": cast.oanh}.get(str(changes.get("who")), cast.binh)
    times = {name: at + value for name, value in changes.items() if isinstance(value, timedelta)}
    words = {"basis": changes["basis"]} if "basis" in changes else {}
    with pytest.raises(Refusal) as no:
        set_for(cast.quang, who, by=cast.quang, at=at, **times, **words)
    assert set(no.value.field_errors) == {field}
    assert not StandIn.objects.exists()


def test_two_stand_ins_for_one_post_never_overlap(province: Province, at: datetime) -> None:
    cast = province.cast
    set_for(cast.quang, cast.binh, by=cast.quang, at=at)
    with pytest.raises(Refusal) as no:
        set_for(cast.quang, cast.thu, by=cast.quang, at=at, since=at + 4 * DAY, until=at + 9 * DAY)
    assert "since" in no.value.field_errors
    set_for(cast.quang, cast.thu, by=cast.quang, at=at, since=at + 5 * DAY, until=at + 9 * DAY)


def test_who_is_away_himself_stands_in_for_nobody(province: Province, at: datetime) -> None:
    cast = province.cast
    set_for(cast.binh, cast.ha, by=cast.binh, at=at)
    with pytest.raises(Refusal) as no:
        set_for(cast.quang, cast.binh, by=cast.quang, at=at)
    assert "account" in no.value.field_errors


def test_heads_set_it_in_their_division_leaders_in_their_agency_and_stand_ins_nowhere(
    province: Province, at: datetime
) -> None:
    cast = province.cast
    _ = province.tam
    assert {post.account_id for post in posts_to_hand_over(cast.binh, at=at)} == {
        cast.ha.account_id,
        cast.binh.account_id,
    }
    assert cast.minh.account_id in {post.account_id for post in posts_to_hand_over(cast.quang, at=at)}
    assert posts_to_hand_over(cast.ha, at=at) == []
    with pytest.raises(Refusal) as no:
        set_for(cast.quang, cast.ha, by=cast.binh, at=at)
    assert no.value.status == 403
    set_for(cast.quang, cast.ha, by=cast.quang, at=at)
    ha = now(cast.ha, at, cast)
    assert ha.holds(Role.LEADER)
    assert posts_to_hand_over(ha, at=at) == []  # nobody hands on what was handed to him


def test_a_stand_in_sees_what_the_post_sees(province: Province, at: datetime) -> None:
    code, cast = province.at_division(), province.cast
    assert not visible_to(cast.thu).filter(code=code).exists()
    set_for(cast.ha, cast.thu, by=cast.quang, at=at)
    assert visible_to(now(cast.thu, at, cast)).filter(code=code).exists()
