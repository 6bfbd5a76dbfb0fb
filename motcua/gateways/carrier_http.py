"""Carriage of envelopes through a carrier's HTTP service; the protocol is `docs/how-to/connect-a-carrier.md`."""

from __future__ import annotations

from django.conf import settings

from motcua.gateways.http_json import OUR_FAULT, ask
from motcua.parcels.ports import Label, NotTaken, Shipment

_OUR_FAULT = OUR_FAULT | {409}
"""409: the same number is being ordered at this moment."""


class HttpCarrier:
    """Orders one shipment as JSON, with a bearer key and the envelope's number as ``Idempotency-Key``."""

    def ship(self, shipment: Shipment) -> Label:
        """Return once the carrier took the order; raises `NotTaken`, final when the carrier will never take it."""
        answer = ask(
            "POST",
            settings.CARRIER_URL.rstrip("/") + "/shipments",
            json={
                "reference": shipment.number,
                "receiver": {
                    "name": shipment.receiver_name,
                    "address": shipment.receiver_address,
                    "phone": shipment.receiver_phone,
                },
                "sender": {"name": shipment.from_name, "address": shipment.from_address},
                "registered": shipment.is_registered,
                "deliver_by": shipment.due_at.isoformat() if shipment.due_at else None,
                "callback": f"{settings.BASE_URL}/api/v1/carrier/events",
            },
            headers={"Idempotency-Key": shipment.number},
            key=settings.CARRIER_KEY,
            failure=NotTaken,
            whom="hệ thống bưu chính",
            our_fault=_OUR_FAULT,
        )
        label = str(answer.get("label_number") or "").strip()
        if not label:
            raise NotTaken("bưu chính trả lời mà không cho số hiệu bưu gửi")
        return Label(number=label)
