"""What a carrier reports about envelopes: signed, dated, each report once (docs/how-to/connect-a-carrier.md)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from motcua.api.reading_json import shaped, strict_json
from motcua.base.errors import Refusal
from motcua.dossiers.actions import posting
from motcua.parcels.actions import Proof, Report
from motcua.rules.people import Actor
from motcua.ui import clock

router = Router(tags=["carrier"])

CARRIER = Actor.system("Hệ thống bưu chính")
FRESH_SECONDS = 300
"""How far the carrier's clock and ours may be apart; an older report has to be signed anew."""
_LONGEST = 16 * 1024


class Receiver(Schema):
    """Who took the envelope."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=250)
    relation: str = Field("", max_length=60)
    signed: bool = False


class Event(Schema):
    """One report."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(min_length=1, max_length=80)
    parcel: str = Field(min_length=1, max_length=20)
    status: str = Field(min_length=1, max_length=20)
    sequence: int = Field(ge=1, le=2_000_000_000, strict=True)
    note: str = Field("", max_length=200)
    receiver: Receiver | None = None


@router.post("/events", auth=None, include_in_schema=False, url_name="carrier_events")
def events(request: HttpRequest) -> dict[str, Any]:
    """Hear one report. Answered the same whether it is new, heard before, or overtaken by a newer one."""
    at = clock.now()
    if len(request.body) > _LONGEST:
        raise Refusal(_("Nội dung quá dài."), status=413)
    verify(request, at)
    sent = shaped(strict_json(request.body), Event)
    taker = sent.receiver
    report = Report(
        id=sent.id,
        number=sent.parcel,
        status=sent.status,
        sequence=sent.sequence,
        note=sent.note,
        proof=Proof(taker.name, taker.relation, taker.signed) if taker else None,
    )
    parcel = posting.hear(report, by=CARRIER, at=at)
    return {"parcel": parcel.number, "heard": sent.id}


def verify(request: HttpRequest, at: datetime) -> None:
    """Refuse (401) what is not signed with our common secret, or was signed too long ago (or ahead) to be fresh.

    The signature is HMAC-SHA256 in hexadecimal over the moment, a full stop and the raw body; compared in constant
    time. Without a secret nobody is believed.
    """
    moment, signature = request.headers.get("X-Carrier-Timestamp", ""), request.headers.get("X-Carrier-Signature", "")
    signed = f"{moment}.".encode(errors="replace") + request.body
    expected = hmac.new(settings.CARRIER_SECRET.encode(), signed, hashlib.sha256).hexdigest().encode()
    is_ours = bool(settings.CARRIER_SECRET) and hmac.compare_digest(expected, signature.encode(errors="replace"))
    is_dated = moment.isascii() and moment.isdecimal() and len(moment) <= 12
    if not is_ours or not is_dated or abs(at.timestamp() - int(moment)) > FRESH_SECONDS:
        raise Refusal(_("Chữ ký của báo cáo không đúng hoặc đã cũ."), status=401)
