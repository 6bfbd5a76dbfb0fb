"""Taking one rating of a page and bringing the person back to where they were (KT-25)."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.accounts.actions import throttle
from motcua.base.errors import Refusal
from motcua.feedback.actions import rate as keep
from motcua.feedback.actions import rater_of
from motcua.portal.rating import PLACE, THANKS, address_of, asked_about, version_of
from motcua.portal.views.lookup import network_of
from motcua.ui import clock
from motcua.ui.asker import asker

COOKIE = "danh-gia"
COOKIE_SECONDS = 365 * 24 * 3600
RATINGS = 20
"""Ratings an hour from one network."""


# Exempt from the CSRF token for the reason the display switch is: pages drawn once for every visitor carry none. A
# request another site sends is refused by where it comes from, which browsers say and pages cannot forge.
@csrf_exempt
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """One rating. Comes back to the same place with thanks; what was forgotten is asked for with the words kept."""
    if not _is_from_here(request):
        raise Refusal(_("Đánh giá phải gửi từ chính trang này."), status=403)
    at, page = clock.now(), request.POST.get("trang", "")[:80]
    address, version = address_of(page), version_of(page)
    said, reason = request.POST.get("y", ""), request.POST.get("ly-do", "")
    token = request.COOKIES.get(COOKIE, "")[:64] or secrets.token_urlsafe(18)
    try:
        throttle("rate", network_of(request), limit=RATINGS, per_seconds=3600, at=at)
        if said not in ("co", "chua"):
            raise Refusal(_("Hãy chọn Có hoặc Chưa."))
        rater = rater_of(account_id=asker(request).account_id, token=token)
        keep(page, version, rater=rater, is_useful=said == "co", reason=reason, at=at)
    except Refusal as refusal:
        words = " ".join(
            [*map(str, refusal.messages), *(text for texts in refusal.field_errors.values() for text in texts)]
        )
        asked = {**asked_about(request, page), "back": _back(request, address), "error": words, "reason": reason[:2000]}
        return render(request, "portal/rate.html", {"rating": asked, "address": address}, status=refusal.status)
    back = _back(request, address)
    response = HttpResponseRedirect(f"{back}{'&' if '?' in back else '?'}{THANKS}=1#{PLACE}")
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
        path="/danh-gia/",
    )
    return response


def _back(request: HttpRequest, address: str) -> str:
    """The very address the page was read at, where it is one of this page; otherwise the page's own."""
    back = request.POST.get("ve", "")
    return back if back.isprintable() and back.partition("?")[0] == address and "#" not in back else address


def _is_from_here(request: HttpRequest) -> bool:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
