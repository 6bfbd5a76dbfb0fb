"""Carriage of envelopes through a carrier's HTTP service; the protocol is `docs/how-to/connect-a-carrier.md`."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
from django.conf import settings

from motcua.parcels.ports import Label, NotTaken, Shipment

_TIMEOUT = 10.0
_OUR_FAULT = {401, 403, 404, 405, 408, 409, 429}
"""Answers that say nothing about the order: wrong key, wrong address of the service, too fast."""


class HttpCarrier:
    """Orders one shipment as JSON, with a bearer key and the envelope's number as ``Idempotency-Key``."""

    def ship(self, shipment: Shipment) -> Label:
        """Return once the carrier took the order; raises `NotTaken`, final when the carrier will never take it."""
        answer = _ask(
            {
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
            key=shipment.number,
        )
        label = str(answer.get("label_number") or "").strip()
        if not label:
            raise NotTaken("bưu chính trả lời mà không cho số hiệu bưu gửi")
        return Label(number=label)


@cache
def _client() -> httpx.Client:
    """One client keeps its connections; redirects are not followed (ASVS 15.3.2)."""
    return httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False)


def _ask(body: dict[str, Any], *, key: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {settings.CARRIER_KEY}", "Idempotency-Key": key}
    try:
        answer = _client().post(settings.CARRIER_URL.rstrip("/") + "/shipments", headers=headers, json=body)
    except httpx.HTTPError as error:
        raise NotTaken(f"không kết nối được hệ thống bưu chính ({type(error).__name__})") from error
    if answer.is_success:
        return _object(answer)
    words = str(_object(answer).get("error") or answer.reason_phrase)[:200]
    final = answer.is_client_error and answer.status_code not in _OUR_FAULT
    patience = answer.headers.get("Retry-After", "")
    raise NotTaken(
        f"{answer.status_code} {words}", is_final=final, retry_after=int(patience) if patience.isdecimal() else None
    )


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        value = answer.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
