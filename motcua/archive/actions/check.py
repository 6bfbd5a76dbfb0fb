"""Looking whether the archive still holds what it took in: a sample every week, everything within a year."""

from __future__ import annotations

import hashlib
import random
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from motcua.archive.actions.alarm import sound
from motcua.archive.models import Package
from motcua.archive.vault import vault
from motcua.audit.actions import record
from motcua.rules.people import Actor
from motcua.rules.retention import sample_size

YEARLY = timedelta(days=358)
"""Looked at longer ago than this, a package comes into the week's look whatever the sample says."""


def check_sample(*, by: Actor, at: datetime) -> tuple[int, int]:
    """Hash one package in a hundred anew, drawn by chance, and all that nobody looked at for a year.

    Answers how many were looked at and how many were not as they came in; those are marked, and operators and
    archivists told. The draw is the same for the whole week, so that a look that was interrupted goes on.
    """
    kept = Package.objects.filter(destroyed_at__isnull=True)
    keys = list(kept.order_by("pk").values_list("pk", flat=True))
    year, week, _ = localtime(at).isocalendar()
    drawn = set(random.Random(f"{year}-{week}").sample(keys, sample_size(len(keys))))  # noqa: S311 - no secret
    drawn |= set(kept.filter(checked_at__lt=at - YEARLY).values_list("pk", flat=True))
    found = [check(pk, by=by, at=at) for pk in sorted(drawn)]
    return len(found), sum(1 for fault in found if fault)


def check(pk: int, *, by: Actor, at: datetime) -> str:
    """Compare one package with its digest; what is wrong in words, '' when nothing is."""
    package = Package.objects.get(pk=pk)
    fault = _fault(package)
    with transaction.atomic():
        row = Package.objects.select_for_update(of=("self",)).get(pk=pk)
        if row.destroyed_at is not None:
            return ""
        news, row.checked_at, row.fault = fault and fault != row.fault, at, fault
        row.save(update_fields=["checked_at", "fault"])
        if news:
            record(subject=row.subject, verb="fault", by=by, at=at, body={"fault": fault})
            sound(row.agency_id, row.code, fault, at=at)
    return fault


def _fault(package: Package) -> str:
    digest, size = hashlib.sha256(), 0
    try:
        with vault().open(package.key or "") as stored:
            for chunk in stored.chunks():
                digest.update(chunk)
                size += len(chunk)
    except OSError:
        return "Không còn thấy gói lưu trữ trong kho."
    if (size, digest.hexdigest()) != (package.size, package.sha256):
        return "Gói lưu trữ không còn đúng như khi đưa vào kho (khác mã băm SHA-256)."
    return ""
