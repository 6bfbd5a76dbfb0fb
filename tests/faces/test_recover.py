"""A forgotten password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.accounts import actions
from motcua.accounts.models import Account, Kind
from motcua.notifications.models import Message
from motcua.rules.people import Actor
from tests.faces.getting_in import PASSWORD, digits_sent, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NEW = "một câu hoàn toàn khác"


@pytest.fixture
def lan(at) -> Account:
    return actions.create_account(
        "lan@example.vn",
        kind=Kind.PERSON,
        full_name="Nguyễn Thị Lan",
        email="lan@example.vn",
        phone="0912345678",
        password=PASSWORD,
        by=Actor.system("thử"),
        at=at,
    )


@pytest.mark.parametrize(("typed", "address"), [("lan@example.vn", "lan@example.vn"), ("0912 345 678", "0912345678")])
def test_the_code_goes_where_the_person_said_and_opens_the_way_to_a_new_password(client, lan, typed, address):
    assert client.post(reverse("account_reset_password"), {"login": typed}).url == reverse("account_recover_code")
    answer = client.post(reverse("account_recover_code"), {"code": digits_sent(address)})
    assert answer.url == reverse("account_new_password")
    assert client.post(answer.url, {"password": "ngắn"}).status_code == 422
    assert client.post(answer.url, {"password": NEW}).url == reverse("account_login")
    entered = client.post(reverse("account_login"), {"login": typed, "password": NEW})
    assert entered.status_code == 302
    assert client.post(reverse("account_new_password"), {"password": PASSWORD}).url == reverse("account_reset_password")


def test_known_and_unknown_logins_get_the_same_pages(client, lan):
    pages = []
    for login in ("lan@example.vn", "ai@example.vn"):
        client.post(reverse("account_reset_password"), {"login": login})
        page = client.get(reverse("account_recover_code"))
        wrong = client.post(reverse("account_recover_code"), {"code": "12"})
        pages.append((page.status_code, said(page).replace(login, "·"), said(wrong).replace(login, "·")))
    assert pages[0] == pages[1]
    assert Message.objects.filter(address="ai@example.vn").count() == 0


def test_nobody_sets_a_password_without_the_code(client, lan):
    client.post(reverse("account_reset_password"), {"login": "lan@example.vn"})
    answer = client.post(reverse("account_new_password"), {"password": NEW})
    assert answer.url == reverse("account_reset_password")
    assert Account.objects.get().check_password(PASSWORD)


def test_the_way_to_a_new_password_closes_after_ten_minutes(client, lan, clock, at):
    client.post(reverse("account_reset_password"), {"login": "lan@example.vn"})
    client.post(reverse("account_recover_code"), {"code": digits_sent("lan@example.vn")})
    clock.set(at + timedelta(minutes=11))
    answer = client.post(reverse("account_new_password"), {"password": NEW})
    assert answer.status_code == 422 and "hết hạn" in said(answer)
    assert Account.objects.get().check_password(PASSWORD)


def test_asking_again_and_again_is_stopped(client, lan):
    client.post(reverse("account_reset_password"), {"login": "lan@example.vn"})
    answer = client.post(reverse("account_reset_password"), {"login": "lan@example.vn"})
    assert answer.status_code == 429 and "30 giây" in said(answer)
