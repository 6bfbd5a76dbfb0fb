"""What the sandbox twins received, as pages of the product; mounted only where `settings.SANDBOX` is on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from motcua.gateways import mail_sandbox, sms_sandbox
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
