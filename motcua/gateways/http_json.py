"""Speaking JSON with a provider over HTTP, and telling a refusal for good from one worth another try."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, Protocol

import httpx

TIMEOUT = 10.0
"""Seconds, unless somebody waits at a screen."""

OUR_FAULT = frozenset({401, 403, 404, 405, 408, 429})
"""Answers that say nothing about what was sent: wrong key, wrong address of the service, too fast."""


class Failure(Protocol):
    """How a room wants to be told that a hand-over did not happen."""

    def __call__(self, error: str, *, is_final: bool = False, retry_after: int | None = None) -> Exception:
        """The exception to raise; the words are shown to officers."""


@cache
def client(timeout: float = TIMEOUT) -> httpx.Client:
    """One client keeps its connections; redirects are not followed (ASVS 15.3.2)."""
    return httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False)


def ask(
    method: str,
    url: str,
    *,
    key: str,
    failure: Failure,
    whom: str,
    json: Any = None,
    headers: Mapping[str, str] | None = None,
    our_fault: Collection[int] = OUR_FAULT,
) -> dict[str, Any]:
    """The object a provider answers with, asked under a bearer key; raises what `failure` makes otherwise.

    A refusal is final unless it is the provider's own trouble or one of ``our_fault``. ``whom``: the provider, in the
    words of an officer.
    """
    try:
        answer = client().request(method, url, headers={"Authorization": f"Bearer {key}", **(headers or {})}, json=json)
    except httpx.HTTPError as error:
        raise failure(f"không kết nối được {whom} ({type(error).__name__})") from error
    if answer.is_success:
        return _object(answer)
    words = str(_object(answer).get("error") or answer.reason_phrase)[:200]
    final = answer.is_client_error and answer.status_code not in our_fault
    patience = answer.headers.get("Retry-After", "")
    raise failure(
        f"{answer.status_code} {words}", is_final=final, retry_after=int(patience) if patience.isdecimal() else None
    )


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        value = answer.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
