"""The rows every dossier points at and no dossier changes: revision, agency, counter. Held by each process.

Asked exactly: one small question to the database tells whether anything of the catalogue, of agencies or counters has
changed since (`procedures_catalogueversion`, raised by triggers). Nobody may write to what is answered.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Prefetch

from motcua.agencies.models import Agency, OneStopCounter
from motcua.procedures.models import ProcedureRevision, Requirement

MOST = 2_000
"""Rows of a kind kept at most; beyond that everything is read anew."""


@dataclass(slots=True)
class _Held:
    version: tuple[int, int]
    revisions: dict[int, ProcedureRevision] = field(default_factory=dict)
    agencies: dict[int, Agency] = field(default_factory=dict)
    counters: dict[int, OneStopCounter] = field(default_factory=dict)


_lock = threading.Lock()
_held: _Held | None = None


def standing(revision_id: int, agency_id: int, counter_id: int) -> tuple[ProcedureRevision, Agency, OneStopCounter]:
    """Revision (with procedure and requirements), agency and counter of these keys, as they are in this transaction."""
    held = _current()
    revision = held.revisions.get(revision_id)
    if revision is None:
        revision = held.revisions[revision_id] = _revision(revision_id)
    agency = held.agencies.get(agency_id)
    if agency is None:
        agency = held.agencies[agency_id] = Agency.objects.get(pk=agency_id)
    counter = held.counters.get(counter_id)
    if counter is None:
        counter = held.counters[counter_id] = OneStopCounter.objects.get(pk=counter_id)
    return revision, agency, counter


def forget_standing() -> None:
    """Drop what this process holds (between tests, when the database is another)."""
    global _held
    _held = None


def _current() -> _Held:
    """What is held for the version of this moment. A number and its writer name one state of the tables for ever: a
    transaction (or savepoint) that was undone never lends its own to another.
    """
    global _held
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, xmin::text::bigint FROM procedures_catalogueversion WHERE id = 1")
        number, writer = cursor.fetchone() or (0, 0)
    version = (int(number), int(writer))
    held = _held
    if held is None or held.version != version or len(held.agencies) + len(held.revisions) > MOST:
        with _lock:
            held = _held = _Held(version)
    return held


def _revision(pk: int) -> ProcedureRevision:
    rows = ProcedureRevision.objects.select_related("procedure").defer("raw", "steps_text", "conditions")
    return rows.prefetch_related(Prefetch("requirements", Requirement.objects.order_by("position"))).get(pk=pk)
