"""The result of a dossier: drafted by a division, approved by a leader, numbered and sealed, handed over."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.dossiers.models.dossier import Dossier
from motcua.files.models import StoredFile
from motcua.rules import words


class Result(models.Model):
    """One result; a refusal on the merits is a result too, with its reasons (BD-38)."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="result")
    outcome = models.CharField(max_length=12, choices=list(words.OUTCOMES.items()))
    title = models.CharField(max_length=250)
    body = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """A finished document drafted elsewhere; without one the system sets the result from ``body``."""
    drafted_by_name = models.CharField(max_length=250)
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by_name = models.CharField(max_length=250, blank=True)
    approved_title = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    number = models.CharField(max_length=60, blank=True)
    sealed_by_name = models.CharField(max_length=250, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)


class Handover(models.Model):
    """Proof of delivery: to whom, how, against which identity, with originals compared where policy asks (BD-28)."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="handover")
    channel = models.CharField(max_length=8, choices=list(words.CHANNELS.items()))
    receiver_name = models.CharField(max_length=250)
    receiver_identity = models.CharField(max_length=20, blank=True)
    parcel_number = models.CharField(max_length=60, blank=True)
    originals_checked = models.BooleanField(default=False)
    form_signed = models.BooleanField(default=False)
    compared_with = models.CharField(max_length=24, blank=True)
    """`rules.acts.Compared` as it held for this hand-over."""
    compared_items = models.JSONField(default=list, blank=True)
    """Requirement keys whose pictures were held against paper."""
    receipt_signed = models.BooleanField(default=False)
    """The receiver signed for a registered parcel (KT-20)."""
    note = models.CharField(max_length=1000, blank=True)
    handed_by_name = models.CharField(max_length=250)
    handed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["dossier"]
