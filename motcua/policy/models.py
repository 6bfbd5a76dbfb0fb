"""What this province decided, as dated clauses; its office hours and days off."""

from __future__ import annotations

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
