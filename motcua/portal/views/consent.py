"""Consent to keep data for the next time: seen, given, taken back; and what is kept (HY-12)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.accounts.queries import kept_answers
from motcua.base.errors import Refusal
from motcua.dossiers.actions import vault
from motcua.files.queries import vault_of
from motcua.portal.consenting import Line, consent_lines
from motcua.rules.consents import Purpose
from motcua.rules.people import Actor
from motcua.rules.text import plain_number
from motcua.ui import clock
from motcua.ui.asker import asker


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Give consent for one purpose, or take it back after being told what goes."""
    at, actor = clock.now(), asker(request)
    line = next((one for one in consent_lines(actor) if one.purpose == purpose), None)
    if line is None:
        raise Refusal(_("Không tìm thấy trang này."), status=404)
    if request.method == "POST":
        if request.POST.get("_act") == "withdraw":
            vault.withdraw_consent(Purpose(purpose), by=actor, at=at)
            messages.success(request, _("Đã rút lại sự đồng ý. Dữ liệu đã giữ đã được xóa."))
            return redirect("portal:profile")
        if request.POST.get("_act") != "give":
            raise Refusal(_("Hãy mở lại trang này rồi bấm nút."), status=400)
        vault.give_consent(Purpose(purpose), by=actor, at=at)
        messages.success(request, _("Đã ghi nhận sự đồng ý của bạn."))
        return redirect("portal:vault" if purpose == Purpose.PAPERS else "portal:profile")
    return render(request, "portal/consent.html", {"line": line, "goes": _goes(line, actor), "hidden": [_act(line)]})


def _act(line: Line) -> dict[str, str]:
    """What the page's button does, said by the form: sent twice it is still the same."""
    return {"name": "_act", "value": "withdraw" if line.given_at else "give"}


def _goes(line: Line, actor: Actor) -> list[str]:
    """What will be deleted, by name, when consent is taken back."""
    if line.given_at is None:
        return []
    if line.purpose == Purpose.PAPERS:
        return [paper.title for paper in vault_of(actor)]
    return [f"{row.label}: {row.words}" for row in kept_answers(actor.account_id)]


@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """Every kept answer with where it was given; each can be deleted."""
    at, actor = clock.now(), asker(request)
    if request.method == "POST":
        vault.forget(plain_number(request.POST.get("_forget", "")) or 0, by=actor, at=at)
        messages.success(request, _("Đã xóa câu trả lời đã giữ."))
        return redirect("portal:kept_answers")
    return render(request, "portal/kept_answers.html", {"answers": kept_answers(actor.account_id)})
