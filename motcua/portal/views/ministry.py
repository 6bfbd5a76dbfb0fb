"""Going on to a ministry's own system: what is passed on, the person's agreement, and the way there (BD-12)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.base.errors import Refusal
from motcua.gateways.ministry_handover import address_for, base_of, is_ready
from motcua.procedures.actions import ministry
from motcua.procedures.queries import revision_in_force
from motcua.procedures.queries.ministry import service_of
from motcua.ui import clock
from motcua.ui.asker import asker


@require_http_methods(["GET", "HEAD", "POST"])
def ministry_start(request: HttpRequest, code: str) -> HttpResponse:
    """What the ministry's system will be told; a POST makes the way there, good for a few minutes."""
    at = clock.now()
    service = service_of(code, on=at.date())
    if service is None:
        raise Refusal(_("Thủ tục này không nộp ở hệ thống của bộ, ngành."), status=404)
    system, account = service.system, request.user
    context: dict[str, Any] = {
        "service": service,
        "system": system,
        "revision": revision_in_force(code, on=at.date()),
        "plain": "" if is_ready(system) else base_of(system),
        "address": "",
        "error_summary": [],
        "passed_on": [
            (_("Họ và tên"), account.full_name),  # type: ignore[union-attr]
            (_("Số định danh"), account.identity_number),  # type: ignore[union-attr]
            (_("Số điện thoại"), account.phone or ""),  # type: ignore[union-attr]
            (_("Thư điện tử"), account.email or ""),  # type: ignore[union-attr]
        ],
    }
    status = 200
    if request.method == "POST" and not context["plain"]:
        try:
            row = ministry.hand_over(
                code,
                account=account,  # type: ignore[arg-type]
                agreed=request.POST.get("agreed") == "1",
                by=asker(request),
                at=at,
            )
        except Refusal as no:
            if "agreed" not in no.field_errors:
                raise
            status, context["error_summary"] = 422, [{"text": no.messages[0], "href": "#agreed"}]
        else:
            context["address"], context["minutes"] = address_for(row), int(ministry.VALID_FOR.total_seconds() // 60)
    response = render(request, "portal/ministry_start.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
