"""What agencies answer for: what is published of their procedures (BN-1), and which services they offer (BD-69)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Agency, OneStopCounter
from motcua.procedures.models.catalogue import Procedure, ProcedureRevision, ServiceMode
from motcua.rules.completeness import PART_WORDS


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


class InformationSupply(models.Model):
    """What an agency wrote for a part of a procedure that was missing or in doubt, and what became of it."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="supplies")
    revision = models.ForeignKey(ProcedureRevision, on_delete=models.SET_NULL, null=True, related_name="supplies")
    """The revision that lacked it; none once another took its place."""
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="information_supplies")
    part = models.CharField(max_length=12, choices=[(part.value, words) for part, words in PART_WORDS.items()])
    words = models.TextField()
    supplied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    supplied_by_name = models.CharField(max_length=250)
    supplied_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=250, blank=True)
    is_taken = models.BooleanField(default=False)
    """Whether the catalogue says it now."""
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["agency", "-supplied_at"]
        indexes = [models.Index(fields=["agency", "-supplied_at"], name="supplies_of_agency")]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "agency", "part"], condition=Q(settled_at__isnull=True), name="one_open_supply"
            )
        ]


class ServiceProposal(models.Model):
    """An agency asks the office of the provincial committee to begin, change or end a service (BD-69)."""

    class Kind(models.TextChoices):
        START = "start", "Bắt đầu cung cấp"
        CHANGE = "change", "Thay đổi"
        STOP = "stop", "Ngừng cung cấp"

    class State(models.TextChoices):
        OPEN = "open", "Chờ đơn vị vận hành cổng"
        APPROVED = "approved", "Đã chấp thuận"
        RETURNED = "returned", "Trả lại"
        WITHDRAWN = "withdrawn", "Đã rút"

    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="proposals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="service_proposals")
    counter = models.ForeignKey(OneStopCounter, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Where dossiers are handed in; none where the service ends."""
    service_level = models.PositiveSmallIntegerField(null=True, blank=True)
    service_mode = models.CharField(max_length=12, choices=ServiceMode, blank=True)
    channels = models.JSONField(default=list, blank=True)
    since = models.DateField()
    """From which day it is to hold."""
    reason = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=250)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by_name = models.CharField(max_length=250, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=500, blank=True)
    """Why it was returned, or what was said with the approval."""
    effective = models.DateField(null=True, blank=True)
    """The day from which the service changed: the day asked for, or that of a later approval."""

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index(fields=["agency", "-proposed_at"], name="proposals_of_agency"),
            models.Index(fields=["state", "-proposed_at"], name="proposals_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "procedure"], condition=Q(state="open"), name="one_open_service_proposal"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(state="withdrawn") | ~Q(decided_by=F("proposed_by")),
                name="second_person_decides_service",
            ),
        ]
