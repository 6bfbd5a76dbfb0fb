"""Reading stored files: opening them where that is allowed, and checking that they are what came in."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import File

from motcua.base.errors import Refusal
from motcua.files.models import ScanState, StoredFile
from motcua.files.storage import storage

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
