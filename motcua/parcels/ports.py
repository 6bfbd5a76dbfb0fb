"""What the room needs from the outside: somebody who carries an envelope and says what became of it.

`settings.CARRIER_GATEWAY` names the class by dotted path; it is made without arguments and reads its own settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

_DEFAULT = "motcua.gateways.carrier_http.HttpCarrier"


@dataclass(frozen=True, slots=True)
class Shipment:
    """What a carrier is asked to carry. ``number`` is ours; by it the carrier recognises a repeat."""

    number: str
    receiver_name: str
    receiver_address: str
    receiver_phone: str
    from_name: str
    from_address: str
    is_registered: bool
    """The receiver signs for it (KT-20)."""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """The carrier took the order; ``number`` stands on the envelope and tracks it."""

    number: str


class NotTaken(Exception):
    """An order the carrier did not take. `is_final` when trying again cannot help.

    `retry_after` is in seconds, when the carrier asked for patience. The text is shown to clerks and counters.
    """

    def __init__(self, error: str, *, is_final: bool = False, retry_after: int | None = None) -> None:
        self.is_final = is_final
        self.retry_after = retry_after
        super().__init__(error)


class Carrier(Protocol):
    """Takes orders to carry envelopes; tells what becomes of them by calling back."""

    def ship(self, shipment: Shipment) -> Label:
        """Return once the order is taken; raises `NotTaken` otherwise."""
        ...


def is_connected() -> bool:
    """Whether a carrier's system is configured at all; without one clerks write down what happens."""
    return bool(settings.CARRIER_URL or settings.CARRIER_GATEWAY)


def carrier() -> Carrier:
    """The configured carrier."""
    return cast(Carrier, import_string(settings.CARRIER_GATEWAY or _DEFAULT)())
