"""The records clerk's verb: number, agency seal, result ready; the applicant is told (HY-31, HY-33)."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers.actions import posting
from motcua.dossiers.actions.gate import passing
from motcua.dossiers.facts import papers as paper_facts
from motcua.dossiers.models import Dossier
from motcua.papers.actions import take_number
from motcua.rules.acts import Act, Paper
from motcua.rules.people import Actor

RESULT_SYMBOL = "KQ-TTHC"
"""Sign of the register of results (NĐ 30/2020: number and sign of a document)."""


def seal(code: str, *, by: Actor, at: datetime) -> Dossier:
    """Enter the result in the register, number and seal it, and make it ready to be collected."""
    with passing(Act.SEAL, code, by=by, at=at) as passage:
        dossier, result = passage.dossier, passage.dossier.result
        result.number = take_number(Paper.RESULT, symbol=RESULT_SYMBOL, agency_code=dossier.agency.code, at=at)
        result.sealed_by_name = by.name
        result.sealed_at = at
        result.save()
        dossier.outcome = result.outcome
        dossier.result_at = at
        passage.note = f"{result.title}, số {result.number}"
        passage.details = {"number": result.number, "outcome": result.outcome}
        passage.told = {"outcome": result.outcome, "reasons": result.reasons}
        passage.paper = lambda: paper_facts.result(dossier, result)
        passage.paper_number = result.number
        posting.send_result(dossier, by=by, at=at)
    return passage.dossier
