"""A slip of the pen at intake is mended with a reason; the old slip is void, the record knows before and after."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import correct as correcting
from motcua.dossiers.actions import draft, intake, submit
from motcua.dossiers.actions.applicant import WalkIn
from motcua.dossiers.actions.correct import Correction
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import dossier_of, visible_to
from motcua.notifications.models import Message
from motcua.papers.models import IssuedPaper
from motcua.papers.queries import latest, pdf
from motcua.rules.acts import Channel, Paper, State, Verdict
from tests.cast import Cast

HOUR = timedelta(hours=1)
REASON = "Ghi nhầm khi nhận tại quầy."
MAI = WalkIn("Nguyễn Thị Mai", "052190000999", "0905 111 222", "mai@example.vn", "Thôn Đông")


def at_counter(cast: Cast, at: datetime, *, linked: bool = False) -> str:
    """Mai's dossier, taken in at the counter and accepted."""
    minh = cast.minh
    dossier = draft.start(
        cast.revision,
        cast.offering,
        applicant=cast.lan_account if linked else None,
        channel=Channel.COUNTER,
        walk_in=MAI,
        by=minh,
        at=at,
    )
    key = str(dossier.public_id)
    draft.fill(key, {"so_ban": "2", "uy_quyen": "khong"}, by=minh, at=at)
    draft.attach(key, "giay-chung-minh", cast.paper(by=minh), by=minh, at=at)
    draft.receive_papers(key, {"giay-chung-minh": (1, 0)}, by=minh, at=at)
    draft.choose_return(key, channel="counter", by=minh, at=at)
    code = str(submit.submit(key, declared=True, by=minh, at=at).code)
    intake.accept(code, by=minh, at=at)
    return code


def mend(cast: Cast, code: str, at: datetime, *, reason: str = REASON, **wanted: object) -> Dossier:
    return correcting.correct(code, Correction(**wanted), reason=reason, by=cast.minh, at=at)  # type: ignore[arg-type]


def test_what_was_written_down_wrongly_is_put_right(cast: Cast, at: datetime) -> None:
    code = at_counter(cast, at)
    before = Dossier.objects.get(code=code)
    done = mend(
        cast, code, at + HOUR, name="Nguyễn Thị Mây", identity="052 190 000 998", phone="0905.111.333",
        email="may@example.vn", address="Thôn Tây", return_channel="post", return_address="Thôn Tây, xã An Lành",
        received={"giay-chung-minh": (2, 1)},
    )  # fmt: skip
    assert (done.applicant_name, done.applicant_identity) == ("Nguyễn Thị Mây", "052190000998")
    assert (done.applicant_phone, done.applicant_email) == ("0905111333", "may@example.vn")
    assert (done.return_channel, done.return_address) == ("post", "Thôn Tây, xã An Lành")
    assert done.received == {"giay-chung-minh": {"originals": 2, "copies": 1}}
    assert done.applicant_identity_hash != before.applicant_identity_hash
    assert (done.state, done.promised_at, done.due_at) == (before.state, before.promised_at, before.due_at)


def test_the_slip_is_given_out_anew_and_the_old_one_is_void(cast: Cast, at: datetime, client) -> None:  # type: ignore[no-untyped-def]
    code = at_counter(cast, at)
    old = latest(code, Paper.APPOINTMENT_SLIP)
    mend(cast, code, at + HOUR, name="Nguyễn Thị Mây")
    new = latest(code, Paper.APPOINTMENT_SLIP)
    assert old is not None and new is not None and old.pk != new.pk
    old.refresh_from_db()
    assert (old.is_void, old.replaced_by, new.is_void) == (True, new, False)
    assert (old.number, new.number) == ("01/TPHS", "02/TPHS")
    assert new.data["applicant"]["name"] == "Nguyễn Thị Mây"
    assert new.data["accepted_at"] == old.data["accepted_at"]
    assert new.data["promised_at"] == old.data["promised_at"]
    printed = PdfReader(BytesIO(pdf(old))).pages[0].extract_text()
    assert "bị hủy" in printed and "02/TPHS" in " ".join(printed.split())

    page = client.get(f"/kiem-tra/{old.token}", follow=True).content.decode()
    assert "đã được thay thế, không còn giá trị" in page and "02/TPHS" in page
    assert "Nguyễn" not in page
    assert "còn hiệu lực" in client.get(f"/kiem-tra/{new.token}", follow=True).content.decode()


def test_other_papers_stay_in_force(cast: Cast, at: datetime) -> None:
    code = at_counter(cast, at)
    mend(cast, code, at + HOUR, phone="0905111333")
    void = IssuedPaper.objects.filter(subject=code, voided_at__isnull=False)
    assert [paper.kind for paper in void] == ["appointment_slip"]


def test_the_record_keeps_before_and_after_and_people_read_what_was_mended(cast: Cast, at: datetime) -> None:
    code = at_counter(cast, at)
    done = mend(cast, code, at + HOUR, name="Nguyễn Thị Mây", phone="0905111333")
    event = Event.objects.get(subject_id=str(done.public_id), verb="correct")
    assert event.body["before"] == {"name": "Nguyễn Thị Mai", "phone": "0905111222"}
    assert event.body["after"] == {"name": "Nguyễn Thị Mây", "phone": "0905111333"}
    entry = done.timeline.get(act="correct")
    assert entry.is_public and REASON in entry.note and "số điện thoại" in entry.note
    assert "0905111333" not in entry.note and "Mây" not in entry.note


def test_the_applicant_is_told_what_was_mended_at_the_right_address(cast: Cast, at: datetime) -> None:
    code = at_counter(cast, at)
    mend(cast, code, at + HOUR, email="may@example.vn", phone="0905111333")
    told = {row.channel: row for row in Message.objects.filter(subject_ref=code, kind="corrected")}
    assert (told["email"].address, told["sms"].address) == ("may@example.vn", "0905111333")
    assert "Số điện thoại" in told["email"].body and "không còn giá trị" in told["email"].body
    slip = latest(code, Paper.APPOINTMENT_SLIP)
    assert slip is not None and f"/giay/{slip.pk}/" in told["email"].body


def test_everything_wrong_is_said_at_once_and_nothing_is_half_done(cast: Cast, at: datetime) -> None:
    code = at_counter(cast, at)
    with pytest.raises(Refusal) as caught:
        mend(cast, code, at, name=" ", identity="12", phone="abc", email="x", return_channel="online")
    assert set(caught.value.field_errors) == {"name", "identity", "phone", "email", "return_channel"}
    for wanted, field in (
        ({"return_channel": "post", "return_address": ""}, "return_address"),
        ({"received": {"giay-chung-minh": (-1, 0)}}, "received"),
    ):
        with pytest.raises(Refusal) as caught:
            mend(cast, code, at, **wanted)
        assert set(caught.value.field_errors) == {field}
    with pytest.raises(Refusal) as caught:
        mend(cast, code, at, reason="", phone="0905111333")
    assert set(caught.value.field_errors) == {"reason"}
    with pytest.raises(Refusal, match="không có gì để sửa"):
        mend(cast, code, at, phone="0905 111 222")
    assert Dossier.objects.get(code=code).applicant_phone == "0905111222"
    assert IssuedPaper.objects.filter(subject=code, kind="appointment_slip").count() == 1


def test_what_an_applicant_declared_online_is_not_an_officers_to_change(cast: Cast, at: datetime) -> None:
    code = str(cast.submitted().code)
    intake.accept(code, by=cast.minh, at=at)
    with pytest.raises(Refusal) as caught:
        mend(cast, code, at, name="Nguyễn Thị Lành", identity="052190000124")
    assert set(caught.value.field_errors) == {"name", "identity"}
    assert mend(cast, code, at, phone="0905111333").applicant_phone == "0905111333"


def test_a_number_that_led_to_somebody_elses_account_lets_go_of_it(cast: Cast, at: datetime) -> None:
    code = at_counter(cast, at, linked=True)
    assert visible_to(cast.lan).filter(code=code).exists()
    mend(cast, code, at, identity="052190000998")
    assert not visible_to(cast.lan).filter(code=code).exists()


def test_before_acceptance_there_is_no_slip_to_give_out_anew(cast: Cast, at: datetime) -> None:
    code = str(cast.submitted().code)
    items = [f"field:{key}" for key in ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")]
    verdicts = {**dict.fromkeys(items, (Verdict.OK, "")), "paper:giay-chung-minh": (Verdict.WRONG, "Mờ.")}
    with pytest.raises(Refusal) as caught:
        mend(cast, code, at, phone="0905111333")
    assert caught.value.status == 409
    intake.judge(code, verdicts, by=cast.minh, at=at)
    intake.request_supplement(code, by=cast.minh, at=at)
    with pytest.raises(Refusal, match="chưa có giấy hẹn"):
        mend(cast, code, at, phone="0905111333")


def test_only_its_own_counter_corrects_it(cast: Cast, at: datetime) -> None:
    code = at_counter(cast, at)
    for stranger in (cast.oanh, cast.ha, cast.quang, cast.thu, cast.lan, cast.dung):
        with pytest.raises(Refusal) as caught:
            correcting.correct(code, Correction(phone="0905111333"), reason=REASON, by=stranger, at=at)
        assert caught.value.status == 403
    assert dossier_of(code, cast.minh).state == State.EXAMINING
