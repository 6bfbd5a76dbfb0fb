"""What the bells will do in the next days if nobody does anything: so that nobody has to be surprised."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.desk.office import desk_page, officer
from motcua.dossiers.actions.timers import MOST_FORETOLD, what_will_happen
from motcua.dossiers.queries import visible_to
from motcua.dossiers.queries.lateness import blots
from motcua.rules.worktime import VIETNAM
from motcua.ui import clock

SPANS = (1, 3, 7)


@require_safe
def coming(request: HttpRequest) -> HttpResponse:
    """The bells of the next one, three or seven days, by day."""
    actor, at = officer(request), clock.now()
    asked = request.GET.get("ngay", "")
    days = int(asked) if asked in {str(span) for span in SPANS} else 3
    found = what_will_happen(at=at, until=at + timedelta(days=days), actor=actor)
    codes = {each.code for each in found}
    seen = set(visible_to(actor).filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    by_day: list[dict[str, Any]] = [
        {"day": day, "rows": [{"ring": each, "opens": each.code in seen} for each in rows]}
        for day, rows in groupby(found, key=lambda each: each.at.astimezone(VIETNAM).date())
    ]
    context = {"days": by_day, "chosen": days, "spans": SPANS, "most": MOST_FORETOLD, "blots": blots(actor, at=at)}
    return desk_page(request, "desk/coming.html", context)
