"""SMS through an HTTP gateway; the protocol is `docs/how-to/connect-an-sms-gateway.md`."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from motcua.gateways.http_json import ask
from motcua.notifications.ports import Fate, Letter, Receipt, Undelivered


class HttpSmsCourier:
    """Posts one message as JSON, with a bearer key and the message's id as ``Idempotency-Key``."""

    def send(self, letter: Letter) -> Receipt:
        """Return once the gateway took the message over; raises `Undelivered`, final when the number is refused."""
        number = letter.address
        body = {
            "to": f"+84{number[1:]}" if number.startswith("0") else number,
            "text": letter.body,
            "reference": letter.id,
        }
        answer = _ask("POST", "/messages", json=body, headers={"Idempotency-Key": letter.id})
        return Receipt(provider_id=str(answer.get("id", "")))

    def fate(self, provider_id: str) -> Fate:
        """What the gateway knows of the message now; raises `Undelivered` when it does not answer."""
        answer = _ask("GET", f"/messages/{provider_id}")
        state = answer.get("state")
        return Fate(
            is_delivered=state == "delivered", is_failed=state == "failed", error=str(answer.get("error") or "")
        )


def _ask(method: str, path: str, headers: dict[str, str] | None = None, json: Any = None) -> dict[str, Any]:
    address = settings.SMS_URL.rstrip("/") + path
    return ask(
        method, address, key=settings.SMS_KEY, failure=Undelivered, whom="cổng tin nhắn", json=json, headers=headers
    )
