"""One's own exports."""

from __future__ import annotations

from uuid import UUID

from motcua.base.errors import Refusal
from motcua.dossiers.models import ExportRun
from motcua.rules.people import Actor


def exports_of(actor: Actor, *, most: int = 20) -> list[ExportRun]:
    """Latest first, without the files themselves."""
    rows = ExportRun.objects.filter(account_id=actor.account_id or 0).defer("content")
    return list(rows.order_by("-asked_at")[:most])


def export_of(key: UUID, actor: Actor) -> ExportRun:
    """One's own export. Raises `Refusal` 404 for any other."""
    found = ExportRun.objects.filter(pk=key, account_id=actor.account_id or 0).first()
    if found is None:
        raise Refusal("Không tìm thấy tệp này.", status=404)
    return found
