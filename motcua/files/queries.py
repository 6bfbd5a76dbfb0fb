"""Reading stored files: opening them where that is allowed, and checking that they are what came in."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.core.files.base import File

from motcua.base.errors import Refusal
from motcua.files.models import ScanState, StoredFile, VaultPaper, VaultQuerySet, VaultReading
from motcua.files.storage import storage
from motcua.rules.people import Actor

NOT_HERE = "Không tìm thấy giấy này trong kho giấy tờ của bạn."

_CLOSED = {
    ScanState.QUARANTINED: "Tệp này đang chờ quét mã độc, chưa mở được. Xin thử lại sau ít phút.",
    ScanState.REFUSED: "Tệp này có mã độc nên đã bị chặn, không ai mở được.",
}


def open_file(file: StoredFile) -> File[Any]:
    """The stored bytes, to be closed by the caller. Raises `Refusal` (409) while in quarantine or when refused."""
    if words := _CLOSED.get(ScanState(file.state)):
        raise Refusal(words, status=409)
    return storage().open(file.storage_key)


def is_intact(file: StoredFile) -> bool:
    """Whether the stored bytes still have the hash and the size they came in with."""
    digest, size = hashlib.sha256(), 0
    try:
        with storage().open(file.storage_key) as stored:
            for chunk in stored.chunks():
                digest.update(chunk)
                size += len(chunk)
    except FileNotFoundError:
        return False
    return size == file.size and digest.hexdigest() == file.sha256


def vault_of(actor: Actor) -> list[VaultPaper]:
    """Every paper in this person's vault, newest first."""
    return list(VaultPaper.objects.visible_to(actor).select_related("file").order_by("-handed_at", "pk"))


def vault_paper(paper_id: UUID | str, actor: Actor) -> VaultPaper:
    """A paper of this person's own vault. Raises `Refusal` 404 for any other."""
    found = _rows(paper_id, actor).select_related("file").first()
    if found is None:
        raise Refusal(NOT_HERE, status=404)
    return found


def readings_of(actor: Actor, *, paper: VaultPaper | None = None, most: int = 100) -> list[VaultReading]:
    """Who opened or used papers of this person's vault, newest first."""
    if actor.account_id is None:
        return []
    rows = VaultReading.objects.filter(owner_id=actor.account_id)
    rows = rows.filter(paper=paper) if paper is not None else rows
    return list(rows.order_by("-at", "-pk")[:most])


def _rows(paper_id: UUID | str, actor: Actor) -> VaultQuerySet:
    try:
        key = paper_id if isinstance(paper_id, UUID) else UUID(paper_id)
    except ValueError:
        return VaultPaper.objects.none()
    return VaultPaper.objects.visible_to(actor).filter(pk=key)
