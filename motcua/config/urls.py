"""All routes. Each face keeps its own list; the public ones are named in `public_routes`."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from motcua.api.v1 import api


def healthz(request: HttpRequest) -> HttpResponse:
    """200 when this process can reach the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("motcua.ui.urls")),
    path("", include("motcua.portal.urls")),
    path("mot-cua/", include("motcua.desk.urls")),
    path("tai-khoan/", include("motcua.portal.account_urls")),
    path("api/v1/", api.urls),
]

if settings.SANDBOX:
    urlpatterns.append(path("sandbox/", include("motcua.gateways.sandbox_urls")))

handler400 = "motcua.ui.errors.bad_request"
handler403 = "motcua.ui.errors.forbidden"
handler404 = "motcua.ui.errors.not_found"
handler500 = "motcua.ui.errors.server_error"
