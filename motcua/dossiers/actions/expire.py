"""Drafts nobody came back to: kept ninety days, then forgotten with their files (promises §7)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from motcua.audit.actions import record
from motcua.dossiers.models import Dossier
from motcua.files.actions import release
from motcua.rules.acts import State
from motcua.rules.people import Actor

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
