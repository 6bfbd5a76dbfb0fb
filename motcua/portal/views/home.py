"""The portal's home: say what you need, see what of yours is moving, look something up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries import mine
from motcua.dossiers.queries.figures import last_month, most_used
from motcua.portal.catalogue_rows import rows_of_entries
from motcua.portal.present import rows_of
from motcua.portal.views.lookup import LookupForm
from motcua.portal.visitors import kept_for_visitors
from motcua.procedures.queries import Catalogue, Entry, catalogue
from motcua.ui import clock
from motcua.ui.asker import asker

EXAMPLES = (_("khai sinh"), _("xây nhà"), _("đổi bằng lái"), _("mở quán ăn"))
SHOWN = 6
MINE_SHOWN = 3


@kept_for_visitors
def home(request: HttpRequest) -> HttpResponse:
    """Search, my things, look-up, life events, most used, punctuality from real figures only."""
    at = clock.now()
    book = catalogue(at)
    used = _most_used(book, at)
    context: dict[str, Any] = {
        "examples": EXAMPLES,
        "lookup": LookupForm(None),
        "events": book.events,
        "most_used": rows_of_entries(used or _fileable(book), in_columns=True),
        "are_most_used": bool(used),
        "total": len(book.entries),
        "month": last_month(at=at),
        "mine": [],
        "mine_count": 0,
    }
    if request.user.is_authenticated and not asker(request).is_officer:
        own = [row for row in mine(asker(request), now=at) if not row.is_closed]
        context |= {"mine": rows_of(own[:MINE_SHOWN]), "mine_count": len(own)}
    return render(request, "portal/home.html", context)


def _most_used(book: Catalogue, at: datetime) -> list[Entry]:
    """Entries people use most; none until there are figures that may be told."""
    by_procedure = {entry.procedure_id: entry for entry in book.entries}
    return [by_procedure[key] for key in most_used(at=at, most=SHOWN) if key in by_procedure]


def _fileable(book: Catalogue) -> list[Entry]:
    return [entry for entry in book.entries if entry.accepts_online][:SHOWN]
