"""Pages for what went wrong: what happened, that nothing was lost, what to do, and a code for the operator."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from motcua.ui.context import site_facts
from motcua.ui.display import display_of

log = logging.getLogger("motcua.incident")
PAGES = frozenset({400, 403, 404, 409, 413, 422, 429, 500})


def incident_code() -> str:
    """A code short enough to read out over the telephone: ``SC-7F3A-91C2``."""
    raw = secrets.token_hex(4).upper()
    return f"SC-{raw[:4]}-{raw[4:]}"


def error_page(
    request: HttpRequest,
    status: int,
    *,
    messages: Sequence[str] = (),
    field_errors: Mapping[str, Sequence[str]] | None = None,
    incident: str = "",
) -> HttpResponse:
    """The page for ``status``, rendered without touching the database, so that it works when all else fails."""
    page = status if status in PAGES else (500 if status >= 500 else 400)
    context: dict[str, Any] = {
        "site": site_facts(),
        "display": display_of(request),
        "status": status,
        "refusal_messages": [str(message) for message in messages],
        "field_errors": dict(field_errors or {}),
        "incident": incident,
        "request": request,
        "plain": True,
        "back": _back(request),
    }
    return HttpResponse(render_to_string(f"ui/errors/{page}.html", context), status=status)


def _back(request: HttpRequest) -> str:
    """The page the person came from, if it is one of ours."""
    referer = request.headers.get("Referer", "")
    own = f"{request.scheme}://{request.get_host()}/" if _host_is_known(request) else ""
    return "/" + referer[len(own) :] if own and referer.startswith(own) else ""


def _host_is_known(request: HttpRequest) -> bool:
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler400``. Too much of anything, noticed while reading the form, has its own number."""
    too_much = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    return error_page(request, 413 if too_much else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler403``."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler404``."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """``handler500``. IncidentMiddleware named what a view raised; what broke outside a view is named here."""
    incident: str = getattr(request, "incident", "")
    if not incident:
        incident = incident_code()
        log.error("%s %s %s", incident, request.method, request.path, exc_info=True)
    return error_page(request, 500, incident=incident)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that stood open too long, or came from another site."""
    return error_page(
        request,
        403,
        messages=[
            _(
                "Trang này đã mở quá lâu nên phiên làm việc không còn khớp. "
                "Quay lại trang trước, tải lại rồi gửi lần nữa."
            )
        ],
    )
