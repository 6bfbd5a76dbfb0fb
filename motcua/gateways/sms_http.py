"""SMS through an HTTP gateway; the protocol is `docs/how-to/connect-an-sms-gateway.md`."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
from django.conf import settings

from motcua.notifications.ports import Fate, Letter, Receipt, Undelivered

_TIMEOUT = 10.0
_OUR_FAULT = {401, 403, 404, 405, 408, 429}
"""Answers that say nothing about the number: wrong key, wrong address of the gateway, too fast."""


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


@cache
def _client() -> httpx.Client:
    """One client keeps its connections; redirects are not followed (ASVS 15.3.2)."""
    return httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False)


def _ask(method: str, path: str, headers: dict[str, str] | None = None, json: Any = None) -> dict[str, Any]:
    known = {"Authorization": f"Bearer {settings.SMS_KEY}", **(headers or {})}
    try:
        answer = _client().request(method, settings.SMS_URL.rstrip("/") + path, headers=known, json=json)
    except httpx.HTTPError as error:
        raise Undelivered(f"không kết nối được cổng tin nhắn ({type(error).__name__})") from error
    if answer.is_success:
        return _object(answer)
    words = str(_object(answer).get("error") or answer.reason_phrase)[:200]
    final = answer.is_client_error and answer.status_code not in _OUR_FAULT
    patience = answer.headers.get("Retry-After", "")
    raise Undelivered(
        f"{answer.status_code} {words}", is_final=final, retry_after=int(patience) if patience.isdecimal() else None
    )


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        value = answer.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
