"""Logging in through the national portal, over its twin's real protocol; nobody gets into another's account."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from motcua.accounts import actions
from motcua.accounts.models import Account, Kind
from motcua.audit.models import Event
from motcua.gateways import national_sandbox
from motcua.gateways.sandbox_box import Box, serve
from motcua.gateways.sandbox_people import write_people
from tests.acceptance.proof import accepts
from tests.cast import PASSWORD, Cast
from tests.faces.test_sandbox import free_port

BEGIN, BACK = "/tai-khoan/cong-quoc-gia/", "/tai-khoan/cong-quoc-gia/tra-loi/"
LINK, CONNECT = "/tai-khoan/cong-quoc-gia/xac-nhan/", "/tai-khoan/cong-quoc-gia/noi/"
PROFILE = "/tai-khoan/ca-nhan/"
MAI, LAN = "001092000101", "052190000123"
BUTTON = "Đăng nhập bằng tài khoản Cổng Dịch vụ công quốc gia"

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]
KEY = national_sandbox.make_key()


@pytest.fixture
def portal(settings: Any, tmp_path: Path) -> Iterator[Any]:
    """The twin, listening on a real socket, with this province registered."""
    settings.NATIONAL_CLIENT_ID, settings.NATIONAL_CLIENT_SECRET = "tinh-thu", "bi-mat: và %dấu".encode().hex()
    attributes = {
        "box": Box(tmp_path / national_sandbox.FILE), "folder": tmp_path, "key": KEY, "codes": {}, "tokens": {},
        "client_id": settings.NATIONAL_CLIENT_ID, "client_secret": settings.NATIONAL_CLIENT_SECRET,
        "redirect_uri": f"{settings.BASE_URL}{BACK}",
    }  # fmt: skip
    handler: Any = type("Handler", (national_sandbox.NationalHandler,), attributes)
    write_people(tmp_path, {"population": {LAN: {"name": "NGUYỄN THỊ LAN", "birth_date": "1990-05-17"}}})
    server = serve(handler, 0)
    threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    handler.issuer = settings.NATIONAL_URL = f"http://127.0.0.1:{server.server_address[1]}"
    yield handler
    server.shutdown()
    server.server_close()


def go(client: Client, following: str = "") -> dict[str, str]:
    """Press the button; what our side asks of the portal."""
    answer = client.get(BEGIN, {"next": following} if following else {})
    assert answer.status_code == 302, answer.content.decode()
    return dict(parse_qsl(urlsplit(answer["Location"]).query))


def decide(portal: Any, asked: dict[str, str], **said: str) -> str:
    """Say on the portal's page who one is; the address it sends one back to, without the host."""
    form = {**asked, "person": MAI, "level": "2", "decision": "yes", **said}
    answer = httpx.post(f"{portal.issuer}/authorize", data=form, trust_env=False)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def log_in(client: Client, portal: Any, person: str = MAI, following: str = "") -> Any:
    return client.get(decide(portal, go(client, following), person=person))


def who(client: Client) -> int | None:
    key = client.session.get("_auth_user_id")
    return int(key) if key else None


# --- a new account


@accepts("HY-4", "HY-5")
def test_a_first_login_makes_an_identified_account_and_returns_to_where_one_was(client: Client, portal: Any) -> None:
    page = client.get("/tai-khoan/dang-nhap/", {"next": "/ho-so/"}).content.decode()
    assert BUTTON in page and f'href="{BEGIN}?next=%2Fho-so%2F"' in page
    assert BUTTON in client.get("/tai-khoan/dang-ky/").content.decode()
    answer = log_in(client, portal, following="/ho-so/")
    assert (answer.status_code, answer["Location"]) == (302, "/ho-so/")
    account = Account.objects.get()
    assert (account.full_name, account.birth_date, account.gender) == ("Trần Thị Mai Hoa", date(1992, 3, 8), "female")
    assert (account.identity_number, account.is_identified, account.assurance) == (MAI, True, 2)
    assert (account.kind, account.email, account.has_usable_password()) == (Kind.PERSON, None, False)
    assert who(client) == account.pk
    kept = SocialAccount.objects.get()
    assert (kept.extra_data, kept.provider, MAI in kept.uid, SocialToken.objects.count()) == ({}, "dvcqg", False, 0)
    assert Event.objects.filter(subject_kind="account", verb="register_national").exists()

    client.post("/tai-khoan/dang-xuat/")
    assert who(client) is None
    log_in(Client(), portal)
    assert Account.objects.count() == 1  # the second time it is the same one


@accepts("HY-4")
def test_what_the_portal_vouches_for_cannot_be_edited_and_follows_the_portal(client: Client, portal: Any) -> None:
    log_in(client, portal)
    page = client.get(PROFILE).content.decode()
    assert "Đã xác thực qua Cổng Dịch vụ công quốc gia" in page and 'name="full_name"' not in page
    client.post(PROFILE, {"full_name": "Kẻ Khác", "identity_number": LAN, "notify_by_sms": "on"})
    account = Account.objects.get()
    assert (account.full_name, account.identity_number, account.notify_by_email) == ("Trần Thị Mai Hoa", MAI, False)
    with pytest.raises(KeyError):
        actions.update_profile(account, changes={"full_name": "Kẻ Khác"}, at=account.created_at)

    national_sandbox._NEWCOMERS[MAI]["name"] = "Trần Thị Mai"
    try:
        log_in(Client(), portal)
    finally:
        national_sandbox._NEWCOMERS[MAI]["name"] = "Trần Thị Mai Hoa"
    account.refresh_from_db()
    assert account.full_name == "Trần Thị Mai"


def test_without_an_address_there_is_no_button_and_no_page(client: Client, settings: Any) -> None:
    settings.NATIONAL_URL = ""
    assert BUTTON not in client.get("/tai-khoan/dang-nhap/").content.decode()
    assert {client.get(page).status_code for page in (BEGIN, BACK, LINK)} == {404}


# --- an account that already says to be this person


@accepts("HY-4")
def test_an_account_that_typed_the_number_is_linked_only_by_its_password(
    client: Client, portal: Any, cast: Cast
) -> None:
    lan = cast.lan_account
    answer = log_in(client, portal, LAN, "/ho-so/")
    assert answer["Location"] == LINK and who(client) is None  # not in, and nothing linked
    page = client.get(LINK).content.decode()
    assert "l***@example.vn" in page and "lan@example.vn" not in page
    assert client.post(LINK, {"login": lan.login, "password": "sai"}).status_code == 422
    assert who(client) is None and not SocialAccount.objects.exists()

    answer = client.post(LINK, {"login": lan.login, "password": PASSWORD})
    assert (answer["Location"], who(client)) == ("/ho-so/", lan.pk)
    lan.refresh_from_db()
    assert lan.is_identified and lan.full_name == "NGUYỄN THỊ LAN"
    other = Client()
    log_in(other, portal, LAN)
    assert who(other) == lan.pk


@accepts("HY-4")
def test_whoever_typed_a_strangers_number_gets_nothing_and_locks_nobody_out(
    client: Client, portal: Any, cast: Cast
) -> None:
    thief = cast.lan_account  # says to be Lan
    log_in(client, portal, LAN)
    client.post(LINK, {"viec": "moi"})
    mine = Account.objects.get(identified_at__isnull=False)
    assert mine != thief and who(client) == mine.pk
    thief.refresh_from_db()
    assert not thief.is_identified
    assert client.get(LINK).status_code == 400  # what waited is used up


def test_an_email_or_telephone_number_never_finds_an_account(
    client: Client, portal: Any, cast: Cast, monkeypatch: Any
) -> None:
    dung = cast.dung_account
    plain = portal._claims
    said = {"email": dung.email, "email_verified": True, "phone_number": "0905123456", "phone_number_verified": False}
    monkeypatch.setattr(portal, "_claims", lambda self, given: {**plain(self, given), **said})
    log_in(client, portal)
    account = Account.objects.get(identified_at__isnull=False)
    assert account != dung and who(client) == account.pk
    assert (account.email, account.phone) == (None, None)  # one is Dũng's, the other nobody has proven


@accepts("HY-4")
def test_an_officers_account_is_reached_only_when_he_linked_it_himself(client: Client, portal: Any, cast: Cast) -> None:
    minh = cast.minh_account
    Account.objects.filter(pk=minh.pk).update(identity_number=LAN, identity_hash=cast.lan_account.identity_hash)
    log_in(client, portal, LAN)
    assert "minh" not in client.get(LINK).content.decode()
    answer = client.post(LINK, {"login": "minh", "password": PASSWORD})
    assert answer.status_code == 403 and who(client) is None

    officer = Client()
    officer.force_login(minh)
    assert officer.get(BEGIN).status_code == 302 and not SocialAccount.objects.exists()
    assert officer.post(CONNECT, {"password": "sai"}).status_code == 422
    officer.post(CONNECT, {"password": PASSWORD})
    assert "Đến Cổng Dịch vụ công quốc gia" in officer.get(CONNECT).content.decode()
    log_in(officer, portal, LAN)
    minh.refresh_from_db()
    assert minh.is_identified and minh.full_name == "Lê Quang Minh"
    other = Client()
    log_in(other, portal, LAN)
    assert who(other) == minh.pk


def test_linking_from_within_needs_the_password_a_moment_ago(
    client: Client, portal: Any, cast: Cast, clock: Any
) -> None:
    client.force_login(cast.dung_account)
    client.post(CONNECT, {"password": PASSWORD})
    address = decide(portal, go(client), person=MAI)
    clock.set(cast.at + timedelta(minutes=11))
    assert client.get(address).status_code == 400
    assert not SocialAccount.objects.exists()


def test_a_person_linked_elsewhere_cannot_be_linked_twice(client: Client, portal: Any, cast: Cast) -> None:
    log_in(Client(), portal)
    client.force_login(cast.dung_account)
    client.post(CONNECT, {"password": PASSWORD})
    assert client.get(decide(portal, go(client), person=MAI)).status_code == 409
    assert not Account.objects.get(pk=cast.dung_account.pk).is_identified


def test_a_locked_account_stays_locked(client: Client, portal: Any) -> None:
    log_in(Client(), portal)
    Account.objects.update(is_active=False)
    answer = log_in(client, portal)
    assert answer["Location"] == "/tai-khoan/bi-khoa/" and who(client) is None


# --- the protocol


@accepts("HY-4")
def test_our_side_asks_with_state_nonce_and_pkce(client: Client, portal: Any, settings: Any) -> None:
    asked = go(client)
    assert asked["code_challenge_method"] == "S256" and len(asked["code_challenge"]) == 43
    assert asked["redirect_uri"] == f"{settings.BASE_URL}{BACK}" and asked["state"] and asked["nonce"]
    assert "openid" in asked["scope"].split()
    assert go(Client())["nonce"] != asked["nonce"]
    settings.NATIONAL_ACR = "loa2"
    assert go(client)["acr_values"] == "loa2"


@accepts("HY-4")
def test_saying_no_over_there_is_a_page_here(client: Client, portal: Any) -> None:
    answer = client.get(decide(portal, go(client), decision="no"))
    assert answer.status_code == 403 and "Bạn đã dừng đăng nhập" in answer.content.decode()


@accepts("HY-4")
def test_an_answer_for_another_browser_a_used_one_and_none_at_all_are_refused(client: Client, portal: Any) -> None:
    address = decide(portal, go(client))
    assert Client().get(address).status_code == 400  # another browser: no such state
    assert client.get(address).status_code == 302
    client.post("/tai-khoan/dang-xuat/")
    for again in (address, BACK, f"{BACK}?code=x", f"{BACK}?state=x&code=y", f"{BACK}?error=server_error"):
        answer = client.get(again)
        assert answer.status_code == 400 and "Hãy bắt đầu lại" in answer.content.decode()
    assert who(client) is None


@accepts("HY-4")
@pytest.mark.parametrize(
    "spoil",
    [
        {"_id_token": lambda self, given: _signed(self, given, key=national_sandbox.make_key())},
        {"_id_token": lambda self, given: _signed(self, given, nonce="khac")},
        {"_id_token": lambda self, given: _signed(self, given, aud="tinh-khac")},
        {"_id_token": lambda self, given: _signed(self, given, iss="http://khac.example")},
        {"_id_token": lambda self, given: _signed(self, given, exp=self.now() - 3600)},
        {"_id_token": lambda self, given: _unsigned()},
        {"_id_token": lambda self, given: "không phải token"},
        {"_claims": lambda self, given: {"sub": "nguoi-khac", "SoDinhDanh": LAN, "HoVaTen": "Kẻ Khác"}},
        {"_claims": lambda self, given: []},
        {"_discovery": lambda self: {"issuer": "http://khac.example"}},
    ],
    ids=["signature", "nonce", "audience", "issuer", "expired", "none", "garbage", "subject", "no object", "discovery"],
)  # fmt: skip
def test_an_answer_that_cannot_be_believed_lets_nobody_in(
    client: Client, portal: Any, spoil: dict[str, Any], monkeypatch: Any
) -> None:
    address = decide(portal, go(client))
    for name, wrong in spoil.items():
        monkeypatch.setattr(portal, name, wrong)
    answer = client.get(address)
    assert answer.status_code == 502 and "Chưa xác nhận được" in answer.content.decode()
    assert who(client) is None and not Account.objects.exists()


@accepts("HY-4")
def test_an_expired_or_foreign_code_and_a_wrong_verifier_are_refused(client: Client, portal: Any) -> None:
    address = decide(portal, go(client))
    for given in portal.codes.values():
        given["until"] = 0
    assert client.get(address).status_code == 502
    address = decide(portal, go(client))
    for given in portal.codes.values():
        given["challenge"] = "x" * 43  # somebody else's code, put into this browser's answer
    assert client.get(address).status_code == 502
    assert who(client) is None and not Account.objects.exists()


@accepts("HY-4")
def test_a_dead_portal_is_a_page_and_not_a_fault(client: Client, portal: Any, settings: Any) -> None:
    address = decide(portal, go(client))
    settings.NATIONAL_URL = f"http://127.0.0.1:{free_port()}"
    for page in (address, BEGIN):
        answer = client.get(page)
        assert answer.status_code == 502 and "hoặc đăng nhập bằng tài khoản của tỉnh" in answer.content.decode()


def test_a_person_the_portal_has_not_identified_is_told_so(client: Client, portal: Any, monkeypatch: Any) -> None:
    plain = portal._claims
    monkeypatch.setattr(portal, "_claims", lambda self, given: {**plain(self, given), "SoDinhDanh": ""})
    answer = log_in(client, portal)
    assert answer.status_code == 422 and "chưa xác thực số định danh" in answer.content.decode()


def test_the_way_back_is_never_somebody_elses(client: Client, portal: Any) -> None:
    answer = log_in(client, portal, following="https://khac.example/")
    assert answer["Location"] == "/"


def test_whoever_has_no_password_is_told_how_to_set_one(client: Client, portal: Any) -> None:
    log_in(client, portal)
    answer = client.get("/tai-khoan/doi-mat-khau/", follow=True)
    assert answer.status_code == 200 and "chưa có mật khẩu" in answer.content.decode()
    answer = client.post("/tai-khoan/dang-xuat/", follow=True)
    assert "đăng xuất cả ở Cổng Dịch vụ công quốc gia" in answer.content.decode()


@accepts("HY-4")
def test_the_twin_knows_only_registered_applications_and_asks_for_pkce(client: Client, portal: Any) -> None:
    asked = go(client)
    page = httpx.get(f"{portal.issuer}/authorize", params=asked, trust_env=False)
    assert page.status_code == 200 and "Trần Thị Mai Hoa" in page.text and "NGUYỄN THỊ LAN" in page.text
    for wrong in ({"client_id": "x"}, {"redirect_uri": "http://khac.example/"}, {"code_challenge_method": "plain"}):
        assert httpx.get(f"{portal.issuer}/authorize", params=asked | wrong, trust_env=False).status_code == 400
    form = {"grant_type": "authorization_code", "code": "x", "redirect_uri": portal.redirect_uri}
    assert httpx.post(f"{portal.issuer}/token", data=form, trust_env=False).status_code == 401
    assert httpx.get(f"{portal.issuer}/userinfo", trust_env=False).status_code == 401


def _unsigned() -> str:
    return jwt.encode({"sub": "x"}, None, algorithm="none", headers={"kid": national_sandbox.KID})


def _signed(portal: Any, given: Any, *, key: Any = None, **changes: Any) -> str:
    now = portal.now()
    claims = {
        "iss": portal.issuer, "aud": portal.client_id, "sub": national_sandbox._subject(given["number"]), "iat": now,
        "exp": now + 300, "nonce": given["nonce"], "acr": "loa2", **changes,
    }  # fmt: skip
    return jwt.encode(claims, key or KEY, algorithm="RS256", headers={"kid": national_sandbox.KID})
