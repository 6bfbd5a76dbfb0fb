"""Handing over what is due. At least once: a message counts as sent only after the provider took it.

A worker first takes a few messages for the length of a lease (one short transaction), then hands them over
without holding any lock, then writes down what happened. Killed in between, it leaves a lease that runs out,
and the message goes out again under the same id, which the provider recognises.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from motcua.notifications.facts import GIVE_UP_AFTER, KINDS, LEASE, next_attempt
from motcua.notifications.models import Channel, Message, State
from motcua.notifications.ports import Courier, Letter, Receipt, Undelivered, mail_courier, sms_courier

logger = logging.getLogger(__name__)

WIPED = "•••"
"""What stays of a secret message once it is out."""

_BATCH = 4
_FIRST_QUESTION = timedelta(seconds=20)
_LATER_QUESTION = timedelta(minutes=10)


def deliver_due(*, at: datetime, channel: Channel | None = None, batch: int = _BATCH) -> int:
    """Hand over up to `batch` messages that are due; answers how many were tried. Call until it answers 0.

    With `channel`, only those of one road: a worker tends each road by itself, so that a slow gateway does not
    hold up the other.
    """
    messages = _take(at, channel, batch)
    couriers: dict[str, Courier] = {}
    for message in messages:
        courier = couriers.get(message.channel)
        if courier is None:
            courier = couriers[message.channel] = mail_courier() if message.channel == Channel.EMAIL else sms_courier()
        _hand_over(message, courier, at)
    return len(messages)


def confirm_due(*, at: datetime, batch: int = 20) -> int:
    """Ask what became of SMS handed over earlier; answers how many were asked about."""
    waiting = Message.objects.filter(state=State.SENT, channel=Channel.SMS, next_attempt_at__lte=at)
    messages = list(waiting.order_by("next_attempt_at")[:batch])
    courier = sms_courier() if messages else None
    for message in messages:
        assert courier is not None
        later: datetime | None = at + _LATER_QUESTION
        if at - message.created_at > GIVE_UP_AFTER:
            later = None
        changes: dict[str, object] = {"next_attempt_at": later}
        try:
            fate = courier.fate(message.provider_id)
        except Undelivered as silence:
            logger.warning("no news of SMS %s: %s", message.pk, silence)
        else:
            if fate.is_delivered:
                changes = {"state": State.DELIVERED, "next_attempt_at": None}
            elif fate.is_failed:
                changes = {
                    "state": State.UNDELIVERABLE,
                    "last_error": fate.error[:300],
                    "next_attempt_at": None,
                }
        Message.objects.filter(pk=message.pk, state=State.SENT).update(**changes)
    return len(messages)


def _take(at: datetime, channel: Channel | None, batch: int) -> list[Message]:
    with transaction.atomic():
        due = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state__in=[State.PENDING, State.FAILED], next_attempt_at__lte=at
        )
        if channel is not None:
            due = due.filter(channel=channel)
        messages = list(due.order_by("next_attempt_at")[:batch])
        Message.objects.filter(pk__in=[message.pk for message in messages]).update(
            attempts=F("attempts") + 1, next_attempt_at=at + LEASE
        )
    for message in messages:
        message.attempts += 1
    return messages


def _hand_over(message: Message, courier: Courier, at: datetime) -> None:
    letter = Letter(
        id=str(message.pk),
        address=message.address,
        body=message.body,
        subject=message.subject,
        recipient_name=message.recipient_name,
        written_at=message.created_at,
    )
    try:
        receipt = courier.send(letter)
    except Undelivered as failure:
        changes = _after_failure(message, failure, at)
    except Exception as error:  # a gateway's fault must not stop the messages behind this one
        logger.exception("message %s was not handed over", message.pk)
        changes = _after_failure(message, Undelivered(f"{type(error).__name__}: {error}"), at)
    else:
        changes = _after_success(message, receipt, at)
    # Whoever was overtaken by another worker after losing the lease keeps silent.
    Message.objects.filter(pk=message.pk, attempts=message.attempts).update(**changes)


def _after_success(message: Message, receipt: Receipt, at: datetime) -> dict[str, object]:
    ask = at + _FIRST_QUESTION if message.channel == Channel.SMS and receipt.provider_id else None
    return {
        "state": State.SENT,
        "sent_at": at,
        "provider_id": receipt.provider_id[:120],
        "last_error": "",
        "next_attempt_at": ask,
        **_wiped(message),
    }


def _after_failure(message: Message, failure: Undelivered, at: datetime) -> dict[str, object]:
    again = next_attempt(
        message.pk,
        created_at=message.created_at,
        attempts=message.attempts,
        at=at,
        retry_after=failure.retry_after,
    )
    changes: dict[str, object] = {"last_error": str(failure)[:300]}
    if failure.is_final or again is None:
        return changes | {"state": State.UNDELIVERABLE, "next_attempt_at": None, **_wiped(message)}
    return changes | {"state": State.FAILED, "next_attempt_at": again}


def _wiped(message: Message) -> dict[str, object]:
    return {"body": WIPED} if KINDS[message.kind].is_secret else {}
