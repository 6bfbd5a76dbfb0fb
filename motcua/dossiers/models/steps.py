"""Where a dossier has been: one row per station, the stuff of the control sheet (Mẫu 05)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency, Division
from motcua.dossiers.models.dossier import Dossier
from motcua.rules.acts import StepKind


class StepRun(models.Model):
    """One passage through a step: given, taken, finished, with its budget and its use in working minutes."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="steps")
    index = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in StepKind])
    title = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit_name = models.CharField(max_length=250)
    given_by_name = models.CharField(max_length=250)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    given_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    """When one of those who may do it first opened the dossier; until then whoever gave it may recall it."""
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    holder_name = models.CharField(max_length=250, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    budget_minutes = models.PositiveIntegerField()
    due_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    used_minutes = models.PositiveIntegerField(default=0)
    """Working minutes used before the present stretch (pauses excluded)."""
    running_since = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar = ["dossier", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(finished_at__isnull=True), name="one_open_step")
        ]


class Consultation(models.Model):
    """An opinion asked of another division or agency, with a clock of its own; the asker answers for the whole."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="consultations")
    run = models.ForeignKey(StepRun, on_delete=models.CASCADE, related_name="consultations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit_name = models.CharField(max_length=250)
    question = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=250)
    asked_at = models.DateTimeField()
    budget_minutes = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    agrees = models.BooleanField(null=True, blank=True)
    opinion = models.TextField(blank=True)
    answered_by_name = models.CharField(max_length=250, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    used_minutes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["dossier", "pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "division", "due_at"], condition=Q(answered_at__isnull=True), name="opinion_open"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "agency", "division"],
                condition=Q(answered_at__isnull=True),
                nulls_distinct=False,
                name="one_open_opinion_per_unit",
            )
        ]


class InternalNote(models.Model):
    """A remark among officers on a dossier; the applicant never sees it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="internal_notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=250)
    at = models.DateTimeField()
    text = models.TextField()
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="mentioned_in")

    class Meta:
        ordering: ClassVar = ["dossier", "pk"]
