"""The page that asks for a one-time code: the same for registering, recovering and changing an address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.accounts import actions
from motcua.accounts.models import Code, CodePurpose
from motcua.base.errors import Refusal
from motcua.portal.account_pages import door
from motcua.portal.account_pages.forms import CodeForm, faults
from motcua.ui import clock


def code_page(
    request: HttpRequest,
    *,
    purpose: CodePurpose,
    template: str,
    start: str,
    send: Callable[[Code, str], None],
    proceed: Callable[[Code], HttpResponse],
) -> HttpResponse:
    """Show the form, check what is typed, send again on request.

    `start` is the route to begin anew from, `send` delivers fresh digits, `proceed` answers for a confirmed
    code and may raise `Refusal`. Without a pending code the person is sent back to `start` with a word why.
    """
    code = door.waiting_code(request, purpose)
    if code is None:
        messages.info(request, _("Chưa có mã nào đang chờ. Hãy bắt đầu lại từ đây."))
        return redirect(start)
    form, status = CodeForm(), 200
    if request.method == "POST" and request.POST.get("action") == "resend":
        form, status = _resend(request, code, send)
        if status == 200:
            return redirect(request.path)
    elif request.method == "POST":
        form, status = CodeForm(request.POST), 422
        if form.is_valid():
            try:
                return proceed(
                    actions.confirm_code(code.pk, form.cleaned_data["code"], purpose=purpose, at=clock.now())
                )
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
    context: dict[str, Any] = {
        "form": form,
        "sent_to": door.remembered(request, purpose).get("shown") or code.contact,
        "error_summary": faults(form),
        "start": start,
    }
    return render(request, template, context, status=status)


def _resend(request: HttpRequest, code: Code, send: Callable[[Code, str], None]) -> tuple[CodeForm, int]:
    form = CodeForm({})
    form.errors.clear()
    try:
        with transaction.atomic():
            send(code, actions.resend_code(code, at=clock.now()))
    except Refusal as refusal:
        form.refuse(refusal)
        return form, refusal.status
    messages.success(request, _("Đã gửi mã mới. Chỉ mã mới nhất dùng được."))
    return form, 200
