"""Issued papers and the running numbers they take."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.papers.forms import Regime, form_of
from motcua.rules.acts import Paper


def new_token() -> str:
    """Sixteen url-safe characters (96 random bits): who holds the paper can check it, nobody can guess it."""
    return secrets.token_urlsafe(12)


class PaperSeries(models.Model):
    """The last number given by an agency, per kind, sign and year. Counting starts anew each January."""

    agency_code = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    symbol = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_code", "kind", "symbol", "year"], name="paper_series_one_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.agency_code} {self.symbol} {self.year}: {self.last}"


class IssuedPaper(models.Model):
    """A paper the system gave out. Its PDF is drawn on demand from ``data``, always the same.

    ``subject`` is the dossier's code as text: this room knows nothing of dossiers.
    """

    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in Paper])
    subject = models.CharField(max_length=60)
    agency_code = models.CharField(max_length=40)
    number = models.CharField(max_length=60, blank=True)
    """As printed, "07/TPHS"; '' for kinds without a number."""
    year = models.PositiveSmallIntegerField()
    data = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by_name = models.CharField(max_length=200)
    token = models.CharField(max_length=22, unique=True, default=new_token, editable=False)
    refreshed_at = models.DateTimeField(null=True, blank=True)
    """Last time a growing paper (the control sheet) was written on."""
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by_name = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=500, blank=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces")
    """The paper that says the same anew; whoever checks the old one is told so."""
    sha256 = models.CharField(max_length=64, null=True, blank=True)
    """Digest of the PDF when it was first drawn for keeping."""

    class Meta:
        ordering = ["issued_at", "id"]
        indexes = [models.Index(fields=["subject", "kind"], name="paper_of_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency_code", "kind", "year", "number"],
                condition=~Q(number=""),
                name="paper_number_once",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="paper_void_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(voided_at__isnull=False), name="paper_replaced_is_void"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}".strip()

    @property
    def name(self) -> str:
        """What people call it, e.g. "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"."""
        kind = Paper(self.kind)
        own: str = self.data.get("title", "")
        title = own or form_of(kind, Regime(self.data["head"]["regime"])).title.capitalize()
        return title[:1].upper() + title[1:]

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    @property
    def check_url(self) -> str:
        """Where anyone can check this paper; printed as its QR, without personal data."""
        return f"{settings.BASE_URL}/kiem-tra/{self.token}"

    @property
    def filename(self) -> str:
        """A plain ASCII name for a download, e.g. ``appointment_slip-H08.31.15-261118-0007.pdf``."""
        return f"{self.kind}-{self.subject}.pdf"
