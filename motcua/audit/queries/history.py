"""What happened to a subject, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.audit.facts import Subject
from motcua.audit.models import ChainHead, Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a page shows it."""

    seq: int
    at: datetime
    actor_account_id: int | None
    actor_name: str
    role: str
    verb: str
    body: dict[str, Any]


_FIELDS = ("seq", "at", "actor_account_id", "actor_name", "role", "verb", "body")


READINGS = ("read", "crosscheck")
"""Verbs by which somebody came to know what belongs to somebody else."""


def history(subject: Subject) -> list[Entry]:
    """Every event of the subject's chain, oldest first."""
    kind, identifier = subject
    rows = Event.objects.filter(subject_kind=kind, subject_id=identifier).order_by("seq")
    return [Entry(*row) for row in rows.values_list(*_FIELDS)]


def readings(subject: Subject, *, since: datetime) -> list[Entry]:
    """Who read what belongs to the subject since that moment, or asked other systems about it, latest first."""
    kind, identifier = subject
    rows = Event.objects.filter(subject_kind=kind, subject_id=identifier, verb__in=READINGS, at__gte=since)
    return [Entry(*row) for row in rows.order_by("-seq").values_list(*_FIELDS)]


def size() -> tuple[int, int]:
    """How many events and chains there are."""
    return Event.objects.count(), ChainHead.objects.count()
