"""The WSGI application that granian (or any WSGI server) serves."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

Wsgi = Callable[[dict[str, Any], Any], Any]


def believing(proxies: list[str], inner: Wsgi) -> Wsgi:
    """``inner`` told the visitor's own address and scheme when the request came through one of ``proxies``.

    Without it everybody behind the proxy would count as one network, and share one limit of tries.
    """
    wrapped: Wsgi = wrap_wsgi_with_proxy_headers(inner, trusted_hosts=proxies) if proxies else inner
    return wrapped


def _application() -> Wsgi:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    inner = get_wsgi_application()
    from django.conf import settings

    return believing(settings.TRUSTED_PROXIES, inner)


application = _application()
