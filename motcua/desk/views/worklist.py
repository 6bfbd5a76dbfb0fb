"""The work list: an officer's home."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.desk import trays
from motcua.desk.asking import Asked, remember
from motcua.desk.office import desk_page, officer
from motcua.dossiers.queries.bulk import MOST, deeds_of
from motcua.dossiers.queries.fields import fields_of
from motcua.dossiers.queries.saved import views_of
from motcua.dossiers.queries.worklist import MOST_COUNTED, PAGE_SIZE, by_code, work_page
from motcua.ui import clock


@require_http_methods(["GET", "HEAD", "POST"])
def worklist(request: HttpRequest) -> HttpResponse:
    """Tabs, filters and one page of dossiers; a POST only turns what was typed into an address.

    Names and identity numbers must not stand in addresses and logs (ASVS 14.2.1): they wait in the session.
    """
    actor, at = officer(request), clock.now()
    if request.method == "POST":
        code = by_code(request.POST.get("tim", ""), actor)
        if code:
            return redirect("desk:dossier", code=code)
        asked_of = fields_of(request.POST.get("thu-tuc", "")[:40], at=at)
        return redirect(remember(request, {field.key for field in asked_of}))
    asked = Asked.read(request)
    fields = fields_of(asked.narrowing.procedure, at=at)
    page = work_page(
        actor,
        asked.tab,
        narrowing=asked.narrowing,
        number=asked.number,
        at=at,
        columns=asked.columns,
        said={field.key: field.said for field in fields},
    )
    numbers = Paginator(range(min(page.total, MOST_COUNTED)), PAGE_SIZE)
    query = asked.query()
    context = {
        "asked": asked,
        "at": at,
        "query": query,
        "title": trays.title_of(asked.tab, actor),
        "tabs": trays.tabs_of(page, asked, actor),
        "filters": trays.filters_of(actor, asked, at),
        "more_filters": trays.more_filters_of(actor, asked, at),
        "days": trays.days_of(asked),
        "answers": trays.answers_of(asked, fields),
        "columns": trays.columns_of(asked, fields),
        "headings": trays.headings_of(asked.columns, fields),
        "views": views_of(actor),
        "lines": page.lines,
        "total": page.total,
        "whole": min(page.total, MOST),
        "is_part": page.total > len(page.lines),
        "numbers": numbers.get_page(page.number),
        "is_more": page.total > MOST_COUNTED,
        "is_cut": page.total > MOST_COUNTED and page.number == numbers.num_pages,
        "signs": trays.signs(asked, actor),
        "deeds": deeds_of(actor),
    }
    return desk_page(request, "desk/worklist.html", context)
