"""Ordering carriage: at least once, under the envelope's own number, by which the carrier recognises a repeat.

As with messages: a worker first takes a few orders for the length of a lease, then asks the carrier without holding
any lock, then writes down the answer. Killed in between, it leaves a lease that runs out.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F

from motcua.parcels.actions.envelopes import locked_parcel, write
from motcua.parcels.facts import LEASE, next_order, shipment_of
from motcua.parcels.models import Parcel
from motcua.parcels.ports import Carrier, Label, NotTaken, carrier, is_connected
from motcua.rules.people import Actor

logger = logging.getLogger(__name__)

_BATCH = 10
_BY = Actor.system("Hệ thống")


def ship_due(*, at: datetime, batch: int = _BATCH) -> int:
    """Order carriage for up to ``batch`` envelopes that are due; answers how many were tried."""
    if not is_connected():
        return 0
    parcels, by_road = _take(at, batch), carrier()
    for parcel in parcels:
        _order(parcel, by_road, at)
    return len(parcels)


def _take(at: datetime, batch: int) -> list[Parcel]:
    with transaction.atomic():
        due = Parcel.objects.select_for_update(skip_locked=True, of=("self",)).filter(ship_after__lte=at)
        parcels = list(due.select_related("counter").order_by("ship_after", "pk")[:batch])
        Parcel.objects.filter(pk__in=[parcel.pk for parcel in parcels]).update(
            ship_attempts=F("ship_attempts") + 1, ship_after=at + LEASE
        )
    for parcel in parcels:
        parcel.ship_attempts += 1
    return parcels


def _order(parcel: Parcel, by_road: Carrier, at: datetime) -> None:
    try:
        label = by_road.ship(shipment_of(parcel))
    except NotTaken as failure:
        _failed(parcel, failure, at)
    except Exception as error:  # a gateway's fault must not stop the orders behind this one
        logger.exception("parcel %s was not ordered", parcel.number)
        _failed(parcel, NotTaken(f"{type(error).__name__}"), at)
    else:
        _taken(parcel, label, at)


def _taken(parcel: Parcel, label: Label, at: datetime) -> None:
    with transaction.atomic():
        held = locked_parcel(parcel.number)
        if held.ship_attempts != parcel.ship_attempts or held.label_number:
            return  # overtaken by another worker, or by a clerk who wrote the label down
        held.label_number, held.ship_after, held.ship_error = label.number[:60], None, ""
        held.save(update_fields=["label_number", "ship_after", "ship_error"])
        write(held, "label", f"Số hiệu bưu gửi: {held.label_number}", by=_BY, at=at, body={"label": held.label_number})


def _failed(parcel: Parcel, failure: NotTaken, at: datetime) -> None:
    again = None
    if not failure.is_final:
        since = parcel.handed_over_at or at
        again = next_order(
            parcel.pk, since=since, attempts=parcel.ship_attempts, at=at, retry_after=failure.retry_after
        )
    held = Parcel.objects.filter(pk=parcel.pk, ship_attempts=parcel.ship_attempts, label_number="")
    held.update(ship_after=again, ship_error=str(failure)[:300])
