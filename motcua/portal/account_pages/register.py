"""Registering an account and proving its address."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
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
from motcua.portal.account_pages.forms import OrganisationForm, PersonForm, faults
from motcua.portal.account_pages.offering import national_url
from motcua.ui import clock

_PURPOSE = CodePurpose.REGISTER
_FORMS: dict[str, type[PersonForm] | type[OrganisationForm]] = {"": PersonForm, "to-chuc": OrganisationForm}


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, kind: str = "") -> HttpResponse:
    """The registration form of a citizen, or of an organisation (BN-4, HY-1)."""
    if request.user.is_authenticated:
        return redirect(door.safe_next(request) or door.home_of(request.user))
    today = clock.now().date()
    status = 200
    if request.method == "POST":
        form = _FORMS[kind](request.POST, today=today)
        if form.is_valid():
            try:
                return _begin(request, form)
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
        status = max(status, 422)
    else:
        form = _FORMS[kind](initial=_typed_before(request), today=today)
    return render(
        request,
        "portal/account/register.html",
        {
            "form": form,
            "kind": kind,
            "error_summary": faults(form),
            "next": door.safe_next(request),
            "national_url": "" if kind else national_url(door.safe_next(request)),
            "login_url": door.with_next("account_login", door.safe_next(request)),
        },
        status=status,
    )


def _begin(request: HttpRequest, form: PersonForm | OrganisationForm) -> HttpResponse:
    at = clock.now()
    actions.throttle("register", door.address_of(request), limit=30, per_seconds=3600, at=at)
    with transaction.atomic():
        code, digits = actions.begin_registration(form.registration(), password=form.cleaned_data["password"], at=at)
        _send(code, digits)
    door.remember(request, _PURPOSE, code, next=door.safe_next(request))
    return redirect("account_activate")


def _send(code: Code, digits: str) -> None:
    """The code, or a word to the owner of an address that already has an account: the page is the same."""
    at = clock.now()
    if digits:
        tell.send_digits(code.contact, digits, purpose=_PURPOSE, at=at)
    else:
        tell.warn_owner(code.contact, at=at)


def _typed_before(request: HttpRequest) -> dict[str, Any]:
    """What was typed and still waits for its code: going back loses nothing but the password."""
    code = door.waiting_code(request, _PURPOSE)
    if code is None or not code.payload:
        return {}
    return {**code.payload, "password": "", "terms": True}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """The code that was sent proves the address; then the account exists and its owner is in."""

    def welcome(code: Code) -> HttpResponse:
        at = clock.now()
        following = door.remembered(request, _PURPOSE).get("next", "")
        with transaction.atomic():
            account = actions.activate(code.pk, at=at)
            tell.send_initial_account(account, at=at)
        door.forget(request, _PURPOSE)
        messages.success(
            request,
            _("Tài khoản đã sẵn sàng. Tên đăng nhập của bạn là %(login)s; một tài khoản dùng cho mọi dịch vụ công.")
            % {"login": account.login},
        )
        return perform_login(request, Login(user=account, redirect_url=following or None, signup=True))

    return code_page(
        request,
        purpose=_PURPOSE,
        template="portal/account/activate.html",
        start="account_signup",
        send=_send,
        proceed=welcome,
    )
