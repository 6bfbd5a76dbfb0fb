"""Check everything, declare, submit: nothing has been sent before this button."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import Refusal
from motcua.dossiers.actions import submit
from motcua.dossiers.facts import form_of, lookups_of, missing, policy_for
from motcua.dossiers.queries import bill_of, draft_of
from motcua.dossiers.queries.heirs import heirs_of, lives_there
from motcua.eforms.reading import sections
from motcua.portal.account_pages.forms import PageForm
from motcua.portal.consenting import chosen_purposes, consent_lines
from motcua.portal.filing import path_of
from motcua.portal.views.papers import boxes_of, signing_words
from motcua.ui import clock
from motcua.ui.asker import asker
from motcua.ui.templatetags.mc import Fault, form_faults

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier
    from motcua.procedures.models import Offering


class HeirForm(PageForm):
    """Which of the successors of an agency that does it no longer."""

    heir = forms.TypedChoiceField(
        label=gettext_lazy("Cơ quan nào sẽ giải quyết hồ sơ?"),
        widget=forms.RadioSelect,
        coerce=int,
        empty_value=None,
        error_messages={"required": gettext_lazy("Chọn cơ quan sẽ giải quyết hồ sơ.")},
    )


def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything on one page with a link to change each part; POST files the dossier."""
    at, actor = clock.now(), asker(request)
    found = draft_of(str(key), actor)
    faults: list[Fault] = []
    status = 200
    places = heirs_of(found, at=at) if not found.code else []
    chosen = _heir_form(found, places, request) if len(places) > 1 else None
    if request.method == "POST" and chosen is not None and not chosen.is_valid():
        faults, status = form_faults(chosen), 422
    elif request.method == "POST":
        try:
            filed = submit.submit(
                str(key),
                declared=request.POST.get("declared") == "1",
                agrees=chosen_purposes(request.POST),
                heir=chosen.cleaned_data["heir"] if chosen is not None else None,
                by=actor,
                at=at,
            )
            return redirect("portal:receipt", code=filed.code)
        except Refusal as refusal:
            faults = _faults(refusal)
            status = refusal.status
    elif found.code:
        return redirect("portal:receipt", code=found.code)
    today = at.date()
    context = {
        "dossier": found,
        "sections": sections(
            form_of(found),
            found.answers,
            lookups=lookups_of(found, today=today),
            today=today,
            provenance=found.provenance,
            edit_url=lambda step: reverse("portal:fill", args=[key, step]) + "?kiem-tra",
        ),
        "boxes": boxes_of(found, today=today, errors={}, route="portal:upload", policy=policy_for(found, at)),
        "signing": signing_words(found, at),
        "bill": bill_of(found, on=today),
        "missing": missing(found, today=today),
        "heirs": chosen,
        "moved": _moved(found, places),
        "path": path_of(found, "review", today=today),
        "consents": consent_lines(actor, request.POST) if found.applicant_id == actor.account_id else [],
        "error_summary": faults,
        "declaration_error": next((fault.text for fault in faults if fault.href == "#declared"), ""),
    }
    return render(request, "portal/review.html", context, status=status)


def _heir_form(found: Dossier, places: list[Offering], request: HttpRequest) -> HeirForm:
    """The choice among several successors, with the one where the applicant lives chosen."""
    near = [place.agency_id for place in places if lives_there(found, place)]
    given = request.POST if request.method == "POST" else None
    form = HeirForm(given, initial={"heir": near[0]} if len(near) == 1 else {})
    form.offer("heir", [(str(place.agency_id), place.agency.name) for place in places])
    return form


def _moved(found: Dossier, places: list[Offering]) -> str:
    """What became of the agency the draft was begun for, before anybody files it elsewhere unknowingly."""
    if not places:
        return ""
    gone = _("%(agency)s không còn nhận thủ tục này.") % {"agency": found.agency.name}
    if len(places) > 1:
        return f"{gone} {_('Hãy chọn cơ quan kế thừa ở cuối trang, trước khi nộp.')}"
    heir = _("Hồ sơ sẽ được nộp đến cơ quan kế thừa: %(agency)s.") % {"agency": places[0].agency.name}
    return f"{gone} {heir}"


def _faults(refusal: Refusal) -> list[Fault]:
    if "declared" in refusal.field_errors:
        return [Fault(_("Đánh dấu vào ô cam đoan trước khi nộp."), "#declared")]
    return [Fault(str(words), "") for words in refusal.messages]
