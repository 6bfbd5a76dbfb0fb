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


def posts_said(actor: Actor) -> list[str]:
    """The posts by which an actor sees what he sees now, each as one text."""
    return sorted({f"{post.role}:{post.agency_id}:{post.division_id}:{post.counter_id}" for post in actor.posts})


def is_still_open(run: ExportRun, actor: Actor) -> bool:
    """Whether every post that let its maker see what is in the file is still held."""
    return set(run.asked.get("posts", ())) <= set(posts_said(actor))


def export_of(key: UUID, actor: Actor) -> ExportRun:
    """One's own export. Raises `Refusal` 404 for any other."""
    found = ExportRun.objects.filter(pk=key, account_id=actor.account_id or 0).first()
    if found is None:
        raise Refusal("Không tìm thấy tệp này.", status=404)
    return found
