"""The browser is told to be strict, on every answer."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from motcua.ui.middleware import SecurityHeadersMiddleware


@pytest.mark.parametrize("path", ["/_thu-vien/", "/khong-co/", "/hong/", "/tu-choi/409/"])
def test_every_answer_carries_the_strict_policy(room: Client, path: str) -> None:
    headers = room.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]


def test_only_a_stored_file_may_stand_in_a_frame_and_only_in_ours(room: Client) -> None:
    headers = room.get("/tep/").headers
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"


class _Reader:
    is_authenticated = True


def test_what_a_signed_in_person_sees_is_stored_nowhere() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request._cached_user = person  # type: ignore[attr-defined]
        return HttpResponse("")

    person: object = _Reader()
    answer = SecurityHeadersMiddleware(view)
    assert answer(RequestFactory().get("/")).headers["Cache-Control"] == "no-store"
    person = AnonymousUser()
    assert "Cache-Control" not in answer(RequestFactory().get("/")).headers
