"""The work list: an officer's home."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.desk.asking import Asked, remember
from motcua.desk.office import desk_page, officer
from motcua.desk.trays import filters_of, tabs_of, title_of
from motcua.dossiers.queries.worklist import MOST_COUNTED, PAGE_SIZE, Tab, by_code, work_page
from motcua.rules.people import Role
from motcua.ui import clock


@require_http_methods(["GET", "HEAD", "POST"])
def worklist(request: HttpRequest) -> HttpResponse:
    """Tabs, filters and one page of dossiers; a POST only turns what was typed into an address.

    Names and identity numbers must not stand in addresses and logs (ASVS 14.2.1): they wait in the session.
    """
    actor, at = officer(request), clock.now()
    if request.method == "POST":
        code = by_code(request.POST.get("tim", ""), actor)
        return redirect("desk:dossier", code=code) if code else redirect(remember(request))
    asked = Asked.read(request)
    page = work_page(actor, asked.tab, narrowing=asked.narrowing, number=asked.number, at=at)
    numbers = Paginator(range(min(page.total, MOST_COUNTED)), PAGE_SIZE)
    context = {
        "asked": asked,
        "at": at,
        "title": title_of(asked.tab, actor),
        "tabs": tabs_of(page, asked, actor),
        "filters": filters_of(actor, asked, at),
        "lines": page.lines,
        "numbers": numbers.get_page(page.number),
        "is_cut": page.total > MOST_COUNTED and page.number == numbers.num_pages,
        "signs": asked.tab is Tab.MINE and actor.holds(Role.LEADER),
    }
    return desk_page(request, "desk/worklist.html", context)
