"""Bodies of the province, their divisions and one-stop counters, and the posts people hold in them, all with dates.

An agency is never deleted: it ends, and successors take over (law.md §9.2).
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.rules.people import Role


class Tier(models.TextChoices):
    """Levels of government (cấp). The district tier exists under the 2018 scheme only."""

    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"


class AgencyKind(models.TextChoices):
    DEPARTMENT = "department", "Sở, ban, ngành"
    PUBLIC_SERVICE_UNIT = "public_service_unit", "Đơn vị sự nghiệp"
    PEOPLES_COMMITTEE = "peoples_committee", "Ủy ban nhân dân"
    SERVICE_CENTER = "service_center", "Trung tâm Phục vụ hành chính công"
    VERTICAL = "vertical", "Cơ quan ngành dọc"
    POST = "post", "Doanh nghiệp bưu chính công ích"


class DatedQuerySet(models.QuerySet["Agency"]):
    def valid_at(self, at: datetime) -> DatedQuerySet:
        """Rows in force at this moment."""
        day = at.date()
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))


class Agency(models.Model):
    """A body with legal competence (cơ quan). ``code`` is the identifier of QĐ 20/2020/QĐ-TTg, e.g. ``H08.01``."""

    code = models.CharField(max_length=35, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=AgencyKind)
    tier = models.CharField(max_length=12, choices=Tier)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    unit_code = models.CharField(max_length=8, blank=True)
    """Administrative unit governed (code of the unit tree), empty for departments."""
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    bank_account = models.CharField(max_length=200, blank=True)
    """Number, bank and holder as published, for fees paid by transfer or by post (KT-16, KT-17)."""
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")
    inherits = ArrayField(models.BigIntegerField(), default=list, blank=True)
    """Every agency before it, near and far, so that asking who may see what needs no walk along `predecessors`."""

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["tier", "code"]), models.Index(fields=["unit_code"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="agency_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Division(models.Model):
    """A division within an agency (phòng chuyên môn, bộ phận). Routes name it by ``key``."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="divisions")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["agency", "name"]
        constraints = [models.UniqueConstraint(fields=["agency", "key"], name="division_key_once_per_agency")]

    def __str__(self) -> str:
        return self.name


class OneStopCounter(models.Model):
    """A place where dossiers are handed in and results collected (bộ phận một cửa, TT PVHCC), for several agencies."""

    host = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="hosted_counters")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    serves = models.ManyToManyField(Agency, related_name="counters")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PostHeld(models.Model):
    """A role an account holds in an agency from one moment to another (architecture: posts held from–to)."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    counter = models.ForeignKey(OneStopCounter, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    title = models.CharField(max_length=120, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["account", "since"]
        indexes = [models.Index(fields=["account", "since"]), models.Index(fields=["agency", "role"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="post_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.role} · {self.agency_id}"


class StandInKind(models.TextChoices):
    """Why somebody acts in another's place: the head is away, or hands the work over by a written decision."""

    LEAVE = "leave", "Thay khi nghỉ, đi công tác"
    DELEGATION = "delegation", "Ủy quyền"


class StandIn(models.Model):
    """A post done by a colleague from one moment to another; it begins and ends by itself, with the request."""

    post = models.ForeignKey(PostHeld, on_delete=models.PROTECT, related_name="stand_ins")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stood_in")
    kind = models.CharField(max_length=12, choices=StandInKind)
    since = models.DateTimeField()
    until = models.DateTimeField()
    basis = models.CharField(max_length=300)
    """The document it rests on: number, date, who signed."""
    set_by_name = models.CharField(max_length=250)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["post", "since"]
        indexes = [models.Index(fields=["account", "until"], name="stand_in_of_account")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="stand_in_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(basis=""), name="stand_in_has_a_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} for {self.post_id}"


class FormerName(models.Model):
    """What an agency was called until a day; papers of that time keep the name they were given under."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=200)
    until = models.DateField()
    basis = models.CharField(max_length=300)

    class Meta:
        ordering = ["agency", "until"]

    def __str__(self) -> str:
        return self.name


class Reorganisation(models.Model):
    """A reorganisation carried out: the plan, the decision it rests on, and what it moved."""

    day = models.DateField()
    basis = models.CharField(max_length=300)
    plan = models.JSONField()
    log = models.JSONField()
    """One entry a change: bodies, posts, offerings, clauses and the codes of dossiers that went to a successor."""
    applied_at = models.DateTimeField()
    applied_by_name = models.CharField(max_length=250)

    class Meta:
        ordering = ["-applied_at"]
        constraints = [
            models.UniqueConstraint(fields=["day", "basis"], name="reorganisation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.basis}"


class PlannedReorganisation(models.Model):
    """A reorganisation somebody has drawn up, which another person confirms; the worker carries it out on its day.

    Nothing is taken out: what was dropped stays with who dropped it.
    """

    day = models.DateField()
    basis = models.CharField(max_length=300)
    """The decision it rests on: number, date, who signed."""
    changes = models.JSONField()
    """As `rules.reorganise.read_plan` reads them: ``[{"kind", "from", "to", "shares"?}]``."""
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=250)
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_by_name = models.CharField(max_length=250, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    dropped_by_name = models.CharField(max_length=250, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    faults = models.JSONField(default=list, blank=True)
    """Why it could not be carried out on its day, in sentences; a person says when to try again."""
    done = models.OneToOneField(Reorganisation, on_delete=models.PROTECT, null=True, blank=True, related_name="planned")

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "basis"], condition=Q(dropped_at__isnull=True), name="planned_reorganisation_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="second_person_confirms_reorganisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.basis}"

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed, and waits for the second person."""
        return self.confirmed_at is None and self.dropped_at is None
