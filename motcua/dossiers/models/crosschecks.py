"""What connected databases answered about declarations."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.dossiers.models.dossier import Dossier
from motcua.rules.crosscheck import REGISTERS


class CrossCheck(models.Model):
    """One number of a form asked of one database: who asked, when, what for, and a verdict on each declared answer.

    The least is kept: no verdict holds what the database says unless it differs from what was declared.
    """

    request_id = models.UUIDField(primary_key=True)
    """Ours; the database's own record of the reading carries it too."""
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="crosschecks", db_index=False)
    register = models.CharField(max_length=12, choices=[(one.value, name) for one, name in REGISTERS.items()])
    path = models.CharField(max_length=100)
    """Where the number stands in the form: ``nam_so_dinh_danh``, ``thanh_vien.0.so_dinh_danh``."""
    label = models.CharField(max_length=300)
    declared_digest = models.CharField(max_length=64)
    """Keyed digest of the answers compared: tells whether the form was changed afterwards."""
    results = models.JSONField()
    """``[{"part", "item", "label", "match", "source_value"?}]``, one for each answer compared."""
    source = models.CharField(max_length=200)
    """Which system answered, in its own words."""
    answered_at = models.DateTimeField(null=True)
    """The moment the database gives with its answer."""
    answer_digest = models.CharField(max_length=64)
    """SHA-256 of the answer as it came; the answer itself is not kept."""
    purpose = models.CharField(max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=250)
    asked_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["dossier", "asked_at", "path"]
        indexes: ClassVar = [models.Index(fields=["dossier", "asked_at"], name="crosscheck_of_dossier")]
