"""What happened, as people read it, and every date that was promised with the reason for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from motcua.dossiers.models.dossier import Dossier


class TimelineEntry(models.Model):
    """One act as the citizen and the officers read it. The audit chain holds the proof; this holds the words."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="timeline")
    at = models.DateTimeField()
    act = models.CharField(max_length=24)
    state_after = models.CharField(max_length=24)
    by_account_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=250)
    unit_name = models.CharField(max_length=250, blank=True)
    note = models.TextField(blank=True)
    is_public = models.BooleanField(default=True)
    """Whether the applicant sees it; inner findings and drafts are not public."""

    class Meta:
        ordering: ClassVar = ["dossier", "pk"]


class Promise(models.Model):
    """A date given to the applicant or to an officer, with the counting that led to it."""

    class What(models.TextChoices):
        ACCEPTANCE = "acceptance", "Hạn tiếp nhận"
        RESULT = "result", "Ngày hẹn trả"

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="promises")
    what = models.CharField(max_length=12, choices=What)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    inputs = models.JSONField()
    """``{"start", "amount", "unit", "same_day_cutoff", "pauses"}``: what the counting needs besides the calendar."""
    explanation = models.JSONField()
    """The ordered spans counted and skipped, as `rules.worktime` gives them."""
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["dossier", "what", "pk"]
