"""Pages for a login through the national portal that came to nothing."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

_log = logging.getLogger(__name__)


def failed(request: HttpRequest, words: str, *, status: int) -> HttpResponse:
    """What happened, and the ways on from here."""
    return render(request, "portal/account/national_failed.html", {"words": words}, status=status)


def cancelled(request: HttpRequest) -> HttpResponse:
    """The person said no over there."""
    return failed(request, _("Bạn đã dừng đăng nhập tại Cổng Dịch vụ công quốc gia. Chưa có gì thay đổi."), status=403)


def lost(request: HttpRequest) -> HttpResponse:
    """The answer belongs to no login of this browser, or comes too late."""
    words = _("Lượt đăng nhập này đã hết hạn, đã dùng rồi, hoặc được mở ở một trình duyệt khác. Hãy bắt đầu lại.")
    return failed(request, words, status=400)


def broken(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """The portal does not answer, or not in a way that can be believed. What exactly is for the operator's log."""
    _log.warning("login through the national portal: %s", type(error).__name__ if error else "refused")
    words = _(
        "Chưa xác nhận được với Cổng Dịch vụ công quốc gia. Hãy thử lại sau ít phút, "
        "hoặc đăng nhập bằng tài khoản của tỉnh."
    )
    return failed(request, words, status=502)
