"""A forgotten password: a code to the owner's address, then a new password."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.accounts import actions
from motcua.accounts.models import Code, CodePurpose
from motcua.base.errors import Refusal
from motcua.portal.account_pages import door, tell
from motcua.portal.account_pages.code_page import code_page
from motcua.portal.account_pages.forms import NewPasswordForm, RecoverForm, faults
from motcua.ui import clock

_PURPOSE = CodePurpose.RECOVER


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Who are you? The answer is the same whether or not the account exists."""
    form, status = RecoverForm(initial={"login": request.GET.get("login", "")}), 200
    if request.method == "POST":
        form, status = RecoverForm(request.POST), 422
        if form.is_valid():
            try:
                return _begin(request, form.cleaned_data["login"])
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
    context = {"form": form, "error_summary": faults(form), "next": door.safe_next(request)}
    return render(request, "portal/account/recover.html", context, status=status)


def _begin(request: HttpRequest, login: str) -> HttpResponse:
    at = clock.now()
    actions.throttle("recover", door.address_of(request), limit=30, per_seconds=3600, at=at)
    with transaction.atomic():
        code, digits = actions.begin_recovery(login, at=at)
        _send(code, digits)
    door.remember(request, _PURPOSE, code, shown=login, next=door.safe_next(request))
    return redirect("account_recover_code")


def _send(code: Code, digits: str) -> None:
    if digits:
        tell.send_digits(code.contact, digits, purpose=_PURPOSE, at=clock.now())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recover_code(request: HttpRequest) -> HttpResponse:
    """The code that came, if there is such an account."""
    return code_page(
        request,
        purpose=_PURPOSE,
        template="portal/account/recover_code.html",
        start="account_reset_password",
        send=_send,
        proceed=lambda code: redirect("account_new_password"),
    )


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """A new password for the account whose code was right; every open session of it ends."""
    code = door.waiting_code(request, _PURPOSE)
    if code is None or code.confirmed_at is None or code.account is None:
        return redirect("account_reset_password")
    form, status = NewPasswordForm(account=code.account), 200
    if request.method == "POST":
        form, status = NewPasswordForm(request.POST, account=code.account), 422
        if form.is_valid():
            try:
                actions.reset_password(code.pk, password=form.cleaned_data["password"], at=clock.now())
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return _done(request)
    context = {"form": form, "error_summary": faults(form), "account": code.account}
    return render(request, "portal/account/new_password.html", context, status=status)


def _done(request: HttpRequest) -> HttpResponse:
    following = door.remembered(request, _PURPOSE).get("next", "")
    door.forget(request, _PURPOSE)
    messages.success(request, _("Đã đặt mật khẩu mới. Mọi thiết bị khác đã bị đăng xuất. Hãy đăng nhập."))
    return redirect(door.with_next("account_login", following))
