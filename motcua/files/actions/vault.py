"""The vault's own verbs: put in, hold, take out. Who may, and what is written down of it, the rooms above decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import localtime

from motcua.base.errors import Refusal
from motcua.files.models import StoredFile, VaultPaper, VaultReading
from motcua.files.queries import NOT_HERE
from motcua.files.storage import storage
from motcua.rules.people import Actor
from motcua.rules.vault import PaperKind, last_day, takes_place_of


def owned_by(account_id: int) -> str:
    """How stored files say that they lie in this person's vault and, so far, nowhere else."""
    return f"vault:{account_id}"


def put(paper: VaultPaper, *, kind: PaperKind | None, at: datetime) -> VaultPaper | None:
    """Add a paper made by the caller, work out until when it holds, and retire those it takes the place of.

    The same bytes of the same kind are there once: answers None when they are there already. Inside the caller's
    transaction.
    """
    paper.sha256 = paper.file.sha256
    paper.valid_until = _until(paper, kind)
    if VaultPaper.objects.filter(owner_id=paper.owner_id, kind=paper.kind, sha256=paper.sha256).exists():
        return None
    VaultPaper.objects.bulk_create([paper], ignore_conflicts=True)
    if kind is not None:
        older = VaultPaper.objects.filter(owner_id=paper.owner_id, kind=kind.code, superseded_at__isnull=True)
        older = older.exclude(pk=paper.pk).filter(handed_at__lte=paper.handed_at)
        void = [
            row.pk
            for row in older.order_by("pk").select_for_update(of=("self",))
            if takes_place_of(kind, number=paper.number, old_number=row.number) and not _is_part_of(paper, row)
        ]
        VaultPaper.objects.filter(pk__in=void).update(superseded_at=at)
    return paper


def describe(
    paper: VaultPaper,
    *,
    kind: PaperKind | None,
    number: str,
    issuer: str,
    issued_on: date | None,
    stated_until: date | None,
) -> VaultPaper:
    """What its owner knows of the paper; until when it holds follows from it. Inside the caller's transaction."""
    paper.number, paper.issuer = number[:100], issuer[:250]
    paper.issued_on, paper.stated_until = issued_on, stated_until
    paper.valid_until = _until(paper, kind)
    paper.save(update_fields=["number", "issuer", "issued_on", "stated_until", "valid_until"])
    return paper


def hold(paper_id: UUID | str, *, by: Actor) -> VaultPaper:
    """A paper of this person's vault, locked until the transaction ends: nobody takes it out meanwhile.

    Raises `Refusal` (404) when it is not there, or no longer.
    """
    try:
        key = paper_id if isinstance(paper_id, UUID) else UUID(paper_id)
    except ValueError:
        raise Refusal(NOT_HERE, status=404) from None
    rows = VaultPaper.objects.visible_to(by).filter(pk=key).order_by("pk")
    found = rows.select_related("file").select_for_update(of=("self",)).first()
    if found is None:
        raise Refusal(NOT_HERE, status=404)
    return found


def take_out(papers: Iterable[VaultPaper]) -> int:
    """Remove papers held by the caller; answers of how many the bytes went too, because no dossier has them.

    A file that a dossier holds stays with it, and goes with it if that is a draft thrown away later.
    """
    gone = 0
    for paper in papers:
        file = paper.file
        paper.delete()
        gone += _let_go(file)
    return gone


def note(
    paper: VaultPaper, what: VaultReading.What, *, by: Actor, at: datetime, dossier_code: str = "", unit: str = ""
) -> None:
    """Write into the log its owner reads that somebody opened or used the paper."""
    VaultReading.objects.create(
        owner_id=paper.owner_id,
        paper=paper,
        title=paper.title,
        what=what,
        at=at,
        by_name=", ".join(filter(None, (by.name, unit)))[:250],
        by_account_id=by.account_id,
        dossier_code=dossier_code,
    )


def _is_part_of(paper: VaultPaper, other: VaultPaper) -> bool:
    """Whether both are files of one paper, handed in together for one component."""
    one, two = (paper.source_code, paper.source_item), (other.source_code, other.source_item)
    return one == two and all(one)


def _until(paper: VaultPaper, kind: PaperKind | None) -> date | None:
    return last_day(
        kind,
        issued_on=paper.issued_on,
        handed_on=localtime(paper.handed_at).date(),
        stated=paper.stated_until,
    )


def _let_go(file: StoredFile) -> bool:
    """Delete the file unless somebody still holds it; the bytes go once the transaction has."""
    key = file.storage_key
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        StoredFile.objects.filter(pk=file.pk, owner__startswith="vault:").update(owner="")
        return False
    transaction.on_commit(lambda: storage().delete(key))
    return True
