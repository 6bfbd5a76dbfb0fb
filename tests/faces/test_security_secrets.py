"""Secrets stay out of logs and addresses; guesses are counted where they come from; nothing leads away."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.facts.secrets import lookup_secret
from tests.cast import PASSWORD, PDF, Cast
from tests.faces.crawling import browser
from tests.faces.test_filing import begin, fill_all

pytestmark = pytest.mark.usefixtures("clock")

AWAY = (
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    "\r\n//evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "///evil.example",
    "/%2f%2fevil.example/../..//evil.example",
    "http://testserver@evil.example/",
    "\x00//evil.example",
)


def log_in(client: Client, following: str = "") -> Any:
    where = reverse("account_login")
    return client.post(where, {"login": "lan@example.vn", "password": PASSWORD, "next": following})


def stays(answer: Any) -> bool:
    """No redirect, or one inside, as a browser reads it: it takes \\ for / and drops tabs and line breaks."""
    where = re.sub(r"[\x00-\x20]", "", answer.get("Location", "/")).replace("\\", "/")
    return not where.startswith("//") and not urlsplit(where).netloc and not urlsplit(where).scheme


@pytest.mark.parametrize("away", AWAY)
def test_nothing_leads_away(cast: Cast, away: str) -> None:
    _ = cast.lan_account
    client = Client(raise_request_exception=False)
    asked = [
        client.get(reverse("account_login"), {"next": away}),
        client.post(reverse("ui:display"), {"next": away, "size": "l"}),
        log_in(client, away),
        client.get(reverse("account_login"), {"next": away}),
        client.get(reverse("account_signup"), {"next": away}),
        client.post(
            reverse("account_logout") + "?next=" + away.replace("\n", "%0a").replace("\r", "%0d"), {"next": away}
        ),
    ]
    for answer in asked:
        assert answer.status_code < 500
        assert stays(answer), answer["Location"]
    shown = client.get(reverse("account_signup"), {"next": away}).content.decode()
    for value in re.findall(r'(?:href|action|value)="([^"]*)"', shown):
        assert stays({"Location": unescape(value)}) or value.startswith(("tel:", "mailto:")), value


def test_the_session_is_renewed_at_login_and_dead_after_logout(cast: Cast) -> None:
    _ = cast.lan_account
    client = Client()
    client.post(reverse("portal:lookup"), {"ask": "052190000123", "_code": "1"})
    planted = client.cookies["phien"].value
    assert log_in(client).status_code == 302
    renewed = client.cookies["phien"].value
    assert renewed != planted and len(renewed) >= 32
    thief = Client()
    thief.cookies["phien"] = planted
    assert thief.get(reverse("portal:dossiers")).status_code == 302
    client.post(reverse("account_logout"))
    thief.cookies["phien"] = renewed
    assert thief.get(reverse("portal:dossiers")).status_code == 302


def test_a_forged_address_is_not_believed_by_the_throttles(cast: Cast, settings: Any) -> None:
    settings.LOOKUP_TRIES = 5
    visitor = Client(REMOTE_ADDR="203.0.113.9")

    def forged(number: int) -> dict[str, str]:
        address = f"10.0.0.{number}"
        return {"X-Forwarded-For": address, "X-Real-IP": address, "Forwarded": f"for={address}", "Client-IP": address}

    tries = [
        visitor.post(reverse("portal:lookup"), {"ask": f"05219000{number:04}"}, headers=forged(number)).status_code
        for number in range(7)
    ]
    assert tries == [200] * 5 + [429] * 2
    machine = visitor.post(
        "/api/v1/lookup", '{"ask":"052190000777"}', content_type="application/json", headers=forged(99)
    )
    assert machine.status_code == 429, "the API counts with the page"
    _ = cast.lan_account
    wrong = [
        visitor.post(reverse("account_login"), {"login": "lan@example.vn", "password": "sai"}, headers=forged(n))
        for n in range(11)
    ]
    assert [answer.status_code for answer in wrong] == [422] * 10 + [429]
    assert Client(REMOTE_ADDR="203.0.113.10").post(reverse("portal:lookup"), {"ask": "052190000001"}).status_code == 200


def _same(one: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"|05219000012\d', "", one)


@pytest.mark.parametrize("sent", [{}, {"secret": "AAAAAAAA"}, {"_code": "1"}], ids=["bare", "wrong secret", "code"])
def test_a_known_and_an_unknown_number_are_answered_alike(cast: Cast, sent: dict[str, str]) -> None:
    """The same words after the same work: as many questions to the database, but for what is sent to the owner."""
    cast.submitted()
    seen = []
    for number in ("052190000123", "052190000124"):
        visitor = Client()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = visitor.post(reverse("portal:lookup"), {"ask": number, **sent})
        followed = visitor.get(answer["Location"]).content.decode() if answer.status_code == 302 else ""
        work = [re.sub(r"'[^']*'|\d+", "?", row["sql"])[:60] for row in asked if "notifications" not in row["sql"]]
        seen.append(
            (answer.status_code, _same(answer.content.decode()), _same(followed), len(work), answer.get("Location"))
        )
    assert seen[0] == seen[1]


def test_nothing_secret_reaches_a_log_or_an_address(cast: Cast, at: datetime, caplog: Any) -> None:
    """A registration of a draft, a filing, look-ups right and wrong, a login and a failed one, an officer's search."""
    caplog.set_level(logging.DEBUG)
    locations: list[str] = []

    def note(answer: Any) -> Any:
        locations.append(answer.get("Location", ""))
        return answer

    lan, _ = Client(), cast.lan_account
    note(log_in(lan))
    note(lan.post(reverse("account_login"), {"login": "lan@example.vn", "password": "một mật khẩu sai"}))
    found = begin(lan, cast)
    fill_all(lan, found)
    note(lan.post(reverse("portal:review", args=[found.public_id]), {"declared": "1"}))
    found.refresh_from_db()
    secret = lookup_secret(found)
    visitor, minh = Client(raise_request_exception=False), browser(cast.minh_account)
    _ = cast.minh
    for data in (
        {"ask": "052190000123", "secret": secret},
        {"ask": found.code, "secret": "WRONGSEC"},
        {"ask": "052190000123", "_code": "1"},
    ):
        note(visitor.post(reverse("portal:lookup"), data))
    note(minh.post(reverse("desk:worklist"), {"tim": "052190000123"}))
    note(minh.post(reverse("desk:worklist"), {"tim": "Nguyễn Thị Lan"}))
    note(visitor.post(reverse("account_login"), {"login": "0905123456", "password": "sai rồi"}))
    note(
        visitor.post(
            reverse("account_signup"),
            {
                "full_name": "Nguyễn Thị Lan",
                "identity_number": "052190000123",
                "contact": "0905123456",
                "password": PASSWORD,
            },
        )
    )
    visitor.get(f"/ho-so/{found.code}/nowhere?so=052190000123")
    written = "\n".join(record.getMessage() for record in caplog.records) + "\n".join(locations)
    for canary in (
        "052190000123",
        "0905123456",
        secret,
        "WRONGSEC",
        PASSWORD,
        "một mật khẩu sai",
        "sai rồi",
        "Thị Lan",
        "lan@example.vn",
    ):
        assert canary not in written, canary
    for record in caplog.records:
        assert record.exc_info is None or record.levelno < logging.ERROR, record.getMessage()


def test_what_breaks_is_told_by_a_number_not_by_its_insides(cast: Cast, monkeypatch: Any, caplog: Any) -> None:
    """An unforeseen error shows a code to quote, which stands in the log, and nothing of the program."""
    from motcua.portal.views import dossiers

    def breaks(*_: Any, **__: Any) -> Callable[..., Any]:
        raise RuntimeError(f"bí mật {PASSWORD}")

    monkeypatch.setattr(dossiers, "asker", breaks)
    answer = browser(cast.lan_account).get(reverse("portal:dossiers"))
    body = answer.content.decode()
    assert answer.status_code == 500
    code = re.search(r"SC-[0-9A-F]{4}-[0-9A-F]{4}", body)
    assert code is not None and code[0] in caplog.text
    assert "RuntimeError" not in body and PASSWORD not in body and ".py" not in body
    assert PDF[:4].decode() not in body
