"""What agencies answer for: that they looked through what is published of their procedures (BN-1)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.agencies.models import Agency
from motcua.procedures.models.catalogue import ProcedureRevision


class InformationCheck(models.Model):
    """An agency says that what is published of a procedure is whole and right. A new revision asks for a new check."""

    revision = models.ForeignKey(ProcedureRevision, on_delete=models.CASCADE, related_name="checks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="information_checks")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_by_name = models.CharField(max_length=250)
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["agency", "revision"]
        constraints = [models.UniqueConstraint(fields=["revision", "agency"], name="information_checked_once")]


class InformationReminder(models.Model):
    """Who runs the portal reminded an agency of what is missing."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="information_reminders")
    procedures = models.PositiveIntegerField()
    """How many of its procedures lacked something that day."""
    told = models.PositiveIntegerField()
    """How many people of the agency found it in their inbox."""
    sent_by_name = models.CharField(max_length=250)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["agency", "-sent_at"]
        indexes = [models.Index(fields=["agency", "-sent_at"], name="reminders_of_agency")]
