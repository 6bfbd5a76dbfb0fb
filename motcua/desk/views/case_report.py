"""An officer records a violation noticed in a dossier: an impersonated declaration, a forged paper (BD-18, BD-19)."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.base.errors import Refusal
from motcua.desk.case_forms import RecordForm
from motcua.desk.office import desk_page, officer
from motcua.dossiers.queries import dossier_of
from motcua.feedback.actions import Report, report
from motcua.feedback.facts import secret_of
from motcua.feedback.models import Via
from motcua.feedback.queries import may_see_cases
from motcua.rules.violations import Thing
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults


@require_http_methods(["GET", "HEAD", "POST"])
def case_report(request: HttpRequest, code: str) -> HttpResponse:
    """The form; a POST opens the case and leads back to the dossier, or to the case for who may see it."""
    actor, at = officer(request), clock.now()
    found = dossier_of(code, actor)
    form = RecordForm(request.POST if request.method == "POST" else None, on=at.date())
    status = 422 if form.errors else 200
    if form.is_bound and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        # Pressed twice, it is one case: the same words of the same officer on the same day about the same dossier.
        once = uuid5(NAMESPACE_OID, f"{actor.account_id} {code} {at.date()} {given['kind']} {given['account']}")
        told = Report(**given, thing=Thing.DOSSIER.value, ref=code, once=once)
        try:
            case = report(told, via=Via.DESK, by=actor, at=at)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            if may_see_cases(actor) and actor.account_id not in case.accused:
                return redirect("desk:case", number=case.number)
            words = _("Đã ghi nhận vụ việc %(number)s, mã theo dõi %(secret)s. Đơn vị kiểm tra sẽ xác minh.")
            messages.success(request, words % {"number": case.number, "secret": secret_of(case)})
            return redirect("desk:dossier", code=code)
    context = {"dossier": found, "form": form, "error_summary": form_faults(form)}
    return desk_page(request, "desk/case_report.html", context, status=status)
