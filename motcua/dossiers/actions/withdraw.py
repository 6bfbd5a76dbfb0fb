"""The applicant takes the dossier back, himself or at the counter, any time before the result is sealed."""

from __future__ import annotations

from datetime import datetime

from motcua.base.errors import Refusal
from motcua.dossiers.actions.gate import passing
from motcua.dossiers.facts import papers as paper_facts
from motcua.dossiers.models import Dossier
from motcua.rules.acts import Act
from motcua.rules.people import Actor
from motcua.rules.text import clean_text


def withdraw(code: str, *, reason: str = "", by: Actor, at: datetime) -> Dossier:
    """Withdraw the dossier; every clock stops and the officers' work on it ends.

    Applicants need not say why. Who does it on their behalf says what they gave as the reason, else `Refusal`.
    """
    cleaned = clean_text(reason)
    with passing(Act.WITHDRAW, code, by=by, at=at) as passage:
        dossier = passage.dossier
        if by.account_id != dossier.applicant_id and not cleaned:
            words = "Hãy ghi lý do người nộp đưa ra khi đề nghị rút."
            raise Refusal("Chưa ghi lý do rút hồ sơ.", field_errors={"reason": [words]})
        passage.note = cleaned
        passage.told = {"money": paper_facts.money_note(dossier)}
    return dossier
