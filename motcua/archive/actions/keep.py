"""Putting closed dossiers into the archive: a package each, made by the clock some days after closing (HY-37)."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.timezone import localtime

from motcua.archive import bag
from motcua.archive.actions.alarm import sound
from motcua.archive.contents import parts_of
from motcua.archive.facts import Said, term_of
from motcua.archive.models import Hindrance, Package
from motcua.archive.queries import ripe
from motcua.archive.vault import place_of, vault
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.facts import load
from motcua.dossiers.models import Dossier
from motcua.policy.queries import clauses_in_force
from motcua.rules.people import Actor
from motcua.rules.retention import ends_on

ROUND = 20
_IN_MEMORY = 8 * 1024 * 1024


def keep_due(*, by: Actor, at: datetime, after: int = 0, most: int = ROUND) -> int:
    """Package the next dossiers whose days after closing have passed, a transaction each, in order of their keys.

    Answers the last key looked at (to go on from), 0 when there was none. May run twice at once or be interrupted: each
    dossier is locked while its package is made, and what somebody else holds is left for the next round.
    """
    last = 0
    for last in ripe(at).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:most]:
        try:
            keep(last, by=by, at=at)
        except Refusal as no:
            _hinder(last, no, at)
    return last


def keep(pk: int, *, by: Actor, at: datetime) -> Package | None:
    """Make the package of one closed dossier; None when it has one, is not closed, or somebody else holds it.

    Raises `Refusal` when it cannot be made faithfully: a file waits for its scan, is lost or has changed.
    """
    with transaction.atomic():
        dossier = load.free(pk)
        if dossier is None or dossier.closed_at is None or Package.objects.filter(dossier_id=pk).exists():
            return None
        said = _said(dossier)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as out:
            parts = parts_of(dossier, said, at=at)
            key = settings.AUDIT_KEY.encode()
            made = bag.write(out, dossier.code or "", parts, _info(dossier, at), key=key, at=at)  # type: ignore[arg-type]
            package = _kept(dossier, said, out, made, at)  # type: ignore[arg-type]
        Hindrance.objects.filter(dossier=dossier).delete()
        body = {
            "sha256": package.sha256,
            "manifest": package.manifest_sha256,
            "size": package.size,
            "term": package.term,
            "ends_on": package.ends_on,
        }
        record(subject=package.subject, verb="keep", by=by, at=at, body=body)
    return package


def _said(dossier: Dossier) -> Said:
    assert dossier.closed_at is not None
    revision = dossier.revision
    return term_of(
        clauses_in_force(dossier.closed_at),
        day=localtime(dossier.closed_at).date(),
        agency_id=dossier.agency_id,
        procedure=revision.procedure.code,
        sector=revision.sector.code,
    )


def _info(dossier: Dossier, at: datetime) -> dict[str, str]:
    """bag-info.txt (RFC 8493 §2.2.2): who made it, of what, when."""
    return {
        "Source-Organization": dossier.agency.name,
        "External-Identifier": dossier.code or "",
        "External-Description": " ".join(f"{dossier.revision.procedure.code} {dossier.revision.name}".split())[:500],
        "Bagging-Date": f"{localtime(at):%Y-%m-%d}",
    }


def _kept(dossier: Dossier, said: Said, out: BinaryIO, made: bag.Bagged, at: datetime) -> Package:
    """The bytes into the vault, then the row that speaks of them."""
    assert dossier.closed_at is not None
    place, store = place_of(dossier.code or "", dossier.agency.code, dossier.closed_at), vault()
    store.delete(place)  # left by a worker that died between the bytes and the row: nobody speaks of it
    sha256, size = _digest(out), out.tell()
    out.seek(0)
    key = store.save(place, File(out))
    closed = localtime(dossier.closed_at).date()
    return Package.objects.create(
        code=dossier.code or "",
        dossier=dossier,
        agency_id=dossier.agency_id,
        procedure_code=dossier.revision.procedure.code,
        procedure_name=dossier.revision.title,
        sector_code=dossier.revision.sector.code,
        closed_at=dossier.closed_at,
        kept_at=at,
        term=said.term.value,
        term_basis=said.basis[:300],
        term_confirmed=said.is_confirmed,
        ends_on=ends_on(said.term, closed),
        key=key,
        size=size,
        sha256=sha256,
        manifest_sha256=made.manifest_sha256,
        checked_at=at,
    )


def _digest(out: BinaryIO) -> str:
    out.seek(0)
    digest = hashlib.sha256()
    while chunk := out.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


@transaction.atomic
def _hinder(pk: int, no: Refusal, at: datetime) -> None:
    """Write down why a dossier could not be kept; the operators are told the first time."""
    dossier = Dossier.objects.select_related("agency").get(pk=pk)
    said = " ".join(no.messages)[:300]
    hindrance, is_new = Hindrance.objects.get_or_create(dossier=dossier, defaults={"words": said, "since": at})
    if is_new:
        sound(dossier.agency_id, dossier.code or "", said, at=at)
    elif hindrance.words != said:
        Hindrance.objects.filter(pk=hindrance.pk).update(words=said)
