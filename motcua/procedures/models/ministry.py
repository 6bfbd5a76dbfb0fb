"""Systems in which ministries take dossiers themselves, people handed over to them, and what they report (BD-12)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motcua.procedures.models.catalogue import Procedure
from motcua.rules.codes.status import NationalStatus


class MinistrySystem(models.Model):
    """A ministry's own system of level 3 and 4 services. ``key`` names it in tokens, reports and settings."""

    class HandOverWay(models.TextChoices):
        TOKEN = "token", "Nhận người nộp bằng mã chuyển có chữ ký"
        LINK = "link", "Chỉ mở địa chỉ"

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    ministry = models.CharField(max_length=200)
    base_url = models.URLField(max_length=300)
    hand_over = models.CharField(max_length=8, choices=HandOverWay, default=HandOverWay.LINK)
    until = models.DateField(null=True, blank=True)
    """The first day on which nobody is handed over any more."""

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class MinistryService(models.Model):
    """A procedure whose dossiers a ministry's system takes."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="ministry_services")
    system = models.ForeignKey(MinistrySystem, on_delete=models.PROTECT, related_name="services")
    level = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    """What the ministry calls the service."""
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["system", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(until__isnull=True), name="one_ministry_service_a_procedure"
            ),
            models.CheckConstraint(condition=Q(level__in=[3, 4]), name="ministry_service_level_3_or_4"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="ministry_service_in_order"
            ),
        ]


class HandOver(models.Model):
    """A person sent to a ministry's system with her consent. The key travels in a signed token for a few minutes."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(MinistryService, on_delete=models.PROTECT, related_name="hand_overs")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    """When the ministry's system asked who it is: once."""

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["account", "-created_at"], name="hand_overs_of_account")]


class MinistryDossier(models.Model):
    """A dossier in a ministry's system, as last reported."""

    system = models.ForeignKey(MinistrySystem, on_delete=models.PROTECT, related_name="dossiers")
    code = models.CharField(max_length=60)
    hand_over = models.OneToOneField(HandOver, on_delete=models.PROTECT, related_name="dossier")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.PositiveSmallIntegerField(choices=[(one.value, one.label) for one in NationalStatus])
    note = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)
    """Where the person follows it, within the ministry's system."""
    sequence = models.PositiveIntegerField()
    """Of the last report that was heeded."""
    first_heard_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["account", "-changed_at"], name="ministry_dossiers_of_account"),
            models.Index(fields=["code"], name="ministry_dossiers_by_code"),
        ]
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="ministry_dossier_once")]


class MinistryReport(models.Model):
    """One report, kept as it came; ``is_heeded`` says whether it changed anything."""

    dossier = models.ForeignKey(MinistryDossier, on_delete=models.PROTECT, related_name="reports")
    system = models.ForeignKey(MinistrySystem, on_delete=models.PROTECT, related_name="reports")
    report_id = models.CharField(max_length=80)
    status = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    is_heeded = models.BooleanField()
    heard_at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "pk"]
        constraints = [models.UniqueConstraint(fields=["system", "report_id"], name="ministry_report_once")]
