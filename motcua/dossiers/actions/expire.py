"""What ends because nobody came back to it: drafts after ninety days, dossiers whose supplement was never answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from motcua.audit.actions import record
from motcua.dossiers.actions.gate import passing
from motcua.dossiers.actions.withdraw import end_parts
from motcua.dossiers.facts import papers as paper_facts
from motcua.dossiers.facts.promises import open_request
from motcua.dossiers.models import Dossier
from motcua.files.actions import release
from motcua.rules.acts import Act, State
from motcua.rules.people import Actor
from motcua.rules.worktime import VIETNAM

DRAFT_LIFETIME = timedelta(days=90)


def expire_drafts(*, by: Actor, at: datetime, batch: int = 100) -> int:
    """Delete drafts not touched for ninety days, a transaction each; answers how many. Safe to run twice at once."""
    expired = 0
    old = Dossier.objects.filter(state=State.DRAFT.value, saved_at__lt=at - DRAFT_LIFETIME)
    for pk in list(old.order_by("saved_at").values_list("pk", flat=True)[:batch]):
        with transaction.atomic():
            draft = old.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if draft is None:
                continue
            record(subject=draft.subject, verb="expire", by=by, at=at, body={})
            owner = f"dossier:{draft.public_id}"
            draft.delete()
            release(owner=owner)
            expired += 1
    return expired


def close_unanswered(code: str, *, by: Actor, at: datetime) -> Dossier:
    """End a dossier whose supplement request was never answered, where the province's rule ends it (clause
    ``close_unanswered``): a notice with the reason, the clock stopped, the applicant told."""
    with passing(Act.CLOSE_UNANSWERED, code, by=by, at=at) as passage:
        dossier = passage.dossier
        request = open_request(dossier)
        assert request is not None and request.answer_by is not None
        limit = request.answer_by.astimezone(VIETNAM)
        reason = (
            f"Đã quá hạn bổ sung ({limit:%H:%M} ngày {limit:%d/%m/%Y}) mà người nộp chưa bổ sung những nội dung "
            f"nêu trong phiếu yêu cầu ngày {request.requested_at.astimezone(VIETNAM):%d/%m/%Y}."
        )
        passage.note = reason
        passage.told = {"reasons": [reason], "money": paper_facts.money_note(dossier)}
        passage.details = {"request": request.number}
        passage.paper = lambda: paper_facts.stop_notice(dossier, (reason,))
        end_parts(passage)
    return dossier
