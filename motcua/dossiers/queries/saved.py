"""Saved views of the lists: one's own, and those colleagues share in the agency."""

from __future__ import annotations

from django.db.models import Q

from motcua.base.errors import Refusal
from motcua.dossiers.models import SavedView
from motcua.rules.people import Actor


def views_of(actor: Actor) -> list[SavedView]:
    """One's own and the shared ones of the agencies where one holds a post, by name. One query."""
    agencies = {post.agency_id for post in actor.posts}
    rows = SavedView.objects.filter(Q(owner_id=actor.account_id or 0) | Q(agency_id__in=agencies))
    return list(rows.order_by("name", "pk"))


def own_view(key: int, actor: Actor) -> SavedView:
    """One's own view. Raises `Refusal` 404 for any other."""
    found = SavedView.objects.filter(pk=key, owner_id=actor.account_id or 0).first()
    if found is None:
        raise Refusal("Không tìm thấy danh sách đã lưu này.", status=404)
    return found
