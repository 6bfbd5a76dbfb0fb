"""What one's unit was asked: open questions by what falls due first, and the latest answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.desk.office import desk_page, officer
from motcua.dossiers.queries.coordination import asked_of
from motcua.ui import clock


@require_safe
def opinions(request: HttpRequest) -> HttpResponse:
    """Two lists; each row leads to its dossier."""
    actor, at = officer(request), clock.now()
    context = {"waiting": asked_of(actor, at=at), "answered": asked_of(actor, at=at, answered=True)}
    return desk_page(request, "desk/opinions.html", context)
