"""What a dossier contains: enclosed papers, officers' findings on them, and supplement requests."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier
from motcua.files.models import StoredFile


class Enclosure(models.Model):
    """A file handed in for a component (giấy tờ kèm theo). Replaced ones stay, with the time of removal."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="enclosures")
    requirement_key = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=250)
    supplement_number = models.PositiveSmallIntegerField(default=0)
    """The supplement round it came with; 0 for the first filing."""
    removed_at = models.DateTimeField(null=True, blank=True)
    reused = models.JSONField(null=True, blank=True)
    """Where it comes from when it was taken from the applicant's vault (`facts.reuse`), pinned with its hash; None for
    a file handed in here."""

    class Meta:
        ordering: ClassVar = ["dossier", "requirement_key", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "file"], name="file_enclosed_once"),
        ]


class Finding(models.Model):
    """An officer's verdict on one item: ``field:<key>`` of the form or ``paper:<requirement key>``."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="findings")
    item = models.CharField(max_length=80)
    verdict = models.CharField(max_length=8, choices=[("ok", "Đạt"), ("wrong", "Chưa đạt")])
    note = models.CharField(max_length=1000, blank=True)
    by_name = models.CharField(max_length=250)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["dossier", "item"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "item"], name="one_finding_per_item")]


class SupplementRequest(models.Model):
    """One complete request for everything missing (Mẫu 02), and the applicant's answer to it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="supplement_requests")
    number = models.PositiveSmallIntegerField()
    items = models.JSONField()
    """``[{"item", "label", "note"}]``: what was marked, in the officer's words."""
    before = models.JSONField(default=dict)
    """The answers as they stood, to see what changed."""
    message = models.TextField(blank=True)
    requested_at = models.DateTimeField()
    requested_by_name = models.CharField(max_length=250)
    answer_by = models.DateTimeField(null=True, blank=True)
    explanations = models.JSONField(default=dict)
    """The applicant's words on an item kept as it was: ``{item: words}``."""
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["dossier", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "number"], name="supplement_number_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(answered_at__isnull=True), name="one_open_supplement"
            ),
        ]
