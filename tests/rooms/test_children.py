"""Joint procedures: one dossier for the citizen and for the statistics, each part with its own code and clocks."""

from __future__ import annotations

from datetime import datetime

import pytest

from motcua.base.errors import Refusal
from motcua.dossiers.actions import approve, children, examine, intake, issue
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import mine, offers, visible_to
from motcua.dossiers.queries.figures import figures_of, forget
from motcua.procedures.models import Offering
from motcua.rules.acts import Act, State
from motcua.rules.lifecycle import Granted
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.coordination import HOUR, Province, dossier, draft

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
