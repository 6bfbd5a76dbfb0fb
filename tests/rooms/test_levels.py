"""Levels and modes through the verbs: what a missing signature means in each province, and what pick-up asks for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import approve, arrivals, deliver, draft, examine, fees, intake, issue, submit
from motcua.dossiers.actions.applicant import WalkIn
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import dossier_of, issued_papers, offers, paper_pdf
from motcua.eforms.actions import publish as publish_form
from motcua.notifications.models import Message
from motcua.papers.queries import of as papers_of
from motcua.policy import queries
from motcua.policy.models import Clause
from motcua.rules.acts import Act, Channel, Compared, FeeChannel, Mode, Outcome, State, Unsigned
from motcua.rules.lifecycle import Granted
from motcua.rules.people import Actor
from tests.acceptance.proof import accepts
from tests.cast import FORM, Cast

LATER = timedelta(hours=3)
PAPER = "giay-chung-minh"
ANSWERS = {"so_ban": "2", "uy_quyen": "khong"}


def clause(key: str, value: Any) -> None:
    Clause.objects.create(key=key, value=value, since=date(2018, 1, 1), basis="Quyết định thử")
    queries.forget()


def province(unsigned: Unsigned, *, compared: Compared = Compared.ORIGINAL_OR_CERTIFIED) -> None:
    clause("unsigned_level_4", unsigned.value)
    clause("compared_at_collection", compared.value)


def level_four(cast: Cast, *, signs: bool = False, **changes: Any) -> None:
    cast.revision, cast.signs = cast.procedure(service_level=4, **changes), signs


def bare_draft(cast: Cast, at: datetime, **answers: Any) -> str:
    """Lan's draft with its answers, no papers and no ways chosen."""
    key = str(cast.draft(complete=False).public_id)
    draft.fill(key, {**ANSWERS, **answers}, by=cast.lan, at=at)
    return key


def file(cast: Cast, at: datetime, key: str, channel: Channel = Channel.COUNTER, **ways: str) -> Dossier:
    draft.choose_return(key, channel=channel.value, address="Thôn Đông", by=cast.lan, at=at, **ways)
    return submit.submit(key, declared=True, by=cast.lan, at=at)


def to_ready(cast: Cast, at: datetime, code: str, **result: Any) -> str:
    intake.accept(code, by=cast.minh, at=at)
    examine.draft_result(
        code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp 2 bản sao.", by=cast.ha, at=at, **result
    )
    examine.propose(code, by=cast.ha, at=at)
    approve.approve(code, by=cast.quang, at=at)
    issue.seal(code, by=cast.thu, at=at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at)
    return code


def hand_over(cast: Cast, at: datetime, code: str, channel: Channel = Channel.COUNTER, **done: Any) -> Dossier:
    return deliver.deliver(code, channel=channel, receiver_name="Nguyễn Thị Lan", by=cast.minh, at=at, **done)


def wrong(caught: pytest.ExceptionInfo[Refusal]) -> set[str]:
    return set(caught.value.field_errors)


# --- level 4 without a signature: treated as level 3


@accepts("BD-30")
def test_an_unsigned_level_four_dossier_follows_the_rules_of_level_three(cast: Cast, at: datetime) -> None:
    province(Unsigned.AS_LEVEL_3)
    level_four(cast)
    key = str(cast.draft().public_id)
    with pytest.raises(Refusal) as caught:
        draft.choose_return(key, channel="online", by=cast.lan, at=at)
    assert wrong(caught) == {"return_channel"}
    filed = file(cast, at, key)
    assert (filed.service_level, filed.handled_as_level, filed.level) == (4, 3, 3)
    assert filed.fee_channel == FeeChannel.COUNTER
    told = Message.objects.get(subject_ref=filed.code, kind="submitted", channel="email").body
    assert "như dịch vụ mức độ 3" in told
    code = to_ready(cast, at, str(filed.code))
    with pytest.raises(Refusal) as caught:
        hand_over(cast, at, code, Channel.ONLINE)
    assert wrong(caught) == {"channel"}
    with pytest.raises(Refusal) as caught:
        hand_over(cast, at, code)
    assert wrong(caught) == {"originals_checked", "form_signed"}


@accepts("BD-30", "KT-12", "BD-44")
@pytest.mark.parametrize("unsigned", [Unsigned.AS_LEVEL_3, Unsigned.PAPER_BY_POST])
def test_a_signed_level_four_dossier_stays_at_level_four(cast: Cast, at: datetime, unsigned: Unsigned) -> None:
    province(unsigned)
    level_four(cast, signs=True)
    filed = file(cast, at, str(cast.draft().public_id), Channel.ONLINE)
    assert (filed.handled_as_level, filed.paper_owed, filed.level) == (None, False, 4)
    code = to_ready(cast, at, str(filed.code))
    assert hand_over(cast, at, code, Channel.ONLINE).state == State.DELIVERED


def test_a_way_chosen_for_another_level_is_asked_again_before_filing(cast: Cast, at: datetime) -> None:
    province(Unsigned.AS_LEVEL_3)
    level_four(cast, signs=True)
    found = cast.draft()
    key = str(found.public_id)
    draft.choose_return(key, channel="online", by=cast.lan, at=at)
    draft.attach(key, PAPER, cast.paper("them.pdf"), by=cast.lan, at=at)  # unsigned: level 3 from now on
    with pytest.raises(Refusal) as caught:
        submit.submit(key, declared=True, by=cast.lan, at=at)
    assert wrong(caught) == {"return_channel"}


# --- level 4 without a signature: certified paper by post


@accepts("KT-13")
def test_unsigned_papers_follow_by_post_under_a_sheet_with_the_code(cast: Cast, at: datetime) -> None:
    province(Unsigned.PAPER_BY_POST, compared=Compared.ORIGINAL)
    level_four(cast)
    filed = file(cast, at, str(cast.draft().public_id), Channel.ONLINE)
    code = str(filed.code)
    assert filed.paper_owed and filed.handled_as_level is None
    cover = next(paper for paper in issued_papers(filed) if paper.kind == "cover_sheet")
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper_pdf(filed, cover))).pages)
    assert code in text and "Giấy tờ chứng minh" in text and "Bộ phận một cửa xã An Lành" in text
    assert "phiếu gửi" in Message.objects.get(subject_ref=code, kind="submitted", channel="email").body


@accepts("KT-13")
def test_nothing_is_proposed_before_the_counter_has_recorded_the_arrival(cast: Cast, at: datetime) -> None:
    province(Unsigned.PAPER_BY_POST, compared=Compared.ORIGINAL)
    level_four(cast)
    code = str(file(cast, at, str(cast.draft().public_id), Channel.ONLINE).code)
    intake.accept(code, by=cast.minh, at=at)
    examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp.", by=cast.ha, at=at)
    with pytest.raises(Refusal, match="chờ bản giấy"):
        examine.propose(code, by=cast.ha, at=at)
    for stranger in (cast.lan, cast.ha, cast.oanh):
        with pytest.raises(Refusal) as caught:
            arrivals.record_arrival(code, by=stranger, at=at)
        assert caught.value.status == 403
    assert isinstance(offers(dossier_of(code, cast.minh), cast.minh, at=at)[Act.RECORD_ARRIVAL], Granted)
    came = arrivals.record_arrival(code, note="Đủ như phiếu gửi.", by=cast.minh, at=at + LATER)
    assert (came.paper_arrived_at, came.state) == (at + LATER, State.EXAMINING)
    assert "Đủ như phiếu gửi." in Message.objects.get(subject_ref=code, kind="paper_arrived", channel="email").body
    with pytest.raises(Refusal, match="không chờ bản giấy nào"):
        arrivals.record_arrival(code, by=cast.minh, at=at + LATER)
    assert examine.propose(code, by=cast.ha, at=at + LATER).state == State.AWAITING_APPROVAL


def test_certified_copies_that_came_are_not_asked_for_again_at_pick_up(cast: Cast, at: datetime) -> None:
    province(Unsigned.PAPER_BY_POST, compared=Compared.ORIGINAL)
    level_four(cast)
    code = str(file(cast, at, str(cast.draft().public_id)).code)
    arrivals.record_arrival(code, by=cast.minh, at=at)
    to_ready(cast, at, code)
    done = hand_over(cast, at, code, compared_items=[], form_signed=True)
    assert (done.handover.compared_items, done.handover.originals_checked) == ([], False)


# --- one way for each component


def per_component(cast: Cast, *modes: Mode) -> None:
    province(Unsigned.PER_COMPONENT, compared=Compared.DECLARED_ONLY)
    clause("component_modes", [mode.value for mode in modes or Mode])
    level_four(cast)


def choose(cast: Cast, at: datetime, key: str, mode: Mode, number: str = "") -> None:
    draft.choose_modes(key, {PAPER: (mode.value, number)}, by=cast.lan, at=at)


def refused(cast: Cast, at: datetime, key: str) -> str:
    with pytest.raises(Refusal) as caught:
        file(cast, at, key)
    return str(caught.value)


@accepts("CB-7")
def test_a_component_comes_as_a_picture_where_the_agency_takes_pictures(cast: Cast, at: datetime) -> None:
    per_component(cast)
    key = bare_draft(cast, at)
    choose(cast, at, key, Mode.SCAN)
    assert "Giấy tờ chứng minh" in refused(cast, at, key)
    draft.attach(key, PAPER, cast.paper(), by=cast.lan, at=at)
    filed = file(cast, at, key)
    assert (filed.component_modes, filed.level) == ({PAPER: "scan"}, 4)


@accepts("CB-7")
def test_a_way_the_agency_does_not_take_is_refused(cast: Cast, at: datetime) -> None:
    per_component(cast, Mode.SCAN, Mode.SIGNED)
    key = bare_draft(cast, at)
    with pytest.raises(Refusal) as caught:
        choose(cast, at, key, Mode.DECLARED)
    assert wrong(caught) == {PAPER}
    cast.revision.requirements.filter(key=PAPER).update(modes=["declared"])
    choose(cast, at, key, Mode.DECLARED)  # the procedure says it for this paper


@accepts("CB-8")
def test_what_is_declared_now_is_completed_when_the_result_is_collected(cast: Cast, at: datetime) -> None:
    per_component(cast)
    key = bare_draft(cast, at)
    choose(cast, at, key, Mode.DECLARED)
    with pytest.raises(Refusal) as caught:
        draft.choose_return(key, channel="online", by=cast.lan, at=at)
    assert wrong(caught) == {"return_channel"}  # it has to be brought along
    code = to_ready(cast, at, str(file(cast, at, key).code))
    with pytest.raises(Refusal) as caught:
        hand_over(cast, at, code, compared_items=[], form_signed=True)
    assert "Giấy tờ chứng minh" in caught.value.field_errors["compared_items"][0]
    done = hand_over(cast, at, code, compared_items=[PAPER], form_signed=True)
    assert (done.handover.compared_items, done.handover.compared_with) == ([PAPER], "declared_only")


def test_a_picture_is_not_compared_where_only_declared_ones_are(cast: Cast, at: datetime) -> None:
    per_component(cast)
    code = to_ready(cast, at, str(file(cast, at, str(cast.draft().public_id)).code))
    assert hand_over(cast, at, code, compared_items=[]).state == State.DELIVERED


@accepts("CB-9")
def test_a_signed_file_must_carry_a_signature(cast: Cast, at: datetime) -> None:
    per_component(cast)
    key = bare_draft(cast, at)
    choose(cast, at, key, Mode.SIGNED)
    plain = draft.attach(key, PAPER, cast.paper(), by=cast.lan, at=at)
    assert "không có chữ ký số" in refused(cast, at, key)
    draft.detach(key, plain.pk, by=cast.lan, at=at)
    draft.attach(key, PAPER, cast.signed_paper(), by=cast.lan, at=at)
    assert file(cast, at, key).state == State.SUBMITTED


@pytest.mark.parametrize(
    "mode",
    [
        pytest.param(Mode.E_LICENCE, marks=accepts("CB-10")),
        pytest.param(Mode.E_CERTIFIED, marks=accepts("CB-11")),
    ],
)
def test_an_electronic_original_or_certified_copy_comes_with_its_number(cast: Cast, at: datetime, mode: Mode) -> None:
    per_component(cast)
    key = bare_draft(cast, at)
    choose(cast, at, key, mode)
    draft.attach(key, PAPER, cast.paper(), by=cast.lan, at=at)
    assert "số hoặc mã" in refused(cast, at, key)
    choose(cast, at, key, mode, "  GP-15/2026 ")
    filed = file(cast, at, key, Channel.ONLINE)
    assert (filed.component_modes, filed.component_numbers) == ({PAPER: mode.value}, {PAPER: "GP-15/2026"})


@accepts("HY-10")
def test_only_what_must_be_signed_has_to_be(cast: Cast, at: datetime) -> None:
    province(Unsigned.WHERE_REQUIRED, compared=Compared.NOTHING)
    level_four(cast)
    filed = file(cast, at, str(cast.draft().public_id), Channel.ONLINE)
    assert (filed.state, filed.level) == (State.SUBMITTED, 4)  # nothing has to be signed
    cast.revision.requirements.filter(key=PAPER).update(must_be_signed=True)
    with pytest.raises(Refusal) as caught:
        file(cast, at, str(cast.draft().public_id), Channel.ONLINE)
    assert wrong(caught) == {f"paper:{PAPER}"}
    cast.signs = True
    assert file(cast, at, str(cast.draft().public_id), Channel.ONLINE).state == State.SUBMITTED


# --- the checklist at pick-up


@pytest.mark.parametrize(
    "compared",
    [
        pytest.param(Compared.ORIGINAL_OR_CERTIFIED, marks=accepts("BD-28")),
        pytest.param(Compared.ORIGINAL, marks=accepts("KT-9")),
    ],
)
def test_pick_up_asks_to_sign_the_form_and_compare_each_picture(cast: Cast, at: datetime, compared: Compared) -> None:
    province(Unsigned.AS_LEVEL_3, compared=compared)
    code = to_ready(cast, at, str(cast.submitted().code))
    with pytest.raises(Refusal) as caught:
        hand_over(cast, at, code, compared_items=[])
    assert wrong(caught) == {"compared_items", "form_signed"}
    done = hand_over(cast, at, code, compared_items=[PAPER], form_signed=True)
    kept = done.handover
    assert (kept.compared_with, kept.compared_items, kept.originals_checked, kept.form_signed) == (
        compared.value,
        [PAPER],
        True,
        True,
    )


def test_who_filed_at_the_counter_is_asked_nothing_at_pick_up(cast: Cast, at: datetime) -> None:
    found = draft.start(
        cast.revision,
        cast.offering,
        applicant=None,
        channel=Channel.COUNTER,
        walk_in=WalkIn(name="Trần Văn Tám", identity="052190000124"),
        by=cast.minh,
        at=at,
    )
    key = str(found.public_id)
    draft.fill(key, ANSWERS, by=cast.minh, at=at)
    draft.attach(key, PAPER, cast.paper(by=cast.minh), by=cast.minh, at=at)
    draft.choose_return(key, channel="counter", by=cast.minh, at=at)
    filed = submit.submit(key, declared=True, by=cast.minh, at=at)
    assert filed.fee_channel == FeeChannel.COUNTER
    code = to_ready(cast, at, str(filed.code))
    assert hand_over(cast, at, code, compared_items=[]).state == State.DELIVERED


@accepts("BN-8", "BN-19")
def test_who_filed_at_the_counter_collects_there_though_the_level_knows_only_online_and_post(
    cast: Cast, at: datetime
) -> None:
    clause("return_channels_level_4", ["online", "post"])
    level_four(cast)
    walk_in = WalkIn(name="Trần Văn Tám", identity="052190000124")
    given = {"applicant": None, "channel": Channel.COUNTER, "walk_in": walk_in, "by": cast.minh, "at": at}
    key = str(draft.start(cast.revision, cast.offering, **given).public_id)
    draft.fill(key, ANSWERS, by=cast.minh, at=at)
    draft.attach(key, PAPER, cast.paper(by=cast.minh), by=cast.minh, at=at)
    draft.choose_return(key, channel="counter", by=cast.minh, at=at)
    code = to_ready(cast, at, str(submit.submit(key, declared=True, by=cast.minh, at=at).code))
    assert hand_over(cast, at, code, compared_items=[]).state == State.DELIVERED


@accepts("CB-8")
def test_what_was_declared_waits_at_the_counter_though_the_level_knows_only_online_and_post(
    cast: Cast, at: datetime
) -> None:
    per_component(cast)
    clause("return_channels_level_4", ["online", "post"])
    key = bare_draft(cast, at)
    choose(cast, at, key, Mode.DECLARED)
    with pytest.raises(Refusal) as caught:
        draft.choose_return(key, channel="post", address="Thôn Đông", by=cast.lan, at=at)
    assert wrong(caught) == {"return_channel"}
    code = to_ready(cast, at, str(file(cast, at, key).code))
    with pytest.raises(Refusal) as caught:
        hand_over(cast, at, code, Channel.POST, parcel_number="EB1")
    assert "channel" in wrong(caught)


def test_an_electronic_licence_is_taken_wherever_a_clause_says_so(cast: Cast, at: datetime) -> None:
    """Not only where every component has its own way: today's law names ways and asks for signatures where needed."""
    province(Unsigned.WHERE_REQUIRED)
    clause("component_modes", ["scan", "signed", "e_licence"])
    level_four(cast)
    key = bare_draft(cast, at)
    choose(cast, at, key, Mode.E_LICENCE, "GP-1")
    with pytest.raises(Refusal):
        choose(cast, at, key, Mode.DECLARED)
    draft.attach(key, PAPER, cast.paper(), by=cast.lan, at=at)
    assert file(cast, at, key, Channel.ONLINE).component_numbers == {PAPER: "GP-1"}


@accepts("HY-26")
def test_the_paper_of_a_signed_component_is_never_asked_for_and_the_attempt_is_kept(cast: Cast, at: datetime) -> None:
    province(Unsigned.AS_LEVEL_3)
    cast.signs = True
    code = to_ready(cast, at, str(cast.submitted().code))
    with pytest.raises(Refusal) as caught:
        hand_over(cast, at, code, compared_items=[PAPER], form_signed=True)
    assert "Không được yêu cầu lại" in caught.value.field_errors["compared_items"][0]
    dossier = Dossier.objects.get(code=code)
    assert dossier.state == State.RESULT_READY
    kept = Event.objects.get(subject_id=str(dossier.public_id), verb="asked_again")
    assert (kept.actor_name, kept.body["items"]) == ("Lê Quang Minh", [PAPER])
    done = hand_over(cast, at, code, compared_items=[], form_signed=True)
    assert (done.handover.compared_items, done.handover.compared_with) == ([], "")


# --- channels of result and fee


@accepts("KT-20")
def test_where_the_province_says_so_a_result_by_post_is_signed_for(cast: Cast, at: datetime) -> None:
    clause("post_return_registered", True)
    level_four(cast, signs=True)
    code = to_ready(cast, at, str(file(cast, at, str(cast.draft().public_id), Channel.POST).code))
    with pytest.raises(Refusal) as caught:
        hand_over(cast, at, code, Channel.POST, parcel_number="EB1")
    assert wrong(caught) == {"receipt_signed"}
    done = hand_over(cast, at, code, Channel.POST, parcel_number="EB1", receipt_signed=True)
    assert done.handover.receipt_signed


def pays(cast: Cast, at: datetime, channel: FeeChannel) -> bool:
    key = str(cast.draft().public_id)
    try:
        filed = file(cast, at, key, Channel.COUNTER, fee_channel=channel.value)
    except Refusal as refusal:
        assert "fee_channel" in refusal.field_errors
        return False
    return filed.fee_channel == channel


@pytest.mark.parametrize(
    ("named", "usable"),
    [
        pytest.param(["counter", "post"], {"counter", "post"}, marks=accepts("BD-29")),
        pytest.param(["counter"], {"counter"}, marks=accepts("KT-10")),
        pytest.param(["counter", "transfer"], {"counter", "transfer"}, marks=accepts("HY-14")),
    ],
)
def test_a_level_three_fee_is_paid_as_the_province_names(
    cast: Cast, at: datetime, named: list[str], usable: set[str]
) -> None:
    clause("fee_channels_level_3", named)
    cast.commune.bank_account = "1020 1234 5678, Ngân hàng thử, UBND xã An Lành"
    cast.commune.save()
    assert {channel.value for channel in FeeChannel if pays(cast, at, channel)} == usable


@accepts("KT-15", "KT-16")
def test_a_level_four_fee_goes_to_the_post_office_or_by_transfer_to_the_agency(cast: Cast, at: datetime) -> None:
    clause("fee_channels_level_4", ["online", "post_office", "transfer"])
    clause("unsigned_level_4", "where_required")
    level_four(cast)
    assert pays(cast, at, FeeChannel.POST_OFFICE)
    assert not pays(cast, at, FeeChannel.TRANSFER)  # no account is published
    cast.commune.bank_account = "1020 1234 5678, Ngân hàng thử, UBND xã An Lành"
    cast.commune.save()
    cast.revision.procedure.offerings.update(agency=cast.commune)
    assert pays(cast, at, FeeChannel.TRANSFER)
    assert not pays(cast, at, FeeChannel.COUNTER)


def test_while_no_payment_service_is_connected_nobody_pretends_to_pay_online(cast: Cast, at: datetime) -> None:
    clause("fee_channels_level_4", ["platform"])
    clause("unsigned_level_4", "where_required")
    level_four(cast)
    assert not pays(cast, at, FeeChannel.PLATFORM)
    assert pays(cast, at, FeeChannel.COUNTER)


def test_who_owes_nothing_chooses_no_way_of_paying(cast: Cast, at: datetime) -> None:
    cast.revision = cast.procedure(fees=[])
    assert cast.submitted().fee_channel == ""


@accepts("BD-45")
def test_the_electronic_result_is_the_very_document_that_would_be_printed(cast: Cast, at: datetime) -> None:
    """One document with one number, whichever way it goes; whoever holds it can check it in the same place."""
    level_four(cast, signs=True)
    code = to_ready(cast, at, str(file(cast, at, str(cast.draft().public_id), Channel.ONLINE).code))
    found = dossier_of(code, cast.lan)
    results = [paper for paper in issued_papers(found) if paper.kind == "result"]
    assert len(results) == 1 and results[0].number == found.result.number
    assert paper_pdf(found, results[0]) == paper_pdf(dossier_of(code, cast.minh), results[0])
    assert hand_over(cast, at, code, Channel.ONLINE).state == State.DELIVERED
    assert [paper.kind for paper in papers_of(code)].count("handover_record") == 1


# --- one file for each paper


@accepts("KT-7")
def test_each_paper_is_one_file_of_its_own(cast: Cast, at: datetime) -> None:
    clause("separate_files", True)
    key = bare_draft(cast, at, uy_quyen="co")
    one = cast.paper("tat-ca.pdf")
    draft.attach(key, PAPER, one, by=cast.lan, at=at)
    with pytest.raises(Refusal, match="đã nộp cho “Giấy tờ chứng minh”"):
        draft.attach(key, "van-ban-uy-quyen", one, by=cast.lan, at=at)
    with pytest.raises(Refusal, match="một tệp riêng"):
        draft.attach(key, PAPER, cast.paper("trang-2.pdf"), by=cast.lan, at=at)
    draft.attach(key, "van-ban-uy-quyen", cast.paper("uy-quyen.pdf"), by=cast.lan, at=at)
    assert file(cast, at, key).enclosures.count() == 2


def test_elsewhere_a_paper_may_have_several_files(cast: Cast, at: datetime) -> None:
    key = bare_draft(cast, at)
    for name in ("mat-truoc.pdf", "mat-sau.pdf"):
        draft.attach(key, PAPER, cast.paper(name), by=cast.lan, at=at)
    assert file(cast, at, key).enclosures.count() == 2


# --- what forms refer to, and results drafted elsewhere


def test_files_and_agencies_in_a_form_are_known_when_it_is_filed(cast: Cast, at: datetime) -> None:
    asks = [
        {"key": "hinh", "type": "file", "label": "Ảnh hiện trạng", "required": True, "min_items": 1},
        {"key": "noi_gui", "type": "unit", "level": "agency", "label": "Cơ quan đã cấp", "required": True},
    ]
    steps = [{"key": "rieng", "title": "Phần riêng", "fields": asks}]
    form = publish_form("to-khai-rieng", {**FORM, "steps": [*FORM["steps"], *steps]}, by=Actor.system("test"), at=at)
    cast.revision = cast.procedure(eform=form)
    key = str(cast.draft().public_id)
    mine, other = cast.paper("anh.pdf"), cast.paper("cua-nguoi-khac.pdf")
    draft.attach(key, PAPER, mine, by=cast.lan, at=at)
    told = draft.fill(key, {"hinh": [str(other.pk)], "noi_gui": "H99.99"}, by=cast.lan, at=at).errors
    assert set(told) == {"hinh", "noi_gui"}
    outcome = draft.fill(key, {"hinh": [str(mine.pk)], "noi_gui": cast.commune.code}, by=cast.lan, at=at)
    assert not outcome.errors
    filed = submit.submit(key, declared=True, by=cast.lan, at=at)
    assert (filed.answers["hinh"], filed.answers["noi_gui"]) == ([str(mine.pk)], cast.commune.code)


def test_a_document_the_division_uploaded_is_the_result(cast: Cast, at: datetime) -> None:
    made = cast.signed_paper("giay-phep.pdf")
    code = to_ready(cast, at, str(cast.submitted().code), file=made)
    found = dossier_of(code, cast.lan)
    result = next(paper for paper in issued_papers(found) if paper.kind == "result")
    content = paper_pdf(found, result)
    assert content.startswith(b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm")
    assert result.data["document"]["sha256"] == made.sha256
    assert result.number == found.result.number


def test_a_result_written_here_is_drawn(cast: Cast, at: datetime) -> None:
    code = to_ready(cast, at, str(cast.submitted().code))
    found = dossier_of(code, cast.lan)
    result = next(paper for paper in issued_papers(found) if paper.kind == "result")
    assert result.data["document"] is None
    assert "Cấp 2 bản sao." in "".join(p.extract_text() for p in PdfReader(BytesIO(paper_pdf(found, result))).pages)
