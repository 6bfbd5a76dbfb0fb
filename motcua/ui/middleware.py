"""What every answer gets: headers that keep the browser strict, the reader's display, and plain words for refusals."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from motcua.base.errors import Refusal
from motcua.ui.display import display_of
from motcua.ui.errors import error_page, incident_code

GetResponse = Callable[[HttpRequest], HttpResponseBase]
log = logging.getLogger("motcua.incident")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "manifest-src 'self'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
# A stored file in our viewer: no script ever, styles of its own (the browser's PDF and picture viewers need them).
FILE_CSP = (
    "default-src 'none'; img-src 'self' data:; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
# Set on a response by ``embeddable``.
EMBEDDABLE = "motcua_embeddable"


def embeddable(response: HttpResponseBase) -> HttpResponseBase:
    """Let our own viewer (and nobody else) put this response into a frame. For the routes that serve stored files."""
    setattr(response, EMBEDDABLE, True)
    return response


class SecurityHeadersMiddleware:
    """A strict policy on every response; the outermost layer, so that nothing leaves without it.

    A view that has set a header itself keeps it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        framed = getattr(response, EMBEDDABLE, False)
        headers = {
            "Content-Security-Policy": FILE_CSP if framed else CSP,
            "X-Frame-Options": "SAMEORIGIN" if framed else "DENY",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": PERMISSIONS,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if self._is_private(request):
            headers["Cache-Control"] = "no-store"
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    @staticmethod
    def _is_private(request: HttpRequest) -> bool:
        """Whether a signed-in person looked at it. Asks only a session already opened: costs no query."""
        if request.path.startswith("/static/"):
            return False
        user = request.__dict__.get("_cached_user")
        return bool(user is not None and user.is_authenticated)


class DoorMiddleware:
    """Turns away what nothing here would take: an address with characters no link of ours has, and, by its announced
    length and before a byte of it is read, a body that is too long (ASVS 5.2.1).

    A body without files may have ``DATA_UPLOAD_MAX_MEMORY_SIZE`` bytes, one with files ``REQUEST_MAX_BYTES``: a single
    paper that is too large is then still refused beside its field, with everything typed around it kept. A body that
    announces no length is not read at all (WSGI).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if any(ord(character) < 32 for character in request.path):
            return refusal_response(request, Refusal(_("Không có địa chỉ này."), status=404))
        with_files = request.content_type == "multipart/form-data"
        most = settings.REQUEST_MAX_BYTES if with_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length <= most:
            return self.get_response(request)
        return refusal_response(request, Refusal(_too_large(), status=413))


class IncidentMiddleware:
    """An unforeseen error becomes a code in the log and on the page, never a trace on the screen."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Name the incident; Django then logs it and calls ``handler500``."""
        if isinstance(exception, Refusal):
            return None
        code = incident_code()
        request.incident = code  # type: ignore[attr-defined]
        log.error("%s %s %s: %s", code, request.method, request.path, type(exception).__name__, exc_info=exception)
        return None


class DisplayMiddleware:
    """``request.display``: text size and contrast from the cookie."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.display = display_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusalMiddleware:
    """Turns ``Refusal`` (and Django's own refusals of over-large input) into one page, or JSON for a script."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        refusal = as_refusal(exception)
        if refusal is None:
            return None
        response = refusal_response(request, refusal)
        if refusal.retry_after is not None:
            response.headers["Retry-After"] = str(refusal.retry_after)
        return response


def as_refusal(exception: Exception) -> Refusal | None:
    """The refusal an exception amounts to, if it is one."""
    if isinstance(exception, Refusal):
        return exception
    if isinstance(exception, RequestDataTooBig):
        return Refusal(_too_large(), status=413)
    if isinstance(exception, (TooManyFieldsSent, TooManyFilesSent)):
        return Refusal(_("Biểu mẫu gửi lên có quá nhiều mục."), status=413)
    return None


def _too_large() -> str:
    return _("Dữ liệu gửi lên lớn hơn mức cho phép. Hãy chia nhỏ tệp hoặc nội dung.")


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """JSON for a script that asks for it, a page for a person."""
    if wants_json(request):
        body = {"messages": refusal.messages, "field_errors": refusal.field_errors}
        return JsonResponse(body, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    return error_page(request, refusal.status, messages=refusal.messages, field_errors=refusal.field_errors)


def wants_json(request: HttpRequest) -> bool:
    """Whether the asker named JSON and not HTML, or asked the API."""
    if request.path.startswith("/api/"):
        return True
    accept = request.headers.get("Accept", "")
    return bool(re.search(r"application/json", accept)) and "text/html" not in accept
