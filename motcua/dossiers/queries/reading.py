"""One dossier as a face shows it: its contents, what may be done with it, and why its dates are what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from motcua.base.errors import Refusal
from motcua.dossiers.facts import facts_of, load
from motcua.dossiers.facts.control import control_sheet
from motcua.dossiers.facts.secrets import lookup_secret
from motcua.dossiers.models import Dossier, Promise
from motcua.dossiers.queries.visible import may_see
from motcua.papers.models import IssuedPaper
from motcua.papers.queries import of as papers_about
from motcua.papers.queries import pdf
from motcua.papers.render import render
from motcua.rules.acts import Act, Paper
from motcua.rules.lifecycle import TABLE, Granted, Refused, decide
from motcua.rules.people import Actor


def dossier_of(code: str, actor: Actor) -> Dossier:
    """The dossier of this code with its contents. Raises `Refusal` 404 when this actor may not see it."""
    found = load.loaded(code, may=lambda dossier: may_see(dossier, actor))
    if found is None:
        raise Refusal("Không tìm thấy hồ sơ này.", status=404)
    return found


def draft_of(public_id: str, actor: Actor) -> Dossier:
    """A draft (or the dossier it became) by its public id. Raises `Refusal` 404 when this actor may not see it."""
    found = load.loaded_draft(public_id, may=lambda dossier: may_see(dossier, actor))
    if found is None:
        raise Refusal("Không tìm thấy hồ sơ này.", status=404)
    return found


def offers(dossier: Dossier, actor: Actor, *, at: datetime) -> Mapping[Act, Granted | Refused]:
    """Each act that is any of this actor's business, granted or refused with reasons, in the order of the table."""
    run = next((step for step in dossier.steps.all() if step.finished_at is None), None)
    facts = facts_of(dossier, run=run, at=at)
    policy = dossier.policy
    answers = {act: decide(act, facts, actor, policy, at) for act in TABLE}
    return {act: answer for act, answer in answers.items() if not (isinstance(answer, Refused) and answer.hidden)}


def promises_of(dossier: Dossier) -> list[Promise]:
    """The latest promise of each kind: acceptance first, then the result."""
    latest: dict[str, Promise] = {}
    for promise in dossier.promises.order_by("pk"):
        latest[promise.what] = promise
    return [latest[what] for what in (Promise.What.ACCEPTANCE, Promise.What.RESULT) if what in latest]


def issued_papers(dossier: Dossier) -> list[IssuedPaper]:
    """Papers given out about this dossier, oldest first."""
    return papers_about(dossier.code) if dossier.code else []


def paper_pdf(dossier: Dossier, paper: IssuedPaper, *, copies: Sequence[str] = ("",)) -> bytes:
    """The paper as PDF.

    The control sheet grows with the dossier's steps, so it is drawn from them as they are now; the receipt gets the
    look-up secret only here, on its way to paper.
    """
    if paper.kind == Paper.CONTROL_SHEET.value:
        data = control_sheet(dossier).to_data()
    elif paper.kind == Paper.SUBMISSION_RECEIPT.value:
        data = {**paper.data, "lookup_secret": lookup_secret(dossier)}
    else:
        return pdf(paper, copies=copies)
    kind = Paper(paper.kind)
    return render(kind, data, issued_at=paper.issued_at, number=paper.number, qr_url=paper.check_url)
