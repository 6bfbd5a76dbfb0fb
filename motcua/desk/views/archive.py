"""The archive: what is due, kept, over, held, destroyed; one package; lists for destruction and their second person."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.archive import actions, queries
from motcua.archive.queries import TAB_WORDS, Tab
from motcua.audit.actions import record_read
from motcua.base.errors import Refusal
from motcua.desk.archive_forms import NAMES, TERMS, DropForm, HoldForm, LiftForm, ProposeForm, TermForm, wanted_of
from motcua.desk.forms import DeskForm
from motcua.desk.office import desk_page, officer
from motcua.rules.people import Actor
from motcua.rules.text import plain_number
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """One list of the archive, narrowed as asked."""
    return _page(request, Tab(request.GET["nhom"]) if request.GET.get("nhom") in set(Tab) else Tab.DUE)


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Put what was ticked on a list for another person to decide."""
    actor, at = officer(request), clock.now()
    form = ProposeForm(request.POST)
    if form.is_valid():
        try:
            made = actions.propose(request.POST.getlist("ho-so"), reason=form.cleaned_data["reason"], by=actor, at=at)
        except Refusal as no:
            _put(form, no)
        else:
            messages.success(request, _("Đã lập danh sách. Người thứ hai xem và duyệt thì hồ sơ mới bị hủy."))
            return redirect("desk:archive_list", listed=made.pk)
    return _page(request, Tab.OVER, form=form)


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One package: what it is, how long it is kept, what holds it, on which list it stands."""
    return _item(request, code)


@require_safe
def package(request: HttpRequest, code: str) -> HttpResponseBase:
    """The package itself. Reading it is reading the dossier, and recorded as such."""
    actor, at = officer(request), clock.now()
    found = queries.package_of(code, actor)
    stored = queries.open_package(found)
    record_read(subject=found.subject, by=actor, at=at, body={"page": "package"})
    response = FileResponse(stored, as_attachment=True, filename=f"{found.code}.zip", content_type="application/zip")
    response["Content-Length"] = str(found.size)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def hold(request: HttpRequest, code: str) -> HttpResponse:
    """Hold a package, or lift its hold."""
    actor, at = officer(request), clock.now()
    queries.package_of(code, actor)
    lifts = "bo" in request.POST
    form: DeskForm = LiftForm(request.POST) if lifts else HoldForm(request.POST)
    if form.is_valid():
        try:
            if lifts:
                actions.lift(code, reason=form.cleaned_data["lift_reason"], by=actor, at=at)
                messages.success(request, _("Đã bỏ giữ lại."))
            else:
                actions.place(code, reason=form.cleaned_data["reason"], by=actor, at=at)
                messages.success(request, _("Hồ sơ được giữ lại cho đến khi có người bỏ."))
        except Refusal as no:
            _put(form, no)
        else:
            return redirect("desk:archive_item", code=code)
    return _item(request, code, form)


@require_POST
def term(request: HttpRequest, code: str) -> HttpResponse:
    """Say how long this procedure's dossiers are kept in this agency."""
    actor, at = officer(request), clock.now()
    found = queries.package_of(code, actor)
    form = TermForm(request.POST)
    if form.is_valid():
        try:
            count = actions.confirm_term(
                found.procedure_code, agency=found.agency, by=actor, at=at, **form.cleaned_data
            )
        except Refusal as no:
            _put(form, no)
        else:
            words = "Đã xác nhận thời hạn cho %(n)d hồ sơ đang lưu."
            messages.success(request, ngettext(words, words, count) % {"n": count})
            return redirect("desk:archive_item", code=code)
    return _item(request, code, form)


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every list for destruction, open ones first."""
    return desk_page(request, "desk/archive_lists.html", {"rows": queries.lists_of(officer(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest, listed: int) -> HttpResponse:
    """One list; a POST approves or drops it."""
    actor, at = officer(request), clock.now()
    found, lines = queries.list_of(listed, actor)
    form = DropForm(request.POST if "bo" in request.POST else None)
    if (
        request.method == "POST"
        and (not form.is_bound or form.is_valid())
        and _decided(request, form, listed, actor, at)
    ):
        return redirect("desk:archive_list", listed=listed)
    context = {
        "listed": found,
        "lines": lines,
        "form": form,
        "may_decide": found.is_open and queries.decides(actor, found),
        "error_summary": form_faults(form),
    }
    return desk_page(request, "desk/archive_list.html", context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, form: DropForm, listed: int, actor: Actor, at: datetime) -> bool:
    if form.is_bound:
        actions.drop(listed, reason=form.cleaned_data["drop_reason"], by=actor, at=at)
        messages.success(request, _("Đã bỏ danh sách. Không hồ sơ nào bị hủy."))
    else:
        actions.approve(listed, by=actor, at=at)
        messages.success(request, _("Đã duyệt. Kết quả với từng hồ sơ ở bên dưới."))
    return True


def _put(form: DeskForm, no: Refusal) -> None:
    """Show a refusal in the form; one that is no matter of what was typed is a page of its own."""
    if no.status != 422:
        raise no
    form.refuse(no)


def _page(request: HttpRequest, tab: Tab, *, form: DeskForm | None = None) -> HttpResponse:
    actor, at = officer(request), clock.now()
    wanted = wanted_of(request.GET)
    after = plain_number(request.GET.get("sau", ""), most=10**12) or 0
    page = queries.page(actor, tab, wanted, at=at, after=after)
    counts = queries.counts(actor, at=at)
    query = {name: request.GET[name] for name in NAMES if request.GET.get(name)}
    context: dict[str, Any] = {
        "tabs": [
            {
                "label": TAB_WORDS[one],
                "href": "?" + urlencode({**query, "nhom": one.value}),
                "count": f"{queries.MOST_COUNTED}+" if counts[one] >= queries.MOST_COUNTED else counts[one],
                "late": one is Tab.FAULTY and counts[one] > 0,
                "here": one is tab,
            }
            for one in Tab
        ],
        "tab": tab.value,
        "rows": page.rows,
        "more": urlencode({**query, "nhom": tab.value, "sau": page.after}) if page.after else "",
        "first": urlencode({**query, "nhom": tab.value}) if after else "",
        "wanted": wanted,
        "terms": TERMS,
        "procedures": queries.procedures(actor),
        "proposes": tab is Tab.OVER and queries.proposes(actor),
        "ticked": request.POST.getlist("ho-so"),
        "form": form or ProposeForm(),
        "error_summary": form_faults(form) if form else [],
    }
    return desk_page(request, "desk/archive.html", context, status=422 if form else 200)


def _item(request: HttpRequest, code: str, form: DeskForm | None = None) -> HttpResponse:
    actor = officer(request)
    found = queries.package_of(code, actor)
    holds = queries.holds_of(found)
    is_held = any(one.lifted_at is None for one in holds)
    holding: DeskForm = LiftForm() if is_held else HoldForm()
    context = {
        "package": found,
        "holds": holds,
        "is_held": is_held,
        "line": queries.line_of(found),
        "keeps": queries.proposes(actor, found.agency_id) and found.destroyed_at is None,
        "holding": form if isinstance(form, HoldForm | LiftForm) else holding,
        "term_form": form if isinstance(form, TermForm) else TermForm(),
        "error_summary": form_faults(form) if form else [],
    }
    return desk_page(request, "desk/archive_item.html", context, status=422 if form else 200)
