"""Logging in and out, limits, idle sessions, and forms sent after the session ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.accounts import actions
from motcua.accounts.models import Account, Kind
from motcua.rules.people import Actor
from tests.acceptance.proof import accepts
from tests.faces.getting_in import PASSWORD, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SYSTEM = Actor.system("thử")


@pytest.fixture
def lan(at) -> Account:
    return actions.create_account(
        "lan@example.vn",
        kind=Kind.PERSON,
        full_name="Nguyễn Thị Lan",
        email="lan@example.vn",
        phone="0912345678",
        password=PASSWORD,
        by=SYSTEM,
        at=at,
    )


@pytest.fixture
def minh(at) -> Account:
    return actions.create_account(
        "minh", kind=Kind.OFFICER, full_name="Trần Văn Minh", password=PASSWORD, by=SYSTEM, at=at
    )


def enter(client, login, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


@accepts("HY-5")
@pytest.mark.parametrize("login", ["lan@example.vn", " LAN@Example.VN ", "0912 345 678", "+84912345678"])
def test_one_account_opens_by_email_or_telephone(client, lan, login):
    assert enter(client, login).status_code == 302
    assert client.session["_auth_user_id"] == str(lan.pk)


def test_an_officer_logs_in_on_the_same_page_and_lands_at_the_desk(client, minh):
    assert enter(client, "Minh").url == reverse("desk:worklist")


def test_a_citizen_lands_at_home_or_where_he_wanted_to_be(client, lan):
    assert enter(client, "lan@example.vn").url == reverse("portal:home")
    client.logout()
    following = reverse("account_change_password")
    assert enter(client, "lan@example.vn", next=following).url == following
    client.logout()
    assert enter(client, "lan@example.vn", next="https://evil.example/").url == reverse("portal:home")


def test_wrong_password_and_unknown_login_are_answered_alike(client, lan):
    wrong, unknown = enter(client, "lan@example.vn", "sai mật khẩu"), enter(client, "ai@example.vn")
    assert wrong.status_code == unknown.status_code == 422
    assert said(wrong) == said(unknown)
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in said(wrong)
    assert 'value="lan@example.vn"' in wrong.content.decode()


@pytest.mark.parametrize("login", ["lan\x00@example.vn", "\u202elan", "x" * 1_000_000, "' OR 1=1 --", "<script>", ""])
def test_odd_logins_get_a_plain_answer(client, lan, login):
    answer = enter(client, login)
    assert answer.status_code == 422 and answer.context["form"].errors
    assert "<script>" not in answer.content.decode()


def test_an_unknown_login_costs_a_hash_too(client, lan, monkeypatch):
    from django.contrib.auth import hashers

    counted = []
    for hasher in (type(hashers.get_hasher()),):
        encode = hasher.encode

        def counting(self, *args, encode=encode, **kwargs):
            counted.append(1)
            return encode(self, *args, **kwargs)

        monkeypatch.setattr(hasher, "encode", counting)
    enter(client, "lan@example.vn", "sai mật khẩu")
    known = len(counted)
    counted.clear()
    enter(client, "ai@example.vn", "sai mật khẩu")
    assert len(counted) == known >= 1


def test_guessing_is_stopped_and_told_when_to_come_back(client, lan, clock, at):
    for _ in range(10):
        enter(client, "lan@example.vn", "sai mật khẩu")
    stopped = enter(client, "lan@example.vn")
    assert stopped.status_code == 429
    assert stopped.headers["Retry-After"] == "900"
    assert "thử lại sau 15 phút (lúc 09:15)" in said(stopped)
    clock.set(at + timedelta(minutes=15))
    assert enter(client, "lan@example.vn").status_code == 302


def test_a_stranger_elsewhere_cannot_lock_the_owner_out(client, lan):
    for _ in range(12):
        client.post(
            reverse("account_login"), {"login": "lan@example.vn", "password": "đoán"}, REMOTE_ADDR="203.0.113.9"
        )
    assert enter(client, "lan@example.vn").status_code == 302


def test_a_locked_account_learns_it_only_with_the_right_password(client, lan):
    Account.objects.update(is_active=False)
    assert "chưa đúng" in said(enter(client, "lan@example.vn", "sai mật khẩu"))
    answer = enter(client, "lan@example.vn")
    assert answer.url == reverse("account_inactive")
    assert "đang bị khóa" in said(client.get(answer.url))
    assert "_auth_user_id" not in client.session


def test_the_session_is_renewed_at_login_and_dead_after_logout(client, lan):
    client.get(reverse("account_login"))
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["phien"] = before = session.session_key
    enter(client, "lan@example.vn")
    inside = client.cookies["phien"].value
    assert inside != before
    assert client.post(reverse("account_logout")).status_code == 302
    client.cookies["phien"] = inside
    assert client.get(reverse("account_change_password")).status_code == 302


def test_logging_out_asks_first_and_a_link_alone_does_nothing(client, lan):
    client.force_login(lan)
    assert "Đăng xuất" in said(client.get(reverse("account_logout")))
    assert "_auth_user_id" in client.session


def test_a_new_password_ends_every_other_session(client, lan):
    from django.test import Client

    elsewhere = Client()
    enter(client, "lan@example.vn")
    enter(elsewhere, "lan@example.vn")
    answer = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "mật khẩu mới hẳn"})
    assert answer.status_code == 302
    assert client.get(reverse("account_change_password")).status_code == 200
    assert elsewhere.get(reverse("account_change_password")).status_code == 302


def test_the_present_password_must_be_right_to_change_it(client, lan):
    client.force_login(lan)
    answer = client.post(reverse("account_change_password"), {"oldpassword": "sai", "password1": "mật khẩu mới hẳn"})
    assert answer.status_code == 422 and "Mật khẩu hiện tại chưa đúng" in said(answer)


@pytest.mark.parametrize(("login", "minutes"), [("minh", 31), ("lan@example.vn", 121)])
def test_a_session_left_alone_ends(client, clock, at, lan, minh, login, minutes):
    enter(client, login)
    page = reverse("account_change_password")
    assert client.get(page).status_code == 200
    clock.set(at + timedelta(minutes=minutes - 2))
    assert client.get(page).status_code == 200
    clock.set(at + timedelta(minutes=2 * minutes - 3))
    assert client.get(page).status_code == 200
    clock.set(at + timedelta(minutes=3 * minutes))
    assert client.get(page).url.startswith(reverse("account_login"))
    assert "Phiên làm việc đã kết thúc" in said(client.get(reverse("account_login")))


def test_a_form_sent_after_the_session_ended_is_offered_again(client, clock, at, lan):
    enter(client, "lan@example.vn")
    page = reverse("account_contact")
    client.get(page)
    clock.set(at + timedelta(hours=3))
    answer = client.post(page, {"contact": "lan.moi@example.vn", "password": "bí mật", "dòng": ["một", "hai"]})
    assert answer.url.startswith(reverse("account_login"))
    assert "những gì bạn vừa điền vẫn còn" in said(client.get(answer.url))
    entered = enter(client, "lan@example.vn", next=reverse("account_resume"))
    offered = client.get(entered.url)
    shown = offered.content.decode()
    assert f'action="{page}"' in shown and 'value="lan.moi@example.vn"' in shown and 'value="hai"' in shown
    assert "bí mật" not in shown
    assert client.get(reverse("account_resume")).status_code == 302


def test_a_kept_form_is_not_shown_to_somebody_else(client, clock, at, lan, minh):
    enter(client, "lan@example.vn")
    client.get(reverse("account_contact"))
    clock.set(at + timedelta(hours=3))
    client.post(reverse("account_contact"), {"contact": "lan.moi@example.vn"})
    entered = enter(client, "minh", next=reverse("account_resume"))
    answer = client.get(entered.url)
    assert answer.status_code == 302 and answer.url == reverse("desk:worklist")


def test_too_much_is_not_kept_and_wrong_pages_of_the_door_are_never_kept(client):
    client.post(reverse("account_contact"), {"contact": "x" * 200_000})
    assert "resume-post" not in client.session
    enter(client, "ai@example.vn")
    assert "resume-post" not in client.session


def test_no_page_of_getting_in_has_inline_style_script_or_english(client, lan):
    import re

    names = ["account_login", "account_signup", "account_signup_organisation", "account_reset_password"]
    pages = [client.get(reverse(name)) for name in names]
    client.force_login(lan)
    names = ["account_logout", "account_change_password", "account_contact", "portal:profile"]
    pages += [client.get(reverse(name)) for name in names]
    for page in pages:
        assert page.status_code == 200, page.request["PATH_INFO"]
        html = page.content.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)
        assert not re.search(r"(?i)\b(password|sign (in|up|out)|log (in|out)|e-mail address|username)\b", said(page))
