"""The catalogue: sectors, procedures, and revisions with all parts of NĐ 63/2010 điều 8 khoản 2.

A revision never changes once in force: dossiers are pinned to it. A change is a new revision with its own dates.
People search a copy of the catalogue that each process holds (`queries.held`): a few thousand rows, read often,
changed rarely.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Agency, OneStopCounter
from motcua.eforms.models import EFormVersion


class Sector(models.Model):
    """A field of administration (lĩnh vực), e.g. ``G15-TP07`` Hộ tịch."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """An administrative procedure through all its revisions; ``code`` e.g. ``1.001193``."""

    code = models.CharField(max_length=40, unique=True)
    is_local = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class ServiceMode(models.TextChoices):
    """NĐ 42/2022: everything online, a part, or information only."""

    FULL = "full", "Toàn trình"
    PARTIAL = "partial", "Một phần"
    INFORMATION = "information", "Cung cấp thông tin"


class RevisionQuerySet(models.QuerySet["ProcedureRevision"]):
    def in_force(self, day: date) -> RevisionQuerySet:
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))


class ProcedureRevision(models.Model):
    """What the procedure says from one day to another."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    name = models.CharField(max_length=2000)
    """As published; land procedures are named by whole paragraphs."""
    short_name = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=600, blank=True)
    """What it is for, in one or two plain sentences."""
    decision = models.CharField(max_length=120, blank=True)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="revisions")
    tiers = models.JSONField(default=list)
    """Levels of government that settle it: a list of `Tier` values."""
    subjects = models.JSONField(default=list)
    """Who it is for: a list of ``{"code", "name"}``."""
    audience_person = models.BooleanField(default=True)
    audience_organisation = models.BooleanField(default=False)
    executing = models.TextField(blank=True)
    authority = models.TextField(blank=True)
    coordinating = models.TextField(blank=True)
    steps_text = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    results = models.JSONField(default=list)
    legal_bases = models.JSONField(default=list)
    copies_of_dossier = models.PositiveSmallIntegerField(default=1)
    cases = models.JSONField(default=list)
    """Cases a person chooses between when filing: ``[{"key", "title"}]``."""

    service_level = models.PositiveSmallIntegerField(default=2)
    service_mode = models.CharField(max_length=12, choices=ServiceMode, default=ServiceMode.INFORMATION)
    time_amount = models.PositiveIntegerField(null=True, blank=True)
    time_unit = models.CharField(max_length=24, blank=True)
    """A unit of `rules.worktime.Unit`; empty while unknown."""
    same_day_cutoff = models.CharField(max_length=5, blank=True)
    time_words = models.CharField(max_length=500, blank=True)
    """How long, when amount and unit do not say all: "phải xác minh thì không quá 03 ngày làm việc"."""
    fee_words = models.CharField(max_length=200, blank=True)
    """How much, as said in one breath: "Miễn phí nếu đúng hạn"; empty: worked out from the rules."""
    place_words = models.CharField(max_length=300, blank=True)
    """Where, for whoever does not know competences by heart: "UBND xã nơi cha hoặc mẹ cư trú"."""
    external_url = models.URLField(max_length=500, blank=True)
    """Where a ministry runs this service itself; then it is only linked to (CB-20)."""

    fees = models.JSONField(default=list)
    """Fee rules as `rules.fees` reads them."""
    route = models.JSONField(default=list)
    """Steps as `rules.route` reads them."""
    eform = models.ForeignKey(EFormVersion, on_delete=models.PROTECT, null=True, blank=True)
    result_title = models.CharField(max_length=200, blank=True)
    result_kind = models.CharField(max_length=60, blank=True)
    """Code of the kind of paper its result is (`queries.kinds`); empty: of no kind other procedures ask for."""

    raw = models.JSONField(null=True, blank=True)
    """The source record, untouched."""
    source = models.CharField(max_length=300, blank=True)
    is_imported = models.BooleanField(default=False)
    """Taken from the national data as it stands; False: worked out and published here."""
    digest = models.CharField(max_length=64, blank=True)
    """Of what it was made from: the same definition or record again changes nothing."""
    published_by = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    open_defects = models.PositiveIntegerField(default=0)
    synonyms = models.TextField(blank=True)
    is_sensitive = models.BooleanField(default=False)
    """Nothing is shown of such a dossier to a look-up without proof (promises §6.2)."""
    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", "-number"]
        indexes = [
            models.Index(fields=["since", "until"]),
            models.Index(fields=["sector"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(until__isnull=True), name="one_open_revision_per_procedure"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="revision_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(service_level__gte=1, service_level__lte=4), name="level_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} r{self.number}: {self.name}"

    @property
    def title(self) -> str:
        """The name a person would use, else the official one."""
        return self.short_name or self.name

    @property
    def accepts_online(self) -> bool:
        """Whether it may be filed online here: level 3 or more, a form and a route, no open defect (BD-23), and not
        only linked to (CB-20)."""
        return self.service_level >= 3 and self.accepts_at_counter and not self.external_url

    @property
    def accepts_at_counter(self) -> bool:
        """Whether a counter may take it in electronically."""
        return self.open_defects == 0 and self.eform_id is not None and bool(self.route)


class Requirement(models.Model):
    """A component of the dossier (thành phần hồ sơ) that the procedure asks for."""

    class Need(models.TextChoices):
        ALWAYS = "always", "Luôn phải nộp"
        CONDITIONAL = "conditional", "Chỉ nộp khi thuộc trường hợp"
        SHOWN = "shown", "Chỉ xuất trình, không nộp"
        NOTE = "note", "Ghi chú"

    revision = models.ForeignKey(ProcedureRevision, on_delete=models.CASCADE, related_name="requirements")
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.TextField()
    case = models.CharField(max_length=40, blank=True)
    """Key of the case that asks for it; empty: every case."""
    group = models.TextField(blank=True)
    """Heading under which the source lists it."""
    need = models.CharField(max_length=12, choices=Need, default=Need.ALWAYS)
    condition = models.JSONField(null=True, blank=True)
    """E-form condition under which a conditional component is required; None leaves it to the applicant."""
    condition_words = models.CharField(max_length=500, blank=True)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    max_files = models.PositiveSmallIntegerField(default=5)
    allowed_types = models.JSONField(default=list)
    """Further types beyond PDF, JPEG and PNG, e.g. ``["docx"]``."""
    modes = models.JSONField(default=list, blank=True)
    """How it may be supplied online (`rules.acts.Mode` values); empty: as the province's policy says (CB-7…CB-11)."""
    kind = models.CharField(max_length=60, blank=True)
    """Code of the kind of paper (`queries.kinds`): what is the same paper in other procedures; empty for none."""
    must_be_signed = models.BooleanField(default=False)
    """Whether the law asks for the applicant's signature on it (BD-27, CB-7)."""
    is_eform = models.BooleanField(default=False)
    """The interactive form itself stands for this component."""
    form_names = models.JSONField(default=list)
    """Blank forms offered for download: ``[{"name", "url"}]``."""

    class Meta:
        ordering = ["revision", "position"]
        constraints = [models.UniqueConstraint(fields=["revision", "key"], name="requirement_key_once")]

    def __str__(self) -> str:
        return self.name


class Method(models.Model):
    """A way of filing (cách thức thực hiện) with its own time and fee words."""

    class Way(models.TextChoices):
        ONLINE = "online", "Trực tuyến"
        COUNTER = "counter", "Trực tiếp"
        POST = "post", "Dịch vụ bưu chính"

    revision = models.ForeignKey(ProcedureRevision, on_delete=models.CASCADE, related_name="methods")
    way = models.CharField(max_length=8, choices=Way)
    position = models.PositiveSmallIntegerField(default=0)
    time_amount = models.PositiveIntegerField(null=True, blank=True)
    time_unit = models.CharField(max_length=24, blank=True)
    time_words = models.CharField(max_length=200, blank=True)
    """The time as published where amount and unit cannot hold it: "7,5 ngày làm việc"."""
    note = models.TextField(blank=True)
    fees = models.JSONField(default=list)
    """Amounts as published: ``[{"kind", "amount", "note"}]`` in đồng; amount None when only words are known."""

    class Meta:
        ordering = ["revision", "position"]


class Offering(models.Model):
    """An agency offers a procedure, its dossiers handed in at a counter. The applicant chooses among these.

    An agency may offer less than is published: a lower level, fewer ways in (`actions.services`).
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="offerings")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="offerings")
    counter = models.ForeignKey(OneStopCounter, on_delete=models.PROTECT, related_name="offerings")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    service_level = models.PositiveSmallIntegerField(null=True, blank=True)
    """The level at this agency; None: as published."""
    service_mode = models.CharField(max_length=12, choices=ServiceMode, blank=True)
    """The mode at this agency; empty: as published."""
    channels = models.JSONField(default=list, blank=True)
    """Ways in which dossiers come (`rules.acts.Channel` values); empty: every way the procedure has."""

    class Meta:
        ordering = ["procedure", "agency"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "agency"], condition=Q(until__isnull=True), name="one_open_offering"
            ),
            models.CheckConstraint(
                condition=Q(service_level__isnull=True) | Q(service_level__gte=1, service_level__lte=4),
                name="offering_level_1_to_4",
            ),
        ]

    def level_of(self, revision: ProcedureRevision) -> int:
        """The level of service here: what the agency offers, never more than is published."""
        return min(self.service_level or revision.service_level, revision.service_level)

    def takes(self, channel: str) -> bool:
        """Whether dossiers come in this way (`rules.acts.Channel` value) here."""
        return not self.channels or channel in self.channels


class Defect(models.Model):
    """Something in an imported record that a person must settle before the procedure is offered online."""

    revision = models.ForeignKey(ProcedureRevision, on_delete=models.CASCADE, related_name="defects")
    code = models.CharField(max_length=40)
    where = models.CharField(max_length=200)
    words = models.TextField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["revision", "code", "where"]
        constraints = [models.UniqueConstraint(fields=["revision", "code", "where"], name="defect_once")]


class LifeEvent(models.Model):
    """An entry by what happens in a life: "Sinh con", "Làm nhà"."""

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=80)
    summary = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField(default=0)
    procedures = models.ManyToManyField(Procedure, related_name="life_events")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class WithheldRecord(models.Model):
    """A national record that did not become a revision, because one worked out here stands; kept to compare."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="withheld")
    digest = models.CharField(max_length=64)
    raw = models.JSONField()
    source = models.CharField(max_length=300, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["procedure", "-seen_at"]
        constraints = [models.UniqueConstraint(fields=["procedure", "digest"], name="withheld_record_once")]


class CatalogueVersion(models.Model):
    """One row whose number rises with every change of the catalogue (kept by triggers): caches ask it."""

    number = models.BigIntegerField(default=0)
