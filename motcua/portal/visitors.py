"""Pages that are the same for every visitor are drawn once: kept, compressed, until the catalogue changes.

Only for requests that carry no session: nothing of a person can be on such a page. A page with a form gets a fresh
token each time and is not compressed (a secret beside text that an asker chooses could be guessed from the length).
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from motcua.procedures import queries as catalogue
from motcua.ui import clock
from motcua.ui.display import display_of

KEPT_PAGES = 400
"""About 12 MB in a process at most."""
KEPT_FOR = timedelta(seconds=60)
MOST_BYTES = 200_000
_BROTLI_QUALITY = 5

_FIELD = b'name="csrfmiddlewaretoken" value="%s"'
_PLACE = b'name="csrfmiddlewaretoken" value="@"'
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[A-Za-z0-9]+"')

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class _Page:
    made: datetime
    version: object
    plain: bytes
    packed: bytes
    """Compressed; empty for a page with a token."""
    content_type: str


_pages: OrderedDict[tuple[object, ...], _Page] = OrderedDict()
_lock = threading.Lock()


def kept_for_visitors(view: View) -> View:
    """Let a GET without a session be answered from what was drawn in the last minute for the same address."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or _is_somebody(request):
            return view(request, *args, **kwargs)
        at = clock.now()
        version = (catalogue.version(at), at.date())
        key = (request.get_full_path(), display_of(request), get_language())
        with _lock:
            page = _pages.get(key)
        if page is None or page.version != version or abs(at - page.made) > KEPT_FOR or settings.TESTING:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming or len(response.content) > MOST_BYTES:
                return response
            page = _drawn(response, at, version)
            _keep(key, page)
        return _response(request, page)

    return answer


def forget() -> None:
    """Drop every kept page of this process."""
    with _lock:
        _pages.clear()


def _is_somebody(request: HttpRequest) -> bool:
    """Whether a session, or words waiting to be shown, come along."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or CookieStorage.cookie_name in request.COOKIES


def _drawn(response: HttpResponse, at: datetime, version: object) -> _Page:
    plain, tokens = _TOKEN.subn(_PLACE, response.content)
    packed = b"" if tokens else brotli.compress(plain, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    return _Page(at, version, plain, packed, response.headers["Content-Type"])


def _keep(key: tuple[object, ...], page: _Page) -> None:
    with _lock:
        _pages[key] = page
        _pages.move_to_end(key)
        while len(_pages) > KEPT_PAGES:
            _pages.popitem(last=False)


def _response(request: HttpRequest, page: _Page) -> HttpResponse:
    takes = {part.partition(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
    if page.packed and "br" in takes:
        response = HttpResponse(page.packed, content_type=page.content_type)
        response.headers["Content-Encoding"] = "br"
    elif page.packed:
        response = HttpResponse(page.plain, content_type=page.content_type)
    else:
        filled = page.plain.replace(_PLACE, _FIELD % get_token(request).encode())
        response = HttpResponse(filled, content_type=page.content_type)
    response.headers["Cache-Control"] = "private, max-age=0"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response
