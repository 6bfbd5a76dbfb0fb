"""Removing a dossier whole, once its term of preservation is over and two persons have said so (room `archive`)."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from motcua.audit.actions import record
from motcua.dossiers.facts import owner_of
from motcua.dossiers.models import Dossier
from motcua.files.actions import release
from motcua.notifications.actions import forget
from motcua.papers.actions import destroy_all
from motcua.parcels.actions import wipe
from motcua.rules.people import Actor


def erase(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    """Its rows, its papers, what was written about it, the names on its envelopes, and (by the sweep) its files. What
    stays: its line in the register, which names its code alone, and the record of acts.

    Call it in the transaction of the decision. Raises RuntimeError for a dossier that is not closed, and
    `ProtectedError` when something that must be kept still points at it.
    """
    if not connection.in_atomic_block or not dossier.is_closed:
        raise RuntimeError("only a closed dossier is erased, in the transaction that decided it")
    record(subject=dossier.subject, verb="erase", by=by, at=at, body={"code": dossier.code})
    code = dossier.code or ""
    destroy_all(code)
    forget(code)
    wipe(code)
    owner = owner_of(dossier)
    dossier.delete()
    release(owner=owner)
