"""The duty roster (BD-66): a week of half days, who is on duty, and where nobody is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from motcua.agencies.models import OneStopCounter
from motcua.base.errors import Refusal
from motcua.desk.office import desk_page, officer
from motcua.desk.places import counters_of, read_day
from motcua.policy.queries import calendar
from motcua.reception import actions, queries
from motcua.reception.facts import monday_of, plans_for
from motcua.reception.models import Half
from motcua.rules.people import Actor
from motcua.rules.text import plain_number
from motcua.ui import clock

WEEK = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    """Show a week; a POST keeps what was ticked or copies the week before."""
    actor, at = officer(request), clock.now()
    counters = counters_of(actor)
    wanted = plain_number(request.POST.get("quay", request.GET.get("quay", ""))) or 0
    counter = next((one for one in counters if one.pk == wanted), counters[0] if counters else None)
    if counter is None:
        raise Refusal(_("Bạn không làm việc ở quầy nào và không quản lý quầy nào."), status=404)
    monday = monday_of(read_day(request.POST.get("tuan", request.GET.get("tuan", ""))) or at.date())
    hours = calendar(at, agency_id=counter.host_id)
    if request.method == "POST":
        return _keep(request, counter, monday, hours, actor, at)
    week = queries.roster(counter, monday, 7, calendar=hours)
    plans = plans_for(actor, counter)
    context = {
        "counter": counter,
        "counters": counters if len(counters) > 1 else [],
        "week": week,
        "people": queries.people_of(counter, on=monday) if plans else [],
        "plans": plans,
        "monday": monday,
        "before": (monday - WEEK).isoformat(),
        "following": (monday + WEEK).isoformat(),
        "gaps": [f"{day.day:%d/%m}" for day in week if day.is_gap],
        "groups": queries.groups_of(counter),
        "on_duty": queries.on_duty([counter], calendar=hours, at=at).get(counter.pk, []),
    }
    return desk_page(request, "desk/roster.html", context)


def _keep(
    request: HttpRequest, counter: OneStopCounter, monday: date, hours: Any, actor: Actor, at: Any
) -> HttpResponse:
    """All of the week or nothing of it."""
    if "chep" in request.POST:
        count = actions.copy_last_week(counter, monday, calendar=hours, by=actor, at=at)
        said = ngettext("Đã chép %(n)d buổi trực từ tuần trước.", "Đã chép %(n)d buổi trực từ tuần trước.", count)
        messages.success(request, said % {"n": count})
    else:
        with transaction.atomic():
            for day in (monday + timedelta(days=number) for number in range(7)):
                for half in Half:
                    if f"buoi-{day.isoformat()}-{half.value}" in request.POST:
                        _shift(request, counter, day, half, hours, actor, at)
        messages.success(request, _("Đã lưu lịch trực."))
    return redirect(f"{reverse('desk:roster')}?quay={counter.pk}&tuan={monday.isoformat()}")


def _shift(
    request: HttpRequest, counter: OneStopCounter, day: date, half: Half, hours: Any, actor: Actor, at: Any
) -> None:
    ticked = [plain_number(one) or 0 for one in request.POST.getlist(f"truc-{day.isoformat()}-{half.value}")]
    actions.set_shift(counter, day, half, ticked, calendar=hours, by=actor, at=at)
