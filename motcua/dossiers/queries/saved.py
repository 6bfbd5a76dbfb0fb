"""Saved views of the lists: one's own, and those colleagues share in the agency."""

from __future__ import annotations

from django.db.models import Q

from motcua.base.errors import Refusal
from motcua.dossiers.models import SavedView
from motcua.rules.lifecycle import Relation
from motcua.rules.people import Actor
from motcua.rules.permissions import Page, reaches


def views_of(actor: Actor) -> list[SavedView]:
    """One's own and the shared ones of the agencies where one holds a post, by name. One query."""
    agencies = {post.agency_id for post in actor.posts}
    rows = SavedView.objects.filter(Q(owner_id=actor.account_id or 0) | Q(agency_id__in=agencies))
    return list(rows.order_by("name", "pk"))


def own_view(key: int, actor: Actor) -> SavedView:
    """A view this actor may remove. Raises `Refusal` 404 for any other."""
    found = SavedView.objects.filter(pk=key).first()
    if found is None or not may_remove(found, actor):
        raise Refusal("Không tìm thấy danh sách đã lưu này.", status=404)
    return found


def may_remove(view: SavedView, actor: Actor) -> bool:
    """One's own; and a shared one of an agency for which the table of rights says so, since its owner may have left."""
    if view.owner_id == actor.account_id:
        return True
    ruled = {post.agency_id for post in actor.posts if Relation.AGENCY in reaches(post.role, Page.VIEWS)}
    return view.agency_id is not None and view.agency_id in ruled
