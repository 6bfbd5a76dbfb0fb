"""A house with nothing in it but the common room, and doors that fail on purpose."""

from __future__ import annotations

from typing import NoReturn

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template import engines
from django.template.loader import render_to_string
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


saved: list[dict[str, list[str]]] = []

UPLOAD = (
    '{% include "ui/components/upload.html" with id="tep" name="tep" label="Tệp" accept="application/pdf" '
    'max_bytes=1000 multiple=True url="/tai-len/" only %}'
)
DECLARATION = """{% extends "ui/base.html" %}{% block title %}Tờ khai{% endblock %}{% block content %}
<h1 class="mc-h1">Tờ khai</h1>{% include "ui/components/saved.html" with at=None only %}
<form method="post" data-autosave="/luu/"><label class="govuk-label" for="ten">Họ tên</label>
<input class="govuk-input" id="ten" name="ten" value="">
UPLOAD
<button class="govuk-button mc-act">Đi tiếp</button></form>{% endblock %}""".replace("UPLOAD", UPLOAD)


def declaration(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(DECLARATION).render({}, request))


def save(request: HttpRequest) -> HttpResponse:
    if request.POST.get("ten") == "tắt máy chủ":
        return HttpResponse(status=503)
    saved.append({name: request.POST.getlist(name) for name in request.POST})
    return JsonResponse({"saved_at": "10:42"})


def take(request: HttpRequest) -> HttpResponse:
    file = request.FILES["tep"]
    if file.read().startswith(b"MZ"):
        raise Refusal("Tệp này không phải là PDF.", status=422)
    row = {"name": file.name, "size": file.size, "sha256": "9f41" * 16}
    return JsonResponse({"html": render_to_string("ui/components/file_row.html", {"file": row})})


urlpatterns = [
    path("to-khai/", declaration),
    path("luu/", save),
    path("tai-len/", take),
    path("", include("motcua.ui.urls")),
    path("tu-choi/<int:status>/", refuses),
    path("hong/", breaks),
    path("tep/", stored_file),
    path("loi/<int:status>/", fault),
]
handler404 = "motcua.ui.errors.not_found"
handler500 = "motcua.ui.errors.server_error"
