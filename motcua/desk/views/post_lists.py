"""Hand-over lists: opened and scanned by who gives, counted by who receives, printed for both (QĐ 45/2016)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.audit.actions import record_read
from motcua.base.errors import Refusal
from motcua.desk.post_forms import CountForm, ScanForm
from motcua.desk.posting_desk import party, pdf_page, post_page
from motcua.dossiers.actions import posting
from motcua.dossiers.queries.handover import MOST, prospects
from motcua.papers.queries import latest, pdf
from motcua.parcels.actions import open_list, remove, reopen
from motcua.parcels.models import HandoverList
from motcua.parcels.queries import is_giver, is_receiver, list_of, open_lists, parcels_of, waiting_for
from motcua.rules.acts import Paper
from motcua.rules.parcels import ListState, Way
from motcua.rules.people import Actor
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults

PAGES = ["GET", "HEAD", "POST"]


@require_POST
def open_new(request: HttpRequest) -> HttpResponse:
    """Open a list between two places where something waits, or go on with the one that is open; ``noi`` is way, post
    office, counter and agency.
    """
    actor = party(request)
    parts = request.POST.get("noi", "").split(".")
    waiting = parcels_of(actor).select_related("unit", "counter", "agency")
    key = [int(part) for part in parts[1:] if part.isascii() and part.isdecimal() and len(part) < 10]
    found = None
    if len(parts) == 4 and len(key) == 3 and parts[0] in set(Way):
        found = waiting.filter(way=parts[0], unit_id=key[0], counter_id=key[1], agency_id=key[2]).first()
    if found is None:
        raise Refusal(_("Không có bưu gửi nào chờ bàn giao ở đó."), status=404)
    same = {"way": found.way, "unit": found.unit_id, "counter": found.counter_id, "agency": found.agency_id}
    known = open_lists(actor).filter(state=ListState.OPEN.value, **same).first()
    made = known or open_list(
        Way(found.way), unit=found.unit, counter=found.counter, agency=found.agency, by=actor, at=clock.now()
    )
    return redirect("desk:post_list", number=made.number)


@require_http_methods(PAGES)
def handover_list(request: HttpRequest, number: str) -> HttpResponse:
    """One list: scan, take off, close; or count and confirm."""
    actor = party(request)
    found = list_of(number, actor)
    form, status = None, 200
    if request.method == "POST":
        done, form, status = _do(request, found, actor)
        if done:
            return redirect("desk:post_list", number=number)
    return _show(request, list_of(number, actor), actor, form, status)


def _show(request: HttpRequest, found: HandoverList, actor: Actor, form: Any, status: int) -> HttpResponse:
    gives, receives = is_giver(found, actor), is_receiver(found, actor)
    is_open, is_closed = found.state == ListState.OPEN, found.state == ListState.CLOSED
    if form is None and gives and is_open:
        form = ScanForm()
    if form is None and receives and is_closed:
        form = CountForm()
    context = {
        "list": found,
        "lines": list(found.lines.select_related("parcel").order_by("-pk")),
        "waiting": list(waiting_for(found)[:MOST]) if gives and is_open else [],
        "scans": gives and is_open,
        "counts": receives and is_closed,
        "may_reopen": gives and is_closed,
        "waits": receives and is_open,
        "printed": latest(found.number, Paper.PARCEL_LIST),
        "form": form,
        "error_summary": form_faults(form) if form is not None else [],
    }
    return post_page(request, "post_list", context, status=status)


def _do(request: HttpRequest, found: HandoverList, actor: Actor) -> tuple[bool, Any, int]:
    """Do what was asked. Answers whether it was done, else the form to show again, and the status."""
    at, number, deed = clock.now(), found.number, request.POST.get("viec", "scan")
    if deed == "remove":
        remove(number, request.POST.get("parcel", "")[:20], by=actor, at=at)
        return True, None, 200
    if deed == "close":
        posting.close_list(number, by=actor, at=at)
        messages.success(request, _("Đã chốt danh sách. Hãy in và giao cho bên nhận."))
        return True, None, 200
    if deed == "reopen":
        reopen(number, by=actor, at=at)
        return True, None, 200
    form = CountForm(request.POST) if deed == "confirm" else ScanForm(request.POST)
    if not form.is_valid():
        return False, form, 422
    try:
        if deed == "confirm":
            posting.confirm_list(number, counted=form.cleaned_data["counted"], by=actor, at=at)
            messages.success(request, _("Hai bên đã xác nhận danh sách."))
        else:
            added = posting.scan(number, form.cleaned_data["code"], by=actor, at=at)
            messages.success(request, _("Đã thêm %(code)s.") % {"code": added.ref})
    except Refusal as refusal:
        form.refuse(refusal)
        return False, form, refusal.status
    return True, None, 200


@require_POST
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """Many envelopes at once: what would happen to each, then, once it is confirmed, what came of each."""
    actor, at = party(request), clock.now()
    found = list_of(number, actor)
    if not is_giver(found, actor):
        raise Refusal(_("Chỉ bên giao sửa được danh sách."), status=403)
    if found.state != ListState.OPEN:
        raise Refusal(_("Danh sách đã chốt, không sửa được nữa."), status=409)
    context: dict[str, Any] = {"list": found}
    if "xac-nhan" in request.POST:
        said = {"trong": True, "ngoai": False}
        chosen = {one[:20]: said.get(request.POST.get(f"noi-{one}", "")) for one in request.POST.getlist("ma")[:MOST]}
        context["results"] = posting.scan_many(number, chosen, by=actor, at=at)
        context["added"] = sum(not one.words for one in context["results"])
        return post_page(request, "post_choose", context)
    waiting = waiting_for(found).values_list("number", flat=True)[:MOST]
    numbers = list(waiting) if request.POST.get("tat-ca") else request.POST.getlist("ma")[:MOST]
    rows = prospects(found, numbers, actor, at=at)
    if not rows:
        messages.info(request, _("Hãy chọn ít nhất một bưu gửi bằng ô ở đầu dòng."))
        return redirect("desk:post_list", number=number)
    context |= {"rows": rows, "able": sum(not one.reasons for one in rows)}
    return post_page(request, "post_choose", context)


@require_safe
def list_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The list on paper, once it is closed; void while it is being filled again."""
    actor = party(request)
    found = list_of(number, actor)
    paper = latest(found.number, Paper.PARCEL_LIST) if found.state != ListState.OPEN else None
    if paper is None:
        raise Refusal(_("Danh sách chưa chốt nên chưa in được."), status=409)
    record_read(subject=found.subject, by=actor, at=clock.now(), body={"paper": paper.pk})
    return pdf_page(pdf(paper), paper.filename)
