"""Envelopes of one's own post office or counter: the list, one envelope and what may be done with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.accounts.actions import throttle
from motcua.audit.actions import record_read
from motcua.base.errors import Refusal
from motcua.desk import post_forms as forms
from motcua.desk.office import desk_page, officer
from motcua.desk.posting_desk import clerk, due_of, party, pdf_page, post_page, row_of
from motcua.dossiers.actions import posting
from motcua.dossiers.queries.handover import receipt_of
from motcua.files.actions import store
from motcua.files.serving import serve
from motcua.papers.queries import COPIES_OF_RECEIPT, pdf
from motcua.parcels.actions import Proof, place, put_label
from motcua.parcels.models import Parcel
from motcua.parcels.queries import is_counters, open_lists, overdue, parcel_of, parcels_of, punctuality
from motcua.policy.queries import policy_at
from motcua.rules.parcels import ENDED, ON_THE_ROAD, ParcelState, Way
from motcua.rules.people import Actor
from motcua.rules.policy_words import sentence_of
from motcua.rules.text import clean_line
from motcua.rules.uploads import FileType, UploadLimits
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults

PAGES = ["GET", "HEAD", "POST"]
PER_PAGE = 50
MOST_BROUGHT, WINDOW = 60, 600
"""Codes a clerk may type in so many seconds: nobody finds names by trying codes."""
_ENDED = [state.value for state in ENDED]
_PICTURES = frozenset({FileType.JPEG, FileType.PNG})


@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """What waits, what is on the road, what has ended; what is overdue is said first (BD-81)."""
    actor, at = party(request), clock.now()
    mine, group = parcels_of(actor), request.GET.get("nhom", "")
    code = clean_line(request.GET.get("ma", "")).upper()[:60]
    groups = {
        "": mine.exclude(state__in=_ENDED),
        "xong": mine.filter(state__in=_ENDED).order_by("-ended_at", "-pk"),
    }
    shown = groups.get(group, groups[""])
    if code:
        shown = mine.filter(number=code) | mine.filter(ref=code) | mine.filter(label_number=code)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "rows": [row_of(parcel, at) for parcel in page],
        "page": page,
        "code": code,
        "tabs": [
            {"label": _("Đang giữ"), "href": reverse("desk:post"), "here": not group, "count": None},
            {
                "label": _("Đã xong"),
                "href": reverse("desk:post") + "?nhom=xong",
                "here": group == "xong",
                "count": None,
            },
        ],
        "query": f"nhom={group}" if group else "",
        "late": overdue(groups[""], at).count(),
        "lists": list(open_lists(actor)[:20]),
        "routes": _routes_of(actor),
    }
    return post_page(request, "post", context)


def _routes_of(actor: Actor) -> list[dict[str, Any]]:
    """Between which places a new list may be opened from this side: where something waits."""
    waiting = parcels_of(actor).filter(state=ParcelState.READY.value)
    counts: dict[tuple[str, int, int, int], int] = {}
    names: dict[tuple[str, int, int, int], str] = {}
    for parcel in waiting.select_related("agency").exclude(lines__is_pending=True):
        own = Way.TO_CITIZEN if is_counters(parcel, actor) else Way.TO_COUNTER
        if parcel.way != own:
            continue
        key = (parcel.way, parcel.unit_id, parcel.counter_id, parcel.agency_id)
        counts[key] = counts.get(key, 0) + 1
        other = parcel.unit.name if own is Way.TO_CITIZEN else parcel.counter.name
        names[key] = f"{other} · {parcel.agency.name}"
    return [
        {"key": ".".join(map(str, key)), "name": names[key], "count": count} for key, count in sorted(counts.items())
    ]


@require_http_methods(PAGES)
def parcel(request: HttpRequest, number: str) -> HttpResponse:
    """One envelope: whose, where to, by when, what happened; and what this side may write down."""
    actor, at = party(request), clock.now()
    found = parcel_of(number, actor)
    form, status = None, 200
    if request.method == "POST":
        done, form, status = _do(request, found, actor, at)
        if done:
            return redirect("desk:post_parcel", number=number)
    else:
        record_read(subject=found.subject, by=actor, at=at, body={"page": "parcel"})
    deed = request.POST.get("viec", "") if request.method == "POST" else request.GET.get("viec", "")
    offered = _deeds_of(found, actor)
    if form is None and deed in offered and deed in _FORMS:
        form = _FORMS[deed]()
    context = {
        "parcel": found,
        "due": due_of(found, at),
        "events": list(found.events.filter(is_heeded=True)),
        "case": getattr(found, "lost_case", None),
        "deed": deed if deed in offered else "",
        "deeds": offered,
        "form": form,
        "error_summary": form_faults(form) if form is not None else [],
        "receipt": receipt_of(found, actor) is not None,
        "asks_where": found.way == Way.TO_CITIZEN and found.state == ParcelState.READY and "place" in offered,
    }
    return post_page(request, "post_parcel", context, status=status)


_FORMS: dict[str, type[Any]] = {
    "label": forms.LabelForm,
    "arrive": forms.ArriveForm,
    "return": forms.ReturnForm,
    "lost": forms.LostForm,
}


def _deeds_of(found: Parcel, actor: Actor) -> dict[str, str]:
    """What may be written down now, by its sign, in the words of the button."""
    state, at_counter = ParcelState(found.state), is_counters(found, actor)
    deeds: dict[str, str] = {}
    if at_counter and state is ParcelState.READY and found.way == Way.TO_CITIZEN:
        deeds["place"] = _("Trong hay ngoài tỉnh")
    if not at_counter and found.way == Way.TO_CITIZEN and state in ON_THE_ROAD:
        deeds |= {"arrive": _("Đã phát"), "return": _("Không phát được"), "label": _("Ghi số hiệu")}
    if state not in ENDED:
        deeds["lost"] = _("Báo thất lạc")
    return deeds


def _do(request: HttpRequest, found: Parcel, actor: Actor, at: datetime) -> tuple[bool, Any, int]:
    """Do what was asked. Answers whether it was done, else the form to show again, and the status."""
    deed = request.POST.get("viec", "")
    if deed not in _deeds_of(found, actor):
        raise Refusal(_("Việc này không làm được với bưu gửi này lúc này."), status=409)
    if deed == "place":
        place(found.number, is_inside=request.POST.get("noi") == "trong", by=actor, at=at)
        messages.success(request, _("Đã ghi nơi nhận."))
        return True, None, 200
    form = _FORMS[deed](request.POST, request.FILES)
    if not form.is_valid():
        return False, form, 422
    try:
        _write_down(deed, found.number, form, actor, at)
    except Refusal as refusal:
        form.refuse(refusal)
        return False, form, refusal.status
    messages.success(request, _("%(number)s: đã ghi.") % {"number": found.number})
    return True, None, 200


def _write_down(deed: str, number: str, form: Any, actor: Actor, at: datetime) -> None:
    given = form.cleaned_data
    match deed:
        case "label":
            put_label(number, label=given["label"], by=actor, at=at)
        case "arrive":
            limits, photo = UploadLimits(max_bytes=settings.UPLOAD_MAX_BYTES, types=_PICTURES), given["photo"]
            stored = store(photo, by=actor, at=at, limits=limits) if photo is not None else None
            proof = Proof(given["receiver"], given["relation"], given["is_signed"], stored)
            posting.arrived(number, proof, by=actor, at=at)
        case "return":
            posting.returned(number, reason=given["reason"], by=actor, at=at)
        case "lost":
            posting.report_lost(number, account=given["account"], by=actor, at=at)


@require_safe
def photo(request: HttpRequest, number: str) -> FileResponse:
    """The picture of the receipt."""
    actor = party(request)
    found = parcel_of(number, actor)
    if found.photo is None:
        raise Refusal(_("Không tìm thấy tệp này."), status=404)
    record_read(subject=found.subject, by=actor, at=clock.now(), body={"file": str(found.photo_id)})
    return serve(found.photo, inline=True)


@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt for whoever brought the papers, in its two copies; gone when the papers are."""
    actor = clerk(request)
    found = parcel_of(number, actor)
    paper = receipt_of(found, actor)
    if paper is None:
        raise Refusal(_("Không tìm thấy phiếu này."), status=404)
    record_read(subject=found.subject, by=actor, at=clock.now(), body={"paper": paper.pk})
    return pdf_page(pdf(paper, copies=COPIES_OF_RECEIPT), paper.filename)


@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Papers for a dossier filed before are handed in at the post office (KT-13)."""
    actor, at = clerk(request), clock.now()
    throttle("post_bring", str(actor.account_id), limit=MOST_BROUGHT, per_seconds=WINDOW, at=at)
    try:
        made = posting.bring(request.POST.get("code", "")[:60], by=actor, at=at)
    except Refusal as refusal:
        for said in (text for texts in refusal.field_errors.values() for text in texts):
            messages.error(request, said)
        return redirect("desk:post")
    messages.success(request, _("Đã nhận giấy tờ của hồ sơ %(code)s.") % {"code": made.ref})
    return redirect("desk:post_parcel", number=made.number)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """For the operator: what each post office owes. Counts only, no person (BD-81)."""
    officer(request)
    at, key = clock.now(), "post_returns_within_hours"
    rule = sentence_of(key, getattr(policy_at(at), key))
    return desk_page(request, "desk/post_overview.html", {"units": punctuality(at=at), "rule": rule})
