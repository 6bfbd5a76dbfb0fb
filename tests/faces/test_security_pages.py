"""What every answer carries, what every POST asks for, and what no GET does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from motcua.ui import middleware
from tests.cast import PASSWORD, Cast
from tests.faces.api_calls import bearer
from tests.faces.crawling import addresses, body_of, browser, holdings
from tests.faces.hostile import Page
from tests.faces.standing import Standing

pytestmark = pytest.mark.usefixtures("clock")

WITHOUT_TOKEN = {"ui:display", "portal:rate"}
"""On pages drawn once for everybody: the reader's display, and a rating. Neither obeys a request of another site."""
PUBLIC_ANSWERS = {"portal:units", "api:openapi-json"}
"""The same for everybody, signed in or not: may be kept by a browser."""


def test_every_answer_carries_the_strict_headers(standing: Standing, cast: Cast) -> None:
    """No script or style but our own files, no frame, no guessing, no address told to others, no copy kept."""
    faults = []
    people = {"visitor": browser(), "lan": browser(cast.lan_account), "minh": browser(cast.minh_account)}
    for route, path in addresses(standing, standing.codes["result_ready"]):
        for name, client in people.items():
            answer = client.get(path)
            label, body = f"{name} {path} {answer.status_code}", body_of(answer)
            if answer.status_code >= 500:
                faults.append(f"{label}: {getattr(answer, 'exc_info', None)}")
            policy = answer["Content-Security-Policy"]
            is_page = "html" in answer.get("Content-Type", "")
            if "default-src 'none'" not in policy or "unsafe-eval" in policy or (is_page and "unsafe" in policy):
                faults.append(f"{label}: {policy}")
            if is_page and ("frame-ancestors 'none'" not in policy or answer["X-Frame-Options"] != "DENY"):
                faults.append(f"{label} may be framed")
            if is_page and Page(body.decode()).active:
                faults.append(f"{label} shows {Page(body.decode()).active[:2]}")
            if answer["X-Content-Type-Options"] != "nosniff" or answer["Referrer-Policy"] != "same-origin":
                faults.append(f"{label}: sniffing or referrer")
            known = name != "visitor" and route.name not in PUBLIC_ANSWERS
            if known and "no-store" not in answer.get("Cache-Control", ""):
                faults.append(f"{label} may be kept: {answer.get('Cache-Control')}")
    assert not faults, "\n".join(faults[:40])


@pytest.mark.parametrize("path", ["/", "/khong-co", "/static/khong-co.css", "/api/v1/khong-co", "/mot-cua/", "/%00"])
def test_answers_without_a_page_carry_them_too(client: Client, db: Any, path: str) -> None:
    answer = client.get(path)
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options"):
        assert answer[name], (path, name)
    assert "unsafe" not in middleware.CSP


def test_no_post_without_a_token(standing: Standing, cast: Cast) -> None:
    """Every route, as somebody signed in: a form of another site moves nothing."""
    clients = [browser(account, enforce_csrf_checks=True) for account in (cast.lan_account, cast.minh_account)]
    before, faults, asked = holdings(), [], 0
    for client in clients:
        for route, path in addresses(standing, standing.codes["submitted"]):
            if route.name in WITHOUT_TOKEN or route.namespace == "api":
                continue
            asked += 1
            answer = client.post(path, {"reason": "a", "declared": "1", "_remove": "1"})
            if answer.status_code != 403:
                faults.append(f"{path} {answer.status_code}")
    assert not faults, "\n".join(faults)
    assert asked > 100
    assert holdings() == before


def test_the_api_never_looks_at_cookies(standing: Standing, cast: Cast) -> None:
    """It needs no CSRF token because a browser's session opens nothing there."""
    client, before = browser(cast.minh_account), holdings()
    for route, path in addresses(standing, standing.codes["submitted"]):
        if route.namespace == "api" and "dossiers" in route.pattern:
            for method in ("get", "post"):
                assert getattr(client, method)(path).status_code in {401, 405}, path
    assert holdings() == before


def test_no_get_changes_anything(standing: Standing, cast: Cast, at: datetime) -> None:
    """Lan, Minh and Hà open every address, those of a dossier in three states; the tables stay as they are."""
    faults = []
    people: list[tuple[str, Client, Any]] = [
        (name, browser(getattr(cast, f"{name}_account")), cast) for name in ("lan", "minh", "ha")
    ]
    for name, client, _ in people:
        client.get("/")
        headers = bearer(getattr(cast, f"{name}_account"), at)
        before = holdings()
        for state in ("submitted", "drafted", "result_ready"):
            for route, path in addresses(standing, standing.codes[state]):
                if state != "submitted" and "code" not in route.places:
                    continue
                answer = client.get(path, headers=headers if route.namespace == "api" else None)
                body_of(answer)
                if answer.status_code >= 500:
                    faults.append(f"{name} {path} {answer.status_code}")
        after = holdings()
        faults += [f"{name} changed {table}" for table in before if before[table] != after[table]]
    assert not faults, "\n".join(faults)


def test_no_address_on_any_page_carries_anything_personal(standing: Standing, cast: Cast) -> None:
    """Links, forms and redirects of Lan's and Minh's pages (ASVS 14.2.1)."""
    canaries = ("052190000123", "0905123456", "Nguy%E1%BB%85n", "lan@example.vn", "lan%40example.vn")
    for client in (browser(cast.lan_account), browser(cast.minh_account)):
        for _, path in addresses(standing, standing.codes["result_ready"]):
            answer = client.get(path)
            body = body_of(answer)
            links = [answer.get("Location", "")]
            if "html" in answer.get("Content-Type", ""):
                links += re.findall(r'(?:href|src|action)="([^"]*)"', body.decode())
            told = [
                link
                for link in links
                for canary in canaries
                if canary in link and not link.startswith(("tel:", "mailto:"))
            ]
            assert not told, (path, told)


def test_cookies_of_a_safe_connection(cast: Cast) -> None:
    names = {"SESSION_COOKIE_NAME": "__Host-phien", "CSRF_COOKIE_NAME": "__Host-csrf"}
    with override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True, **names):
        client, _ = Client(), cast.lan_account
        client.get(reverse("account_login"), secure=True)
        answer = client.post(reverse("account_login"), {"login": "lan@example.vn", "password": PASSWORD}, secure=True)
        assert answer.status_code == 302
        for name in names.values():
            cookie = answer.cookies[name]
            assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
            assert cookie["path"] == "/" and not cookie["domain"]


NAMES = (
    "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_HTTPONLY",
    "ALLOWED_HOSTS", "SANDBOX", "DEBUG", "DEMO", "DEBUG_GALLERY", "SECURE_HSTS_SECONDS",
)  # fmt: skip


def settings_of(**environment: str) -> dict[str, Any]:
    """What the settings say in an environment of their own."""
    program = "import json; from motcua.config import settings as s; print(json.dumps({n: getattr(s, n) for n in %s}))"
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "DATA_DIR") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", program % (NAMES,)],
        env=kept | environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    settings: dict[str, Any] = json.loads(done.stdout)
    return settings


def test_production_is_strict_by_itself() -> None:
    keys = dict.fromkeys(("SECRET_KEY", "LOOKUP_KEY", "AUDIT_KEY"), "k" * 50)
    strict = settings_of(PRODUCTION="1", DATABASE_URL="postgresql://a@localhost/a", **keys)
    assert strict["SESSION_COOKIE_SECURE"] and strict["CSRF_COOKIE_SECURE"] and strict["SESSION_COOKIE_HTTPONLY"]
    assert strict["SESSION_COOKIE_NAME"].startswith("__Host-") and strict["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert strict["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert not (strict["SANDBOX"] or strict["DEBUG"] or strict["DEMO"] or strict["DEBUG_GALLERY"])
    assert not [host for host in strict["ALLOWED_HOSTS"] if host], "production answers to no name it was not given"
    named = settings_of(
        PRODUCTION="1", ALLOWED_HOSTS="a.example.vn, b.example.vn", DATABASE_URL="postgresql://a@localhost/a", **keys
    )
    assert named["ALLOWED_HOSTS"] == ["a.example.vn", "b.example.vn"]


def test_another_name_of_the_host_is_refused_and_told_nothing(client: Client, db: Any, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["mot-cua.example.vn"]
    for path in ("/", "/tai-khoan/quen-mat-khau/", "/mot-cua/", "/khong-co"):
        answer = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert answer.status_code == 400, path
        assert "evil.example" not in answer.content.decode()
    right = client.get("/", headers={"Host": "mot-cua.example.vn", "X-Forwarded-Host": "evil.example"})
    assert right.status_code == 200 and "evil.example" not in right.content.decode()


def test_a_session_left_alone_ends(cast: Cast, clock: Any, at: datetime) -> None:
    minh = browser(cast.minh_account)
    _ = cast.minh
    assert minh.get(reverse("desk:worklist")).status_code == 200
    clock.set(at + timedelta(minutes=31))
    assert minh.get(reverse("desk:worklist")).status_code == 302
