"""The applicant takes the dossier back, any time before the result is sealed."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers.actions.gate import passing
from motcua.dossiers.models import Dossier
from motcua.rules.acts import Act
from motcua.rules.people import Actor
from motcua.rules.text import clean_text


def withdraw(code: str, *, reason: str = "", by: Actor, at: datetime) -> Dossier:
    """Withdraw the dossier; every clock stops and the officers' work on it ends."""
    with passing(Act.WITHDRAW, code, by=by, at=at) as passage:
        passage.note = clean_text(reason)
    return passage.dossier
