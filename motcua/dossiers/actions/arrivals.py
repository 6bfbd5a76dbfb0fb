"""Paper that follows an unsigned online filing by post: the counter records its arrival (KT-13)."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers.actions.gate import passing
from motcua.dossiers.models import Dossier
from motcua.rules.acts import Act
from motcua.rules.people import Actor
from motcua.rules.text import clean_text


def record_arrival(code: str, *, note: str = "", by: Actor, at: datetime) -> Dossier:
    """The certified copies marked with this code have come: the dossier no longer waits for them, its owner is told.

    Raises `Refusal` when no paper is awaited (422) or the dossier is not this counter's (403).
    """
    with passing(Act.RECORD_ARRIVAL, code, by=by, at=at) as passage:
        passage.dossier.paper_arrived_at = at
        passage.note = clean_text(note)[:1000]
        passage.details = {"arrived_at": at.isoformat()}
    return passage.dossier
