"""What the room needs from the outside: somebody who carries e-mail, and somebody who carries SMS.

`settings.MAIL_GATEWAY` and `settings.SMS_GATEWAY` name the classes by dotted path; a gateway is made without
arguments and reads its own settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

_DEFAULTS = {
    "MAIL_GATEWAY": "motcua.gateways.mail_smtp.SmtpCourier",
    "SMS_GATEWAY": "motcua.gateways.sms_http.HttpSmsCourier",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """What a courier carries. `id` is the message's id; by it the provider recognises a repeat."""

    id: str
    address: str
    body: str
    subject: str = ""
    recipient_name: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider took the letter over, under this number of its own (empty when it has none)."""

    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a letter taken over earlier: exactly one of delivered, failed, or neither yet."""

    is_delivered: bool = False
    is_failed: bool = False
    error: str = ""


class Undelivered(Exception):
    """A hand-over that did not happen. `is_final` when trying again cannot help (no such address).

    `retry_after` is in seconds, when the provider asked for patience. The text is shown to officers.
    """

    def __init__(self, error: str, *, is_final: bool = False, retry_after: int | None = None) -> None:
        self.is_final = is_final
        self.retry_after = retry_after
        super().__init__(error)


class Courier(Protocol):
    """Hands one letter to a provider."""

    def send(self, letter: Letter) -> Receipt:
        """Return once the provider took the letter over; raises `Undelivered` otherwise."""
        ...


class TracedCourier(Courier, Protocol):
    """A courier whose provider later tells what became of a letter."""

    def fate(self, provider_id: str) -> Fate:
        """What is known of the letter now; raises `Undelivered` when the provider does not answer."""
        ...


def mail_courier() -> Courier:
    """The configured carrier of e-mail."""
    return cast(Courier, _load("MAIL_GATEWAY"))


def sms_courier() -> TracedCourier:
    """The configured carrier of SMS."""
    return cast(TracedCourier, _load("SMS_GATEWAY"))


def _load(name: str) -> object:
    return import_string(getattr(settings, name, "") or _DEFAULTS[name])()
