"""Whose word counts about where a visitor comes from (ASVS 4.1.3)."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.config.wsgi import believing

FORGED = {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_X_FORWARDED_PROTO": "https"}


def seen(proxies: list[str], peer: str, **headers: str) -> tuple[str, str]:
    """Address and scheme the application is told."""

    def inner(scope: dict[str, Any], start: Any) -> Any:
        return scope["REMOTE_ADDR"], scope["wsgi.url_scheme"]

    answer: tuple[str, str] = believing(proxies, inner)(
        {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http"} | headers, None
    )
    return answer


@pytest.mark.parametrize("proxies", [[], ["10.0.0.5"]])
def test_a_strangers_forwarded_headers_are_not_believed(proxies: list[str]) -> None:
    assert seen(proxies, "198.51.100.7", **FORGED) == ("198.51.100.7", "http")


@pytest.mark.parametrize("proxies", [["10.0.0.5"], ["10.0.0.0/24", "192.0.2.1"]])
def test_a_named_proxys_are(proxies: list[str]) -> None:
    assert seen(proxies, "10.0.0.5", **FORGED) == ("203.0.113.9", "https")


def test_what_the_visitor_put_in_front_of_the_proxys_own_entry_is_ignored() -> None:
    forwarded = {"HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.9"}
    assert seen(["10.0.0.5"], "10.0.0.5", **forwarded)[0] == "203.0.113.9"
