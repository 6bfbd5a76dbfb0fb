"""Check everything, declare, submit: nothing has been sent before this button."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import Refusal
from motcua.dossiers.actions import submit
from motcua.dossiers.facts import form_of, lookups_of, missing, policy_for
from motcua.dossiers.queries import bill_of, draft_of
from motcua.eforms.reading import sections
from motcua.portal.consenting import chosen_purposes, consent_lines
from motcua.portal.filing import path_of
from motcua.portal.views.papers import boxes_of, signing_words
from motcua.ui import clock
from motcua.ui.asker import asker
from motcua.ui.templatetags.mc import Fault


def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything on one page with a link to change each part; POST files the dossier."""
    at, actor = clock.now(), asker(request)
    found = draft_of(str(key), actor)
    faults: list[Fault] = []
    status = 200
    if request.method == "POST":
        try:
            filed = submit.submit(
                str(key),
                declared=request.POST.get("declared") == "1",
                agrees=chosen_purposes(request.POST),
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
        "path": path_of(found, "review", today=today),
        "consents": consent_lines(actor, request.POST) if found.applicant_id == actor.account_id else [],
        "error_summary": faults,
        "declaration_error": next((fault.text for fault in faults if fault.href == "#declared"), ""),
    }
    return render(request, "portal/review.html", context, status=status)


def _faults(refusal: Refusal) -> list[Fault]:
    if "declared" in refusal.field_errors:
        return [Fault(_("Đánh dấu vào ô cam đoan trước khi nộp."), "#declared")]
    return [Fault(str(words), "") for words in refusal.messages]
