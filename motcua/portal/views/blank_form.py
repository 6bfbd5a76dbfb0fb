"""The e-form as an empty paper form, to read beforehand or fill by hand (BD-5)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.eforms.queries import definition
from motcua.portal.visitors import kept_for_visitors
from motcua.procedures.queries import revision_in_force
from motcua.ui import clock


@kept_for_visitors
def blank_form(request: HttpRequest, code: str) -> HttpResponse:
    """Every question of the form with room to write; those asked only sometimes are there too."""
    revision = revision_in_force(code, on=clock.now().date())
    if revision.eform_id is None:
        raise Http404
    return render(request, "portal/blank_form.html", {"revision": revision, "form": definition(revision.eform_id)})
