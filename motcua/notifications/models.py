"""The outbox: one row per message and channel, written in the transaction of the act it tells about."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The road a message takes."""

    PORTAL = "portal", _("Hộp thư trên cổng")
    EMAIL = "email", _("Thư điện tử")
    SMS = "sms", _("Tin nhắn SMS")


class State(models.TextChoices):
    """How far a message came: `SENT` was taken over by a provider, `DELIVERED` is known to have arrived."""

    PENDING = "pending", _("Đang chờ gửi")
    SENT = "sent", _("Đã gửi")
    DELIVERED = "delivered", _("Đã đến người nhận")
    FAILED = "failed", _("Gửi lỗi, sẽ gửi lại")
    UNDELIVERABLE = "undeliverable", _("Không gửi được")


class Message(models.Model):
    """One message to one person over one channel. Its id is the idempotency key every provider gets.

    `subject_ref` is the dossier code, or empty. `attempts` counts hand-overs begun; `next_attempt_at` is when
    the next may begin, and also the lease of the worker that holds the message at this moment.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient_account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="messages",
        db_index=False,
    )
    recipient_name = models.CharField(max_length=250, blank=True)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    address = models.CharField(max_length=254, blank=True)
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=250, blank=True)
    body = models.TextField()
    subject_ref = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=13, choices=State.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    provider_id = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="message_channel_known"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["pending", "failed"]),
                name="message_to_send",
            ),
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state="sent", channel="sms"),
                name="message_to_confirm",
            ),
            models.Index(
                fields=["recipient_account", "-created_at"],
                condition=Q(channel="portal"),
                name="message_inbox",
            ),
            models.Index(fields=["subject_ref"], condition=~Q(subject_ref=""), name="message_of_ref"),
            models.Index(fields=["-created_at"], condition=Q(state="undeliverable"), name="message_undeliverable"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel} ({self.state})"
