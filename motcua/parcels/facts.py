"""Plain values of the room: when to order carriage again after a failure, and what a carrier's words mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from motcua.parcels.models import Parcel
from motcua.parcels.ports import Shipment
from motcua.rules.parcels import ParcelState

LEASE = timedelta(seconds=60)
"""How long a worker may hold an order: after a crash another one takes it up when this has passed."""

GIVE_UP_AFTER = timedelta(hours=24)
"""Afterwards the clerk writes down the label by hand."""

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)

HEARD: Mapping[str, ParcelState | None] = {
    "accepted": None,
    "in_transit": ParcelState.IN_TRANSIT,
    "delivered": ParcelState.DELIVERED,
    "returned": ParcelState.RETURNED,
    "lost": ParcelState.LOST,
}
"""A carrier's words for what became of an envelope (docs/how-to/connect-a-carrier.md); None: no change of state."""

HEARD_WORDS: Mapping[str, str] = {
    "accepted": "Bưu chính đã nhận lệnh chuyển",
    "in_transit": "Đang trên đường phát",
    "delivered": "Đã phát",
    "returned": "Không phát được, đang chuyển hoàn",
    "lost": "Bưu chính báo thất lạc",
}


def next_order(
    parcel_id: int, *, since: datetime, attempts: int, at: datetime, retry_after: int | None
) -> datetime | None:
    """When to order again after the order number ``attempts`` failed at ``at``; None when it is time to give up.

    The wait doubles from 30 seconds to one hour, spread by a fifth either way; ``retry_after`` is in seconds.
    """
    wait = min(_FIRST_WAIT * 2 ** min(attempts - 1, 12), _LONGEST_WAIT)
    spread = 0.8 + 0.4 * ((parcel_id * 7919 + attempts * 104729) % 1000) / 1000
    wait = max(wait * spread, timedelta(seconds=min(retry_after or 0, 3600)))
    return at + wait if at + wait <= since + GIVE_UP_AFTER else None


def shipment_of(parcel: Parcel) -> Shipment:
    """The order for one envelope. What is in it, and about which procedure, is none of the carrier's business."""
    return Shipment(
        number=parcel.number,
        receiver_name=parcel.name,
        receiver_address=parcel.address,
        receiver_phone=parcel.phone,
        from_name=parcel.counter.name,
        from_address=parcel.counter.address,
        is_registered=parcel.is_registered,
        due_at=parcel.due_at,
    )
