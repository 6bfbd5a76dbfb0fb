"""Choosing the case and the agency; the draft begins here, and drafts that exist are offered first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.actions import draft
from motcua.dossiers.queries import running_of
from motcua.portal.account_pages.forms import PageForm
from motcua.procedures.models import Offering
from motcua.procedures.queries import catalogue, contacts_of, revision_in_force
from motcua.ui import clock
from motcua.ui.asker import asker
from motcua.ui.templatetags.mc import form_faults


class StartForm(PageForm):
    """Which case, and which of the agencies that offer the procedure."""

    case = forms.ChoiceField(label=_("Trường hợp của bạn"), widget=forms.RadioSelect)
    agency = forms.ChoiceField(
        label=_("Nộp đến cơ quan"), error_messages={"required": _("Chọn cơ quan sẽ giải quyết hồ sơ.")}
    )

    def __init__(self, data: Any, *, cases: list[dict[str, str]], choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        if cases:
            self.offer("case", [(row["key"], row["title"]) for row in cases])
        else:
            del self.fields["case"]
        self.offer("agency", [*choices] if len(choices) == 1 else [("", _("Chọn cơ quan")), *choices])


def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a dossier of this procedure at an agency that offers it."""
    at = clock.now()
    entry = catalogue(at).by_code.get(code)
    if entry is not None and entry.ministry:
        return redirect("portal:ministry_start", code=code)
    revision = revision_in_force(code, on=at.date())
    places = contacts_of(revision.procedure_id, on=at.date(), online=True)
    form = StartForm(
        request.POST if request.method == "POST" else None,
        cases=revision.cases,
        choices=[(str(place.offering_id), place.agency) for place in places],
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            chosen = Offering.objects.select_related("agency", "counter").get(pk=form.cleaned_data["agency"])
            begun = draft.start(
                revision,
                chosen,
                applicant=request.user,  # type: ignore[arg-type]
                case=form.cleaned_data.get("case", ""),
                by=asker(request),
                at=at,
            )
            return redirect("portal:draft", key=begun.public_id)
        status = 422
    context = {
        "revision": revision,
        "form": form,
        "error_summary": form_faults(form),
        "running": running_of(asker(request), procedure_code=code, now=at),
    }
    return render(request, "portal/start.html", context, status=status)
