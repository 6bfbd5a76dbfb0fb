"""Which message an act sends to the applicant, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from motcua.dossiers.models import Dossier
from motcua.notifications.actions import tell
from motcua.notifications.facts import Recipient
from motcua.rules.acts import Act

KIND_OF_ACT: Mapping[Act, str] = {
    Act.SUBMIT: "submitted",
    Act.SUPPLEMENT: "supplement_received",
    Act.WITHDRAW: "withdrawn",
    Act.REQUEST_SUPPLEMENT: "supplement_requested",
    Act.DECLINE: "declined",
    Act.REQUEST_PAYMENT: "payment_requested",
    Act.COLLECT_FEE: "fee_collected",
    Act.ACCEPT: "accepted",
    Act.SEAL: "result_ready",
    Act.DELIVER: "delivered",
    Act.RECORD_ARRIVAL: "paper_arrived",
    Act.STOP: "stopped",
    Act.TRANSFER: "transferred",
    Act.SUCCEED: "succeeded",
    Act.CORRECT: "corrected",
    Act.CLOSE_UNANSWERED: "closed_unanswered",
    Act.SIGN_APOLOGY: "apology",
    Act.RESCHEDULE: "rescheduled",
}


def paper_link(dossier: Dossier, paper: int) -> str:
    """Where its owner opens an issued paper (BD-39: the notice comes with the document)."""
    return f"{settings.BASE_URL}/ho-so/{dossier.code}/giay/{paper}/"


def tell_applicant(dossier: Dossier, act: Act, *, at: datetime, note: str, **further: Any) -> None:
    """Put the act's message into the outbox, on every road the applicant can be reached by (HY-33, BD-46, BD-47)."""
    _say(KIND_OF_ACT[act], dossier, at=at, note=note, **further)


def tell_reminder(dossier: Dossier, *, at: datetime, answer_by: datetime, closes: bool) -> None:
    """Remind the applicant of a supplement before the time for it is over; ``closes``: a rule ends the dossier then."""
    note = "Quá hạn này hồ sơ sẽ kết thúc; khi cần, Quý khách phải nộp hồ sơ mới." if closes else ""
    _say("supplement_reminder", dossier, at=at, note=note, answer_by=answer_by)


def _say(kind: str, dossier: Dossier, *, at: datetime, note: str, **further: Any) -> None:
    tell(
        kind,
        recipient=Recipient(
            account_id=dossier.applicant_id,
            name=dossier.applicant_name,
            email=dossier.applicant_email,
            phone=dossier.applicant_phone,
        ),
        ref=dossier.code or "",
        context={
            "code": dossier.code,
            "procedure": dossier.revision.title,
            "agency": dossier.agency.name,
            "counter": dossier.counter.name,
            "counter_address": dossier.counter.address,
            "counter_phone": dossier.counter.phone,
            "acceptance_due_at": dossier.acceptance_due_at,
            "promised_at": dossier.promised_at,
            "return_words": dossier.return_words,
            "note": note,
            "link": f"{settings.BASE_URL}/ho-so/{dossier.code}/",
            **further,
        },
        at=at,
    )
