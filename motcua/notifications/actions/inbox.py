"""What people and officers do with messages that exist."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from motcua.base.errors import Refusal
from motcua.notifications.facts import KINDS
from motcua.notifications.models import Channel, Message, State
from motcua.rules.people import Actor

_SECRET = [kind.name for kind in KINDS.values() if kind.is_secret]


def mark_read(ids: Collection[UUID] | None = None, *, by: Actor, at: datetime) -> int:
    """Mark messages of the actor's own inbox as read (all of them without `ids`); answers how many were unread."""
    if by.account_id is None:
        return 0
    own = Message.objects.filter(recipient_account_id=by.account_id, channel=Channel.PORTAL, read_at=None)
    return (own if ids is None else own.filter(pk__in=ids)).update(read_at=at)


def send_again(message_id: UUID, *, by: Actor, at: datetime) -> None:
    """Try an undeliverable message once more, as an officer asks (the mailbox was full, the network is back).

    Raises `Refusal` (409) when it is not undeliverable, or when it was secret and its words are gone.
    """
    waiting = Message.objects.filter(pk=message_id, state=State.UNDELIVERABLE).exclude(kind__in=_SECRET)
    if not by.posts or not waiting.update(state=State.PENDING, attempts=0, next_attempt_at=at):
        raise Refusal("Thông báo này không thể gửi lại.", status=409)


def wipe_old(*, before: datetime) -> int:
    """Empty the words of messages made before that moment (promises §7: 24 months); answers how many."""
    return Message.objects.filter(created_at__lt=before).exclude(body="").update(body="", address="")


def forget(ref: str) -> int:
    """Remove every message about a dossier whose term of preservation is over (room `archive`); answers how many."""
    return Message.objects.filter(subject_ref=ref).delete()[0]
