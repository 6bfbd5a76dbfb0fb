"""What the sandbox twins received, as pages of the product; mounted only where `settings.SANDBOX` is on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from motcua.gateways import carrier_sandbox, mail_sandbox, registers_sandbox, sms_sandbox
from motcua.gateways.sandbox_box import read_lines

_PER_PAGE = 50


def index(request: HttpRequest) -> HttpResponse:
    """Everything that arrived, mail and SMS together, latest first."""
    return _show(request, _("Hộp thử nghiệm"), [*_read(mail_sandbox.FILE), *_read(sms_sandbox.FILE)])


def mail(request: HttpRequest) -> HttpResponse:
    """The e-mails that arrived."""
    return _show(request, _("Hộp thử nghiệm: thư điện tử"), _read(mail_sandbox.FILE))


def sms(request: HttpRequest) -> HttpResponse:
    """The SMS that arrived."""
    return _show(request, _("Hộp thử nghiệm: tin nhắn SMS"), _read(sms_sandbox.FILE))


def registers(request: HttpRequest) -> HttpResponse:
    """Questions the twin of the state's databases was asked, each with its purpose."""
    return _show(request, _("Hộp thử nghiệm: khai thác cơ sở dữ liệu"), _read(registers_sandbox.FILE))


def carrier(request: HttpRequest) -> HttpResponse:
    """Orders the carrier took; a POST lets it report what becomes of one, by its signed callback."""
    if not settings.SANDBOX:
        raise Http404
    if request.method == "POST":
        return _report(request)
    orders = sorted(_read(carrier_sandbox.FILE), key=lambda order: str(order["at"]), reverse=True)
    page = Paginator(orders, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Hộp thử nghiệm: bưu chính"),
        "rows": [{**order, "moment": parse_datetime(order["at"])} for order in page.object_list],
        "statuses": list(_REPORTS.items()),
        "page": page,
    }
    return render(request, "gateways/sandbox_carrier.html", context)


_REPORTS = {
    "accepted": _lazy("Đã nhận lệnh"),
    "in_transit": _lazy("Đang chuyển"),
    "delivered": _lazy("Đã phát"),
    "returned": _lazy("Chuyển hoàn"),
    "lost": _lazy("Thất lạc"),
}


def _report(request: HttpRequest) -> HttpResponse:
    """Ask the twin to report; what the product answered to the twin is shown."""
    reference, status = request.POST.get("reference", "")[:40], request.POST.get("status", "")[:20]
    known = any(order["id"] == reference for order in _read(carrier_sandbox.FILE))
    if not settings.SANDBOX_CARRIER or not known or status not in _REPORTS:
        raise Http404
    address = f"{settings.SANDBOX_CARRIER.rstrip('/')}/shipments/{reference}/reports"
    headers = {"Authorization": f"Bearer {settings.CARRIER_KEY}"}
    try:
        answer = httpx.post(address, json={"status": status}, headers=headers, timeout=15, trust_env=False)
        said = f"{answer.status_code} {answer.json().get('answer', '')}"
    except (httpx.HTTPError, ValueError) as error:
        said = type(error).__name__
    messages.info(request, _("%(reference)s, %(status)s: %(said)s") % {
        "reference": reference, "status": _REPORTS[status], "said": said[:300]
    })  # fmt: skip
    return redirect("sandbox:carrier")


def _read(name: str) -> list[dict[str, Any]]:
    return read_lines(Path(settings.SANDBOX_DIR) / name)


def _show(request: HttpRequest, title: str, messages: list[dict[str, Any]]) -> HttpResponse:
    if not settings.SANDBOX:
        raise Http404
    to = request.GET.get("to", "").strip()[:254]
    found = [message for message in messages if not to or to in message["to"]]
    found.sort(key=lambda message: str(message["at"]), reverse=True)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "to": message["to"],
            "subject": message.get("subject", ""),
            "body": message["body"],
            "at": parse_datetime(message["at"]),
        }
        for message in page.object_list
    ]
    return render(
        request, "gateways/sandbox.html", {"title": title, "rows": rows, "total": len(found), "to": to, "page": page}
    )
