"""Taking back what one has handed on, while nobody has opened it; and giving back what one was handed (BD-36).

Minutes are conserved: the station that is entered again has what was left of its budget, every passage keeps what it
used, and the sum over all passages stays the whole working time.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.base.errors import Refusal
from motcua.dossiers.actions import officers
from motcua.dossiers.actions.approve import take_back_signature
from motcua.dossiers.actions.gate import Passing, lock, passing
from motcua.dossiers.facts import route_of
from motcua.dossiers.models import Dossier, StepRun
from motcua.dossiers.queries.coordination import works_on
from motcua.rules.acts import Act, StepKind
from motcua.rules.people import Actor
from motcua.rules.text import clean_text


def recall(code: str, *, reason: str = "", by: Actor, at: datetime) -> Dossier:
    """Take the dossier back into the step one has just finished. Refused (422) once somebody has opened it."""
    with passing(Act.RECALL, code, by=by, at=at) as passage:
        last = passage.dossier.steps.filter(finished_at__isnull=False).order_by("-pk").first()
        if last is None:
            raise Refusal("Hồ sơ chưa qua bước nào để thu hồi về.", status=409)
        _enter_again(passage, last)
        passage.holder_id = by.account_id
        passage.is_opened = True
        passage.note = clean_text(reason)
    return passage.dossier


def return_to_giver(code: str, *, reason: str, by: Actor, at: datetime) -> Dossier:
    """Give the dossier back to whoever handled it last on its way here, saying why."""
    cleaned = clean_text(reason)
    if not cleaned:
        raise Refusal("Chưa ghi lý do trả lại.", field_errors={"reason": ["Hãy nói rõ vì sao trả lại."]})
    with passing(Act.RETURN_TO_GIVER, code, by=by, at=at) as passage:
        earlier = passage.dossier.steps.filter(finished_at__isnull=False, index__lt=passage.dossier.step_index or 0)
        last = earlier.order_by("-pk").first()
        if last is None:
            raise Refusal("Hồ sơ chưa qua bước nào trước bước này.", status=409)
        _enter_again(passage, last)
        passage.holder_id = officers.last_hand(last, at)
        passage.note = cleaned
    return passage.dossier


def mark_opened(dossier: Dossier, *, by: Actor, at: datetime) -> bool:
    """Somebody whose step it is has opened the dossier: from now on nobody recalls it. True the first time.

    The dossier's row is locked before looking again, so that of opening and recalling at once exactly one is first.
    """
    run = next((run for run in dossier.steps.all() if run.finished_at is None), None)
    if run is None or run.opened_at is not None or not _is_receiver(dossier, run, by, at):
        return False
    with transaction.atomic():
        lock(dossier.code or "", contents=())
        return bool(StepRun.objects.filter(pk=run.pk, finished_at=None, opened_at=None).update(opened_at=at))


def _is_receiver(dossier: Dossier, run: StepRun, by: Actor, at: datetime) -> bool:
    return run.given_by_id != by.account_id and works_on(dossier, run, by, at=at)


def _enter_again(passage: Passing, earlier: StepRun) -> None:
    """Point the gate at a station passed before, with what was left of its budget."""
    dossier = passage.dossier
    passage.to_step = route_of(dossier)[earlier.index]
    passage.budget_minutes = max(earlier.budget_minutes - earlier.used_minutes, 0)
    passage.is_public = False
    if earlier.kind == StepKind.APPROVE.value:
        take_back_signature(dossier)
