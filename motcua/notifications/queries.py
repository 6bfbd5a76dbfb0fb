"""Reading messages: an inbox, how far the messages of a dossier came, and what could not be delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from motcua.notifications.models import Channel, Message, State


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far one message of a dossier came, for the officer's screen; the address is masked."""

    kind: str
    subject: str
    channel: str
    address: str
    state: State
    at: datetime
    attempts: int
    error: str

    @property
    def channel_words(self) -> str:
        return str(Channel(self.channel).label)

    @property
    def state_words(self) -> str:
        return str(self.state.label)


def inbox(account_id: int) -> QuerySet[Message]:
    """What the account finds in its inbox on the portal, latest first."""
    return Message.objects.filter(recipient_account_id=account_id, channel=Channel.PORTAL).order_by("-created_at", "id")


def unread_count(account_id: int) -> int:
    """How many messages of the inbox were not opened yet."""
    return inbox(account_id).filter(read_at=None).count()


def delivery_of(ref: str) -> list[Delivery]:
    """Every message about the dossier with this code, latest first, and how far it came."""
    rows = Message.objects.filter(subject_ref=ref).order_by("-created_at", "channel", "id") if ref else []
    return [
        Delivery(
            kind=row.kind,
            subject=row.subject,
            channel=row.channel,
            address=masked(row.address),
            state=State(row.state),
            at=row.sent_at or row.created_at,
            attempts=row.attempts,
            error=row.last_error,
        )
        for row in rows
    ]


def undeliverable() -> QuerySet[Message]:
    """What could not be delivered and needs a person, latest first."""
    return Message.objects.filter(state=State.UNDELIVERABLE).order_by("-created_at", "id")


def oldest_wait(*, at: datetime) -> timedelta:
    """How long the oldest message has been waiting to go out; zero when none is."""
    waiting = Message.objects.filter(state__in=[State.PENDING, State.FAILED])
    oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
    return at - oldest if oldest else timedelta()


def masked(address: str) -> str:
    """An address an officer may recognise but not read: l•••@example.vn, 09•••••678."""
    if "@" in address:
        name, _, host = address.rpartition("@")
        return f"{name[:1]}•••@{host}"
    return f"{address[:2]}•••••{address[-3:]}" if len(address) > 5 else address
