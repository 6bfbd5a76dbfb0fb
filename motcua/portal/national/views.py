"""Going to the national portal and coming back; proving or linking an account; all without a script."""

from __future__ import annotations

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from motcua.accounts import actions
from motcua.accounts.contacts import masked
from motcua.accounts.facts import NATIONAL
from motcua.accounts.models import Account, Kind
from motcua.accounts.queries import claimants, national_link
from motcua.base.errors import Refusal
from motcua.portal.account_pages import door, offering
from motcua.portal.account_pages.forms import faults
from motcua.portal.account_pages.login import LoginForm, PasswordAgainForm
from motcua.portal.national import entering, failing
from motcua.portal.national.provider import PortalProtocol
from motcua.ui import clock

_UNBELIEVABLE = (OAuth2Error, RequestException, jwt.PyJWTError, KeyError, ValueError, TypeError, AttributeError)
"""Whatever the other side may have sent instead of what the protocol promises."""


@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Off to the portal, remembering where to return to."""
    _offered()
    following, process = door.safe_next(request), "login"
    if request.user.is_authenticated:
        if not entering.may_connect(request):
            return redirect(following or door.home_of(request.user))
        process = entering.CONNECT
    try:
        _count(request)
        provider = get_adapter(request).get_provider(request, NATIONAL)
        response: HttpResponse = provider.redirect(request, process, next_url=following or None)
    except ImmediateHttpResponse as instead:
        return instead.response
    except Refusal as refusal:
        return failing.failed(request, refusal.messages[0], status=refusal.status)
    except _UNBELIEVABLE as error:
        return failing.broken(request, error)
    return response


@never_cache
@require_safe
def callback(request: HttpRequest) -> HttpResponse:
    """Back from the portal. Nothing it says, or fails to say, ends in anything but a page of ours."""
    _offered()
    try:
        _count(request)
        response: HttpResponse = OAuth2CallbackView.adapter_view(PortalProtocol(request))(request)
    except Refusal as refusal:
        return failing.failed(request, refusal.messages[0], status=refusal.status)
    except _UNBELIEVABLE as error:
        return failing.broken(request, error)
    return response


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """Somebody here typed this person's number: by the password one shows that one's account is it."""
    _offered()
    pending = entering.waiting(request)
    if pending is None:
        return failing.lost(request)
    who, following = pending
    form, status = LoginForm(), 200
    if request.method == "POST" and request.POST.get("viec") == "moi":
        entering.forget(request)
        return entering.begin_new(request, who, following)
    if request.method == "POST":
        form, status = LoginForm(request.POST, request=request), 422
        if form.is_valid():
            assert form.account is not None
            try:
                return _proven(request, form.account)
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
    logins = [masked(account.email or account.phone or account.login) for account in claimants(who.number)[:3]]
    context = {"form": form, "error_summary": faults(form), "name": who.full_name, "logins": logins}
    return render(request, "portal/account/national_link.html", context, status=status)


def _proven(request: HttpRequest, account: Account) -> HttpResponse:
    pending = entering.waiting(request)
    assert pending is not None
    who, following = pending
    if account.is_officer:
        raise Refusal(_("Tài khoản công vụ chỉ nối được sau khi đăng nhập, từ trang Tài khoản của tôi."), status=403)
    actions.link_identified(account, who, at=clock.now())
    entering.forget(request)
    messages.success(request, _("Đã nối tài khoản với Cổng Dịch vụ công quốc gia."))
    return entering.welcome(request, account, following)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def connect(request: HttpRequest) -> HttpResponse:
    """Linking the account one is logged in with, after its password once more (ASVS 7.5.1)."""
    _offered()
    assert isinstance(request.user, Account)
    account, status = request.user, 200
    form = PasswordAgainForm(account)
    if request.method == "POST":
        form, status = PasswordAgainForm(account, request.POST), 422
        if form.is_valid():
            entering.allow_connect(request)
            return redirect("account_national_connect")
    context = {
        "form": form,
        "error_summary": faults(form),
        "account": account,
        "is_linked": national_link(account) is not None,
        "is_possible": account.kind != Kind.ORGANISATION,
        "may_go": entering.may_connect(request),
    }
    return render(request, "portal/account/national_connect.html", context, status=status)


def _offered() -> None:
    if not offering.is_offered():
        raise Http404


def _count(request: HttpRequest) -> None:
    """A hundred goes a quarter of an hour from one place: each makes us speak with the portal."""
    actions.throttle("national", door.address_of(request), limit=100, per_seconds=15 * 60, at=clock.now())
