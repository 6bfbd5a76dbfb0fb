"""What ministries' systems ask and report: signed by each with its own secret (docs/how-to/connect-a-ministry.md)."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from motcua.api.reading_json import shaped, strict_json
from motcua.base.errors import Refusal
from motcua.gateways.ministry_handover import base_of, hand_over_in, secret_of
from motcua.gateways.ministry_token import BadToken, signature
from motcua.procedures.actions import ministry
from motcua.procedures.models import MinistrySystem
from motcua.procedures.queries.ministry import system_by_key
from motcua.rules.people import Actor
from motcua.ui import clock

router = Router(tags=["ministry"])

FRESH_SECONDS = 300
"""How far a ministry's clock and ours may be apart; what is older has to be signed anew."""
_LONGEST = 16 * 1024


class TokenSent(Schema):
    """The token a person came with."""

    model_config = ConfigDict(extra="forbid")
    token: str = Field(min_length=1, max_length=4096)


class Event(Schema):
    """One report."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(min_length=1, max_length=80)
    dossier: str = Field(min_length=1, max_length=60)
    status: int = Field(strict=True)
    sequence: int = Field(ge=1, le=2_000_000_000, strict=True)
    hand_over: UUID | None = None
    note: str = Field("", max_length=300)
    url: str = Field("", max_length=500)


@router.post("/hand-overs", auth=None, include_in_schema=False, url_name="ministry_take_up")
def take_up(request: HttpRequest) -> dict[str, Any]:
    """Who came with this token; answered once."""
    at = clock.now()
    system = sender(request, at)
    sent = shaped(strict_json(request.body), TokenSent)
    try:
        key = hand_over_in(sent.token, system, at=at)
    except BadToken as bad:
        words = str(bad)
        raise Refusal(f"{words[:1].upper()}{words[1:]}.", status=401) from bad
    person = ministry.take_up(key, system=system, by=_actor(system), at=at)
    return {
        "hand_over": str(key),
        "procedure": person.procedure,
        "service": person.service,
        "person": {
            "name": person.name,
            "identity_number": person.identity_number,
            "phone": person.phone,
            "email": person.email,
        },
    }


@router.post("/events", auth=None, include_in_schema=False, url_name="ministry_events")
def events(request: HttpRequest) -> dict[str, Any]:
    """Hear one report. Answered the same whether it is new, heard before, or overtaken by a newer one."""
    at = clock.now()
    system = sender(request, at)
    sent = shaped(strict_json(request.body), Event)
    report = ministry.Report(
        id=sent.id,
        dossier=sent.dossier,
        status=sent.status,
        sequence=sent.sequence,
        hand_over=sent.hand_over,
        note=sent.note,
        url=sent.url,
    )
    dossier = ministry.hear(report, system=system, base_url=base_of(system), by=_actor(system), at=at)
    return {"dossier": dossier.code, "heard": sent.id}


def sender(request: HttpRequest, at: datetime) -> MinistrySystem:
    """The system that sent this. Raises `Refusal` 401 for what is not signed with its secret, or not freshly.

    The answer is the same for an unknown system and a wrong signature; compared in constant time.
    """
    if len(request.body) > _LONGEST:
        raise Refusal(_("Nội dung quá dài."), status=413)
    key = request.headers.get("X-Ministry-System", "")[:40]
    moment, given = request.headers.get("X-Ministry-Timestamp", ""), request.headers.get("X-Ministry-Signature", "")
    system = system_by_key(key) if key.isascii() and key else None
    secret = secret_of(system.key) if system else ""
    expected = signature(secret, moment, request.body)
    is_theirs = bool(secret) and hmac.compare_digest(expected.encode(), given.encode(errors="replace"))
    is_dated = moment.isascii() and moment.isdecimal() and len(moment) <= 12
    if system is None or not is_theirs or not is_dated or abs(at.timestamp() - int(moment)) > FRESH_SECONDS:
        raise Refusal(_("Chữ ký không đúng hoặc đã cũ."), status=401)
    return system


def _actor(system: MinistrySystem) -> Actor:
    return Actor.system(f"Hệ thống {system.name}"[:200])
