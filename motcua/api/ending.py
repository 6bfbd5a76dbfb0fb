"""Details of stopping, handing to another agency and correcting, as JSON."""

from __future__ import annotations

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import ConfigDict

from motcua.agencies.queries import agency_by_code
from motcua.api.callers import Caller
from motcua.api.reading_json import Sent
from motcua.base.errors import Refusal
from motcua.dossiers.actions import correct, transfer
from motcua.rules.acts import Channel

_LONG = 10_000


class Counted(Schema):
    """How many originals and plain copies of a component were handed over the counter."""

    model_config = ConfigDict(extra="forbid")

    originals: int = Field(0, ge=0, le=999)
    copies: int = Field(0, ge=0, le=999)


class Handed(Schema):
    """Code of the competent agency, and why it is."""

    model_config = ConfigDict(extra="forbid")

    to: str = Field(max_length=35)
    reason: str = Field(max_length=_LONG)


class Corrected(Schema):
    """What shall stand instead; what is left out stays. `received` counts papers by component."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(max_length=_LONG)
    name: str | None = Field(None, max_length=250)
    identity: str | None = Field(None, max_length=20)
    phone: str | None = Field(None, max_length=20)
    email: str | None = Field(None, max_length=254)
    address: str | None = Field(None, max_length=400)
    return_channel: Channel | None = None
    return_address: str | None = Field(None, max_length=400)
    received: dict[str, Counted] | None = Field(None, max_length=200)


def hand_on(code: str, given: Handed, sent: Sent, who: Caller) -> None:
    """Hand the dossier to the agency of this code."""
    agency = agency_by_code(given.to)
    if agency is None:
        raise Refusal(_("Chưa chuyển được hồ sơ."), field_errors={"to": [_("Không có cơ quan nào mang mã này.")]})
    transfer.transfer(code, to=agency.pk, reason=given.reason, by=who.actor, at=who.at)


def put_right(code: str, given: Corrected, sent: Sent, who: Caller) -> None:
    """Correct what was written down at intake."""
    values = given.model_dump(exclude={"reason", "received"})
    counts = given.received
    received = None if counts is None else {key: (one.originals, one.copies) for key, one in counts.items()}
    wanted = correct.Correction(**values, received=received)
    correct.correct(code, wanted, reason=given.reason, by=who.actor, at=who.at)
