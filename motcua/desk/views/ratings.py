"""What people think of the pages (KT-25): counts and reasons, for the agencies they are about and for the operator."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.desk.office import desk_page, officer
from motcua.desk.places import read_day
from motcua.feedback.queries import rated, reasons
from motcua.rules.worktime import VIETNAM
from motcua.ui import clock

DAYS = 90
"""How far back the page looks unless asked."""


@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """Pages with their counts, those found least useful on top, and what was written."""
    actor, today = officer(request), clock.now().date()
    since = read_day(request.GET.get("tu", "")) or today - timedelta(days=DAYS)
    until = read_day(request.GET.get("den", "")) or today
    since, until = min(since, until), max(since, until)
    page = request.GET.get("trang", "")[:80]
    first = datetime.combine(since, time.min, VIETNAM)
    last = datetime.combine(until + timedelta(days=1), time.min, VIETNAM)
    rows = rated(actor, since=first, until=last)
    known = page if any(row.page == page for row in rows) else ""
    context = {
        "rows": rows,
        "reasons": reasons(actor, since=first, until=last, page=known),
        "chosen": next((row for row in rows if row.page == page), None),
        "since": since,
        "until": until,
    }
    return desk_page(request, "desk/ratings.html", context)
