"""Tables of the files room: what is known about each stored file (the bytes lie in a Django storage); the vault."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.rules.people import Actor
from motcua.rules.vault import ORIGINS, Kept, Origin


class ScanState(models.TextChoices):
    """What the scan for malware said; only `CLEAN` and `UNSCANNED` files can be opened (ASVS 5.4.3)."""

    CLEAN = "clean", _("Đã quét, không phát hiện mã độc")
    UNSCANNED = "unscanned", _("Chưa quét mã độc")
    QUARANTINED = "quarantined", _("Đang chờ quét mã độc")
    REFUSED = "refused", _("Có mã độc, đã chặn")


class StoredFile(models.Model):
    """One file as it came in, byte for byte. Nothing about its content changes after it is stored.

    `owner` is a reference written by the room above that holds the file (for instance ``draft:1234``); an
    empty owner means that no room has taken the file yet, and it is removed after two days. `page_count` is
    known for PDFs only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    storage_key = models.CharField(max_length=120, unique=True)
    uploaded_by_id = models.BigIntegerField(null=True)
    uploaded_at = models.DateTimeField()
    page_count = models.PositiveIntegerField(null=True)
    signatures = models.PositiveSmallIntegerField(default=0)
    """Digital signatures a PDF shows by its structure (`files.signatures`); nobody has judged whether they hold."""
    state = models.CharField(max_length=12, choices=ScanState.choices)
    owner = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ScanState.values), name="stored_file_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner"]),
            models.Index(fields=["uploaded_at"], condition=Q(state="quarantined"), name="stored_file_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.size} bytes)"

    @property
    def is_readable(self) -> bool:
        """Whether anybody may open the file now."""
        return self.state in {ScanState.CLEAN, ScanState.UNSCANNED}


class VaultQuerySet(models.QuerySet["VaultPaper"]):
    def visible_to(self, actor: Actor) -> VaultQuerySet:
        """One's own papers and nobody else's: officers meet a vault's paper only in a dossier that refers to it."""
        return self.filter(owner_id=actor.account_id) if actor.account_id is not None else self.none()


class VaultPaper(models.Model):
    """A paper in a person's own store (kho dữ liệu điện tử cá nhân): given once, used again (HY-6, HY-9, BN-7).

    ``owner_id`` is the account. The file may be a dossier's too; removing the paper takes the bytes away only where no
    dossier holds them. Where it comes from is written down as it was then, so that it stays true.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_id = models.BigIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=60, blank=True)
    """Code of a kind of paper; empty while unknown, then it is offered for no component by itself."""
    title = models.CharField(max_length=500)
    origin = models.CharField(max_length=10, choices=[(one.value, words) for one, words in ORIGINS.items()])
    source_code = models.CharField(max_length=50, blank=True)
    """Code of the dossier it comes from."""
    source_item = models.CharField(max_length=60, blank=True)
    """Key of the component it was handed in for; empty for a result."""
    source_title = models.CharField(max_length=250, blank=True)
    """Name of the procedure it comes from."""
    handed_at = models.DateTimeField()
    """When the dossier was filed, the result was ready, or the owner put it in."""
    kept_at = models.DateTimeField()
    verified_by = models.CharField(max_length=250, blank=True)
    """The officer whose check mark it bears, with the agency."""
    verified_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=100, blank=True)
    issuer = models.CharField(max_length=250, blank=True)
    issued_on = models.DateField(null=True)
    stated_until = models.DateField(null=True)
    """The last day of validity as its owner says."""
    valid_until = models.DateField(null=True)
    """The same after the law's term for its kind (`rules.vault.last_day`)."""
    superseded_at = models.DateTimeField(null=True)
    wrong_at = models.DateTimeField(null=True)
    wrong_by = models.CharField(max_length=250, blank=True)
    wrong_reason = models.CharField(max_length=1200, blank=True)
    objects = VaultQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["owner_id", "-handed_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner_id", "kind", "sha256"], name="vault_holds_a_paper_once"),
            models.CheckConstraint(condition=Q(origin__in=[one.value for one in Origin]), name="vault_origin_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["owner_id", "-handed_at"], name="vault_of_owner")]

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> Kept:
        """As the rules see it; asks for the file's row."""
        return Kept(
            kind=self.kind,
            origin=Origin(self.origin),
            valid_until=self.valid_until,
            superseded_at=self.superseded_at,
            wrong_reason=self.wrong_reason,
            is_readable=self.file.is_readable,
        )


class VaultReading(models.Model):
    """Who opened or used a paper of a vault, when, for which dossier: for its owner. Stays when the paper goes."""

    class What(models.TextChoices):
        OPENED = "opened", _("Mở xem")
        REUSED = "reused", _("Dùng lại trong hồ sơ")
        FOUND_WRONG = "found_wrong", _("Ghi là sai")

    owner_id = models.BigIntegerField()
    paper = models.ForeignKey(VaultPaper, on_delete=models.SET_NULL, null=True, related_name="readings")
    title = models.CharField(max_length=500)
    what = models.CharField(max_length=12, choices=What.choices)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=250)
    by_account_id = models.BigIntegerField(null=True)
    dossier_code = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering: ClassVar = ["owner_id", "-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["owner_id", "-at"], name="vault_readings_of_owner")]

    def __str__(self) -> str:
        return f"{self.what}: {self.title}"
