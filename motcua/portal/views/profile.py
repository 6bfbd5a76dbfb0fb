"""The person's own account: what it says, and changing it (HY-3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.accounts import actions
from motcua.accounts.models import Account, Code, CodePurpose, Kind
from motcua.base.errors import Refusal
from motcua.portal.account_pages import address, door, offering, tell
from motcua.portal.account_pages.code_page import code_page
from motcua.portal.account_pages.forms import ContactForm, OrganisationProfileForm, PersonProfileForm, faults
from motcua.portal.consenting import consent_lines
from motcua.ui import clock
from motcua.ui.asker import asker
from motcua.ui.templatetags.mc import Fault

_PURPOSE = CodePurpose.CONTACT


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change the own account; addresses change by a code, the kind never."""
    account, at, status = _account(request), clock.now(), 200
    form_class: type[PersonProfileForm] | type[OrganisationProfileForm] = (
        OrganisationProfileForm if account.kind == Kind.ORGANISATION else PersonProfileForm
    )
    about: dict[str, Any] = {"today": at.date(), "vouched": account.is_identified}
    form = form_class(initial=form_class.initial_of(account), **about)
    shown = address.view(account.address)
    if request.method == "POST":
        form = form_class(request.POST, **about)
        kept, wrong = address.judge(request.POST)
        if "_units" in request.POST:
            form = form_class(initial=request.POST.dict(), **about)
            shown = address.view(address.posted(request.POST))
        elif form.is_valid() and not wrong:
            return _save(request, {**form.changes(), "address": kept}, at=at)
        else:
            shown, status = address.view(address.posted(request.POST), error=wrong), 422
    complaints = [*faults(form), *(Fault(text, f"#{shown.id}") for text in shown.errors)]
    context: dict[str, Any] = {"form": form, "address": shown, "error_summary": complaints, "account": account}
    context["may_link"] = offering.is_offered() and not account.is_identified and account.kind != Kind.ORGANISATION
    context["consents"] = consent_lines(asker(request))
    return render(request, "portal/profile.html", context, status=status)


def _save(request: HttpRequest, changes: dict[str, Any], *, at: datetime) -> HttpResponse:
    if actions.update_profile(_account(request), changes=changes, at=at):
        messages.success(request, _("Đã lưu thông tin tài khoản."))
    else:
        messages.info(request, _("Không có gì thay đổi."))
    return redirect("portal:profile")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """A new e-mail address or mobile number: first its code."""
    form, status = ContactForm(), 200
    if request.method == "POST":
        form, status = ContactForm(request.POST), 422
        if form.is_valid():
            try:
                return _begin(request, form.cleaned_data["contact"])
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
    context = {"form": form, "error_summary": faults(form), "account": _account(request)}
    return render(request, "portal/account/contact.html", context, status=status)


def _begin(request: HttpRequest, wanted: str) -> HttpResponse:
    with transaction.atomic():
        code, digits = actions.begin_contact_change(_account(request), contact=wanted, at=clock.now())
        _send(code, digits)
    door.remember(request, _PURPOSE, code)
    return redirect("account_contact_code")


def _send(code: Code, digits: str) -> None:
    at = clock.now()
    if digits:
        tell.send_digits(code.contact, digits, purpose=_PURPOSE, at=at)
    else:
        tell.warn_owner(code.contact, at=at)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_code(request: HttpRequest) -> HttpResponse:
    """The code sent to the new address puts it in place."""

    def changed(code: Code) -> HttpResponse:
        proven = actions.change_contact(_account(request), code.pk, at=clock.now())
        door.forget(request, _PURPOSE)
        messages.success(request, _("Từ nay chúng tôi liên hệ với bạn qua %(address)s.") % {"address": proven})
        return redirect("portal:profile")

    return code_page(
        request,
        purpose=_PURPOSE,
        template="portal/account/contact_code.html",
        start="account_contact",
        send=_send,
        proceed=changed,
    )
