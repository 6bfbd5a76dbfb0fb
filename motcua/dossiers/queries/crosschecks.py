"""What may be compared with connected databases, and what comparing it came to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.base.digests import keyed_digest
from motcua.dossiers.facts import form_of
from motcua.dossiers.models import CrossCheck, Dossier
from motcua.dossiers.ports import is_connected
from motcua.dossiers.queries.coordination import works_on
from motcua.dossiers.queries.reading import offers
from motcua.rules.acts import Act, State
from motcua.rules.crosscheck import REGISTERS, Question, questions_of
from motcua.rules.lifecycle import Granted, Refused
from motcua.rules.people import Actor


@dataclass(frozen=True, slots=True)
class CrossCheckView:
    """A question of the form, and the latest answer to it."""

    question: Question
    register: str
    check: CrossCheck | None
    is_stale: bool
    """The declaration was changed after it was compared."""


def may_crosscheck(dossier: Dossier, offered: Mapping[Act, Granted | Refused], actor: Actor, *, at: datetime) -> bool:
    """Whoever judges the declaration and has it in hand at this moment: the counter until it is handed on, then those
    who do the examining step.
    """
    if not isinstance(offered.get(Act.JUDGE), Granted):
        return False
    if dossier.state != State.EXAMINING:
        return True
    run = next((one for one in dossier.steps.all() if one.finished_at is None), None)
    return works_on(dossier, run, actor, at=at)


def questions(dossier: Dossier, *, at: datetime) -> tuple[Question, ...]:
    """Everything on this dossier's form that could be asked."""
    return questions_of(form_of(dossier), dossier.answers, today=at.date())


def askable(dossier: Dossier, actor: Actor, *, at: datetime) -> tuple[Question, ...]:
    """What this actor may ask now; nothing where no database is connected or the dossier is not in his hands."""
    if not is_connected() or not may_crosscheck(dossier, offers(dossier, actor, at=at), actor, at=at):
        return ()
    return questions(dossier, at=at)


def crosschecks_of(dossier: Dossier, *, at: datetime) -> list[CrossCheckView]:
    """Each question of the form with its latest answer, in the order of the form."""
    asked = questions(dossier, at=at)
    if not asked:
        return []
    latest = {row.path: row for row in sorted(dossier.crosschecks.all(), key=lambda row: row.asked_at)}
    found = []
    for question in asked:
        row = latest.get(question.path)
        stale = row is not None and row.declared_digest != declared_digest(question)
        found.append(CrossCheckView(question, REGISTERS[question.register], row, stale))
    return found


def declared_digest(question: Question) -> str:
    """A keyed digest of what was declared: equal as long as nobody changed it."""
    said = [question.number, *([one.part, one.value] for one in question.declared)]
    return keyed_digest("crosscheck", json.dumps(said, ensure_ascii=False))
