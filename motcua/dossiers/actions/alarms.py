"""Whose bells are due: a whole batch of dossiers looked at with a handful of queries, under their locks.

Every act has its dossier looked at once, and nearly always nothing rings then: all there is to do is to set its alarm
to the next bell. So what rings is told apart from what does not, and only the former is loaded whole (`timers`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from motcua.base.kept import KeptQuery
from motcua.dossiers.facts import load
from motcua.dossiers.facts.promises import UNFINISHED, running_of
from motcua.dossiers.models import Alarm, Apology, Consultation, Dossier, StepRun, SupplementRequest, TimerMark
from motcua.rules.acts import State
from motcua.rules.lateness import Bell, Ring, Rung, next_ring

Place = tuple[datetime, int]
"""Moment and key of an alarm: alarms are gone through in this order."""

BEGINNING: Place = (datetime(1900, 1, 1, tzinfo=UTC), 0)

_LOOKED_AT = (
    "ring_at", "dossier__code", "dossier__state", "dossier__agency_id", "dossier__channel", "dossier__policy_data",
    "dossier__submitted_at", "dossier__transferred_at", "dossier__accepted_at", "dossier__acceptance_due_at",
    "dossier__promised_at", "dossier__paused_at", "dossier__pauses", "dossier__revision__time_amount",
    "dossier__revision__time_unit", "dossier__revision__same_day_cutoff",
)  # fmt: skip

_SET = """
UPDATE dossiers_alarm SET ring_at = new.ring_at
FROM unnest(%s::bigint[], %s::timestamptz[]) AS new (dossier_id, ring_at)
WHERE dossiers_alarm.dossier_id = new.dossier_id
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look found: keys of dossiers with something to ring, and where the next batch begins (None: nowhere)."""

    due: tuple[int, ...]
    following: Place | None


@transaction.atomic
def look(*, at: datetime, batch: int, after: Place = BEGINNING) -> Seen:
    """Set the alarms of up to ``batch`` dossiers beyond a place, due by ``at``, to their next bells; answers which of
    them have one to ring now. What another worker or an officer holds is left out, and nobody is waited for.
    """
    alarms = _free(batch)(at=at, since=after[0], same=after[0], key=after[1])
    dossiers = [alarm.dossier for alarm in alarms]
    _load(dossiers)
    marks = _rung([row.pk for row in dossiers if State(row.state) in _RINGING])
    due: list[int] = []
    quiet: list[Place] = []
    silent: list[int] = []
    for dossier in dossiers:
        following = _following(dossier, marks.get(dossier.pk, frozenset()), at)
        if following is None:
            silent.append(dossier.pk)
        elif following <= at:
            due.append(dossier.pk)
        else:
            quiet.append((following, dossier.pk))
    _set(quiet, silent)
    return Seen(tuple(due), (alarms[-1].ring_at, alarms[-1].pk) if len(alarms) == batch else None)


def hold(pk: int, *, at: datetime) -> bool:
    """Lock a dossier and its alarm, if it is still due by ``at`` and nobody else holds it."""
    return bool(_one_free(pk=pk, at=at))


def set_to(pk: int, following: Ring | None) -> None:
    """Have a dossier looked at next when this bell rings; never again where there is none."""
    _set([(following.at, pk)], []) if following is not None else _set([], [pk])


def put_off(pk: int, *, at: datetime, until: datetime) -> None:
    """Leave a dossier alone for a while, unless somebody has dealt with it meanwhile."""
    Alarm.objects.filter(pk=pk, ring_at__lte=at).update(ring_at=until)


def marks_of(rows: Iterable[TimerMark]) -> Rung:
    """What has rung, as the rules ask for it."""
    return frozenset((Bell(mark.kind), mark.due_at, mark.of) for mark in rows)


_RINGING = UNFINISHED | {State.SUBMITTED, State.AWAITING_SUPPLEMENT}
"""In other states nothing rings, so nothing that has rung is asked for."""


def _following(dossier: Dossier, rung: Rung, at: datetime) -> datetime | None:
    """When the next bell rings. What cannot be counted is due now: the one who rings it will tell."""
    if dossier.is_closed:
        return None
    run = next(iter(dossier.open_steps), None)  # type: ignore[attr-defined]
    try:
        ring = next_ring(running_of(dossier, run, at), rung)
    except Exception:
        return at
    return ring.at if ring is not None else None


def _set(quiet: Sequence[Place], silent: Sequence[int]) -> None:
    if quiet:
        with connection.cursor() as cursor:
            cursor.execute(_SET, [[pk for _, pk in quiet], [moment for moment, _ in quiet]])
    if silent:
        Alarm.objects.filter(pk__in=silent).delete()


# --- read under the locks: a statement sees what was written before it began, and nobody writes to what is locked


def _load(dossiers: Sequence[Dossier]) -> None:
    """What their bells depend on besides the dossiers themselves, each kind with one query and only if need be."""
    unfinished = [row for row in dossiers if State(row.state) in UNFINISHED]
    steps, apologies = _of(_steps, unfinished), _of(_apologies, unfinished)
    requests = _of(_requests, [row for row in dossiers if row.state == State.AWAITING_SUPPLEMENT])
    opinions = _of(_opinions, [row for row in dossiers if row.state == State.EXAMINING])
    for row in dossiers:
        row.open_steps = steps.get(row.pk, [])  # type: ignore[attr-defined]
        row._state.fields_cache["apology"] = next(iter(apologies.get(row.pk, [])), None)
        load.fill(row, "supplement_requests", requests.get(row.pk, []))
        load.fill(row, "consultations", opinions.get(row.pk, []))


def _of(rows: KeptQuery[Any], dossiers: Sequence[Dossier]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows(keys=[dossier.pk for dossier in dossiers]) if dossiers else []:
        found.setdefault(row.dossier_id, []).append(row)
    return found


def _rung(keys: Sequence[int]) -> dict[int, Rung]:
    found: dict[int, list[TimerMark]] = {}
    for mark in _marks(keys=list(keys)) if keys else []:
        found.setdefault(mark.dossier_id, []).append(mark)
    return {key: marks_of(rows) for key, rows in found.items()}


def _locked(*around: str) -> QuerySet[Alarm]:
    """Alarm and dossier both locked, so that both are as they are now and not as they were before somebody wrote."""
    both = ("self", "dossier")
    return Alarm.objects.select_related(*around).select_for_update(of=both, skip_locked=True, no_key=True)


_NOW, _SINCE, _SAME, _SAMPLE = (datetime(1066, 10, 14, hour, tzinfo=UTC) for hour in (1, 2, 3, 4))
_SAMPLE_KEY = 987_654_321_012
_SAMPLE_KEYS = [_SAMPLE_KEY, _SAMPLE_KEY + 1]


@cache
def _free(batch: int) -> KeptQuery[Alarm]:
    def built(at: datetime, since: datetime, same: datetime, key: int) -> QuerySet[Alarm]:
        beyond = Q(ring_at__gt=since) | Q(ring_at=same, pk__gt=key)
        rows = _locked("dossier__revision").filter(beyond, ring_at__lte=at).only(*_LOOKED_AT)
        return rows.order_by("ring_at", "pk")[:batch]

    return KeptQuery(built, at=_NOW, since=_SINCE, same=_SAME, key=_SAMPLE_KEY)


_one_free = KeptQuery(
    lambda pk, at: _locked("dossier").filter(pk=pk, ring_at__lte=at).only("ring_at", "dossier__code").order_by("pk"),
    pk=_SAMPLE_KEY, at=_NOW,
)  # fmt: skip


def _kept(rows: QuerySet[Any]) -> KeptQuery[Any]:
    """Rows of many dossiers at once, each dossier's in the order of their keys."""

    def built(keys: list[int]) -> QuerySet[Any]:
        return rows.filter(dossier_id__in=RawSQL("SELECT unnest(%s::bigint[])", [keys])).order_by("pk")

    return KeptQuery(built, keys=_SAMPLE_KEYS)


_steps = _kept(StepRun.objects.filter(finished_at__isnull=True))
_apologies = _kept(Apology.objects.all())
_requests = _kept(SupplementRequest.objects.filter(answered_at__isnull=True))
_opinions = _kept(Consultation.objects.filter(answered_at__isnull=True))
_marks = _kept(TimerMark.objects.all())
