"""Anyone who holds a paper can ask whether it is genuine and in force; nothing is said of whom it concerns."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from motcua.agencies.queries import agency_by_code
from motcua.papers.queries import by_token
from motcua.portal.account_pages.forms import PageForm
from motcua.ui.templatetags.mc import form_faults


class TokenForm(PageForm):
    """The token under the QR."""

    token = forms.CharField(
        label=_("Mã kiểm tra"), help_text=_("Dãy ký tự ở cuối địa chỉ trong mã QR trên giấy."), max_length=300
    )


def verify(request: HttpRequest, token: str = "") -> HttpResponse:
    """Kind, number, agency, date and force of a paper."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["token"].strip().rstrip("/").rsplit("/", 1)[-1]
        return redirect("portal:verify_token", token=typed)
    paper = by_token(token) if token else None
    agency = agency_by_code(paper.agency_code) if paper else None
    context = {
        "form": form,
        "token": token,
        "paper": paper,
        "agency": agency,
        "error_summary": form_faults(form),
    }
    return render(request, "portal/verify.html", context, status=404 if token and paper is None else 200)
