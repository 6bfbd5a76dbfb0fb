"""The applicant takes the dossier back, himself or at the counter, any time before the result is sealed.

Whatever ends a joint dossier before its result takes its open parts back with it (liên thông): the lead filed them for
the applicant, and nobody shall go on working for a whole that is over.
"""

from __future__ import annotations

from datetime import datetime

from motcua.base.errors import Refusal
from motcua.dossiers.actions import officers
from motcua.dossiers.actions.gate import Passing, lock, passing
from motcua.dossiers.facts import papers as paper_facts
from motcua.dossiers.models import Dossier
from motcua.rules import words
from motcua.rules.acts import Act
from motcua.rules.people import Actor
from motcua.rules.text import clean_text


def withdraw(code: str, *, reason: str = "", by: Actor, at: datetime) -> Dossier:
    """Withdraw the dossier; every clock stops and the officers' work on it, and on its open parts, ends.

    Applicants need not say why. Who does it on their behalf says what they gave as the reason, else `Refusal`.
    """
    return _withdraw(code, reason=clean_text(reason), by=by, at=at)


def end_parts(passage: Passing) -> None:
    """Within the act that ends the whole: take back every part still without a result, each through the gate with a
    timeline of its own; whoever works on it is told.

    A part is locked before it is looked at: one whose result has just come stays as it is.
    """
    whole = passage.dossier
    if whole.accepted_at is None or whole.parent_id is not None:
        return
    open_ones = whole.children.filter(result_at__isnull=True, closed_at__isnull=True)
    ended = []
    for code in open_ones.order_by("pk").values_list("code", flat=True):
        part = lock(code or "")
        if part.is_closed or part.result_at is not None:
            continue
        happened = words.HAPPENED[passage.act]
        by = Actor.system(f"Hồ sơ chính {whole.code}")
        _withdraw(part.code or "", reason=f"Hồ sơ chính {whole.code}: {happened}.", by=by, at=passage.at, locked=part)
        ended.append(part.code)
    if ended:
        passage.details = {**passage.details, "parts": ended}


def _withdraw(code: str, *, reason: str, by: Actor, at: datetime, locked: Dossier | None = None) -> Dossier:
    with passing(Act.WITHDRAW, code, by=by, at=at, locked=locked) as passage:
        dossier = passage.dossier
        if by.is_system and dossier.parent_id is None:
            raise Refusal("Chỉ hồ sơ thành phần được rút cùng hồ sơ chính.", status=403)
        if by.account_id != dossier.applicant_id and not reason:
            fault = "Hãy ghi lý do người nộp đưa ra khi đề nghị rút."
            raise Refusal("Chưa ghi lý do rút hồ sơ.", field_errors={"reason": [fault]})
        passage.note = reason
        passage.told = {"money": paper_facts.money_note(dossier)}
        if by.is_system:
            people = officers.holders(dossier, passage.run, at)
            officers.write_to("part_ended", people, dossier, at=at, note=reason)
        end_parts(passage)
    return dossier
