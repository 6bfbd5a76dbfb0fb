"""The clock of one dossier: stop and go on, stop and begin anew, wait for money, ask once more, shorter online."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from motcua.base.errors import Refusal
from motcua.dossiers.actions import consult, draft, examine, fees, intake, rounds, submit, withdraw
from motcua.dossiers.facts import route_of
from motcua.dossiers.facts.promises import budget_of, counting_of
from motcua.dossiers.models import Promise
from motcua.dossiers.queries.timing import is_derivable, stood, used_and_total, why
from motcua.papers.queries import of as papers_of
from motcua.policy.models import Clause
from motcua.policy.queries import forget
from motcua.procedures.models import ProcedureRevision
from motcua.rules.acts import Act, State, Verdict
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.coordination import Province
from tests.rooms.late import DAY, HOUR, accepted, ask, awaited, day, now_of, ring

ITEMS = [f"field:{key}" for key in ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")]


def clause(key: str, value: object, *, procedure: str = "") -> None:
    Clause.objects.create(key=key, value=value, procedure_code=procedure, since="2018-01-01", basis="Quyết định thử")
    forget()


def answer(cast: Cast, code: str, at: datetime) -> None:
    draft.attach(code, "giay-chung-minh", cast.paper(), by=cast.lan, at=at)
    submit.supplement(code, by=cast.lan, at=at)


def asked_by_division(cast: Cast, at: datetime) -> str:
    """Accepted on Wednesday 09:00; the division finds a fault the next morning at 09:00 and the counter asks."""
    code = accepted(cast, at)
    found = at + DAY
    verdicts = {**dict.fromkeys(ITEMS, (Verdict.OK, "")), "paper:giay-chung-minh": (Verdict.WRONG, "Mờ.")}
    intake.judge(code, verdicts, by=cast.ha, at=found)
    examine.propose_supplement(code, by=cast.ha, at=found)
    intake.request_supplement(code, by=cast.minh, at=found)
    return code


def test_after_a_supplement_the_remainder_counts_on(cast: Cast, at: datetime) -> None:
    code = asked_by_division(cast, at)
    assert now_of(code).due_at is None and now_of(code).promised_at == day(at, 23, 17, 30)
    answer(cast, code, day(at, 25, 10))
    dossier = now_of(code)
    assert dossier.promised_at == day(at, 30, 17, 30)  # the three days anew from Wednesday: none was whole before
    assert dossier.first_promised_at == day(at, 23, 17, 30)
    run = dossier.steps.get(finished_at__isnull=True)
    assert run.budget_minutes == 840 and run.used_minutes == 480
    promise = dossier.promises.filter(what="result").order_by("pk").last()
    assert is_derivable(promise)
    assert "Chờ người nộp bổ sung" in {span.words for span in why(promise).spans}
    (stop,) = stood(dossier)
    assert (stop.start, stop.end, stop.words) == (at + DAY, day(at, 25, 10), "Chờ người nộp bổ sung")


def test_a_procedure_may_begin_anew_after_a_supplement_others_go_on(cast: Cast, at: datetime) -> None:
    _ = cast.revision
    ProcedureRevision.objects.update(time_amount=24, time_unit="working_hours")
    going_on = asked_by_division(cast, at)
    clause("after_supplement", "reset", procedure=cast.revision.procedure.code)
    anew = asked_by_division(cast, at)
    for code in (going_on, anew):
        answer(cast, code, day(at, 25, 9))
    assert now_of(going_on).promised_at == day(at, 27, 9)  # sixteen of the twenty-four hours were left
    assert now_of(anew).promised_at == day(at, 30, 9)  # all twenty-four
    run = now_of(anew).steps.get(finished_at__isnull=True)
    assert run.due_at == day(at, 26, 17)  # and all fourteen of the step
    promise = now_of(anew).promises.filter(what="result").order_by("pk").last()
    assert is_derivable(promise) and "nhận bổ sung" in why(promise).lead


@accepts("HY-25")
def test_the_acceptance_limit_waits_for_the_supplement_too(cast: Cast, at: datetime) -> None:
    code = str(cast.submitted().code)
    ask(cast, code, at + 2 * HOUR)
    answer(cast, code, day(at, 20, 8))
    assert now_of(code).acceptance_due_at == day(at, 20, 16)  # six hours were left
    assert is_derivable(now_of(code).promises.order_by("pk").last())


def test_a_duty_that_falls_due_midway_stops_the_clock_until_it_is_paid(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    with pytest.raises(Refusal) as no:
        fees.request_payment(code, name="Lệ phí trước bạ", amount=0, by=cast.ha, at=at + HOUR)
    assert "amount" in no.value.field_errors
    fees.request_payment(
        code, name="Lệ phí trước bạ", amount=250_000, basis="Nghị định 10/2022/NĐ-CP", by=cast.ha, at=at + HOUR
    )
    waiting = now_of(code)
    assert (waiting.state, waiting.due_at, waiting.paused_at) == (State.AWAITING_PAYMENT, None, at + HOUR)
    with pytest.raises(Refusal):  # what was accepted is no longer declined at the counter
        intake.decline(code, reasons=["Không nộp tiền."], by=cast.minh, at=at + HOUR)
    fees.collect(code, receipt_number="0007", by=cast.minh, at=day(at, 25, 10))
    going = now_of(code)
    assert going.state == State.EXAMINING and going.promised_at == day(at, 30, 17, 30)
    assert stood(going)[0].words == "Chờ người nộp thực hiện nghĩa vụ tài chính"
    assert [fee.moment for fee in going.fees.order_by("position")][-1] == "during"
    assert going.steps.get(finished_at__isnull=True).used_minutes == 60


def test_only_the_examiner_and_the_counter_ask_for_money_and_not_when_another_holds_it(
    cast: Cast, at: datetime
) -> None:
    code = accepted(cast, at)
    examine.assign(code, to=cast.ha_account.pk, by=cast.ha, at=at)
    for nobody in (cast.minh, cast.quang, cast.thu, cast.lan):
        with pytest.raises(Refusal):
            fees.request_payment(code, name="Lệ phí", amount=1, by=nobody, at=at)


# --- rounds


def test_a_second_round_needs_a_leader_and_stays_flagged(cast: Cast, at: datetime) -> None:
    code = awaited(cast, at)
    with pytest.raises(Refusal):
        rounds.allow_supplement(code, reason="Chưa đến lúc.", by=cast.quang, at=at)
    answer(cast, code, at + HOUR)
    intake.judge(code, {"paper:giay-chung-minh": (Verdict.WRONG, "Vẫn mờ.")}, by=cast.minh, at=at + HOUR)
    with pytest.raises(Refusal, match="ý kiến lãnh đạo"):
        intake.request_supplement(code, by=cast.minh, at=at + HOUR)
    for nobody in (cast.minh, cast.ha, cast.lan):
        with pytest.raises(Refusal):
            rounds.allow_supplement(code, reason="Cần thêm.", by=nobody, at=at + HOUR)
    with pytest.raises(Refusal) as no:
        rounds.allow_supplement(code, reason=" ", by=cast.quang, at=at + HOUR)
    assert "reason" in no.value.field_errors
    rounds.allow_supplement(code, reason="Ảnh mới vẫn không đọc được.", by=cast.quang, at=at + HOUR)
    intake.request_supplement(code, by=cast.minh, at=at + HOUR)
    dossier = now_of(code)
    assert (dossier.supplement_rounds, dossier.extra_rounds) == (2, 1)
    entry = dossier.timeline.get(act=Act.ALLOW_SUPPLEMENT.value)
    assert entry.note.startswith("Ảnh mới") and not entry.is_public
    draft.explain(code, {"paper:giay-chung-minh": "Chỉ còn bản này."}, by=cast.lan, at=at + 2 * HOUR)
    submit.supplement(code, by=cast.lan, at=at + 2 * HOUR)
    intake.judge(code, {"paper:giay-chung-minh": (Verdict.WRONG, "Lại mờ.")}, by=cast.minh, at=at + 2 * HOUR)
    with pytest.raises(Refusal, match="ý kiến lãnh đạo"):  # one more was allowed, not all
        intake.request_supplement(code, by=cast.minh, at=at + 2 * HOUR)


# --- how long


@accepts("BD-41", "BD-40", "BN-15")
def test_an_agency_promises_online_dossiers_less_and_says_so(cast: Cast, at: datetime) -> None:
    clause("online_time_percent", 70)
    code = accepted(cast, at)
    promise = now_of(code).promises.get(what="result")
    assert now_of(code).promised_at == day(at, 20, 17, 30)  # two of the three published days
    assert promise.inputs["published"] == 3 and promise.inputs["amount"] == 2
    assert "Thời hạn công bố là 03 ngày làm việc" in why(promise).lead
    by_hand = now_of(code)
    by_hand.channel = "counter"
    assert counting_of(by_hand, Promise.What.RESULT).amount == 3


@accepts("BD-9", "BD-41")
def test_where_less_is_promised_every_station_has_less_and_all_together_keep_it(cast: Cast, at: datetime) -> None:
    clause("online_time_percent", 70)
    code = accepted(cast, at)  # two of the three published days
    dossier = now_of(code)
    assert [run.budget_minutes for run in dossier.steps.order_by("pk")] == [80, 560]
    assert sum(budget_of(dossier, step.minutes) for step in route_of(dossier)) <= 2 * 480
    dossier.channel = "counter"
    assert [budget_of(dossier, minutes) for minutes in (120, 840)] == [120, 840]


@accepts("BN-17", "BD-42")
def test_when_a_coordinating_unit_is_silent_the_lead_apologises_within_the_one_promise(
    cast: Cast, at: datetime
) -> None:
    """Each unit has a clock of its own inside the published time; the lead answers for the whole."""
    province = Province(cast, at)
    _ = province.tam
    code = province.drafted()
    promised = now_of(code).promised_at
    consult.ask(
        code, units=[(cast.commune.pk, province.land.pk)], question="Có tranh chấp?", hours=4, by=cast.ha, at=at
    )
    assert now_of(code).consultations.get().due_at < promised == now_of(code).promised_at
    ring(promised)
    apology = now_of(code).apology
    assert apology.was_due_at == promised and now_of(code).first_promised_at == promised
    assert papers_of(code)[-1].data["head"]["agency"] == cast.commune.name


# --- every promise can be counted once more


def test_a_promise_that_was_tampered_with_is_found(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    promise = now_of(code).promises.get(what="result")
    assert is_derivable(promise)
    promise.due_at += timedelta(hours=1)
    assert not is_derivable(promise)


def test_time_used_and_given_leave_out_every_wait(cast: Cast, at: datetime) -> None:
    code = asked_by_division(cast, at)
    waiting = now_of(code)
    used, total = used_and_total(waiting, now=at + 5 * DAY)
    assert used == 480 and total > used
    answer(cast, code, day(at, 25, 10))
    used, _ = used_and_total(now_of(code), now=day(at, 25, 11))
    assert used == 540
    withdraw.withdraw(code, by=cast.lan, at=day(at, 25, 11))
