"""How the result shall come, and what it costs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft
from motcua.dossiers.facts import must_be_collected
from motcua.dossiers.queries import bill_of, draft_of
from motcua.portal.account_pages.fields import LineField
from motcua.portal.account_pages.forms import PageForm
from motcua.portal.filing import path_of
from motcua.portal.views.papers import signing_words
from motcua.rules import words
from motcua.rules.acts import FeeChannel
from motcua.rules.levels import waiting_words
from motcua.ui import clock
from motcua.ui.asker import asker
from motcua.ui.templatetags.mc import form_faults


class ReceiveForm(PageForm):
    """Return channel, and an address when it comes by post."""

    return_channel = forms.ChoiceField(label=_("Nhận kết quả bằng cách nào?"), widget=forms.RadioSelect)
    return_address = LineField(
        label=_("Địa chỉ nhận bưu gửi"),
        help_text=_("Chỉ cần khi nhận qua bưu chính. Ghi đủ từ số nhà, thôn xóm đến tỉnh."),
        required=False,
        max_length=400,
    )

    fee_channel = forms.ChoiceField(label=_("Nộp phí, lệ phí bằng cách nào?"), widget=forms.RadioSelect)

    def __init__(
        self,
        data: Any,
        *,
        channels: list[tuple[str, str]],
        fee_channels: list[tuple[str, str]],
        initial: dict[str, str],
    ) -> None:
        super().__init__(data, initial=initial)
        self.offer("return_channel", [*channels])
        if fee_channels:
            self.offer("fee_channel", [*fee_channels])
        else:
            del self.fields["fee_channel"]


def receive(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose the return channel; the fees are shown with how they are computed."""
    at, actor = clock.now(), asker(request)
    found = draft_of(str(key), actor)
    if found.code:
        return redirect("portal:dossier", code=found.code)
    channels = draft.return_channels(found, at)
    bill, ways = bill_of(found, on=at.date()), draft.fee_ways(found, at)
    open_ways = ways.open if bill.total or bill.unknown else ()
    initial = {
        "fee_channel": found.fee_channel or (open_ways[0].value if open_ways else ""),
        "return_channel": found.return_channel or (channels[0].value if len(channels) == 1 else ""),
        "return_address": found.return_address or found.applicant_address,
    }
    form = ReceiveForm(
        request.POST if request.method == "POST" else None,
        channels=[(item.value, words.CHANNELS[item]) for item in channels],
        fee_channels=[(item.value, words.FEE_CHANNELS[item]) for item in open_ways],
        initial=initial,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                draft.choose_return(
                    str(key),
                    channel=form.cleaned_data["return_channel"],
                    address=form.cleaned_data["return_address"],
                    fee_channel=form.cleaned_data.get("fee_channel", ""),
                    by=actor,
                    at=at,
                )
                return redirect("portal:review", key=key)
            except Refusal as refusal:
                form.refuse(refusal)
    context = {
        "dossier": found,
        "form": form,
        "bill": bill,
        "waiting": waiting_words(ways) if open_ways else "",
        "account": found.agency.bank_account if FeeChannel.TRANSFER in open_ways else "",
        "signing": signing_words(found, at),
        "must_come": must_be_collected(found, at),
        "path": path_of(found, "receive", today=at.date()),
        "error_summary": form_faults(form),
    }
    return render(request, "portal/receive.html", context, status=status)
