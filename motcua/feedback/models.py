"""What people tell the offices: reports of violations as cases with a log, and ratings of what pages say.

A case is what any petition needs: a number, how it came, its own limit, who deals with it, a log nobody can change.
``matter`` says what it is about; the rest of the kinds of petition join there. The database refuses to change what was
reported, when, by whom and on what evidence, and to change or remove a line of the log (migration 0002).
"""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Agency
from motcua.files.models import StoredFile
from motcua.rules.violations import (
    ACCUSED_WORDS,
    ENDED,
    ENTRY_WORDS,
    KIND_WORDS,
    STATE_WORDS,
    THING_WORDS,
    Accused,
    CaseState,
    Entry,
    Kind,
    Thing,
)

_OPEN = [state.value for state in CaseState if state not in ENDED]


class Matter(StrEnum):
    """What a case is about."""

    VIOLATION = "violation"


class Via(models.TextChoices):
    """How a case came in."""

    PORTAL = "portal", "Trang Báo vi phạm"
    DESK = "desk", "Cán bộ ghi nhận"


class CaseSeries(models.Model):
    """The last number given to a case of a matter in a year."""

    matter = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "year"], name="one_case_series_a_year")]


class Case(models.Model):
    """One report and what became of it. Says nothing of who reported: that is `CaseReporter`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    matter = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Matter])
    kind = models.CharField(max_length=20, choices=[(kind.value, words.title) for kind, words in KIND_WORDS.items()])
    via = models.CharField(max_length=8, choices=Via)
    once = models.UUIDField(unique=True)
    """Of the form it was sent with: the same form sent twice is one case."""
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    """Whose business it is; None while only the operator knows of it."""

    state = models.CharField(max_length=12, choices=list(STATE_WORDS.items()), default=CaseState.NEW)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    handler_name = models.CharField(max_length=250, blank=True)
    received_at = models.DateTimeField()
    within_days = models.PositiveSmallIntegerField()
    """Working days the policy of that moment gave."""
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    account = models.TextField()
    """What happened, in the reporter's words."""
    place = models.CharField(max_length=300, blank=True)
    happened = models.CharField(max_length=120, blank=True)
    """When, as the reporter remembers it."""
    accused_is = models.CharField(max_length=8, choices=list(ACCUSED_WORDS.items()))
    accused = ArrayField(models.BigIntegerField(), default=list, blank=True)
    """Accounts of officers the case is, or may be, about: for them it does not exist."""
    thing = models.CharField(max_length=8, choices=list(THING_WORDS.items()))
    ref = models.CharField(max_length=200, blank=True)
    """Code, token or address of what was reported, as given."""
    dossier_code = models.CharField(max_length=50, blank=True)
    """The dossier it concerns, where there is one by that code."""
    evidence = models.JSONField(default=dict)
    """What was reported as it stood at that moment (`facts.snapshot`)."""
    evidence_sha256 = models.CharField(max_length=64)

    answer = models.TextField(blank=True)
    """What the reporter is told at the end."""
    passed_to = models.CharField(max_length=250, blank=True)
    """The body that is competent instead."""

    class Meta:
        ordering: ClassVar = ["-received_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-received_at", "-id"], name="case_of_agency"),
            models.Index(fields=["-received_at", "-id"], name="case_by_time"),
            models.Index(fields=["due_at"], condition=Q(closed_at__isnull=True), name="case_falls_due"),
            models.Index(fields=["dossier_code"], condition=~Q(dossier_code=""), name="case_of_dossier"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CaseState]), name="case_state_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="case_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=_OPEN, closed_at__isnull=True)
                | (~Q(state__in=_OPEN) & Q(closed_at__gte=F("received_at"))),
                name="case_is_closed_when_it_has_ended",
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.NEW.value) | Q(handler__isnull=False), name="case_has_handler_once_taken"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> tuple[str, str]:
        """How the audit refers to it."""
        return ("case", self.number)

    @property
    def is_open(self) -> bool:
        return CaseState(self.state) not in ENDED

    @property
    def state_words(self) -> str:
        return STATE_WORDS[CaseState(self.state)]

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[Kind(self.kind)].title

    @property
    def accused_words(self) -> str:
        return ACCUSED_WORDS[Accused(self.accused_is)]

    @property
    def thing_words(self) -> str:
        return THING_WORDS[Thing(self.thing)]

    def is_late(self, at: datetime) -> bool:
        """Whether the limit passed before it ended."""
        return self.due_at < (self.closed_at or at)


class CaseReporter(models.Model):
    """Who reported, apart from the case so that it is only read where it is needed. No row: anonymous."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="reporter")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=250, blank=True)
    contact = models.CharField(max_length=254, blank=True)


class CaseFile(models.Model):
    """A file handed in with a report, or added by who deals with it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=250)

    class Meta:
        ordering: ClassVar = ["case", "pk"]


class CaseEntry(models.Model):
    """One line of a case's log. Only ever added; each has its event in the audit."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=list(ENTRY_WORDS.items()))
    state_after = models.CharField(max_length=12, choices=list(STATE_WORDS.items()))
    words = models.TextField(blank=True)
    by_account_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=250)

    class Meta:
        ordering: ClassVar = ["case", "pk"]

    @property
    def title(self) -> str:
        return ENTRY_WORDS[Entry(self.kind)]

    @property
    def state_words(self) -> str:
        return STATE_WORDS[CaseState(self.state_after)]


class Rating(models.Model):
    """Whether a page was of use to somebody (KT-25). Knows nobody: ``rater`` is a digest that serves to count once."""

    page = models.CharField(max_length=80)
    """What was rated: "guide", "rules", "procedure:2.000635"."""
    version = models.CharField(max_length=40)
    """Of what it said then; a page that changes is asked about anew."""
    rater = models.CharField(max_length=64)
    is_useful = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["page", "-at"], name="rating_of_page"),
            models.Index(fields=["-at"], name="rating_by_time"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "version", "rater"], name="one_rating_a_person_and_version"),
        ]
