"""A house with nothing in it but the common room, and doors that fail on purpose."""

from __future__ import annotations

from typing import NoReturn

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import include, path

from motcua.base.errors import Refusal
from motcua.ui.errors import error_page
from motcua.ui.middleware import embeddable


def refuses(request: HttpRequest, status: int) -> NoReturn:
    raise Refusal("Hồ sơ này đã có người tiếp nhận.", status=status, retry_after=30 if status == 429 else None)


def breaks(request: HttpRequest) -> NoReturn:
    raise RuntimeError("bí mật của nhà bếp")


def stored_file(request: HttpRequest) -> HttpResponseBase:
    return embeddable(HttpResponse(b"%PDF-1.7", content_type="application/pdf"))


def fault(request: HttpRequest, status: int) -> HttpResponse:
    return error_page(request, status)


urlpatterns = [
    path("", include("motcua.ui.urls")),
    path("tu-choi/<int:status>/", refuses),
    path("hong/", breaks),
    path("tep/", stored_file),
    path("loi/<int:status>/", fault),
]
handler404 = "motcua.ui.errors.not_found"
handler500 = "motcua.ui.errors.server_error"
