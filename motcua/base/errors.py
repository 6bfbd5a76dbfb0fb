"""The one way a room says no to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Refusal(Exception):
    """An act or an input that is refused, in words the person can act on.

    ``messages`` are Vietnamese sentences; ``field_errors`` maps a form path to such sentences; ``status`` is the HTTP
    status a face answers with (400 bad input, 403 not yours to do, 404 not there, 409 somebody was first,
    413 too large, 422 cannot be accepted, 429 too often).
    """

    def __init__(
        self,
        messages: str | Iterable[str] = (),
        *,
        field_errors: Mapping[str, list[str]] | None = None,
        status: int = 422,
        retry_after: int | None = None,
    ) -> None:
        self.messages: list[str] = [messages] if isinstance(messages, str) else [str(m) for m in messages]
        self.field_errors: dict[str, list[str]] = dict(field_errors or {})
        self.status = status
        self.retry_after = retry_after
        super().__init__("; ".join(str(message) for message in self.messages))
