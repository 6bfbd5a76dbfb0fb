"""A refusal on the merits travels the road of every result: drafted with reasons, signed, sealed, returned, sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from motcua.base.errors import Refusal
from motcua.dossiers.actions import approve, deliver, examine, fees, intake, issue
from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message
from motcua.papers.queries import latest
from motcua.rules.acts import Channel, Outcome, Paper, State
from tests.acceptance.proof import accepts
from tests.cast import Cast

HOUR = timedelta(hours=1)
REASONS = (
    "Không có dữ liệu hộ tịch của người được đề nghị.\nNgười đề nghị không thuộc diện được cấp (Luật Hộ tịch, Điều 63)."
)


def refused(cast: Cast, at: datetime) -> str:
    """Drafted by the division, signed by the leader, sealed by the clerk."""
    code = str(cast.submitted().code)
    intake.accept(code, by=cast.minh, at=at)
    examine.draft_result(
        code, outcome=Outcome.REFUSED, title="Văn bản trả lời không cấp trích lục", reasons=REASONS, by=cast.ha, at=at
    )
    examine.propose(code, by=cast.ha, at=at + HOUR)
    approve.approve(code, by=cast.quang, at=at + 2 * HOUR)
    issue.seal(code, by=cast.thu, at=at + 4 * HOUR)
    return code


@accepts("BD-38")
def test_a_refusal_is_drafted_with_reasons_signed_sealed_and_returned_by_the_counter(cast: Cast, at: datetime) -> None:
    code = str(cast.submitted().code)
    intake.accept(code, by=cast.minh, at=at)
    with pytest.raises(Refusal) as caught:
        examine.draft_result(code, outcome=Outcome.REFUSED, title="Trả lời", by=cast.ha, at=at)
    assert "reasons" in caught.value.field_errors
    examine.draft_result(code, outcome=Outcome.REFUSED, title="Trả lời", reasons=REASONS, by=cast.ha, at=at)
    with pytest.raises(Refusal):  # nothing is sealed that no leader has signed
        issue.seal(code, by=cast.thu, at=at)
    examine.propose(code, by=cast.ha, at=at)
    approve.approve(code, by=cast.quang, at=at + HOUR)
    sealed = issue.seal(code, by=cast.thu, at=at + 2 * HOUR)
    assert (sealed.state, sealed.outcome, sealed.due_at) == (State.RESULT_READY, "refused", None)

    paper = latest(code, Paper.RESULT)
    assert paper is not None and paper.number == "01/KQ-TTHC"
    assert (paper.data["outcome"], paper.data["reasons"]) == ("refused", REASONS.splitlines())
    assert (paper.data["leader"], paper.data["position"]) == ("Võ Minh Quang", "Chủ tịch")

    fees.collect(code, receipt_number="0001", by=cast.minh, at=at + 3 * HOUR)
    done = deliver.deliver(
        code, channel=Channel.COUNTER, receiver_name="Nguyễn Thị Lan", originals_checked=True, form_signed=True,
        by=cast.minh, at=at + 4 * HOUR,
    )  # fmt: skip
    assert (done.state, done.outcome) == (State.DELIVERED, "refused")
    record = latest(code, Paper.HANDOVER_RECORD)
    assert record is not None and record.data["documents"][0]["number"] == "01/KQ-TTHC"


@accepts("BD-39")
def test_the_moment_it_is_sealed_the_document_goes_out_electronically_too(
    cast: Cast, at: datetime, client: Any, clock: Any
) -> None:
    code = refused(cast, at)
    paper = latest(code, Paper.RESULT)
    assert paper is not None
    told = {row.channel: row for row in Message.objects.filter(subject_ref=code, kind="result_ready")}
    assert set(told) == {"portal", "email", "sms"}
    link = f"/ho-so/{code}/giay/{paper.pk}/"
    for channel in ("portal", "email"):
        assert link in told[channel].body
        assert "không thuộc diện được cấp" in told[channel].body
        assert "nêu rõ lý do" in told[channel].body
    assert all(row.created_at == at + 4 * HOUR for row in told.values())
    assert "diện được cấp" not in told["sms"].body  # nothing of the matter over the air

    client.force_login(cast.lan_account)
    answer = client.get(link)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())
    assert "Không có dữ liệu hộ tịch" in text and "Võ Minh Quang" in text
    client.force_login(cast.dung_account)
    assert client.get(link).status_code == 404


def test_who_receives_by_the_portal_alone_is_reached_there(cast: Cast, at: datetime) -> None:
    cast.lan_account.email = cast.lan_account.phone = None
    cast.lan_account.save(update_fields=["email", "phone"])
    code = refused(cast, at)
    Dossier.objects.get(code=code)
    assert list(Message.objects.filter(subject_ref=code, kind="result_ready").values_list("channel", flat=True)) == [
        "portal"
    ]
