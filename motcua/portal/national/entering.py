"""What a person vouched for by the national portal comes to: in, a new account, or first a proof (decision 0016)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from motcua.accounts import actions
from motcua.accounts.facts import Vouched
from motcua.accounts.models import Account
from motcua.accounts.queries import claimants
from motcua.base.errors import Refusal
from motcua.portal.account_pages import tell
from motcua.ui import clock

CONNECT = "connect"
_PENDING, _CONSENT, _HERE = "national-pending", "national-connect", "national"
_PATIENCE = timedelta(minutes=10)


def enter(request: HttpRequest, login: Any) -> HttpResponse:
    """Go on with a login that the portal has just confirmed. Raises `Refusal` where nothing can come of it."""
    who, following = login.vouched, str(login.state.get("next") or "")
    if login.state.get("process") == CONNECT:
        return _connect(request, login, who, following)
    if login.is_existing:
        if login.user.is_active:
            actions.keep_identified(login.user, who, at=clock.now())
        return welcome(request, login.user, following)
    if claimants(who.number).exists():
        _remember(request, who, following)
        return redirect("account_national_link")
    return begin_new(request, who, following)


def begin_new(request: HttpRequest, who: Vouched, following: str) -> HttpResponse:
    """A new account, told to its owner where the portal gave a way to."""
    at = clock.now()
    with transaction.atomic():
        account = actions.create_identified(who, at=at)
        if account.email or account.phone:
            tell.send_initial_account(account, at=at)
    messages.success(
        request,
        _("Tài khoản đã sẵn sàng, danh tính của bạn đã xác thực qua Cổng Dịch vụ công quốc gia."),
    )
    if not (account.email or account.phone):
        messages.info(request, _("Hãy thêm thư điện tử hoặc số điện thoại để nhận tin về hồ sơ."))
    return welcome(request, account, following)


def welcome(request: HttpRequest, account: Account, following: str) -> HttpResponse:
    """Open the session, through the same stages as any other login; a locked account stays outside."""
    if request.user.is_authenticated and request.user != account:
        account_adapter(request).logout(request)
    response: HttpResponse = perform_login(request, Login(user=account, redirect_url=following or None))
    if request.user.is_authenticated:
        request.session[_HERE] = True
    return response


def came_from_there(request: HttpRequest) -> bool:
    """Whether this session was opened by the national portal."""
    return bool(request.session.get(_HERE))


# --- linking the account one is logged in with


def allow_connect(request: HttpRequest) -> None:
    """The owner has just shown the password: the next answer of the portal may link this account."""
    request.session[_CONSENT] = {"account": request.user.pk, "at": clock.now().isoformat()}


def may_connect(request: HttpRequest) -> bool:
    """Whether that was a moment ago, in this session, for this account."""
    kept = request.session.get(_CONSENT) or {}
    return kept.get("account") == request.user.pk and _is_fresh(kept.get("at"))


def _connect(request: HttpRequest, login: Any, who: Vouched, following: str) -> HttpResponse:
    if not request.user.is_authenticated or not may_connect(request):
        raise Refusal(_("Lượt nối tài khoản này đã hết hạn. Hãy bắt đầu lại từ trang tài khoản."), status=400)
    request.session.pop(_CONSENT, None)
    assert isinstance(request.user, Account)
    if login.is_existing and login.user != request.user:
        raise Refusal(_("Danh tính này đã nối với một tài khoản khác."), status=409)
    if login.is_existing:
        actions.keep_identified(request.user, who, at=clock.now())
    else:
        actions.link_identified(request.user, who, at=clock.now())
    messages.success(request, _("Đã nối tài khoản với Cổng Dịch vụ công quốc gia."))
    return redirect(following or "portal:profile")


# --- somebody here already says to be this person


def _remember(request: HttpRequest, who: Vouched, following: str) -> None:
    kept = {**asdict(who), "birth_date": who.birth_date.isoformat() if who.birth_date else None}
    request.session[_PENDING] = {"who": kept, "next": following, "at": clock.now().isoformat()}


def waiting(request: HttpRequest) -> tuple[Vouched, str] | None:
    """Who waits for a proof in this browser, and where to go afterwards."""
    kept = request.session.get(_PENDING) or {}
    if not _is_fresh(kept.get("at")):
        return None
    said = kept["who"]
    born = date.fromisoformat(said["birth_date"]) if said["birth_date"] else None
    return Vouched(**{**said, "birth_date": born}), kept["next"]


def forget(request: HttpRequest) -> None:
    """Nobody waits any more."""
    request.session.pop(_PENDING, None)


def _is_fresh(moment: str | None) -> bool:
    at: datetime | None = parse_datetime(moment) if moment else None
    return at is not None and timedelta(0) <= clock.now() - at <= _PATIENCE
