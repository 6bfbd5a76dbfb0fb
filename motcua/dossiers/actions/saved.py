"""Keep a list under a name, for oneself or for the whole agency; forget it again."""

from __future__ import annotations

from datetime import datetime

from motcua.base.errors import Refusal
from motcua.dossiers.models import SavedView
from motcua.rules.people import Actor
from motcua.rules.text import clean_line

MOST_VIEWS = 50
LONGEST = 1000
"""Of a query, as the table keeps it."""


def save_view(name: str, query: str, *, shared: bool, by: Actor, at: datetime) -> SavedView:
    """Keep ``query`` (never with searched words in it) under ``name``; the same name once more replaces it."""
    cleaned = clean_line(name)[:60]
    if not cleaned:
        raise Refusal("Chưa có tên.", field_errors={"name": ["Hãy đặt tên cho danh sách."]})
    if len(query) > LONGEST:
        raise Refusal("Bộ lọc của danh sách này quá dài nên không lưu được. Hãy bỏ bớt điều kiện hoặc cột.", status=400)
    own = SavedView.objects.filter(owner_id=by.account_id or 0)
    if own.count() >= MOST_VIEWS and not own.filter(name=cleaned).exists():
        raise Refusal(f"Đã lưu {MOST_VIEWS} danh sách. Hãy xóa bớt trước khi lưu thêm.", status=409)
    agency = by.posts[0].agency_id if shared and by.posts else None
    found, _ = SavedView.objects.update_or_create(
        owner_id=by.account_id,
        name=cleaned,
        defaults={"owner_name": by.name, "agency_id": agency, "query": query},
        create_defaults={"owner_name": by.name, "agency_id": agency, "query": query, "created_at": at},
    )
    return found


def forget_view(view: SavedView) -> None:
    """Remove a view; the dossiers are not touched."""
    view.delete()
