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


class Apology(models.Model):
    """Why a dossier is late and when it will be done instead (Mẫu 04): drafted, signed by a leader, sent. One only."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="apology")
    reason = models.TextField()
    was_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    drafted_by_name = models.CharField(max_length=250)
    drafted_at = models.DateTimeField()
    signed_by_name = models.CharField(max_length=250, blank=True)
    signed_title = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    by_the_clock = models.BooleanField(default=False)
    """Sent by the system at the breach because nobody had signed; the leader was told."""

    class Meta:
        ordering: ClassVar = ["dossier"]


class TimerMark(models.Model):
    """A timer that has rung for a dossier: each kind rings once for each date, however often it is looked at."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="timer_marks")
    kind = models.CharField(max_length=24)
    due_at = models.DateTimeField()
    of = models.PositiveBigIntegerField(default=0)
    """Tells apart several at one limit: the key of the opinion asked, or the number of the escalation."""
    rung_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["dossier", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "kind", "due_at", "of"], name="timer_rings_once")
        ]
