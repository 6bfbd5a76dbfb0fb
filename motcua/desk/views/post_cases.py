"""Lost dossiers: what the post makes good, how the papers are made again, what the citizen is told (BD-82)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.audit.actions import record_read
from motcua.base.errors import Refusal
from motcua.desk.post_forms import CloseCaseForm, CompensationForm, HelpForm
from motcua.desk.posting_desk import party, post_page
from motcua.dossiers.actions import posting
from motcua.parcels.models import LostCase
from motcua.parcels.queries import case_of, cases_of
from motcua.rules.parcels import CaseState
from motcua.rules.people import Actor
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults

_NEXT: dict[CaseState, type[Any]] = {
    CaseState.OPENED: CompensationForm,
    CaseState.COMPENSATED: HelpForm,
    CaseState.HELPED: CloseCaseForm,
}
_PER_PAGE = 50


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Every case of one's own post office or counter, newest first."""
    page = Paginator(cases_of(party(request)), _PER_PAGE).get_page(request.GET.get("trang"))
    return post_page(request, "post_cases", {"cases": list(page), "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case, and its next step."""
    actor, at = party(request), clock.now()
    found = case_of(number, actor)
    kind = _NEXT.get(CaseState(found.state))
    form, status = (kind() if kind else None), 200
    if request.method == "POST":
        if kind is None or request.POST.get("buoc") != found.state:
            raise Refusal(_("Vụ việc đã sang bước khác. Hãy xem lại."), status=409)
        form = kind(request.POST)
        status = 422
        if form.is_valid():
            try:
                _step(found, form, actor)
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
            else:
                messages.success(request, _("Đã ghi."))
                return redirect("desk:post_case", number=number)
    else:
        record_read(subject=found.parcel.subject, by=actor, at=at, body={"page": "case"})
    context = {
        "case": found,
        "parcel": found.parcel,
        "total": sum(row.amount for row in found.compensations.all()),
        "form": form,
        "error_summary": form_faults(form) if form is not None else [],
    }
    return post_page(request, "post_case", context, status=status)


def _step(found: LostCase, form: Any, actor: Actor) -> None:
    at, number, given = clock.now(), found.parcel.number, form.cleaned_data
    match CaseState(found.state):
        case CaseState.OPENED:
            posting.compensate(number, form.items(), by=actor, at=at)
        case CaseState.COMPENSATED:
            posting.help_redo(number, by=actor, at=at, **given)
        case _:
            posting.close_case(number, words=given["words"], by=actor, at=at)
