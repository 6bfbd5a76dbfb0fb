"""Keeping an uploaded file: looked at, hashed, scanned, and on the disk before anybody is told that we have it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from motcua.base.errors import Refusal
from motcua.files.facts import facts_of
from motcua.files.models import ScanState, StoredFile
from motcua.files.ports import ScannerUnavailable, scanner
from motcua.files.storage import new_key, storage
from motcua.rules.people import Actor
from motcua.rules.pictures import bare
from motcua.rules.text import filename_safe
from motcua.rules.uploads import FileType, UploadFacts, UploadLimits, judge

PICTURES = (FileType.JPEG.value, FileType.PNG.value)
INFECTED = "Tệp “{name}” chứa mã độc ({malware}) nên không nhận được. Hãy quét vi-rút máy tính rồi gửi tệp khác."


def store(
    uploaded: UploadedFile[Any],
    *,
    by: Actor,
    at: datetime,
    limits: UploadLimits | None = None,
    siblings: Iterable[StoredFile] = (),
    owner: str = "",
) -> StoredFile:
    """Keep one uploaded file and answer its row; the caller's transaction decides whether the row stays.

    Raises `Refusal` with sentences for the person: 413 when the file is too large, 422 for everything else
    (`rules.uploads.judge`). `siblings` are files already handed in for the same component. A file that could
    not be scanned because the scanner is down is kept in quarantine: received, but not to be opened. A photograph is
    kept without what the camera wrote beside it (decision 0020).
    """
    limits = limits or UploadLimits()
    name, size = uploaded.name or "", uploaded.size or 0
    if not 0 < size <= limits.max_bytes:
        raise Refusal(judge(UploadFacts(name=name, size=size), limits), status=413 if size else 422)
    facts = facts_of(_stream(uploaded), name=name, size=size)
    given, uploaded = uploaded, _bare(uploaded, facts)
    digest = _digest(uploaded)
    twin = next((file for file in siblings if file.sha256 == digest), None)
    if problems := judge(replace(facts, same_as=twin.name if twin else None), limits):
        raise Refusal(problems)
    state = _scan(given)
    uploaded.seek(0)
    return StoredFile.objects.create(
        sha256=digest,
        size=uploaded.size or 0,
        content_type=facts.sniffed,
        name=filename_safe(name),
        storage_key=storage().save(new_key(), uploaded),
        uploaded_by_id=by.account_id,
        uploaded_at=at,
        page_count=facts.pages,
        signatures=facts.signatures,
        state=state,
        owner=owner,
    )


def claim(files: Iterable[StoredFile], *, owner: str) -> None:
    """Write down who holds these files from now on, so that the sweep leaves them."""
    StoredFile.objects.filter(pk__in=[file.pk for file in files]).update(owner=owner)


def release(*, owner: str) -> int:
    """Let go of everything this owner held; the sweep removes it. Answers how many files."""
    return StoredFile.objects.filter(owner=owner).update(owner="")


def _bare(uploaded: UploadedFile[Any], facts: UploadFacts) -> UploadedFile[Any]:
    """The upload, or the same picture without where and when it was taken."""
    if facts.sniffed not in PICTURES:
        return uploaded
    uploaded.seek(0)
    data = uploaded.read()
    found = bare(data)
    uploaded.seek(0)
    return uploaded if found == data else SimpleUploadedFile(uploaded.name or "", found, facts.sniffed)


def _stream(uploaded: UploadedFile[Any]) -> BinaryIO:
    return cast("BinaryIO", uploaded.file)


def _digest(uploaded: UploadedFile[Any]) -> str:
    uploaded.seek(0)
    digest = hashlib.sha256()
    for chunk in uploaded.chunks():
        digest.update(chunk)
    uploaded.seek(0)
    return digest.hexdigest()


def _scan(uploaded: UploadedFile[Any]) -> ScanState:
    scan = scanner()
    if scan is None:
        return ScanState.UNSCANNED
    uploaded.seek(0)
    try:
        malware = scan.scan(_stream(uploaded))
    except ScannerUnavailable:
        return ScanState.QUARANTINED
    if malware:
        raise Refusal(INFECTED.format(name=filename_safe(uploaded.name or ""), malware=malware))
    return ScanState.CLEAN
