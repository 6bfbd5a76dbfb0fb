"""Procedures that belong to one thing that happens in a life."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.portal.catalogue_rows import rows_of_entries
from motcua.portal.visitors import kept_for_visitors
from motcua.procedures.queries import catalogue, search
from motcua.ui import clock


@kept_for_visitors
def life_event(request: HttpRequest, key: str) -> HttpResponse:
    """The procedures of one event, those that can be filed online first."""
    at = clock.now()
    book = catalogue(at)
    event = next((event for event in book.events if event.key == key), None)
    if event is None:
        raise Http404
    entries = sorted(search("", {"event": key}, at=at).entries, key=lambda entry: not entry.accepts_online)
    others = [other for other in book.events if other.key != key]
    context = {"event": event, "rows": rows_of_entries(entries, in_columns=True), "others": others}
    return render(request, "portal/life_event.html", context)
