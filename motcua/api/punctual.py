"""Details of the acts of the clock, as JSON: an apology with its one new date, money due midway."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Field, Schema
from pydantic import ConfigDict

from motcua.api.callers import Caller
from motcua.api.reading_json import Sent
from motcua.dossiers.actions import apologise, fees

_LONG = 10_000


class Apology(Schema):
    """Why the date cannot be kept, and the one new date; without it a day that leaves room for the steps to come."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(max_length=_LONG)
    new_day: date | None = None


class Duty(Schema):
    """What is to be paid before the work goes on. Empty before acceptance: the bill stands then."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field("", max_length=250)
    amount: int | None = Field(None, ge=1, le=10**12)
    basis: str = Field("", max_length=300)


def draft_apology(code: str, given: Apology, sent: Sent, who: Caller) -> Any:
    return apologise.draft_apology(code, **given.model_dump(), by=who.actor, at=who.at)


def request_payment(code: str, given: Duty, sent: Sent, who: Caller) -> Any:
    return fees.request_payment(code, **given.model_dump(), by=who.actor, at=who.at)
