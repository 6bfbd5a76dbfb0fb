"""Joint procedures: one dossier for the citizen and for the statistics, each part with its own code and clocks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event, local
from typing import Any

import pytest

from motcua.audit.queries import verify
from motcua.base.errors import Refusal
from motcua.dossiers.actions import approve, children, examine, expire, intake, issue, stop, withdraw
from motcua.dossiers.facts import load
from motcua.dossiers.models import Dossier, SupplementRequest, TimelineEntry
from motcua.dossiers.queries import mine, offers, visible_to
from motcua.dossiers.queries.figures import figures_of, forget
from motcua.notifications.models import Message
from motcua.policy.queries import forget as forget_policy
from motcua.procedures.models import Offering
from motcua.rules.acts import CLOSED_STATES, Act, Outcome, State
from motcua.rules.lifecycle import TABLE, Granted
from motcua.rules.people import Actor
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.coordination import HOUR, Province, dossier, draft
from tests.rooms.late import SYSTEM
from tests.rooms.racing import Pair

PART = {"procedure": "1.002759", "agency": "*.26"}


@pytest.fixture
def province(cast: Cast, at: datetime) -> Province:
    found = Province(cast, at)
    cast.revision = found.route(parts=[PART])
    found.card_procedure()
    _ = found.sau, found.bay, cast.quang
    return found


def finish(code: str, province: Province, at: datetime) -> None:
    """The insurance agency settles the part and seals its result."""
    clerk = province.cast.post(
        province.cast.officer("vanthu26", "Tạ Văn Thư"), province.cast.thu.posts[0].role, province.insurance
    )
    intake.accept(code, by=province.chin, at=at)
    draft(code, by=province.sau, at=at)
    examine.propose(code, by=province.sau, at=at)
    approve.approve(code, by=province.bay, at=at)
    issue.seal(code, by=clerk, at=at)


@accepts("BN-16", "HY-32")
def test_a_part_is_filed_from_what_the_whole_knows_and_the_lead_waits_for_it(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    child = children.open_child(code, by=cast.ha, at=at + HOUR)
    assert (child.state, child.parent_id) == (State.SUBMITTED, dossier(code).pk)
    assert str(child.code).startswith("H08.26-")
    assert child.acceptance_due_at is not None
    assert child.acceptance_due_at > dossier(code).accepted_at  # type: ignore[operator]
    whole = dossier(code)
    assert child.answers == {key: whole.answers[key] for key in child.answers}
    assert child.answers["ho_ten"] == "Nguyễn Thị Lan"
    assert [row.file_id for row in child.enclosures.all()] == [row.file_id for row in whole.enclosures.all()]
    assert child.applicant_id == cast.lan.account_id

    with pytest.raises(Refusal, match=str(child.code)):
        examine.propose(code, by=cast.ha, at=at + HOUR)
    promised = dossier(code).promised_at
    finish(str(child.code), province, at + 2 * HOUR)
    examine.propose(code, by=cast.ha, at=at + 2 * HOUR)
    assert (dossier(code).state, dossier(code).promised_at) == (State.AWAITING_APPROVAL, promised)


def test_a_part_is_opened_once_and_again_only_when_it_failed(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    child = children.open_child(code, by=cast.ha, at=at)
    with pytest.raises(Refusal, match="đã mở") as no:
        children.open_child(code, by=cast.ha, at=at)
    assert no.value.status == 409
    intake.decline(str(child.code), reasons=["Không thuộc diện cấp thẻ."], by=province.chin, at=at)
    assert children.open_child(code, by=cast.ha, at=at).pk != child.pk


@accepts("BN-16")
def test_the_station_that_names_a_part_is_not_left_before_it_is_opened(cast: Cast, at: datetime) -> None:
    """Later stations cannot open it: forgotten here, nobody would ever settle it."""
    province = Province(cast, at)
    revision = province.route(parts=[PART])
    again = {"title": "Thẩm tra lại", "kind": "examine", "role": "case_officer", "hours": 4, "division": "tu-phap"}
    revision.route = [*revision.route[:2], again, *revision.route[2:]]
    revision.save()
    cast.revision = revision
    province.card_procedure()
    code = province.drafted()
    with pytest.raises(Refusal, match="Chưa mở hồ sơ liên thông: Cấp thẻ") as no:
        examine.pass_on(code, by=cast.ha, at=at)
    assert no.value.status == 422
    children.open_child(code, by=cast.ha, at=at)
    examine.pass_on(code, by=cast.ha, at=at)
    assert dossier(code).step_index == 2


def test_a_whole_that_is_to_be_refused_opens_no_part(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    with pytest.raises(Refusal, match="Chưa mở hồ sơ liên thông"):
        examine.propose(code, by=cast.ha, at=at)
    examine.draft_result(code, outcome=Outcome.REFUSED, title="Không cấp", reasons="Đã cấp rồi.", by=cast.ha, at=at)
    examine.propose(code, by=cast.ha, at=at)
    assert not Dossier.objects.filter(parent__isnull=False).exists()


def test_a_part_left_to_the_officer_may_stay_unopened(cast: Cast, at: datetime) -> None:
    province = Province(cast, at)
    cast.revision = province.route(parts=[{**PART, "optional": True}])
    province.card_procedure()
    _ = cast.quang
    code = province.drafted()
    assert isinstance(offers(dossier(code), cast.ha, at=at)[Act.OPEN_CHILD], Granted)
    examine.propose(code, by=cast.ha, at=at)
    assert dossier(code).state == State.AWAITING_APPROVAL


def test_a_part_is_nothing_to_open_parts_from(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    child = str(children.open_child(code, by=cast.ha, at=at).code)
    intake.accept(child, by=province.chin, at=at)
    assert Act.OPEN_CHILD not in offers(dossier(child), province.sau, at=at)
    with pytest.raises(Refusal):
        children.open_child(child, by=province.sau, at=at)


def test_only_the_step_that_names_parts_opens_them(cast: Cast, at: datetime) -> None:
    province = Province(cast, at)
    code = province.drafted()
    assert Act.OPEN_CHILD not in offers(dossier(code), cast.ha, at=at)


def test_what_the_whole_does_not_know_is_said_and_nothing_stays(province: Province, at: datetime) -> None:
    cast = province.cast
    code = province.drafted()
    Dossier.objects.filter(code=code).update(answers={})
    with pytest.raises(Refusal) as no:
        children.open_child(code, by=cast.ha, at=at)
    assert any("Họ và tên" in words for words in no.value.messages)
    assert not Dossier.objects.filter(parent__isnull=False).exists()


def test_a_part_nobody_takes_in_cannot_be_opened(province: Province, at: datetime) -> None:
    code = province.drafted()
    Offering.objects.filter(agency=province.insurance).delete()
    with pytest.raises(Refusal, match=r"H08\.26") as no:
        children.open_child(code, by=province.cast.ha, at=at)
    assert no.value.status == 409


def test_answers_and_papers_go_where_the_route_pairs_them(cast: Cast, at: datetime) -> None:
    province = Province(cast, at)
    cast.revision = province.route(parts=[{**PART, "answers": {"ngay_sinh": "ngay_sinh", "so_ban": "so_ban"}}])
    province.card_procedure()
    code = province.drafted()
    child = children.open_child(code, by=cast.ha, at=at)
    assert child.answers["so_ban"] == dossier(code).answers["so_ban"]


def test_the_citizen_has_one_dossier_and_statistics_count_it_once(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    child = children.open_child(code, by=cast.ha, at=at)
    assert [row.code for row in mine(cast.lan, now=at)] == [code]
    assert visible_to(cast.lan).filter(code=child.code).exists()
    forget()
    whole, part = dossier(code).revision.procedure_id, child.revision.procedure_id
    assert figures_of(part, at=at + HOUR) is None
    assert figures_of(whole, at=at + HOUR) is not None


def test_the_lead_reads_the_parts_result_and_does_nothing_with_it(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    child = str(children.open_child(code, by=cast.ha, at=at).code)
    for actor in (cast.ha, cast.quang):
        assert visible_to(actor).filter(code=child).exists()
        granted = [act for act, one in offers(dossier(child), actor, at=at).items() if isinstance(one, Granted)]
        assert not granted
    assert not visible_to(province.chin).filter(code=code).exists()  # who settles the part sees the part
    assert not visible_to(cast.oanh).filter(code=child).exists()


# --- the whole ends before its result


def opened(province: Province, at: datetime) -> tuple[str, str]:
    """A whole and its one part, the part in the hands of the insurance agency's officer."""
    code = province.drafted()
    part = str(children.open_child(code, by=province.cast.ha, at=at).code)
    intake.accept(part, by=province.chin, at=at)
    draft(part, by=province.sau, at=at)
    return code, part


def ends(province: Province, code: str, how: Act, at: datetime) -> None:
    cast = province.cast
    if how is Act.WITHDRAW:
        withdraw.withdraw(code, by=cast.lan, at=at)
    elif how is Act.STOP:
        stop.stop(code, reasons=["Có bản án."], by=cast.quang, at=at)
    else:
        SupplementRequest.objects.create(
            dossier=dossier(code), number=1, items=[], requested_at=at - HOUR, requested_by_name="Minh",
            answer_by=at - HOUR,
        )  # fmt: skip
        policy = {**dossier(code).policy_data, "close_unanswered": True}
        Dossier.objects.filter(code=code).update(state=State.AWAITING_SUPPLEMENT.value, policy_data=policy)
        expire.close_unanswered(code, by=SYSTEM, at=at)


ENDS = (Act.WITHDRAW, Act.STOP, Act.CLOSE_UNANSWERED)


def test_every_act_that_ends_a_dossier_without_a_result_is_tried_on_a_joint_one() -> None:
    """Declining is for what was never accepted, and only the examination opens parts."""
    ending = {act for act, row in TABLE.items() if row.target in CLOSED_STATES}
    assert ending - {Act.DELIVER, Act.DECLINE} == set(ENDS)


@accepts("BN-16", "HY-32")
@pytest.mark.parametrize("how", ENDS)
def test_with_the_whole_its_open_parts_end_and_whoever_works_on_them_is_told(
    province: Province, at: datetime, how: Act
) -> None:
    code, part = opened(province, at)
    ends(province, code, how, at + HOUR)
    ended = dossier(part)
    assert (ended.state, ended.closed_at, ended.due_at) == (State.WITHDRAWN, at + HOUR, None)
    assert not ended.steps.filter(finished_at__isnull=True).exists()
    last = TimelineEntry.objects.filter(dossier=ended).order_by("pk").last()
    assert last is not None and last.act == Act.WITHDRAW and code in last.note and code in last.by_name
    told = Message.objects.filter(kind="part_ended", subject_ref=part)
    assert {message.recipient_name for message in told} == {"Trịnh Thị Sáu"}
    assert list(verify()) == []


def test_a_part_nobody_has_accepted_ends_too_and_its_counter_is_told(province: Province, at: datetime) -> None:
    code = province.drafted()
    part = str(children.open_child(code, by=province.cast.ha, at=at).code)
    withdraw.withdraw(code, by=province.cast.lan, at=at)
    assert dossier(part).state == State.WITHDRAWN
    assert Message.objects.get(kind="part_ended").recipient_account_id == province.chin.account_id


def test_a_part_with_its_result_stays_and_the_whole_ends_alone(province: Province, at: datetime) -> None:
    code = province.drafted()
    part = str(children.open_child(code, by=province.cast.ha, at=at).code)
    finish(part, province, at)
    withdraw.withdraw(code, by=province.cast.lan, at=at + HOUR)
    assert (dossier(code).state, dossier(part).state) == (State.WITHDRAWN, State.RESULT_READY)


def test_a_whole_that_cannot_end_leaves_its_parts_alone(province: Province, at: datetime) -> None:
    code, part = opened(province, at)
    with pytest.raises(Refusal):
        withdraw.withdraw(code, by=province.cast.dung, at=at)
    with pytest.raises(Refusal):
        stop.stop(code, reasons=[""], by=province.cast.quang, at=at)
    assert dossier(part).state == State.EXAMINING


def test_the_system_takes_back_parts_and_nothing_else(province: Province, at: datetime) -> None:
    code, _ = opened(province, at)
    with pytest.raises(Refusal, match="thành phần") as no:
        withdraw.withdraw(code, reason="Thử.", by=Actor.system("Hệ thống"), at=at)
    assert no.value.status == 403


def test_passing_on_leaves_the_part_open_and_the_later_station_waits_for_it_too(cast: Cast, at: datetime) -> None:
    province = Province(cast, at)
    revision = province.route(parts=[PART])
    again = {"title": "Thẩm tra lại", "kind": "examine", "role": "case_officer", "hours": 4, "division": "tu-phap"}
    revision.route = [*revision.route[:2], again, *revision.route[2:]]
    revision.save()
    cast.revision = revision
    province.card_procedure()
    code, part = opened(province, at)
    examine.pass_on(code, by=cast.ha, at=at)
    with pytest.raises(Refusal, match=part):
        examine.propose(code, by=cast.ha, at=at)


@contextmanager
def meeting_at(part: str) -> Iterator[local]:
    """The two meet at the part's row alone: whoever is first has its lock while the other asks for it."""
    mine, held, asking, real = local(), Event(), Event(), load.locked

    def locked(code: str, **more: Any) -> Dossier | None:
        if code != part:
            return real(code, **more)
        if mine.is_first:
            found = real(code, **more)
            held.set()
            assert asking.wait(20)
            return found
        assert held.wait(20)
        asking.set()
        return real(code, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "locked", locked)
        yield mine


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_first", [True, False], ids=["the part first", "the whole first"])
def test_of_a_result_of_the_part_and_the_end_of_the_whole_at_once_each_finds_what_the_other_made(
    at: datetime, is_first: bool
) -> None:
    """Two connections: the part is sealed while the whole is withdrawn; no order loses either."""
    forget_policy()
    province = Province(Cast(at), at)
    province.cast.revision = province.route(parts=[PART])
    province.card_procedure()
    _ = province.sau, province.bay, province.cast.quang
    code, part = opened(province, at)
    clerk = province.cast.post(
        province.cast.officer("vanthu26", "Tạ Văn Thư"), province.cast.thu.posts[0].role, province.insurance
    )
    examine.propose(part, by=province.sau, at=at)
    approve.approve(part, by=province.bay, at=at)
    lan, pair = province.cast.lan, Pair()
    try:
        deeds = [
            lambda: issue.seal(part, by=clerk, at=at + HOUR),
            lambda: withdraw.withdraw(code, by=lan, at=at + HOUR),
        ]
        turned = slice(None, None, 1 if is_first else -1)
        sealed, ended = pair.at_once(*deeds[turned], how=lambda: meeting_at(part))[turned]
    finally:
        pair.close()
    assert isinstance(ended, Dossier) and dossier(code).state == State.WITHDRAWN
    if is_first:
        assert isinstance(sealed, Dossier) and dossier(part).state == State.RESULT_READY
    else:
        assert isinstance(sealed, Refusal) and sealed.status == 409
        assert dossier(part).state == State.WITHDRAWN
    assert list(verify()) == []
