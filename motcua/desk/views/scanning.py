"""Scanning what was handed over on paper, after the dossier was filed (BN-9)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.base.errors import Refusal
from motcua.desk import enclosing
from motcua.desk.office import desk_page, officer
from motcua.dossiers.actions.digitise import digitise
from motcua.dossiers.facts import enclosed_keys, not_digitised
from motcua.dossiers.queries import dossier_of
from motcua.files.actions import store
from motcua.rules.people import Actor
from motcua.ui import clock


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """A box for every paper that was handed over; files are kept as they come, what is wrong is told beside its box."""
    actor, at = officer(request), clock.now()
    found = dossier_of(code, actor)
    if not found.received:
        raise Refusal(_("Quầy không nhận bản giấy nào của hồ sơ này."), status=404)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        errors = _take(request, found, actor, at)
        found = dossier_of(code, actor)
        if not errors:
            left = not_digitised(found, enclosed_keys(found))
            words = _("Còn chưa quét: %(names)s.") % {"names": "; ".join(left)} if left else _("Đã quét đủ giấy tờ.")
            (messages.warning if left else messages.success)(request, words)
            return redirect("desk:dossier", code=code)
    only = frozenset(found.received)
    boxes = enclosing.boxes_of(found, today=at.date(), errors=errors, typed={}, only=only)
    context = {"dossier": found, "boxes": boxes, "error_summary": enclosing.faults_of(boxes)}
    return desk_page(request, "desk/counter_scan.html", context, status=422 if errors else 200)


def _take(request: HttpRequest, found: Any, actor: Actor, at: Any) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    for key in found.received:
        for upload in request.FILES.getlist(f"tep-{key}"):
            try:
                stored = store(upload, by=actor, at=at, limits=enclosing.limits_here())
                digitise(str(found.code), key, stored, by=actor, at=at)
            except Refusal as refusal:
                texts = [text for each in refusal.field_errors.values() for text in each] or refusal.messages
                errors.setdefault(key, []).extend(map(str, texts))
    return errors
