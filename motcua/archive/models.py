"""Closed dossiers as preservation packages: what is kept, for how long, what holds it, and what was destroyed.

A row here outlives the dossier it speaks of. It names the dossier by its code and never its applicant, so that the
record of a destruction tells nothing about anybody.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.dossiers.models import Dossier
from motcua.rules.retention import TERM_WORDS, Term


class Package(models.Model):
    """One closed dossier in the archive (`PreservationPackage`): a BagIt bag in one ZIP, its digest and its term."""

    code = models.CharField(max_length=50, unique=True)
    dossier = models.OneToOneField(
        Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="package", db_index=False
    )
    """None once destroyed. While it is kept, nobody can delete the dossier behind it."""
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    procedure_code = models.CharField(max_length=40)
    procedure_name = models.CharField(max_length=2000)
    sector_code = models.CharField(max_length=20)
    closed_at = models.DateTimeField()
    kept_at = models.DateTimeField()

    term = models.CharField(max_length=10, choices=[(term.value, words) for term, words in TERM_WORDS.items()])
    term_basis = models.CharField(max_length=300)
    term_confirmed = models.BooleanField(default=False)
    """False where nobody has said the term of this procedure: such a package cannot be proposed for destruction."""
    ends_on = models.DateField(null=True, blank=True)
    """The last day of the term; None for ever."""

    key = models.CharField(max_length=200, unique=True, null=True, blank=True)
    """Where it lies in the vault; None when its bytes are gone."""
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    manifest_sha256 = models.CharField(max_length=64)
    """Of the tag manifest, which covers every part: what the seal is over."""

    checked_at = models.DateTimeField()
    """When its bytes were last compared with their digest."""
    fault = models.CharField(max_length=300, blank=True)
    """What was found wrong at that look."""
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-closed_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "destroyed_at", "closed_at", "id"], name="package_of_agency"),
            models.Index(
                fields=["agency", "ends_on", "id"],
                condition=Q(ends_on__isnull=False, destroyed_at__isnull=True),
                name="package_term",
            ),
            models.Index(fields=["agency", "procedure_code", "closed_at", "id"], name="package_procedure"),
            models.Index(fields=["checked_at"], condition=Q(destroyed_at__isnull=True), name="package_checked"),
            models.Index(fields=["agency", "id"], condition=~Q(fault=""), name="package_faulty"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(term__in=[term.value for term in Term]), name="package_term_known"),
            models.CheckConstraint(
                condition=Q(dossier__isnull=False, key__isnull=False) | Q(destroyed_at__isnull=False),
                name="package_kept_or_destroyed",
            ),
            models.CheckConstraint(
                condition=Q(term=Term.PERMANENT.value, ends_on__isnull=True)
                | (~Q(term=Term.PERMANENT.value) & Q(ends_on__isnull=False)),
                name="package_for_ever_has_no_end",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def term_words(self) -> str:
        return TERM_WORDS[Term(self.term)]

    @property
    def subject(self) -> tuple[str, str]:
        """How the record of acts refers to it."""
        return ("archive", self.code)


class Hindrance(models.Model):
    """Why a dossier that is due has not gone into the archive: told once, taken away when it has."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="archive_hindrance")
    words = models.CharField(max_length=300)
    since = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["since"]


class Hold(models.Model):
    """A package is kept beyond its term because of a case or a complaint, until somebody lifts the hold."""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=500)
    placed_by_name = models.CharField(max_length=250)
    placed_at = models.DateTimeField()
    lifted_by_name = models.CharField(max_length=250, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lift_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["package", "placed_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package"], condition=Q(lifted_at__isnull=True), name="one_open_hold"),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_a_reason"),
        ]


class Destruction(models.Model):
    """A list of packages whose term is over: proposed by one person, approved or dropped by another."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    """The decision or the list of records it rests on."""
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=250)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by_name = models.CharField(max_length=250, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    drop_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(dropped_at__isnull=True), name="destruction_decided_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
                name="destruction_needs_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(decided_by__isnull=False), name="destruction_approved_by_one"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.approved_at is None and self.dropped_at is None


class DestructionLine(models.Model):
    """One package of a list. After the destruction this is what is left of it: its digests, never its content."""

    destruction = models.ForeignKey(Destruction, on_delete=models.PROTECT, related_name="lines")
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="lines")
    is_pending = models.BooleanField(default=True)
    """Its list is still open."""
    spared = models.CharField(max_length=300, blank=True)
    """Why it was kept after all."""
    digests = models.JSONField(default=dict, blank=True)
    """SHA-256 of the package and of every part of it, by its place in the package."""
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["destruction", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["destruction", "package"], name="package_once_per_list"),
            models.UniqueConstraint(fields=["package"], condition=Q(is_pending=True), name="package_on_one_open_list"),
        ]
