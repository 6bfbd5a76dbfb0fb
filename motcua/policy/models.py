"""What this province decided, as dated clauses; its office hours and days off."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Agency


class Clause(models.Model):
    """One key of `rules.policy.Policy` with a value, a scope and dates; the narrowest valid clause wins."""

    key = models.CharField(max_length=60)
    value = models.JSONField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True)
    procedure_code = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300)
    """The legal instrument the value comes from."""

    class Meta:
        ordering = ["key", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "agency", "procedure_code", "since"],
                nulls_distinct=False,
                name="clause_once_per_scope_and_day",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="clause_ends_after_it_begins"
            ),
        ]


class OfficeHours(models.Model):
    """Working intervals of a season, for the province or one agency: ``[["07:30","11:30"],["13:30","17:30"]]``."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True)
    intervals = models.JSONField()
    first_month = models.PositiveSmallIntegerField(default=1)
    first_day = models.PositiveSmallIntegerField(default=1)
    last_month = models.PositiveSmallIntegerField(default=12)
    last_day = models.PositiveSmallIntegerField(default=31)
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["agency", "first_month", "first_day"]


class SpecialDay(models.Model):
    """A day off on a weekday, or a make-up working day on a weekend, with its source."""

    class Kind(models.TextChoices):
        OFF = "off", "Nghỉ"
        WORKING = "working", "Đi làm bù"

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=20, default="official")

    class Meta:
        ordering = ["day"]


class CalendarChange(models.Model):
    """Days off, extra working days or new hours, proposed by one person and in force once another has confirmed them.

    Never edited and never taken out: the calendar as it was known at any moment can be told from the confirmed ones,
    and with it every date that was promised then.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True)
    """Whose calendar; None: the whole province's."""
    days_off = models.JSONField(default=dict, blank=True)
    """``{"2026-12-24": "Nghỉ …"}``"""
    working_days = models.JSONField(default=dict, blank=True)
    hours = models.JSONField(default=list, blank=True)
    """Seasons ``[{"intervals": [["07:00","11:30"], …], "first": [4, 16], "last": [10, 15]}]``; empty: unchanged."""
    hours_since = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300)
    """The decision it follows from, in words; told to everybody whose date moves."""
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=250)
    proposed_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=250, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    reached = models.BigIntegerField(default=0)
    """How far the dossiers have been gone through, by key; lets the work go on after a restart."""
    moved = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(dropped_at__isnull=True), name="change_confirmed_or_dropped"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(confirmed_at__isnull=False), name="change_done_once_confirmed"
            ),
        ]


class Outage(models.Model):
    """A time in which the system could not be used; it extends every limit it touched (NĐ 45/2020)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True)
    """Where it happened; None: everywhere."""
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=250)
    recorded_at = models.DateTimeField()
    reached = models.BigIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="outage_ends_after_it_begins"),
        ]
