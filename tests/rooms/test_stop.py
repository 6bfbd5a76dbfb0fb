"""Ends before the result: the leader stops, the applicant withdraws or the counter does it on his word."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import examine, fees, intake, submit, withdraw
from motcua.dossiers.actions import stop as stopping
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import dossier_of, offers, paper_pdf
from motcua.notifications.models import Message
from motcua.papers.queries import latest, pdf
from motcua.rules.acts import Act, Outcome, Paper, State, Verdict
from motcua.rules.lifecycle import Granted
from tests.cast import Cast

HOUR = timedelta(hours=1)
REASON = "Tòa án đang thụ lý tranh chấp về cùng nội dung."


def accepted(cast: Cast, at: datetime) -> str:
    code = str(cast.submitted().code)
    intake.accept(code, by=cast.minh, at=at)
    return code


def words_of(paper: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages).split())


def test_a_leader_stops_a_dossier_with_every_reason_a_notice_and_a_message(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    reasons = [REASON, "  ", "Người nộp đã mất năng lực hành vi."]
    done = stopping.stop(code, reasons=reasons, by=cast.quang, at=at + HOUR)

    assert (done.state, done.closed_at, done.due_at) == (State.STOPPED, at + HOUR, None)
    assert not done.steps.filter(finished_at__isnull=True).exists()
    notice = latest(code, Paper.STOP_NOTICE)
    assert notice is not None and notice.number == "01/TB"
    text = words_of(pdf(notice))
    for said in (REASON, "mất năng lực", "Võ Minh Quang", "Chủ tịch", "DỪNG GIẢI QUYẾT"):
        assert said.lower() in text.lower()
    letter = Message.objects.get(subject_ref=code, kind="stopped", channel="email")
    assert REASON in letter.body
    assert f"/ho-so/{code}/giay/{notice.pk}/" in letter.body
    assert Event.objects.filter(subject_id=str(done.public_id), verb="stop").exists()


def test_a_stop_closes_an_open_pause_and_nothing_can_be_done_any_more(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    items = dict.fromkeys(
        (f"field:{key}" for key in ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")), (Verdict.OK, "")
    )
    intake.judge(code, {**items, "paper:giay-chung-minh": (Verdict.WRONG, "Mờ.")}, by=cast.ha, at=at)
    examine.propose_supplement(code, by=cast.ha, at=at)
    intake.request_supplement(code, by=cast.minh, at=at + HOUR)
    done = stopping.stop(code, reasons=[REASON], by=cast.quang, at=at + 2 * HOUR)

    assert done.paused_at is None
    assert [datetime.fromisoformat(end) for pause in done.pauses for end in pause[:2]] == [at + HOUR, at + 2 * HOUR]
    for actor in (cast.lan, cast.minh, cast.ha, cast.quang):
        assert not [act for act, answer in offers(done, actor, at=at).items() if isinstance(answer, Granted)]


def test_a_duty_that_arose_and_is_never_paid_does_not_keep_a_dossier_for_ever(cast: Cast, at: datetime) -> None:
    """Accepted, it can no longer be declined; only the leader ends what its applicant neither pays nor withdraws."""
    code = accepted(cast, at)
    fees.request_payment(code, name="Lệ phí trước bạ", amount=50_000, by=cast.ha, at=at + HOUR)
    later = at + 40 * 24 * HOUR
    with pytest.raises(Refusal):
        intake.decline(code, reasons=["Không nộp."], by=cast.minh, at=later)
    done = stopping.stop(code, reasons=["Quá hạn không nộp lệ phí trước bạ."], by=cast.quang, at=later)
    assert (done.state, done.paused_at, done.closed_at) == (State.STOPPED, None, later)
    assert latest(code, Paper.STOP_NOTICE) is not None


def test_only_the_leader_of_its_own_agency_stops_it_and_never_without_a_reason(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    with pytest.raises(Refusal) as caught:
        stopping.stop(code, reasons=[" ", ""], by=cast.quang, at=at)
    assert "reasons" in caught.value.field_errors
    for stranger in (cast.minh, cast.ha, cast.binh, cast.thu, cast.lan, cast.dung, cast.oanh):
        with pytest.raises(Refusal) as caught:
            stopping.stop(code, reasons=[REASON], by=stranger, at=at)
        assert caught.value.status == 403
    assert Dossier.objects.get(code=code).state == State.EXAMINING


def test_what_is_signed_or_not_yet_accepted_is_not_stopped(cast: Cast, at: datetime) -> None:
    code = str(cast.submitted().code)
    with pytest.raises(Refusal) as caught:
        stopping.stop(code, reasons=[REASON], by=cast.quang, at=at)
    assert caught.value.status == 409


def test_the_notice_and_the_message_say_what_becomes_of_money_paid(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at)
    stopping.stop(code, reasons=[REASON], by=cast.quang, at=at + HOUR)
    notice = latest(code, Paper.STOP_NOTICE)
    assert notice is not None
    assert "16.000 đồng" in notice.data["money"] and "hoàn trả theo quy định" in notice.data["money"]
    assert "16.000 đồng" in Message.objects.get(subject_ref=code, kind="stopped", channel="email").body


def test_a_province_that_pays_nothing_back_says_so(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at)
    dossier = Dossier.objects.get(code=code)
    Dossier.objects.filter(code=code).update(policy_data={**dossier.policy_data, "refund_when_not_performed": False})
    stopping.stop(code, reasons=[REASON], by=cast.quang, at=at + HOUR)
    notice = latest(code, Paper.STOP_NOTICE)
    assert notice is not None and "không hoàn trả" in notice.data["money"]


def test_the_counter_withdraws_on_the_applicants_word_and_says_which(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    with pytest.raises(Refusal) as caught:
        withdraw.withdraw(code, by=cast.minh, at=at)
    assert "reason" in caught.value.field_errors
    done = withdraw.withdraw(code, reason="Bà Lan báo đã tìm thấy bản cũ.", by=cast.minh, at=at + HOUR)
    assert (done.state, done.due_at, done.closed_at) == (State.WITHDRAWN, None, at + HOUR)
    assert "đã tìm thấy bản cũ" in Message.objects.get(subject_ref=code, kind="withdrawn", channel="email").body


def test_an_applicant_withdraws_without_having_to_say_why(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    assert withdraw.withdraw(code, by=cast.lan, at=at).state == State.WITHDRAWN


def test_nobody_withdraws_another_persons_dossier(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    for stranger in (cast.dung, cast.ha, cast.quang, cast.oanh):
        with pytest.raises(Refusal) as caught:
            withdraw.withdraw(code, reason="x", by=stranger, at=at)
        assert caught.value.status == 403


def test_a_dossier_is_declined_at_intake_with_every_reason_and_the_paper_linked(cast: Cast, at: datetime) -> None:
    code = str(cast.submitted().code)
    done = intake.decline(code, reasons=["Không thuộc thẩm quyền.", "Thiếu căn cứ."], by=cast.minh, at=at + HOUR)
    assert (done.state, done.due_at, done.closed_at) == (State.DECLINED, None, at + HOUR)
    notice = latest(code, Paper.DECLINE_NOTICE)
    assert notice is not None and notice.data["reasons"] == ["Không thuộc thẩm quyền.", "Thiếu căn cứ."]
    letter = Message.objects.get(subject_ref=code, kind="declined", channel="email")
    assert "1. Không thuộc thẩm quyền." in letter.body and "2. Thiếu căn cứ." in letter.body
    assert f"/giay/{notice.pk}/" in letter.body
    with pytest.raises(Refusal):
        submit.supplement(code, by=cast.lan, at=at + HOUR)
    assert words_of(paper_pdf(dossier_of(code, cast.lan), notice))


def test_a_stop_is_offered_to_the_leader_from_acceptance_to_signature_only(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp.", by=cast.ha, at=at)
    examine.propose(code, by=cast.ha, at=at)
    assert isinstance(offers(dossier_of(code, cast.quang), cast.quang, at=at)[Act.STOP], Granted)
