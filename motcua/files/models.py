"""Tables of the files room: what is known about each stored file; the bytes lie in a Django storage."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """What the scan for malware said; only `CLEAN` and `UNSCANNED` files can be opened (ASVS 5.4.3)."""

    CLEAN = "clean", _("Đã quét, không phát hiện mã độc")
    UNSCANNED = "unscanned", _("Chưa quét mã độc")
    QUARANTINED = "quarantined", _("Đang chờ quét mã độc")
    REFUSED = "refused", _("Có mã độc, đã chặn")


class StoredFile(models.Model):
    """One file as it came in, byte for byte. Nothing about its content changes after it is stored.

    `owner` is a reference written by the room above that holds the file (for instance ``draft:1234``); an
    empty owner means that no room has taken the file yet, and it is removed after two days. `page_count` is
    known for PDFs only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    storage_key = models.CharField(max_length=120, unique=True)
    uploaded_by_id = models.BigIntegerField(null=True)
    uploaded_at = models.DateTimeField()
    page_count = models.PositiveIntegerField(null=True)
    signatures = models.PositiveSmallIntegerField(default=0)
    """Digital signatures a PDF shows by its structure (`files.signatures`); nobody has judged whether they hold."""
    state = models.CharField(max_length=12, choices=ScanState.choices)
    owner = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ScanState.values), name="stored_file_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner"]),
            models.Index(fields=["uploaded_at"], condition=Q(state="quarantined"), name="stored_file_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.size} bytes)"

    @property
    def is_readable(self) -> bool:
        """Whether anybody may open the file now."""
        return self.state in {ScanState.CLEAN, ScanState.UNSCANNED}
