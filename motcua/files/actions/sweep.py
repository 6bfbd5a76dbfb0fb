"""Removing what nobody owns: uploads never attached, drafts that expired, bytes whose row was rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.core.files.storage import Storage
from django.db.models import ProtectedError

from motcua.files.models import StoredFile
from motcua.files.storage import storage

UNOWNED_FOR = timedelta(days=2)
"""A form may stay open over night before its upload is attached to anything."""


def sweep(*, at: datetime) -> int:
    """Remove unowned files older than two days, rows and bytes; answers how many. Safe to run twice or to interrupt."""
    return _remove_unowned_rows(at - UNOWNED_FOR) + _remove_stray_bytes(at - UNOWNED_FOR)


def _remove_unowned_rows(before: datetime) -> int:
    removed = 0
    for file in StoredFile.objects.filter(owner="", uploaded_at__lt=before).order_by("pk").iterator():
        try:
            file.delete()
        except ProtectedError:
            continue  # a room above holds it without having claimed it
        storage().delete(file.storage_key)
        removed += 1
    return removed


def _remove_stray_bytes(before: datetime) -> int:
    place, removed = storage(), 0
    every = _keys(place, "")
    while keys := list(islice(every, 500)):
        known = set(StoredFile.objects.filter(storage_key__in=keys).values_list("storage_key", flat=True))
        for key in keys:
            if key not in known and place.get_modified_time(key) < before:
                place.delete(key)
                removed += 1
    return removed


def _keys(place: Storage, folder: str) -> Iterator[str]:
    try:
        folders, names = place.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    for name in names:
        yield prefix + name
    for name in folders:
        yield from _keys(place, prefix + name)
