"""The common room alone: no database, nobody signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.test import Client


class NobodyMiddleware:
    """Puts an anonymous reader in place of the login machinery."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.user = AnonymousUser()
        return self.get_response(request)


@pytest.fixture
def room(settings: Any) -> Client:
    """A browser in front of the common room alone."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.MIDDLEWARE = [
        "motcua.ui.middleware.SecurityHeadersMiddleware",
        "motcua.ui.middleware.IncidentMiddleware",
        "django.middleware.common.CommonMiddleware",
        "tests.ui.conftest.NobodyMiddleware",
        "motcua.ui.middleware.DisplayMiddleware",
        "motcua.ui.middleware.RefusalMiddleware",
    ]
    settings.SITE = {"province_name": "Mẫu", "authority_name": "Ủy ban nhân dân tỉnh Mẫu", "demo": True}
    return Client(raise_request_exception=False)
