"""Many at once: saved views of the lists, acts on many dossiers, exports. Each row is its own job for the worker."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency


class SavedView(models.Model):
    """A list somebody comes back to: its filters and columns under a name, one's own or the whole agency's."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    owner_name = models.CharField(max_length=250)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """For whom it is shared; None keeps it to its owner."""
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    """The list's address after the question mark; never what was typed to search (names, identity numbers)."""
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "name"], name="view_name_once")]

    def __str__(self) -> str:
        return self.name


class BulkRun(models.Model):
    """One act on many dossiers: prepared (each decided), confirmed once, then done one by one by the workers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=250)
    act = models.CharField(max_length=24)
    details = models.JSONField(default=dict)
    back = models.CharField(max_length=1000, blank=True)
    """The list's address after the question mark, to go back to."""
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by")
    prepared_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-prepared_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["confirmed_at"],
                condition=Q(confirmed_at__isnull=False, finished_at=None),
                name="bulk_under_way",
            ),
            models.Index(fields=["prepared_at"], condition=Q(confirmed_at=None), name="bulk_prepared"),
        ]


class BulkItem(models.Model):
    """One dossier of a run. Its state changes in the transaction of the act itself, so that it is done at most once."""

    class State(models.TextChoices):
        BARRED = "barred", "Không thực hiện"
        WAITING = "waiting", "Đang chờ"
        DONE = "done", "Đã xong"
        REFUSED = "refused", "Không thực hiện được"

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=50)
    applicant = models.CharField(max_length=250)
    procedure = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=State)
    words = models.TextField(blank=True)
    """What will happen, what happened, or why not."""
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["run", "position"]
        indexes: ClassVar = [
            models.Index(fields=["run", "position"], condition=Q(state="waiting"), name="bulk_items_waiting")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "position"], name="bulk_position_once"),
            models.UniqueConstraint(fields=["run", "code"], name="bulk_code_once"),
        ]


class ExportRun(models.Model):
    """A list as a file: asked for, made by a worker where it is long, kept for two days. Every export is audited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=250)
    kind = models.CharField(max_length=4, choices=[("xlsx", "XLSX"), ("csv", "CSV")])
    asked = models.JSONField(default=dict)
    """Tab, filters and columns of the list."""
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    content = models.BinaryField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        indexes: ClassVar = [models.Index(fields=["asked_at"], condition=Q(finished_at=None), name="export_waiting")]
