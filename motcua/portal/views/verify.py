"""Anyone who holds a paper can ask whether it is genuine and in force; nothing is said of whom it concerns."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from motcua.agencies.queries import agency_by_code
from motcua.papers.queries import by_token
from motcua.portal.account_pages.fields import LineField
from motcua.portal.account_pages.forms import PageForm
from motcua.ui.templatetags.mc import form_faults


class TokenForm(PageForm):
    """The token under the QR."""

    token = LineField(
        label=_("Mã kiểm tra"),
        help_text=_("Dãy ký tự ở cuối địa chỉ trong mã QR trên giấy."),
        max_length=300,
        missing=_("Điền mã kiểm tra in dưới mã QR."),
    )

    def clean_token(self) -> str:
        """The token alone, when the whole address was pasted."""
        token = str(self.cleaned_data["token"]).rstrip("/").rsplit("/", 1)[-1]
        if not token:
            raise forms.ValidationError(_("Điền mã kiểm tra in dưới mã QR."))
        return token


def verify(request: HttpRequest, token: str = "") -> HttpResponse:
    """Kind, number, agency, date and force of a paper."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("portal:verify_token", token=form.cleaned_data["token"])
    paper = by_token(token) if token else None
    agency = agency_by_code(paper.agency_code) if paper else None
    context = {
        "form": form,
        "token": token,
        "paper": paper,
        "agency": agency,
        "error_summary": form_faults(form),
    }
    status = 422 if form.errors else 404 if token and paper is None else 200
    return render(request, "portal/verify.html", context, status=status)
