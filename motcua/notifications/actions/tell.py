"""Putting a message into the outbox, in the transaction of the act it tells about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from motcua.base.kept import insert
from motcua.notifications.facts import KINDS, OPTIONAL, Kind, Recipient
from motcua.notifications.models import Channel, Message, State
from motcua.rules.text import clean_line, clean_text, grouped

_SMS_LIMIT = 320
_MANY_BREAKS = re.compile(r"\n{3,}")


def tell(kind: str, *, recipient: Recipient, ref: str = "", context: Mapping[str, Any], at: datetime) -> list[Message]:
    """Leave one message for each channel the recipient can be reached by; one INSERT, no job.

    Must be called inside the act's transaction: the worker finds the rows once it is committed. `ref` is the
    dossier code. Values of `context` are texts, numbers (đồng), moments, days, or lists of these; those in
    `facts.OPTIONAL` may be left out, a missing necessary one raises ValueError. Subjects and SMS carry
    nothing personal, only the code (promises §6.5).
    """
    sort = KINDS[kind]
    values = _values(sort, recipient, ref, context)
    messages = [
        Message(
            recipient_account_id=recipient.account_id,
            recipient_name=clean_line(recipient.name)[:250],
            channel=channel,
            address=address,
            kind=kind,
            subject=_line(_render(kind, "subject", values), 250) if channel != Channel.SMS else "",
            body=_body(kind, channel, values),
            subject_ref=ref,
            created_at=at,
            **_start(channel, at),
        )
        for channel, address in _roads(sort, recipient)
    ]
    if messages:
        insert(*messages)
    return messages


def _roads(sort: Kind, recipient: Recipient) -> list[tuple[Channel, str]]:
    addresses = {Channel.EMAIL: recipient.email or "", Channel.SMS: recipient.phone or ""}
    roads: list[tuple[Channel, str]] = []
    for channel in sort.channels:
        if channel == Channel.PORTAL:
            if recipient.account_id is not None:
                roads.append((channel, ""))
        elif address := clean_line(addresses[channel]):
            roads.append((channel, address))
    return roads


def _start(channel: Channel, at: datetime) -> dict[str, Any]:
    """The portal's inbox is reached by writing to it; everything else waits for the worker."""
    if channel == Channel.PORTAL:
        return {"state": State.DELIVERED, "sent_at": at}
    return {"state": State.PENDING, "next_attempt_at": at}


def _values(sort: Kind, recipient: Recipient, ref: str, context: Mapping[str, Any]) -> dict[str, Any]:
    missing = sorted(name for name in sort.needs if context.get(name) in (None, ""))
    if missing:
        raise ValueError(f"a message of kind {sort.name} needs {', '.join(missing)}")
    site = settings.SITE
    link = f"{settings.BASE_URL}/ho-so/{ref}/" if ref else settings.BASE_URL
    known = dict.fromkeys(OPTIONAL, "") | {"name": recipient.name, "link": link, "code": ref}
    given = {name: _words(value) for name, value in {**known, **context}.items()}
    return given | {name: site[name] for name in ("portal_name", "operator_name", "hotline")}


def _words(value: Any) -> Any:
    """A value as it is read in a sentence."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%H:%M ngày %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int):
        return grouped(value)
    if isinstance(value, Mapping):
        return {str(name): _words(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_words(item) for item in value]
    return "" if value is None else clean_text(str(value))


def _render(kind: str, part: str, values: Mapping[str, Any]) -> str:
    template = get_template(f"notifications/{kind}.{part}.txt").template  # type: ignore[attr-defined]
    text: str = template.render(Context(dict(values), autoescape=False))
    return text.strip()


def _body(kind: str, channel: Channel, values: Mapping[str, Any]) -> str:
    if channel == Channel.SMS:
        return _line(_render(kind, "sms", values), _SMS_LIMIT)
    body = _MANY_BREAKS.sub("\n\n", _render(kind, "body", values))
    if channel == Channel.PORTAL:
        return body
    return _render("frame", "body", {**values, "body": body})


def _line(text: str, limit: int) -> str:
    """One line: nothing in it can end a mail header (the values were cleaned of control characters)."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
