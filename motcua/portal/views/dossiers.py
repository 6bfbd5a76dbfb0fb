"""Everything the person has with the province."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.dossiers.queries import mine
from motcua.portal.present import rows_of
from motcua.procedures.queries.ministry import ministry_dossiers_of
from motcua.ui import clock
from motcua.ui.asker import asker


def dossiers(request: HttpRequest) -> HttpResponse:
    """Her turn first, then what runs, then what is finished."""
    found = mine(asker(request), now=clock.now())
    context = {
        "waiting": rows_of(row for row in found if row.is_her_turn),
        "running": rows_of(row for row in found if not row.is_her_turn and not row.is_closed and row.code),
        "drafts": rows_of(row for row in found if not row.code),
        "closed": rows_of(row for row in found if row.is_closed),
        "at_ministries": ministry_dossiers_of(asker(request)),
    }
    return render(request, "portal/dossiers.html", context)
