"""The public page "Quy định đang áp dụng": what this province decided, since when, on what basis, and what changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from motcua.policy.queries import calendar, clause_history, hours_in_words
from motcua.portal.account_pages.forms import PageForm
from motcua.portal.office_hours import hours_of
from motcua.portal.rating import asked_about
from motcua.portal.rules_page import groups_on, turns_of
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults


class DayForm(PageForm):
    """Which day to show."""

    ngay = forms.DateField(
        label=_("Xem quy định của ngày"),
        help_text=_("Ví dụ: 01/09/2019"),
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Điền ngày muốn xem."),
            "invalid": _("Ngày chưa đúng. Điền theo dạng ngày/tháng/năm, ví dụ: 01/09/2019"),
        },
    )


def rules(request: HttpRequest) -> HttpResponse:
    """Rules on a day (today unless asked), by theme, and the history of all of them."""
    at = clock.now()
    today = at.date()
    form = DayForm(request.GET if "ngay" in request.GET else None, initial={"ngay": today})
    day = form.cleaned_data["ngay"] if form.is_bound and form.is_valid() else today
    clauses = clause_history()
    context: dict[str, Any] = {
        "form": form,
        "day": day,
        "is_today": day == today,
        "groups": groups_on(clauses, day),
        "turns": turns_of(clauses, today=today),
        "hours": hours_of(calendar(at), day),
        "hours_bases": list(dict.fromkeys(row.basis for row in hours_in_words() if row.basis)),
        "error_summary": form_faults(form),
        "rating": asked_about(request, "rules"),
    }
    return render(request, "portal/rules.html", context, status=422 if form.errors else 200)
