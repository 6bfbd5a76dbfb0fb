"""The working calendar: proposals, what each would move, the second person's word; and outages of the system."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.agencies.queries import agencies_at
from motcua.base.errors import Refusal
from motcua.desk.clock_forms import ChangeForm, OutageForm
from motcua.desk.office import desk_page, officer
from motcua.dossiers.queries.moving import preview
from motcua.policy.actions import confirm_change, drop_change, propose_change, record_outage
from motcua.policy.actions.calendar import may_change
from motcua.policy.queries import calendar_change, calendar_changes, outages
from motcua.rules.people import Actor, Role
from motcua.rules.text import plain_number
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Every change ever proposed, and the form for one more."""
    actor, at = officer(request), clock.now()
    posted = request.POST if request.method == "POST" else None
    form = ChangeForm(posted, places=_places(actor, at))
    if form.is_bound and form.is_valid():
        try:
            change = propose_change(by=actor, at=at, **form.given())
        except Refusal as no:
            if not no.field_errors:
                raise
            form.refuse(no)
        else:
            messages.success(request, _("Đã gửi đề xuất. Người khác xem trước và xác nhận thì lịch mới đổi."))
            return redirect("desk:calendar_change", change=change.pk)
    rows = [change for change in calendar_changes() if may_change(actor, change.agency_id, at=at)]
    context = {"form": form, "rows": rows, "error_summary": form_faults(form)}
    return desk_page(request, "desk/calendar.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, change: int) -> HttpResponse:
    """What a proposed change would move, dossier by dossier; a POST confirms or drops it."""
    actor, at = officer(request), clock.now()
    found = calendar_change(change)
    if found is None or not may_change(actor, found.agency_id, at=at):
        raise Refusal(_("Không tìm thấy đề xuất này."), status=404)
    if request.method == "POST":
        if "bo" in request.POST:
            drop_change(change, by=actor, at=at)
            messages.success(request, _("Đã bỏ đề xuất."))
        else:
            confirm_change(change, by=actor, at=at)
            messages.success(request, _("Đã xác nhận. Hệ thống đang tính lại từng hồ sơ và báo cho người nộp."))
        return redirect("desk:calendar_change", change=change)
    is_open = found.confirmed_at is None and found.dropped_at is None
    after = plain_number(request.GET.get("sau", "")) or 0
    context = {
        "change": found,
        "is_open": is_open,
        "may_confirm": is_open and found.proposed_by_id != actor.account_id,
        "preview": preview(found, at=at, after=after) if is_open else None,
        "off": _named(found.days_off),
        "extra": _named(found.working_days),
    }
    return desk_page(request, "desk/calendar_change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def outage(request: HttpRequest) -> HttpResponse:
    """Outages recorded so far, and the form for one more."""
    actor, at = officer(request), clock.now()
    posted = request.POST if request.method == "POST" else None
    form = OutageForm(posted, places=_places(actor, at))
    if form.is_bound and form.is_valid():
        try:
            record_outage(by=actor, at=at, **form.given())
        except Refusal as no:
            if not no.field_errors:
                raise
            form.refuse(no)
        else:
            messages.success(request, _("Đã ghi nhận. Thời hạn bị ảnh hưởng đang được kéo dài, người nộp được báo."))
            return redirect("desk:outages")
    rows = [row for row in outages() if may_change(actor, row.agency_id, at=at)]
    context = {"form": form, "rows": rows, "error_summary": form_faults(form)}
    return desk_page(request, "desk/outages.html", context, status=422 if form.errors else 200)


def _named(days: Mapping[str, str]) -> list[tuple[date, str]]:
    return [(date.fromisoformat(day), name) for day, name in sorted(days.items())]


def _places(actor: Actor, at: datetime) -> list[tuple[str, str]]:
    """The calendars this officer may change: the province's where he may, then agencies."""
    agencies = agencies_at(at)
    if not actor.holds(Role.OPERATOR):
        agencies = agencies.filter(pk__in={post.agency_id for post in actor.posts if post.role is Role.LEADER})
    places = [(str(agency.pk), agency.name) for agency in agencies]
    return [("", _("Toàn tỉnh")), *places] if may_change(actor, None, at=at) else places
