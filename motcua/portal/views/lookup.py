"""The public look-up: a code or an identity number, and a proof (promises §6)."""

from __future__ import annotations

import logging
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Refusal
from motcua.dossiers.actions.look_up import count_try, look_up_by_code, look_up_by_secret, send_look_up_code
from motcua.dossiers.queries import glimpse, read_asked
from motcua.portal.account_pages.fields import LineField
from motcua.portal.account_pages.forms import PageForm
from motcua.portal.present import moment, state_view
from motcua.procedures.queries.ministry import AtMinistry, ministry_dossier_by_code
from motcua.ui import clock
from motcua.ui.templatetags.mc import form_faults

logger = logging.getLogger("motcua.lookup")


class LookupForm(PageForm):
    """One box for a code or an identity number, one for the secret on the receipt."""

    ask = LineField(
        label=_("Mã hồ sơ hoặc số định danh, CCCD, CMND"),
        max_length=60,
        missing=_("Nhập mã hồ sơ hoặc số định danh."),
    )
    secret = LineField(
        label=_("Mã tra cứu"),
        help_text=_("8 ký tự, in trên biên nhận và giấy hẹn. Không có mã này vẫn xem được tình trạng theo mã hồ sơ."),
        max_length=20,
        required=False,
    )

    at_ministry: AtMinistry | None = None
    """What lies in a ministry's system under the code that was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        example = f"{settings.SITE['agency_code']}.41.01-261120-0007"
        self.fields["ask"].help_text = _("Ví dụ mã hồ sơ: %(code)s") % {"code": example}

    def clean_ask(self) -> Any:
        asked = read_asked(self.cleaned_data["ask"])
        self.at_ministry = None if asked.identity else ministry_dossier_by_code(self.cleaned_data["ask"])
        if asked.is_blank and self.at_ministry is None:
            raise forms.ValidationError(_("Đây không phải mã hồ sơ cũng không phải số định danh. Xem lại từng ký tự."))
        return asked


class CodeForm(PageForm):
    """The one-time code."""

    code = LineField(
        label=_("Mã xác nhận gồm 6 chữ số"), max_length=20, missing=_("Điền mã 6 số đã gửi đến liên hệ trong hồ sơ.")
    )


def lookup(request: HttpRequest) -> HttpResponse:
    """Ask, and answer. Personal data are posted, never part of an address."""
    at = clock.now()
    form = LookupForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST":
        count_try(network_of(request), at=at)
        if form.is_valid():
            asked, secret = form.cleaned_data["ask"], form.cleaned_data["secret"]
            logger.info("look-up by %s with%s proof", "code" if asked.code else "number", "" if secret else "out")
            if "_code" in request.POST and not asked.is_blank:
                return _send(request, asked)
            context |= _answer(asked, secret, at) if not asked.is_blank else {}
            context |= _at_ministry(form, context)
        else:
            status = 422
    context["error_summary"] = form_faults(form)
    return render(request, "portal/lookup.html", context, status=status)


def code(request: HttpRequest) -> HttpResponse:
    """The one-time code sent to the contact on file opens the same answer as the secret."""
    at = clock.now()
    waiting = request.session.get("lookup")
    if not waiting:
        return redirect("portal:lookup")
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        count_try(network_of(request), at=at)
        try:
            found = look_up_by_code(waiting["code"], form.cleaned_data["code"], at=at)
            del request.session["lookup"]
            return render(request, "portal/lookup.html", {"form": LookupForm(None), "found": _views(found, at)})
        except Refusal as refusal:
            form.refuse(refusal)
            status = 422
    context = {"form": form, "error_summary": form_faults(form)}
    return render(request, "portal/lookup_code.html", context, status=status)


def network_of(request: HttpRequest) -> str:
    """The network a try comes from: the address the server itself saw."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _answer(asked: Any, secret: str, at: Any) -> dict[str, Any]:
    """All six facts with a right secret; the masked glimpse for a bare code; the same nothing for the rest."""
    if secret:
        found = look_up_by_secret(asked, secret, at=at)
        return {"found": _views(found, at)} if found else {"nothing": True}
    seen = glimpse(asked.code) if asked.code else None
    return {"glimpse": seen, "nothing": seen is None}


def _at_ministry(form: LookupForm, context: dict[str, Any]) -> dict[str, Any]:
    """The dossier of this code in a ministry's system (BD-12), where it is none of ours."""
    if form.at_ministry is None or context.get("found") or context.get("glimpse"):
        return {}
    return {"at_ministry": form.at_ministry, "nothing": False}


def _views(found: list[Any], at: Any) -> list[dict[str, Any]]:
    return [
        {
            "code": row.code,
            "procedure": row.revision.title,
            "name": row.applicant_name,
            "accepted_at": moment(row.accepted_at),
            "promised_at": moment(row.promised_at),
            "state": state_view(row, now=at),
            "counter_phone": row.counter.phone,
        }
        for row in found
    ]


def _send(request: HttpRequest, asked: Any) -> HttpResponse:
    """Send a one-time code to the contact on file; whoever asks learns nothing from the page that follows."""
    request.session["lookup"] = {"code": send_look_up_code(asked, at=clock.now())}
    return redirect("portal:lookup_code")
