"""Scanning the files that came in while the scanner was away."""

from __future__ import annotations

import logging
from typing import BinaryIO, cast

from motcua.files.models import ScanState, StoredFile
from motcua.files.ports import ScannerUnavailable, scanner
from motcua.files.storage import storage

logger = logging.getLogger(__name__)


def scan_waiting(*, batch: int = 50) -> int:
    """Scan up to `batch` files in quarantine, oldest first; answers how many were decided.

    Stops at once while the scanner is still away. Where the operator has switched scanning off, waiting files
    become readable and are shown as not scanned.
    """
    waiting = StoredFile.objects.filter(state=ScanState.QUARANTINED).order_by("uploaded_at")
    scan = scanner()
    if scan is None:
        return waiting.update(state=ScanState.UNSCANNED)
    decided = 0
    for file in waiting[:batch]:
        try:
            with storage().open(file.storage_key) as stream:
                malware = scan.scan(cast("BinaryIO", stream.file))
        except ScannerUnavailable:
            break
        if malware:
            logger.warning("stored file %s carries %s", file.pk, malware)
        state = ScanState.REFUSED if malware else ScanState.CLEAN
        decided += StoredFile.objects.filter(pk=file.pk, state=ScanState.QUARANTINED).update(state=state)
    return decided
