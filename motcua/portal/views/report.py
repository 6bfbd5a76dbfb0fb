"""Reporting a violation, with or without an account, and following what becomes of it (BD-17…BD-19)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.accounts.actions import forgive, throttle
from motcua.base.errors import Refusal
from motcua.dossiers.actions.look_up import count_try
from motcua.feedback.actions import report as open_case
from motcua.feedback.facts import secret_of
from motcua.feedback.models import Case, Via
from motcua.feedback.queries import with_secret
from motcua.files.models import StoredFile
from motcua.policy.queries import policy_at
from motcua.portal.account_pages.fields import LineField
from motcua.portal.account_pages.forms import PageForm
from motcua.portal.reporting import ReportForm, kept_files, prefilled, take_files, token_of
from motcua.portal.views.lookup import network_of
from motcua.rules.people import NOBODY
from motcua.ui import clock
from motcua.ui.asker import asker
from motcua.ui.templatetags.mc import Fault, form_faults

HOUR = 3600
TRIES = 30
"""Times an hour one network may send the form, faults counted: each may carry files."""
REPORTS = 10
"""Cases an hour one network may open."""


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form, prefilled with what it was asked from; a POST opens the case or shows the form again as it was."""
    at = clock.now()
    if request.method != "POST":
        return _page(request, ReportForm(initial=prefilled(request), on=at.date()), [], at)
    form = ReportForm(request.POST, on=at.date())
    files = [
        file for file in kept_files(request.POST.get("kept", "")) if str(file.pk) not in request.POST.getlist("bo")
    ]
    problems: list[str] = []
    try:
        throttle("report-form", network_of(request), limit=TRIES, per_seconds=HOUR, at=at)
        files, problems = take_files(request.FILES.getlist("files"), files, at=at)
        if form.is_valid() and not problems:
            throttle("report", network_of(request), limit=REPORTS, per_seconds=HOUR, at=at)
            by = NOBODY if form.cleaned_data["unnamed"] and form.cleaned_data["thing"] != "message" else asker(request)
            case = open_case(form.report(files), via=Via.PORTAL, by=by, at=at)
            request.session["report"] = case.number
            return redirect("portal:report_done")
    except Refusal as refusal:
        problems += refusal.field_errors.pop("files", [])
        form.refuse(refusal)
        return _page(request, form, files, at, problems=problems, status=refusal.status)
    return _page(request, form, files, at, problems=problems, status=422)


def _page(
    request: HttpRequest,
    form: ReportForm,
    files: list[StoredFile],
    at: datetime,
    *,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    faults = form_faults(form) + [Fault(text, "#id_files") for text in problems or ()]
    context = {
        "form": form,
        "files": files,
        "kept": token_of(files),
        "file_errors": problems or [],
        "days": policy_at(at).feedback_within_days,
        "error_summary": faults,
    }
    return render(request, "portal/report.html", context, status=status)


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """The receipt: number, secret, limit. Shown to the browser that reported, and to nobody else."""
    case = Case.objects.filter(number=request.session.get("report", "")).first()
    if case is None:
        return redirect("portal:report")
    return render(request, "portal/report_done.html", {"case": case, "secret": secret_of(case)})


class FollowForm(PageForm):
    """Number and secret of the receipt."""

    number = LineField(label=_("Số vụ việc"), help_text=_("Ví dụ: VP-2026-00012"), max_length=30, missing=_("Nhập số."))
    secret = LineField(
        label=_("Mã theo dõi"), help_text=_("8 ký tự trên biên nhận."), max_length=20, missing=_("Nhập mã.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """How far the case is, and the answer; nothing of who deals with it. Number and secret are posted, never linked."""
    at = clock.now()
    form = FollowForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "case": None, "nothing": False}
    status = 200
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["number"].upper()
        count_try(network_of(request), at=at)
        throttle("report-secret", number, limit=5, per_seconds=HOUR, at=at)
        context["case"] = with_secret(number, form.cleaned_data["secret"])
        context["nothing"] = context["case"] is None
        if context["case"] is not None:
            forgive("report-secret", number)
    elif form.is_bound:
        status = 422
    context["error_summary"] = form_faults(form)
    return render(request, "portal/report_follow.html", context, status=status)
