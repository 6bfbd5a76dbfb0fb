"""The register of dossiers (Mẫu 06) on the screen and as the printed book."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.agencies.models import OneStopCounter
from motcua.audit.actions import record_read
from motcua.base.errors import Refusal
from motcua.desk.office import desk_page, officer
from motcua.desk.places import counters_of, read_day
from motcua.dossiers.queries.register import register_page, register_pdf
from motcua.rules.people import Actor
from motcua.rules.text import plain_number
from motcua.ui import clock
from motcua.ui.middleware import embeddable


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """A page of the register: counter, days, lines."""
    actor = officer(request)
    counter, since, until = _asked(request, actor)
    after = plain_number(request.GET.get("sau", ""), most=10**12) or 0
    page = register_page(counter, actor, since=since, until=until, after=after)
    _remember(counter, since, until, actor)
    query = {"quay": counter.pk, "tu": since.isoformat(), "den": until.isoformat()}
    context = {
        "counter": counter,
        "counters": counters_of(actor),
        "since": since,
        "until": until,
        "lines": page.lines,
        "query": urlencode(query),
        "more": urlencode({**query, "sau": page.after}) if page.after else "",
        "is_first": not after,
    }
    return desk_page(request, "desk/register.html", context)


@require_safe
def register_book(request: HttpRequest) -> HttpResponse:
    """The same lines as a PDF, A4."""
    actor, at = officer(request), clock.now()
    counter, since, until = _asked(request, actor)
    _remember(counter, since, until, actor)
    response = HttpResponse(
        register_pdf(counter, actor, since=since, until=until, at=at), content_type="application/pdf"
    )
    name = f"so-theo-doi-{since:%Y%m%d}-{until:%Y%m%d}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    embeddable(response)
    return response


def _asked(request: HttpRequest, actor: Actor) -> tuple[OneStopCounter, date, date]:
    """Counter and days; today where nothing was asked, and the earlier day first."""
    mine = counters_of(actor)
    wanted = plain_number(request.GET.get("quay", "")) or (mine[0].pk if mine else 0)
    counter = next((one for one in mine if one.pk == wanted), None)
    if counter is None:
        raise Refusal(_("Không tìm thấy sổ của quầy này."), status=404)
    today = clock.now().date()
    since, until = (read_day(request.GET.get(name, "")) or today for name in ("tu", "den"))
    return counter, min(since, until), max(since, until)


def _remember(counter: OneStopCounter, since: date, until: date, actor: Actor) -> None:
    body: dict[str, Any] = {"page": "register", "since": since.isoformat(), "until": until.isoformat()}
    record_read(subject=("counter", str(counter.pk)), by=actor, at=clock.now(), body=body)
