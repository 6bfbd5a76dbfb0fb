"""Agencies and their one-stop counters: where they are, how to reach them, when they are open (BD-48, KT-17)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.agencies.models import Agency, Tier
from motcua.agencies.queries import directory
from motcua.policy.queries import calendar
from motcua.portal.catalogue_rows import TIERS
from motcua.portal.office_hours import hours_of
from motcua.portal.visitors import kept_for_visitors
from motcua.procedures.queries import catalogue
from motcua.reception.facts import is_open
from motcua.reception.queries import counters_manned
from motcua.rules.text import clean_line, fold
from motcua.ui import clock

PAGE_SIZE = 25


@kept_for_visitors
def agencies(request: HttpRequest) -> HttpResponse:
    """All agencies, narrowed by name, tier, or by a procedure they take in."""
    at = clock.now()
    book = catalogue(at)
    typed, tier = clean_line(request.GET.get("ten", ""))[:100], request.GET.get("cap", "")
    entry = book.by_code.get(request.GET.get("thu-tuc", ""))
    known = directory(at, ids=entry.agencies if entry else None)
    found = [
        agency
        for agency in known
        if (tier not in Tier.values or agency.tier == tier) and fold(typed) in fold(agency.name)
    ]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang"))
    kept = {"ten": typed, "cap": tier if tier in Tier.values else "", "thu-tuc": entry.code if entry else ""}
    context: dict[str, Any] = {
        "page": page,
        "cards": _cards(page.object_list, at),
        "total": len(found),
        "typed": typed,
        "tier": tier,
        "tiers": _tiers(known, tier),
        "entry": entry,
        "query": urlencode({name: value for name, value in kept.items() if value}),
    }
    return render(request, "portal/agencies.html", context)


def _tiers(known: Iterable[Agency], chosen: str) -> list[tuple[str, Any]]:
    """Tiers there is an agency of, and the chosen one: since 01/07/2025 no district is offered where none is left."""
    present = {agency.tier for agency in known} | {chosen}
    return [(key, label) for key, label in TIERS.items() if key in present]


def _cards(agencies: Iterable[Agency], at: Any) -> list[dict[str, Any]]:
    """Agencies as the page shows them, with the counters where somebody is on duty now (BD-66)."""
    cards = [_card(agency, at) for agency in agencies]
    manned = counters_manned([counter.pk for card in cards for counter in card["counters"]], at=at)
    return [{**card, "is_manned": any(counter.pk in manned for counter in card["counters"])} for card in cards]


def _card(agency: Agency, at: Any) -> dict[str, Any]:
    """An agency with every counter where its dossiers are handed in, and whether it is open at this moment."""
    counters = {counter.pk: counter for counter in (*agency.hosted_counters.all(), *agency.counters.all())}
    return {
        "agency": agency,
        "counters": sorted(counters.values(), key=lambda counter: counter.name),
        "hours": hours_of(calendar(at, agency_id=agency.pk), at.date()),
        "is_open": is_open(calendar(at, agency_id=agency.pk), at),
    }
