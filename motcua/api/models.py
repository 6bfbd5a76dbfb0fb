"""What a repeated request is recognised by."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class IdempotencyKey(models.Model):
    """The key a filing came with and what was answered; kept as long as the dossier (promises §2).

    Only filings that succeeded leave a key: one that was refused changed nothing and may be sent again, mended.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    """SHA-256 of what was sent: the data and every file."""
    dossier = models.UUIDField()
    """Public id of the dossier that came of it."""
    response = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.key}"
