"""One dossier's trip through the verbs, and what each act leaves behind (architecture §3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from motcua.agencies.queries import actor_of
from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import approve, deliver, draft, examine, expire, fees, intake, issue, submit, withdraw
from motcua.dossiers.facts.secrets import lookup_secret
from motcua.dossiers.models import Dossier, Finding, Promise
from motcua.dossiers.queries import dossier_of, offers, paper_pdf, visible_to
from motcua.notifications.models import Message
from motcua.papers.queries import of as papers_of
from motcua.rules.acts import Act, Channel, Outcome, State, Verdict
from motcua.rules.lifecycle import Granted
from motcua.rules.people import Actor
from tests.acceptance.proof import accepts
from tests.cast import FEES, ROUTE, Cast

HOUR = timedelta(hours=1)


def state_of(code: str | None) -> State:
    return State(Dossier.objects.get(code=code).state)


def to_division(cast: Cast, at: datetime) -> str:
    dossier = cast.submitted()
    code = str(dossier.code)
    intake.accept(code, by=cast.minh, at=at)
    return code


def to_ready(cast: Cast, at: datetime) -> str:
    code = to_division(cast, at)
    examine.draft_result(
        code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp 2 bản sao.", by=cast.ha, at=at + HOUR
    )
    examine.propose(code, by=cast.ha, at=at + HOUR)
    approve.approve(code, by=cast.quang, at=at + 2 * HOUR)
    issue.seal(code, by=cast.thu, at=at + 2 * HOUR)
    return code


@accepts("BD-6", "BN-12", "BN-13", "HY-27", "HY-29", "HY-31", "HY-36", "BD-34", "BD-35", "BD-37")
def test_a_dossier_goes_from_the_form_to_the_delivered_result(cast: Cast, at: datetime) -> None:
    dossier = cast.submitted()
    code = str(dossier.code)
    assert code == "H08.41.01-261118-0001"
    assert state_of(code) == State.SUBMITTED

    accepted = intake.accept(code, by=cast.minh, at=at + HOUR)
    assert accepted.accepted_at == at + HOUR
    assert state_of(code) == State.EXAMINING  # forwarded at once
    examine.draft_result(
        code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp 2 bản sao.", by=cast.ha, at=at + 2 * HOUR
    )
    examine.propose(code, by=cast.ha, at=at + 2 * HOUR)
    assert state_of(code) == State.AWAITING_APPROVAL
    approve.approve(code, by=cast.quang, at=at + 6 * HOUR)
    assert state_of(code) == State.AWAITING_SEAL
    issue.seal(code, by=cast.thu, at=at + 7 * HOUR)
    assert state_of(code) == State.RESULT_READY
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at + 7 * HOUR)
    done = deliver.deliver(
        code,
        channel=Channel.COUNTER,
        receiver_name="Nguyễn Thị Lan",
        originals_checked=True,
        form_signed=True,
        by=cast.minh,
        at=at + 8 * HOUR,
    )
    assert done.state == State.DELIVERED
    assert done.closed_at == at + 8 * HOUR

    acts = list(done.timeline.values_list("act", flat=True))
    assert acts == [
        "submit",
        "accept",
        "forward",
        "draft_result",
        "propose",
        "approve",
        "seal",
        "collect_fee",
        "deliver",
    ]
    assert [paper.kind for paper in papers_of(code)] == [
        "submission_receipt",
        "appointment_slip",
        "control_sheet",
        "result",
        "handover_record",
    ]
    told = set(Message.objects.filter(subject_ref=code).values_list("kind", flat=True))
    assert {"submitted", "accepted", "result_ready", "delivered"} <= told
    verbs = list(Event.objects.filter(subject_id=str(done.public_id)).order_by("seq").values_list("verb", flat=True))
    assert verbs == ["start", *acts]


@accepts("HY-25")
def test_the_acceptance_limit_counts_from_submission_in_working_hours(cast: Cast, at: datetime) -> None:
    dossier = cast.submitted()
    assert dossier.acceptance_due_at == at + timedelta(days=1)  # 8 working hours from Wednesday 09:00
    promise = dossier.promises.get(what=Promise.What.ACCEPTANCE)
    assert sum(span["minutes"] for span in promise.explanation if span["counted"]) == 480


@accepts("BN-15")
def test_the_promised_date_is_the_published_time_after_acceptance(cast: Cast, at: datetime) -> None:
    code = to_division(cast, at)
    dossier = Dossier.objects.get(code=code)
    assert dossier.promised_at is not None
    assert dossier.promised_at.astimezone(at.tzinfo).strftime("%d/%m/%Y %H:%M") == "23/11/2026 17:30"
    assert dossier.first_promised_at == dossier.promised_at


@accepts("BN-14", "HY-24")
def test_one_complete_request_stops_the_clock_and_the_answer_starts_it_again(cast: Cast, at: datetime) -> None:
    dossier = cast.submitted()
    code = str(dossier.code)
    items = [f"field:{key}" for key in ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")]
    with pytest.raises(Refusal) as caught:
        intake.judge(code, {"paper:giay-chung-minh": (Verdict.WRONG, "")}, by=cast.minh, at=at)
    assert "paper:giay-chung-minh" in caught.value.field_errors
    intake.judge(code, {"paper:giay-chung-minh": (Verdict.WRONG, "Ảnh mờ, chụp lại.")}, by=cast.minh, at=at + HOUR)
    with pytest.raises(Refusal, match="chưa kiểm tra"):
        intake.request_supplement(code, by=cast.minh, at=at + HOUR)
    intake.judge(code, dict.fromkeys(items, (Verdict.OK, "")), by=cast.minh, at=at + HOUR)
    intake.request_supplement(code, by=cast.minh, at=at + HOUR)
    waiting = Dossier.objects.get(code=code)
    assert (waiting.state, waiting.due_at) == (State.AWAITING_SUPPLEMENT, None)

    with pytest.raises(Refusal, match="chưa bổ sung"):
        submit.supplement(code, by=cast.lan, at=at + 2 * HOUR)
    draft.attach(code, "giay-chung-minh", cast.paper("moi.pdf"), by=cast.lan, at=at + 2 * HOUR)
    answered = submit.supplement(code, by=cast.lan, at=at + 3 * HOUR)
    assert answered.state == State.SUBMITTED
    # One of eight hours was used (09–10), the pause 10–12 costs nothing: seven remain from 13:30.
    assert answered.acceptance_due_at is not None
    assert answered.acceptance_due_at.astimezone(at.tzinfo).strftime("%d/%m %H:%M") == "19/11 10:30"
    assert set(Finding.objects.filter(dossier=answered).values_list("item", flat=True)) == set(items)


@accepts("HY-30")
def test_a_leader_sends_back_to_whoever_examined(cast: Cast, at: datetime) -> None:
    code = to_division(cast, at)
    examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp.", by=cast.ha, at=at)
    examine.propose(code, by=cast.ha, at=at)
    with pytest.raises(Refusal, match="lý do"):
        approve.send_back(code, reason="  ", by=cast.quang, at=at)
    dossier = approve.send_back(code, reason="Sai số bản.", by=cast.quang, at=at + HOUR)
    assert (dossier.state, dossier.holder_id) == (State.EXAMINING, cast.ha.account_id)


@accepts("BD-38")
def test_a_refusal_on_the_merits_travels_the_same_road_and_tells_why(cast: Cast, at: datetime) -> None:
    code = to_division(cast, at)
    with pytest.raises(Refusal) as caught:
        examine.draft_result(code, outcome=Outcome.REFUSED, title="Thông báo", by=cast.ha, at=at)
    assert "reasons" in caught.value.field_errors
    examine.draft_result(
        code, outcome=Outcome.REFUSED, title="Thông báo", reasons="Không có tên trong sổ.", by=cast.ha, at=at
    )
    examine.propose(code, by=cast.ha, at=at)
    approve.approve(code, by=cast.quang, at=at)
    dossier = issue.seal(code, by=cast.thu, at=at)
    assert dossier.outcome == Outcome.REFUSED
    body = Message.objects.filter(subject_ref=code, kind="result_ready", channel="email").get().body
    assert "Không có tên trong sổ." in body


@accepts("HY-34")
def test_the_result_stays_until_the_fee_is_paid(cast: Cast, at: datetime) -> None:
    code = to_ready(cast, at)
    with pytest.raises(Refusal, match=r"16\.000 đồng chưa nộp"):
        deliver.deliver(code, channel=Channel.COUNTER, receiver_name="Lan", by=cast.minh, at=at + 3 * HOUR)


@accepts("BD-28", "KT-9")
def test_at_the_counter_the_form_is_signed_and_papers_compared(cast: Cast, at: datetime) -> None:
    code = to_ready(cast, at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at + 3 * HOUR)
    with pytest.raises(Refusal) as caught:
        deliver.deliver(code, channel=Channel.COUNTER, receiver_name="Lan", by=cast.minh, at=at + 3 * HOUR)
    assert set(caught.value.field_errors) == {"originals_checked", "form_signed"}


@accepts("BD-43")
def test_a_level_three_result_is_not_returned_online(cast: Cast, at: datetime) -> None:
    code = to_ready(cast, at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at + 3 * HOUR)
    with pytest.raises(Refusal) as caught:
        deliver.deliver(code, channel=Channel.ONLINE, receiver_name="Lan", by=cast.minh, at=at + 3 * HOUR)
    assert "channel" in caught.value.field_errors


def test_filing_twice_gives_one_dossier(cast: Cast, at: datetime) -> None:
    key = str(cast.draft().public_id)
    first = submit.submit(key, declared=True, by=cast.lan, at=at)
    second = submit.submit(key, declared=True, by=cast.lan, at=at + HOUR)
    assert first.code == second.code
    assert Dossier.objects.filter(code__isnull=False).count() == 1


@accepts("BD-76")
def test_nothing_is_filed_without_the_declaration(cast: Cast, at: datetime) -> None:
    with pytest.raises(Refusal) as caught:
        submit.submit(str(cast.draft().public_id), declared=False, by=cast.lan, at=at)
    assert "declared" in caught.value.field_errors


def test_an_incomplete_draft_is_refused_with_everything_that_is_missing(cast: Cast, at: datetime) -> None:
    dossier = cast.draft(complete=False)
    draft.choose_return(str(dossier.public_id), channel="counter", by=cast.lan, at=at)
    with pytest.raises(Refusal) as caught:
        submit.submit(str(dossier.public_id), declared=True, by=cast.lan, at=at)
    for missing in ("Số bản", "Nộp thay người khác", "Giấy tờ chứng minh"):
        assert missing in caught.value.messages[0]


def test_a_conditional_paper_is_due_only_when_the_answers_say_so(cast: Cast, at: datetime) -> None:
    dossier = cast.draft(uy_quyen="co")
    with pytest.raises(Refusal, match="Văn bản ủy quyền"):
        submit.submit(str(dossier.public_id), declared=True, by=cast.lan, at=at)


def test_withdrawal_ends_every_clock_and_all_work(cast: Cast, at: datetime) -> None:
    code = to_division(cast, at)
    dossier = withdraw.withdraw(code, reason="Không cần nữa", by=cast.lan, at=at + HOUR)
    assert (dossier.state, dossier.due_at, dossier.closed_at) == (State.WITHDRAWN, None, at + HOUR)
    assert not dossier.steps.filter(finished_at__isnull=True).exists()


def test_a_case_officer_takes_what_nobody_holds_and_only_the_head_gives_it_to_another(cast: Cast, at: datetime) -> None:
    code = to_division(cast, at)
    with pytest.raises(Refusal, match="Lãnh đạo phòng"):
        cast.binh  # noqa: B018 - the head must exist to be chosen
        examine.assign(code, to=cast.binh_account.pk, by=cast.ha, at=at)
    examine.assign(code, to=cast.ha_account.pk, by=cast.ha, at=at)
    assert Dossier.objects.get(code=code).holder_id == cast.ha_account.pk
    examine.assign(code, to=cast.binh_account.pk, by=cast.binh, at=at)
    with pytest.raises(Refusal, match="đang xử lý bước này"):
        examine.draft_result(code, outcome=Outcome.GRANTED, title="X", body="Y", by=cast.ha, at=at)


@accepts("BN-10")
def test_each_sees_only_what_the_post_lets_see(cast: Cast, at: datetime) -> None:
    dossier = cast.submitted()
    code = str(dossier.code)
    sees = {name: visible_to(getattr(cast, name)).filter(code=code).exists() for name in ("lan", "minh", "quang")}
    assert sees == {"lan": True, "minh": True, "quang": True}
    for name in ("dung", "oanh", "ha", "thu"):
        assert not visible_to(getattr(cast, name)).filter(code=code).exists(), name
        with pytest.raises(Refusal) as caught:
            dossier_of(code, getattr(cast, name))
        assert caught.value.status == 404
    intake.accept(code, by=cast.minh, at=at)
    assert visible_to(cast.ha).filter(code=code).exists()
    assert not visible_to(cast.thu).filter(code=code).exists()


def test_officers_are_offered_what_they_may_do_and_told_why_not_the_rest(cast: Cast, at: datetime) -> None:
    dossier = dossier_of(str(cast.submitted().code), cast.minh)
    found = offers(dossier, cast.minh, at=at)
    assert isinstance(found[Act.ACCEPT], Granted)
    assert not isinstance(found[Act.REQUEST_SUPPLEMENT], Granted)
    assert Act.APPROVE not in found
    assert Act.SEAL not in found


def test_a_refused_act_leaves_nothing_behind(cast: Cast, at: datetime) -> None:
    code = str(cast.submitted().code)
    events, messages = Event.objects.count(), Message.objects.count()
    with pytest.raises(Refusal):
        approve.approve(code, by=cast.quang, at=at)
    assert (Event.objects.count(), Message.objects.count()) == (events, messages)


@accepts("BD-44", "BN-19")
@pytest.mark.parametrize("channel", [Channel.ONLINE, Channel.POST, Channel.COUNTER])
def test_a_level_four_result_is_returned_online_by_post_or_at_the_counter(
    cast: Cast, at: datetime, channel: Channel
) -> None:
    cast.revision, cast.signs = cast.procedure(service_level=4), True
    code = to_ready(cast, at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at + 3 * HOUR)
    done = deliver.deliver(
        code,
        channel=channel,
        receiver_name="Nguyễn Thị Lan",
        parcel_number="EB123456789VN" if channel == Channel.POST else "",
        originals_checked=True,
        form_signed=True,
        by=cast.minh,
        at=at + 3 * HOUR,
    )
    assert done.state == State.DELIVERED
    assert done.handover.channel == channel
    paper = [row for row in papers_of(code) if row.kind == "handover_record"]
    assert len(paper) == 1


def test_what_goes_by_post_has_a_parcel_number(cast: Cast, at: datetime) -> None:
    code = to_ready(cast, at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at + 3 * HOUR)
    with pytest.raises(Refusal) as caught:
        deliver.deliver(code, channel=Channel.POST, receiver_name="Bưu tá Tư", by=cast.minh, at=at + 3 * HOUR)
    assert "parcel_number" in caught.value.field_errors


@accepts("HY-22")
def test_what_is_due_first_is_asked_for_and_the_clock_waits_until_it_is_paid(cast: Cast, at: datetime) -> None:
    cast.revision = cast.procedure(fees=[{**FEES[0], "due": "before"}])
    code = str(cast.submitted().code)
    with pytest.raises(Refusal, match=r"16\.000 đồng phải nộp trước"):
        intake.accept(code, by=cast.minh, at=at + HOUR)
    waiting = fees.request_payment(code, by=cast.minh, at=at + HOUR)
    assert (waiting.state, waiting.due_at) == (State.AWAITING_PAYMENT, None)
    paid = fees.collect(code, receipt_number="0001", by=cast.minh, at=at + 3 * HOUR)
    assert paid.state == State.SUBMITTED
    assert paid.acceptance_due_at is not None
    assert paid.acceptance_due_at.astimezone(at.tzinfo).strftime("%d/%m %H:%M") == "19/11 10:30"
    assert intake.accept(code, by=cast.minh, at=at + 5 * HOUR).accepted_at == at + 5 * HOUR


def test_a_fee_only_an_officer_can_know_is_entered_when_it_is_paid(cast: Cast, at: datetime) -> None:
    unknown = {key: value for key, value in FEES[0].items() if key not in ("amount", "quantity_from")}
    cast.revision = cast.procedure(fees=[{**unknown, "per": "dossier"}])
    code = to_ready(cast, at)
    with pytest.raises(Refusal, match="chưa xác định số tiền"):
        deliver.deliver(code, channel=Channel.COUNTER, receiver_name="Lan", by=cast.minh, at=at + 3 * HOUR)
    with pytest.raises(Refusal) as caught:
        fees.collect(code, receipt_number="0001", by=cast.minh, at=at + 3 * HOUR)
    assert "amount-0" in caught.value.field_errors
    paid = fees.collect(code, receipt_number="0001", amounts={0: 50_000}, by=cast.minh, at=at + 3 * HOUR)
    assert paid.fees.get().amount == 50_000


@accepts("HY-28")
def test_a_division_asks_for_papers_only_through_the_counter(cast: Cast, at: datetime) -> None:
    code = to_division(cast, at)
    items = [f"field:{key}" for key in ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")]
    verdicts = dict.fromkeys(items, (Verdict.OK, ""))
    intake.judge(code, {**verdicts, "paper:giay-chung-minh": (Verdict.WRONG, "Hết hạn.")}, by=cast.ha, at=at + HOUR)
    with pytest.raises(Refusal, match="chưa đề nghị bổ sung"):
        intake.request_supplement(code, by=cast.minh, at=at + HOUR)
    examine.propose_supplement(code, note="Giấy hết hạn.", by=cast.ha, at=at + HOUR)
    waiting = intake.request_supplement(code, by=cast.minh, at=at + 2 * HOUR)
    assert waiting.state == State.AWAITING_SUPPLEMENT
    draft.attach(code, "giay-chung-minh", cast.paper("con-han.pdf"), by=cast.lan, at=at + 26 * HOUR)
    back = submit.supplement(code, by=cast.lan, at=at + 26 * HOUR)
    assert (back.state, back.holder_id) == (State.EXAMINING, cast.ha.account_id)
    assert back.first_promised_at is not None
    assert back.promised_at is not None
    assert back.promised_at > back.first_promised_at


def test_examining_steps_follow_one_another_before_the_leader(cast: Cast, at: datetime) -> None:
    second = {"title": "Thẩm tra lại", "kind": "examine", "role": "case_officer", "hours": 0, "division": "tu-phap"}
    cast.revision = cast.procedure(route=[*ROUTE[:2], second, *ROUTE[2:]])
    code = to_division(cast, at)
    examine.draft_result(code, outcome=Outcome.GRANTED, title="T", body="B", by=cast.ha, at=at)
    with pytest.raises(Refusal, match="chưa phải là ký duyệt"):
        examine.propose(code, by=cast.ha, at=at)
    examine.pass_on(code, by=cast.ha, at=at)
    examine.propose(code, by=cast.ha, at=at)
    assert state_of(code) == State.AWAITING_APPROVAL


def test_a_declined_dossier_says_every_reason_and_ends(cast: Cast, at: datetime) -> None:
    code = str(cast.submitted().code)
    with pytest.raises(Refusal, match="lý do"):
        intake.decline(code, reasons=["  "], by=cast.minh, at=at)
    ended = intake.decline(code, reasons=["Không thuộc thẩm quyền.", "Thiếu chữ ký."], by=cast.minh, at=at)
    assert (ended.state, ended.due_at) == (State.DECLINED, None)
    body = Message.objects.get(subject_ref=code, kind="declined", channel="email").body
    assert "Không thuộc thẩm quyền." in body
    assert "Thiếu chữ ký." in body
    assert "decline_notice" in [paper.kind for paper in papers_of(code)]


def test_a_draft_nobody_came_back_to_for_ninety_days_is_forgotten_with_its_files(cast: Cast, at: datetime) -> None:
    old, fresh, filed = cast.draft(), cast.draft(), cast.submitted()
    stored = old.enclosures.get().file
    Dossier.objects.filter(pk__in=[old.pk, filed.pk]).update(saved_at=at - timedelta(days=91))
    system = Actor.system("Hệ thống")
    assert expire.expire_drafts(by=system, at=at) == 1
    assert expire.expire_drafts(by=system, at=at) == 0
    assert set(Dossier.objects.values_list("pk", flat=True)) == {fresh.pk, filed.pk}
    stored.refresh_from_db()
    assert stored.owner == ""


@accepts("BD-2")
def test_persons_and_organisations_file_alike(cast: Cast, at: datetime) -> None:
    company = cast.account(
        "cty@example.vn",
        "Lê Thị Hoa",
        kind="organisation",
        organisation_name="Công ty TNHH Sóng Biển",
        tax_code="0100112437",
        email="cty@example.vn",
    )
    by = actor_of(company, at=at)
    begun = draft.start(cast.revision, cast.offering, applicant=company, by=by, at=at)
    key = str(begun.public_id)
    draft.fill(
        key,
        {"ho_ten": "Lê Thị Hoa", "so_dinh_danh": "052190000123", "so_ban": "1", "uy_quyen": "khong"},
        by=by,
        at=at,
    )
    draft.attach(key, "giay-chung-minh", cast.paper(by=by), by=by, at=at)
    draft.choose_return(key, channel="counter", by=by, at=at)
    filed = submit.submit(key, declared=True, by=by, at=at)
    assert (filed.applicant_name, filed.applicant_identity) == ("Công ty TNHH Sóng Biển", "0100112437")
    assert cast.submitted().applicant_name == "Nguyễn Thị Lan"


@accepts("KT-7")
def test_each_paper_has_its_own_files_and_no_more_than_it_takes(cast: Cast, at: datetime) -> None:
    key = str(cast.draft(complete=False).public_id)
    for name in ("mot.pdf", "hai.pdf"):
        draft.attach(key, "giay-chung-minh", cast.paper(name), by=cast.lan, at=at)
    with pytest.raises(Refusal, match="tối đa 2 tệp"):
        draft.attach(key, "giay-chung-minh", cast.paper("ba.pdf"), by=cast.lan, at=at)
    draft.attach(key, "van-ban-uy-quyen", cast.paper("bon.pdf"), by=cast.lan, at=at)
    kept = Dossier.objects.get(public_id=key).enclosures.order_by("pk").values_list("requirement_key", "file__name")
    assert list(kept) == [
        ("giay-chung-minh", "mot.pdf"),
        ("giay-chung-minh", "hai.pdf"),
        ("van-ban-uy-quyen", "bon.pdf"),
    ]
    with pytest.raises(Refusal, match="không yêu cầu"):
        draft.attach(key, "giay-to-khac", cast.paper("nam.pdf"), by=cast.lan, at=at)


def test_nobody_is_late_while_a_finished_result_waits_to_be_collected(cast: Cast, at: datetime) -> None:
    code = to_ready(cast, at)
    ready = Dossier.objects.get(code=code)
    assert ready.due_at is None
    month_later = at + timedelta(days=30)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=month_later)
    done = deliver.deliver(
        code,
        channel=Channel.COUNTER,
        receiver_name="Nguyễn Thị Lan",
        originals_checked=True,
        form_signed=True,
        by=cast.minh,
        at=month_later,
    )
    last = done.steps.get(kind="return")
    assert (last.used_minutes, last.due_at) == (0, None)


def test_what_falls_due_first_is_the_steps_limit_or_the_promise_if_that_is_nearer(cast: Cast, at: datetime) -> None:
    slow = [ROUTE[0], {**ROUTE[1], "hours": 20}, *ROUTE[2:]]
    cast.revision = cast.procedure(time_amount=1, time_unit="working_days", route=slow)
    code = to_division(cast, at)
    examining = Dossier.objects.get(code=code)
    step = examining.steps.get(finished_at=None)
    assert step.due_at is not None
    assert examining.promised_at is not None
    assert step.due_at > examining.promised_at  # twenty working hours of budget, promised tomorrow
    assert examining.due_at == examining.promised_at


def test_the_look_up_secret_is_printed_on_the_receipt_but_stored_nowhere(cast: Cast, at: datetime) -> None:
    filed = cast.submitted()
    receipt = papers_of(str(filed.code))[0]
    secret = lookup_secret(filed)
    assert secret not in str(receipt.data)
    text = PdfReader(BytesIO(paper_pdf(filed, receipt))).pages[0].extract_text()
    assert secret in text.replace(" ", "")
