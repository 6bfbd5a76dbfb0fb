"""Many at once: choose, say what the deed needs, see what will happen to each, confirm once, watch, undo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.errors import Refusal
from motcua.desk.asking import Asked
from motcua.desk.bulk_forms import form_for
from motcua.desk.office import desk_page, officer
from motcua.dossiers.actions import bulk
from motcua.dossiers.queries.bulk import (
    FOR_EVER,
    MOST,
    NEEDS_DETAILS,
    RECALLED,
    Deed,
    deeds_of,
    items_for,
    progress_of,
    run_of,
    runs_of,
)
from motcua.dossiers.queries.worklist import codes_of
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """The rows ticked, or all of the filter: prepare a run and show it."""
    actor, at = officer(request), clock.now()
    name = request.POST.get("viec", "")
    if name not in set(Deed) or Deed(name) not in deeds_of(actor):
        raise Refusal(_("Việc này không thuộc phần việc của bạn."), status=403)
    deed, asked = Deed(name), Asked.sent(request)
    if request.POST.get("tat-ca"):
        codes = codes_of(actor, asked.tab, narrowing=asked.narrowing, at=at, most=MOST)
    else:
        codes = [code[:50] for code in request.POST.getlist("ma")[: MOST + 1]]
    if not codes:
        messages.info(request, _("Hãy chọn ít nhất một hồ sơ bằng ô ở đầu dòng."))
        return redirect(_list(asked.query()))
    details: dict[str, Any] | None = None if deed in NEEDS_DETAILS else {}
    run = bulk.prepare(deed, codes, details=details, back=asked.query(), by=actor, at=at)
    return redirect("desk:bulk_run", key=run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, key: UUID) -> HttpResponse:
    """One run at every stage: what it needs, what it would do, how far it is. A POST says the details or confirms."""
    actor, at = officer(request), clock.now()
    found = run_of(key, actor)
    if request.method != "POST":
        return _shown(request, found)
    if "xac-nhan" in request.POST:
        bulk.confirm(found, by=actor, at=at)
        return redirect("desk:bulk_run", key=found.pk)
    form = form_for(found, actor, at, request.POST)
    if form is None:
        raise Refusal(_("Việc này không cần khai thêm gì."), status=409)
    if not form.is_valid():
        return _shown(request, found, form=form, status=422)
    bulk.detail(found, form.details(), by=actor, at=at)
    return redirect("desk:bulk_run", key=found.pk)


@require_POST
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    """Prepare to take back what was handed on and not yet opened."""
    actor, at = officer(request), clock.now()
    back = bulk.prepare_undo(run_of(key, actor), by=actor, at=at)
    return redirect("desk:bulk_run", key=back.pk)


@require_http_methods(["GET", "HEAD"])
def runs(request: HttpRequest) -> HttpResponse:
    """What one did to many lately."""
    actor = officer(request)
    rows = [{"run": one, "title": Deed(one.act).words, "progress": progress_of(one)} for one in runs_of(actor, most=8)]
    return desk_page(request, "desk/bulk_runs.html", {"rows": rows})


def _shown(request: HttpRequest, found: Any, *, form: Any = None, status: int = 200) -> HttpResponse:
    actor, at, deed = officer(request), clock.now(), Deed(found.act)
    needs = deed in NEEDS_DETAILS and not found.details and found.confirmed_at is None
    if needs and form is None:
        form = form_for(found, actor, at)
    progress = progress_of(found)
    context = {
        "run": found,
        "title": deed.words,
        "form": form,
        "error_summary": form_faults(form) if form is not None and form.is_bound else [],
        "stage": _stage(found, needs or form is not None),
        "progress": progress,
        "items": items_for(found, actor),
        "list_href": _list(found.back),
        "can_undo": _can_undo(found, deed, progress.done),
        "for_ever": FOR_EVER.get(deed, ""),
    }
    return desk_page(request, "desk/bulk.html", context, status=status)


def _stage(found: Any, needs: bool) -> str:
    if found.confirmed_at is None:
        return "details" if needs else "preview"
    return "over" if found.finished_at is not None else "under_way"


def _can_undo(found: Any, deed: Deed, done: int) -> bool:
    return bool(found.finished_at and done and deed in RECALLED)


def _list(query: str) -> str:
    return reverse("desk:worklist") + (f"?{query}" if query else "")
