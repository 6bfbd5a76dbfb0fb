"""Opinions asked side by side, each with its own clock; the lead answers for the whole (BN-16, BN-17, BD-36, BD-42)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from motcua.agencies.models import Division
from motcua.base.errors import Refusal
from motcua.dossiers.actions import approve, consult, examine, intake, submit, withdraw
from motcua.dossiers.actions import draft as drafting
from motcua.dossiers.models import Consultation
from motcua.dossiers.queries import offers, visible_to
from motcua.dossiers.queries.coordination import asked_of, opinions_of, units_to_ask
from motcua.notifications.models import Message
from motcua.policy.models import OfficeHours
from motcua.policy.queries import forget
from motcua.rules.acts import Act, State, Verdict
from motcua.rules.lifecycle import Granted, Refused
from motcua.rules.people import Actor, Role
from tests.acceptance.proof import accepts
from tests.cast import ROUTE, Cast
from tests.rooms.coordination import HOUR, Province, dossier


@pytest.fixture
def province(cast: Cast, at: datetime) -> Province:
    found = Province(cast, at)
    _ = found.tam, found.sau, found.bay
    return found


def ask(province: Province, code: str, *, hours: int | None = 4, at: datetime | None = None) -> None:
    units = [(province.cast.commune.pk, province.land.pk), (province.insurance.pk, province.cards.pk)]
    consult.ask(
        code, units=units, question="Có tranh chấp không?", hours=hours, by=province.cast.ha, at=at or province.at
    )


@accepts("BN-16", "BD-36", "HY-32")
def test_several_units_are_asked_at_once_and_the_lead_waits_for_each(province: Province, at: datetime) -> None:
    code = province.drafted()
    ask(province, code)
    with pytest.raises(Refusal, match="Còn chờ ý kiến phối hợp của Bộ phận Địa chính; Phòng Cấp sổ, thẻ") as no:
        examine.propose(code, by=province.cast.ha, at=at + HOUR)
    assert no.value.status == 422
    consult.opine(code, agrees=True, by=province.tam, at=at + HOUR)
    with pytest.raises(Refusal, match="Phòng Cấp sổ, thẻ"):
        examine.propose(code, by=province.cast.ha, at=at + HOUR)
    consult.opine(code, agrees=False, opinion="Trẻ đã có thẻ.", by=province.sau, at=at + 2 * HOUR)
    examine.propose(code, by=province.cast.ha, at=at + 2 * HOUR)
    assert dossier(code).state == State.AWAITING_APPROVAL
    first, second = opinions_of(dossier(code), at=at + 3 * HOUR)
    assert (first.verdict, first.by, first.is_late) == ("Đồng ý", "Ngô Văn Tám", False)
    assert (second.verdict, second.opinion) == ("Không đồng ý", "Trẻ đã có thẻ.")
    units = dossier(code).timeline.filter(act="opine").order_by("pk").values_list("unit_name", flat=True)
    assert list(units) == ["Bộ phận Địa chính", "Phòng Cấp sổ, thẻ, Bảo hiểm xã hội tỉnh"]


@accepts("BN-17", "BD-42")
def test_neither_asking_nor_silence_moves_what_the_lead_promised(province: Province, at: datetime) -> None:
    code = province.drafted()
    before = dossier(code)
    ask(province, code)
    consult.opine(code, agrees=True, by=province.tam, at=at + 7 * 24 * HOUR)
    after = dossier(code)
    assert (after.promised_at, after.first_promised_at) == (before.promised_at, before.first_promised_at)
    assert after.due_at == before.due_at
    run = after.steps.get(finished_at=None)
    assert all(row.due_at <= run.due_at for row in after.consultations.all())


@accepts("BD-42")
def test_each_unit_has_a_clock_in_its_own_office_hours(province: Province, at: datetime) -> None:
    OfficeHours.objects.create(agency=province.insurance, intervals=[["13:30", "17:30"]])
    forget()
    code = province.drafted()
    ask(province, code, hours=4)
    ours, theirs = Consultation.objects.order_by("pk")
    assert ours.due_at == at.replace(hour=15)  # 09:00, four hours and the lunch break
    assert theirs.due_at == at.replace(hour=17, minute=30)  # they work in the afternoon only
    consult.opine(code, agrees=True, by=province.sau, at=at.replace(hour=14))
    theirs.refresh_from_db()
    assert theirs.used_minutes == 30
    forget()


def test_the_time_given_is_cut_from_what_the_step_has_left(province: Province, at: datetime) -> None:
    code = province.drafted()
    with pytest.raises(Refusal) as no:
        ask(province, code, hours=15)  # the step has 14
    assert "14 giờ 0 phút" in no.value.field_errors["hours"][0]
    late = at + 14 * 24 * HOUR
    ask(province, code, hours=None, at=late)
    assert {(row.budget_minutes, row.due_at) for row in Consultation.objects.all()} == {(0, late)}


@pytest.mark.parametrize("what", ["nobody", "itself", "twice", "foreign division", "no question"])
def test_a_question_to_no_proper_unit_is_refused_whole(province: Province, what: str) -> None:
    code, cast = province.drafted(), province.cast
    land = (cast.commune.pk, province.land.pk)
    units = {
        "nobody": [],
        "itself": [(cast.commune.pk, cast.division.pk), land],
        "twice": [land],
        "foreign division": [(province.insurance.pk, province.land.pk)],
        "no question": [land],
    }[what]
    if what == "twice":
        consult.ask(code, units=[land], question="?", by=cast.ha, at=province.at)
    kept = Consultation.objects.count()
    with pytest.raises(Refusal) as no:
        consult.ask(code, units=units, question="" if what == "no question" else "?", by=cast.ha, at=province.at)
    assert set(no.value.field_errors) == {"question" if what == "no question" else "units"}
    assert Consultation.objects.count() == kept


def test_a_unit_where_nobody_could_answer_is_neither_offered_nor_asked(province: Province, at: datetime) -> None:
    """Its silence would count as agreement, and nobody would ever have been asked."""
    code, cast = province.drafted(), province.cast
    empty = Division.objects.create(agency=cast.commune, key="trong", name="Bộ phận Trống")
    found = dossier(code)
    run = found.steps.get(finished_at=None)
    offered = dict(units_to_ask(found, run, at=at))
    assert f"{cast.commune.pk}-{province.land.pk}" in offered and str(province.insurance.pk) in offered
    assert f"{cast.commune.pk}-{empty.pk}" not in offered and str(cast.post_office.pk) not in offered
    with pytest.raises(Refusal) as no:
        consult.ask(code, units=[(cast.commune.pk, empty.pk)], question="?", by=cast.ha, at=at)
    assert "Bộ phận Trống" in no.value.field_errors["units"][0]
    assert "chưa có cán bộ nào" in no.value.field_errors["units"][0]
    assert not Consultation.objects.exists()


@accepts("HY-32")
def test_silence_counts_as_agreement_only_when_the_lead_notes_it(province: Province, at: datetime) -> None:
    code = province.drafted()
    ask(province, code, hours=1)
    consult.opine(code, agrees=True, by=province.tam, at=at + HOUR)
    after = at + 2 * HOUR
    with pytest.raises(Refusal) as no:
        examine.propose(code, by=province.cast.ha, at=after)
    assert "Quá hạn mà chưa trả lời: Phòng Cấp sổ, thẻ" in no.value.field_errors["silence_noted"][0]
    examine.propose(code, silence_noted=True, by=province.cast.ha, at=after)
    silent = Consultation.objects.get(agency=province.insurance)
    assert (silent.agrees, silent.opinion, silent.answered_by_name) == (
        True,
        "Hết hạn không trả lời, coi như đồng ý",
        "",
    )
    entry = dossier(code).timeline.get(act="propose")
    assert "Hết hạn không trả lời, coi như đồng ý: Phòng Cấp sổ, thẻ, Bảo hiểm xã hội tỉnh." in entry.note


def test_a_late_answer_is_heard_and_shown_as_late(province: Province, at: datetime) -> None:
    code = province.drafted()
    ask(province, code, hours=1)
    consult.opine(code, agrees=True, opinion="Đồng ý.", by=province.tam, at=at + 2 * HOUR)
    view = opinions_of(dossier(code), at=at + 2 * HOUR)[0]
    assert view.is_late
    assert view.spent == "2 giờ / 1 giờ"


def test_whoever_disagrees_says_why(province: Province, at: datetime) -> None:
    code = province.drafted()
    ask(province, code)
    with pytest.raises(Refusal) as no:
        consult.opine(code, agrees=False, by=province.tam, at=at)
    assert "opinion" in no.value.field_errors


@accepts("BD-36")
def test_the_asked_see_the_dossier_and_may_do_nothing_but_answer(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    asked: tuple[Actor, ...] = (province.tam, province.sau, province.bay)
    assert not any(visible_to(actor).filter(code=code).exists() for actor in asked)
    ask(province, code)
    assert all(visible_to(actor).filter(code=code).exists() for actor in asked)
    granted = {act for act, answer in offers(dossier(code), province.tam, at=at).items() if isinstance(answer, Granted)}
    assert granted == {Act.OPINE}
    assert [row.code for row in asked_of(province.tam, at=at)] == [code]
    consult.opine(code, agrees=True, by=province.tam, at=at)
    consult.opine(code, agrees=True, by=province.bay, at=at)
    # What passed through stays to be read; nothing more may be done.
    assert all(visible_to(actor).filter(code=code).exists() for actor in asked)
    left = offers(dossier(code), province.tam, at=at)
    assert not [act for act, answer in left.items() if isinstance(answer, Granted)]
    assert [row.code for row in asked_of(province.tam, at=at, answered=True)] == [code]
    assert not visible_to(cast.oanh).filter(code=code).exists()


def test_who_was_not_asked_cannot_answer_and_who_comes_second_is_told_so(province: Province, at: datetime) -> None:
    code = province.drafted()
    ask(province, code)
    with pytest.raises(Refusal) as stranger:
        consult.opine(code, agrees=True, by=province.cast.ha, at=at)
    assert stranger.value.status == 403
    consult.opine(code, agrees=True, by=province.tam, at=at)
    with pytest.raises(Refusal) as second:
        consult.opine(code, agrees=True, by=province.tu, at=at)
    assert second.value.status == 409


def test_the_asked_and_the_asker_are_told(province: Province, at: datetime) -> None:
    code = province.drafted()
    ask(province, code)
    told = set(Message.objects.filter(kind="opinion_asked").values_list("recipient_account_id", flat=True))
    assert told == {province.tam.account_id, province.sau.account_id}
    consult.opine(code, agrees=True, by=province.tam, at=at)
    assert Message.objects.get(kind="opinion_given").recipient_account_id == province.cast.ha.account_id


@accepts("BD-36")
def test_a_route_asks_by_itself_and_not_twice(cast: Cast, at: datetime) -> None:
    province = Province(cast, at)
    _ = province.tam, province.sau
    opinions = [{"division": "dia-chinh", "hours": 4}, {"agency": "*.26", "division": "cap-so-the", "hours": 8}]
    cast.revision = province.route(opinions=opinions)
    code = province.drafted()
    rows = list(Consultation.objects.order_by("pk"))
    assert [(row.division_id, row.budget_minutes) for row in rows] == [
        (province.land.pk, 240),
        (province.cards.pk, 480),
    ]
    for actor in (province.tam, province.sau):
        consult.opine(code, agrees=True, by=actor, at=at + HOUR)
    examine.propose(code, by=cast.ha, at=at + HOUR)
    approve.send_back(code, reason="Sửa lại.", by=cast.quang, at=at + HOUR)
    assert Consultation.objects.count() == 2


def test_a_route_that_needs_a_unit_nobody_opened_says_which(cast: Cast, at: datetime) -> None:
    province = Province(cast, at)
    cast.revision = province.route(opinions=[{"agency": "*.77", "division": "x", "hours": 1}])
    with pytest.raises(Refusal, match=r"H08\.77"):
        province.at_division()


@accepts("BN-16", "HY-32")
def test_a_step_of_a_coordinating_agency_runs_on_its_clock_and_returns_to_the_lead(cast: Cast, at: datetime) -> None:
    province = Province(cast, at)
    _ = province.sau
    first = {"title": "Xác minh", "kind": "examine", "role": "case_officer", "hours": 4, "division": "tu-phap"}
    theirs = {**first, "title": "Đối chiếu", "agency": "*.26", "division": "cap-so-the"}
    route = [ROUTE[0], first, theirs, ROUTE[1] | {"hours": 6}, *ROUTE[2:]]
    cast.revision = cast.procedure(route=route)
    code = province.at_division()
    examine.pass_on(code, note="Nhờ đối chiếu.", by=cast.ha, at=at + HOUR)
    run = dossier(code).steps.get(finished_at=None)
    assert (run.agency_id, run.unit_name) == (province.insurance.pk, "Phòng Cấp sổ, thẻ, Bảo hiểm xã hội tỉnh")
    assert dossier(code).agency_id == cast.commune.pk
    refused = offers(dossier(code), province.sau, at=at + HOUR)
    assert Act.DRAFT_RESULT not in refused  # the result is the lead's
    examine.pass_on(code, note="Khớp.", by=province.sau, at=at + 2 * HOUR)
    run = dossier(code).steps.get(finished_at=None)
    assert (run.agency_id, run.division_id) == (cast.commune.pk, cast.division.pk)
    assert visible_to(province.sau).filter(code=code).exists()


def test_while_the_applicant_is_awaited_no_opinion_falls_due(province: Province, at: datetime) -> None:
    code, cast = province.at_division(), province.cast
    ask(province, code, hours=4)
    verdicts = {
        **{f"field:{key}": (Verdict.OK, "") for key in ("ho_ten", "so_dinh_danh", "uy_quyen", "so_ban")},
        "paper:giay-chung-minh": (Verdict.WRONG, "Ảnh mờ."),
    }
    intake.judge(code, verdicts, by=cast.ha, at=at + HOUR)
    examine.propose_supplement(code, by=cast.ha, at=at + HOUR)
    intake.request_supplement(code, by=cast.minh, at=at + HOUR)  # one hour of four is used
    week = at + timedelta(days=7)
    drafting.explain(code, {"paper:giay-chung-minh": "Bản chính cũng mờ."}, by=cast.lan, at=week)
    submit.supplement(code, by=cast.lan, at=week)
    row = Consultation.objects.get(agency=province.insurance)
    assert row.due_at == week + 5 * HOUR  # 09:00, three hours and the lunch break
    consult.opine(code, agrees=True, by=province.sau, at=week + HOUR)
    row.refresh_from_db()
    assert row.used_minutes == 120


def test_nobody_owes_an_opinion_on_a_dossier_that_is_gone(province: Province, at: datetime) -> None:
    code = province.drafted()
    ask(province, code)
    withdraw.withdraw(code, reason="Tôi không cần nữa.", by=province.cast.lan, at=at + HOUR)
    assert not Consultation.objects.filter(answered_at=None).exists()
    assert not asked_of(province.tam, at=at + HOUR)


def test_a_step_that_may_not_ask_has_no_such_act(cast: Cast, at: datetime) -> None:
    province = Province(cast, at)
    cast.revision = province.route(decides=["draft_result"])
    code = province.at_division()
    found = offers(dossier(code), cast.ha, at=at)
    assert Act.CONSULT not in found
    assert isinstance(found[Act.DRAFT_RESULT], Granted)
    assert isinstance(found[Act.PROPOSE], Refused)
    with pytest.raises(Refusal) as no:
        consult.ask(code, units=[(cast.commune.pk, province.land.pk)], question="?", by=cast.ha, at=at)
    assert no.value.status == 403


def test_roles_that_answer(province: Province, at: datetime) -> None:
    code = province.drafted()
    ask(province, code)
    clerk = province.cast.post(province.cast.officer("vt", "Văn Thư"), Role.RECORDS_CLERK, province.insurance)
    with pytest.raises(Refusal):
        consult.opine(code, agrees=True, by=clerk, at=at)
