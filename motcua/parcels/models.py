"""Envelopes that travel between citizens and one-stop counters, the lists by which they change hands, lost ones.

The room knows nothing of dossiers: an envelope carries a dossier's code as text.
"""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Agency, OneStopCounter
from motcua.files.models import StoredFile
from motcua.rules import parcels as law
from motcua.rules.parcels import CaseState, ListState, ParcelState, Reporter, Way

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No sign that can be taken for another."""

_LIVE = sorted(state.value for state in law.LIVE)


def _random(letters: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(letters))


def new_number() -> str:
    """A number for an envelope, not to be guessed from the one before."""
    return f"BG{_random(9)}"


def new_list_number() -> str:
    return f"DS{_random(8)}"


class Service(models.Model):
    """Which post office works for which one-stop counter."""

    counter = models.OneToOneField(OneStopCounter, on_delete=models.PROTECT, related_name="post_service")
    unit = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="served_counters")

    class Meta:
        ordering: ClassVar = ["counter"]


class Parcel(models.Model):
    """One envelope: a result on its way to a citizen, or a dossier's papers on their way to the counter."""

    number = models.CharField(max_length=20, unique=True, default=new_number, editable=False)
    ref = models.CharField(max_length=50)
    """The dossier's code."""
    way = models.CharField(max_length=12, choices=list(law.WAY_WORDS.items()))
    unit = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="parcels", db_index=False)
    """The post office that carries it."""
    counter = models.ForeignKey(OneStopCounter, on_delete=models.PROTECT, related_name="parcels", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    """The agency whose dossier it is: its counter officers may see it."""
    state = models.CharField(max_length=12, choices=list(law.STATE_WORDS.items()), default=ParcelState.READY)
    name = models.CharField(max_length=250)
    address = models.CharField(max_length=400, blank=True)
    phone = models.CharField(max_length=15, blank=True)
    is_registered = models.BooleanField(default=False)
    """The receiver signs for it (KT-20)."""
    is_inside = models.BooleanField(null=True, blank=True)
    """Whether the address lies inside the province; None until somebody has said so."""
    within_hours = models.PositiveSmallIntegerField(default=0)
    """The policy's limit inside the province, in elapsed hours; 0 for none."""
    ready_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    received_by = models.CharField(max_length=250, blank=True)
    relation = models.CharField(max_length=60, blank=True)
    """What the receiver is to the addressee."""
    receipt_signed = models.BooleanField(default=False)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    label_number = models.CharField(max_length=60, blank=True)
    """The carrier's number, on the envelope."""
    carrier_sequence = models.PositiveIntegerField(default=0)
    """The newest report of the carrier that was heeded; older ones that come later change nothing."""
    ship_after = models.DateTimeField(null=True, blank=True)
    """When to order the carriage (again); None: nothing to order."""
    ship_attempts = models.PositiveSmallIntegerField(default=0)
    ship_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["ready_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "due_at"], name="parcel_of_unit"),
            models.Index(fields=["counter", "state", "due_at"], name="parcel_of_counter"),
            models.Index(fields=["ref"], name="parcel_of_dossier"),
            models.Index(fields=["label_number"], condition=~Q(label_number=""), name="parcel_of_label"),
            models.Index(fields=["ship_after"], condition=Q(ship_after__isnull=False), name="parcel_to_ship"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ref", "way"], condition=Q(state__in=_LIVE), name="one_live_parcel_per_dossier_and_way"
            ),
            models.CheckConstraint(condition=Q(state__in=[state.value for state in ParcelState]), name="parcel_state"),
            models.CheckConstraint(condition=Q(way__in=[way.value for way in Way]), name="parcel_way"),
            models.CheckConstraint(
                condition=~Q(state=ParcelState.DELIVERED.value) | ~Q(received_by=""),
                name="delivered_parcel_has_receiver",
            ),
            models.CheckConstraint(
                condition=~Q(state=ParcelState.DELIVERED.value, is_registered=True, receipt_signed=False),
                name="registered_parcel_is_signed_for",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> tuple[str, str]:
        """How the audit record refers to it."""
        return ("parcel", self.number)

    @property
    def state_words(self) -> str:
        return law.STATE_WORDS[ParcelState(self.state)]

    @property
    def way_words(self) -> str:
        return law.WAY_WORDS[Way(self.way)]


class ParcelEvent(models.Model):
    """What happened to an envelope, as clerk, counter and citizen read it; a carrier's report comes in once."""

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    words = models.CharField(max_length=300)
    by_name = models.CharField(max_length=250)
    report_id = models.CharField(max_length=80, blank=True)
    """The carrier's own id of its report."""
    is_heeded = models.BooleanField(default=True)
    """False for a report that came too late or made no sense: kept, but nothing followed from it."""

    class Meta:
        ordering: ClassVar = ["parcel", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report_id"], condition=~Q(report_id=""), name="carrier_report_once"),
        ]


class HandoverList(models.Model):
    """A list of envelopes that change hands between one counter and its post office, one way (QĐ 45/2016/QĐ-TTg)."""

    number = models.CharField(max_length=20, unique=True, default=new_list_number, editable=False)
    way = models.CharField(max_length=12, choices=list(law.WAY_WORDS.items()))
    unit = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="handover_lists")
    counter = models.ForeignKey(OneStopCounter, on_delete=models.PROTECT, related_name="handover_lists")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=list(law.LIST_WORDS.items()), default=ListState.OPEN)
    opened_at = models.DateTimeField()
    opened_by_name = models.CharField(max_length=250)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=250, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=250, blank=True)
    counted = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-opened_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state"], name="list_of_unit"),
            models.Index(fields=["counter", "state"], name="list_of_counter"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> tuple[str, str]:
        return ("parcel_list", self.number)

    @property
    def state_words(self) -> str:
        return law.LIST_WORDS[ListState(self.state)]

    @property
    def way_words(self) -> str:
        return law.WAY_WORDS[Way(self.way)]


class ListLine(models.Model):
    """One envelope on one list."""

    list = models.ForeignKey(HandoverList, on_delete=models.CASCADE, related_name="lines")
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="lines")
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=250)
    is_pending = models.BooleanField(default=True)
    """Until both sides have confirmed the list."""

    class Meta:
        ordering: ClassVar = ["list", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parcel"], condition=Q(is_pending=True), name="parcel_on_one_open_list"),
            models.UniqueConstraint(fields=["list", "parcel"], name="parcel_once_on_a_list"),
        ]


class LostCase(models.Model):
    """An envelope that was lost: what the post pays, how the papers are made again, what the citizen was told (BD-82).

    Data with an audit trail; no money moves here.
    """

    parcel = models.OneToOneField(Parcel, on_delete=models.PROTECT, related_name="lost_case")
    state = models.CharField(max_length=12, choices=list(law.CASE_WORDS.items()), default=CaseState.OPENED)
    reporter = models.CharField(max_length=12, choices=list(law.REPORTER_WORDS.items()))
    account = models.TextField()
    """What happened, in the reporter's words."""
    opened_at = models.DateTimeField()
    opened_by_name = models.CharField(max_length=250)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    compensated_at = models.DateTimeField(null=True, blank=True)
    compensated_by_name = models.CharField(max_length=250, blank=True)
    new_papers = models.TextField(blank=True)
    """Which papers are made again, and from whom."""
    is_duplicate_asked = models.BooleanField(default=False)
    """The agency was asked for another original of the result."""
    contact = models.CharField(max_length=250, blank=True)
    """Who helps the citizen, and how to reach him."""
    helped_at = models.DateTimeField(null=True, blank=True)
    helped_by_name = models.CharField(max_length=250, blank=True)
    closing_words = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering: ClassVar = ["-opened_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="lost_case_closes_after_it_opens",
            ),
        ]

    @property
    def state_words(self) -> str:
        return law.CASE_WORDS[CaseState(self.state)]

    @property
    def reporter_words(self) -> str:
        return law.REPORTER_WORDS[Reporter(self.reporter)]


class Compensation(models.Model):
    """One cost or fee the post makes good, in đồng."""

    case = models.ForeignKey(LostCase, on_delete=models.CASCADE, related_name="compensations")
    name = models.CharField(max_length=250)
    amount = models.PositiveBigIntegerField()

    class Meta:
        ordering: ClassVar = ["case", "pk"]
