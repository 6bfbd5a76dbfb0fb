"""Every procedure: searched, filtered by agency, sector, tier, level and audience, 25 on a page (HY-7, BN-2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.policy.queries import policy_at
from motcua.portal.catalogue_rows import AUDIENCES, MODES, TIERS, rows_of_entries
from motcua.portal.visitors import kept_for_visitors
from motcua.procedures.queries import Found, catalogue, search, sectors
from motcua.rules.acts import ServiceScheme
from motcua.ui import clock

PAGE_SIZE = 25
PARAMETERS = {
    "linh-vuc": "sector",
    "co-quan": "agency",
    "cap": "tier",
    "muc-do": "level",
    "hinh-thuc": "mode",
    "doi-tuong": "audience",
    "truc-tuyen": "online",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter with how many procedures it leaves."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter as a select."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter in use, with the address of the same list without it."""

    label: str
    href: str


@kept_for_visitors
def procedures(request: HttpRequest) -> HttpResponse:
    """The list for what was typed and chosen."""
    at = clock.now()
    typed = request.GET.get("tim", "")
    given = {name: request.GET.get(name, "") for name in PARAMETERS}
    found = search(typed, {PARAMETERS[name]: value for name, value in given.items()}, at=at)
    page = Paginator(found.entries, PAGE_SIZE).get_page(request.GET.get("trang"))
    kept = {name: value for name, value in {"tim": found.query, **given}.items() if value}
    filters = _filters(found, given, at)
    context: dict[str, Any] = {
        "found": found,
        "page": page,
        "rows": rows_of_entries(page.object_list),
        "elsewhere": rows_of_entries(found.elsewhere),
        "filters": filters,
        "chosen": _chosen(filters, kept),
        "online_count": found.counts["online"].get("1", 0),
        "is_online": given["truc-tuyen"] == "1",
        "query": urlencode(kept),
    }
    return render(request, "portal/procedures.html", context)


def _filters(found: Found, given: dict[str, str], at: datetime) -> list[Filter]:
    """The selects; a filter with nothing to choose from is left out."""
    agencies = {str(key): name for key, (_, name) in catalogue(at).agencies.items()}
    by_level = policy_at(at).service_scheme == ServiceScheme.LEVELS
    levels = {str(level): _("Mức độ %(level)s") % {"level": level} for level in (4, 3, 2, 1)}
    known: list[tuple[str, str, dict[str, str]]] = [
        ("linh-vuc", _("Lĩnh vực"), sectors(at)),
        ("co-quan", _("Cơ quan tiếp nhận"), agencies),
        ("cap", _("Cấp giải quyết"), {key: str(label) for key, label in TIERS.items()}),
        ("doi-tuong", _("Dành cho"), {key: str(label) for key, label in AUDIENCES.items()}),
        ("muc-do", _("Mức độ dịch vụ"), levels if by_level else {}),
        ("hinh-thuc", _("Hình thức"), {key: str(label) for key, label in MODES.items()}),
    ]
    filters = []
    for name, label, values in known:
        counts = found.counts[PARAMETERS[name]]
        choices = [
            Choice(value, words, counts.get(value, 0), given[name] == value)
            for value, words in values.items()
            if counts.get(value) or given[name] == value
        ]
        if choices:
            filters.append(Filter(name, label, choices))
    return filters


def _chosen(filters: list[Filter], kept: dict[str, str]) -> list[Chosen]:
    """What narrows the list now, each removable by one link."""
    address = reverse("portal:procedures")
    chosen = []
    for each in filters:
        for choice in each.choices:
            if choice.is_chosen:
                rest = urlencode({name: value for name, value in kept.items() if name != each.name})
                chosen.append(Chosen(choice.label, f"{address}?{rest}" if rest else address))
    return chosen
