"""Registering: from the form through the code to being in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.accounts.models import Account, Code, Kind
from motcua.notifications.models import Message
from tests.acceptance.proof import accepts
from tests.faces.getting_in import PERSON, digits_sent, said, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def activate(client, contact="lan@example.vn"):
    return client.post(reverse("account_activate"), {"code": digits_sent(contact)}, follow=True)


@accepts("BN-4", "HY-1")
def test_every_mandatory_field_has_a_star_and_is_required(client):
    page = client.get(reverse("account_signup"))
    for label in ("Họ, chữ đệm và tên", "Số căn cước công dân", "Thư điện tử hoặc số điện thoại", "Mật khẩu"):
        assert label in said(page)
    assert said(page).count(" *") >= 5
    answer = client.post(reverse("account_signup"), {})
    assert answer.status_code == 422
    for missing in (
        "Điền họ, chữ đệm và tên",
        "Điền số căn cước",
        "Điền thư điện tử hoặc",
        "Đặt mật khẩu",
        "ô cam kết",
    ):
        assert said(answer).count(missing) == 2, missing
    assert not Code.objects.exists()


@accepts("BN-5", "HY-2")
def test_a_citizen_registers_by_email_and_is_told_the_account(client):
    answer = client.post(reverse("account_signup"), PERSON)
    assert answer.status_code == 302 and not Account.objects.exists()
    done = activate(client)
    account = Account.objects.get()
    assert (account.login, account.kind, account.full_name) == ("lan@example.vn", Kind.PERSON, "Nguyễn Thị Lan")
    assert account.identity_number == "052190000123" and account.terms_accepted_at
    assert done.status_code == 200 and client.session["_auth_user_id"] == str(account.pk)
    assert "Tài khoản đã sẵn sàng" in said(done)
    assert "Tên đăng nhập: lan@example.vn" in sent("account_ready", "lan@example.vn").body


@accepts("BN-5", "HY-2")
def test_a_citizen_registers_by_telephone_and_is_told_by_sms(client):
    client.post(reverse("account_signup"), {**PERSON, "contact": "+84 912 345 678"})
    activate(client, "0912345678")
    account = Account.objects.get()
    assert (account.login, account.phone, account.email) == ("0912345678", "0912345678", None)
    assert "0912345678" in sent("account_ready", "0912345678").body


def test_an_organisation_registers_with_tax_code_and_representative(client):
    stated = {
        "organisation_name": "Công ty TNHH Gạo Thơm",
        "tax_code": "0100109106",
        "full_name": "Lê Văn Ba",
        "contact": "gao@example.vn",
        "password": PERSON["password"],
        "terms": "on",
    }
    client.post(reverse("account_signup_organisation"), stated)
    activate(client, "gao@example.vn")
    account = Account.objects.get()
    assert (account.kind, account.name) == (Kind.ORGANISATION, "Công ty TNHH Gạo Thơm")
    assert (account.tax_code, account.representative_name) == ("0100109106", "Lê Văn Ba")


def test_after_registering_one_is_where_one_wanted_to_be(client):
    following = reverse("account_change_password")
    client.post(reverse("account_signup"), {**PERSON, "next": following})
    assert client.post(reverse("account_activate"), {"code": digits_sent("lan@example.vn")}).url == following


def test_next_never_leads_to_another_site(client):
    for address in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"):
        client.post(reverse("account_signup"), {**PERSON, "next": address})
        assert "evil" not in str(dict(client.session)), address
        client.session.flush()
        Code.objects.all().delete()
        from motcua.accounts.models import Attempt

        Attempt.objects.all().delete()


def test_what_was_typed_stays_except_the_password(client):
    answer = client.post(reverse("account_signup"), {**PERSON, "identity_number": "123"})
    page = answer.content.decode()
    assert 'value="Nguyễn Thị Lan"' in page and 'value="123"' in page and PERSON["password"] not in page


def test_wrong_input_is_answered_beside_its_field_in_plain_words(client):
    cases = {
        "full_name": ("Lan\x00", "Có ký tự không hợp lệ"),
        "full_name ": ("a" * 151, "Chỉ được dài tối đa 150 ký tự"),
        "identity_number": ("12345", "9"),
        "birth_date": ("31/02/1990", "Ngày chưa đúng"),
        "birth_date ": ("25/03/2030", "Ngày sinh không thể ở sau hôm nay"),
        "contact": ("không phải", "chưa phải thư điện tử hay số di động"),
        "contact ": ("lan@", "thư điện tử"),
        "password": ("ngắn", "ít nhất 8 ký tự"),
        "password ": ("password", "quá dễ đoán"),
        "password  ": ("Nguyễn Thị Lan", "quá dễ đoán"),
    }
    for name, (value, words) in cases.items():
        answer = client.post(reverse("account_signup"), {**PERSON, name.strip(): value})
        assert answer.status_code == 422, name
        errors = " ".join(answer.context["form"].errors[name.strip()])
        assert words in errors, (name, errors)
    assert not Code.objects.exists()


def test_direction_characters_are_refused_and_decomposed_names_are_stored_composed(client):
    import unicodedata

    assert client.post(reverse("account_signup"), {**PERSON, "full_name": "Lan\u202e"}).status_code == 422
    decomposed = unicodedata.normalize("NFD", PERSON["full_name"])
    client.post(reverse("account_signup"), {**PERSON, "full_name": decomposed})
    activate(client)
    assert Account.objects.get().full_name == "Nguyễn Thị Lan"


def test_a_known_address_shows_the_same_page_and_tells_its_owner(client, clock, at):
    client.post(reverse("account_signup"), PERSON)
    fresh = client.get(reverse("account_activate"))
    activate(client)
    client.logout()
    clock.set(at + timedelta(minutes=5))
    answer = client.post(reverse("account_signup"), PERSON)
    assert answer.url == reverse("account_activate")
    again = client.get(reverse("account_activate"))
    assert said(again) == said(fresh)
    assert Account.objects.count() == 1
    assert "đã có tài khoản" in sent("account_exists", "lan@example.vn").body


def test_wrong_codes_are_counted_and_the_way_on_is_said(client):
    client.post(reverse("account_signup"), PERSON)
    right = digits_sent("lan@example.vn")
    wrong = "000000" if right != "000000" else "111111"
    first = client.post(reverse("account_activate"), {"code": wrong})
    assert first.status_code == 422 and "còn 4 lần thử" in said(first)
    for _ in range(4):
        last = client.post(reverse("account_activate"), {"code": wrong})
    assert "bắt đầu lại" in said(client.post(reverse("account_activate"), {"code": right}))
    assert "quá nhiều lần" in said(last)


def test_another_code_can_be_asked_for_after_half_a_minute(client, clock, at):
    client.post(reverse("account_signup"), PERSON)
    early = client.post(reverse("account_activate"), {"action": "resend"})
    assert early.status_code == 429 and "30 giây" in said(early)
    clock.set(at + timedelta(seconds=40))
    assert client.post(reverse("account_activate"), {"action": "resend"}).status_code == 302
    assert Message.objects.filter(kind="code").count() == 2
    assert activate(client).status_code == 200


def test_going_back_from_the_code_loses_nothing_but_the_password(client):
    client.post(reverse("account_signup"), PERSON)
    page = client.get(reverse("account_signup")).content.decode()
    assert 'value="Nguyễn Thị Lan"' in page and 'value="lan@example.vn"' in page and PERSON["password"] not in page


def test_a_code_is_worth_nothing_in_another_browser(client, client_of_a_stranger):
    client.post(reverse("account_signup"), PERSON)
    answer = client_of_a_stranger.post(reverse("account_activate"), {"code": digits_sent("lan@example.vn")})
    assert answer.url == reverse("account_signup")
    assert not Account.objects.exists()


@pytest.fixture
def client_of_a_stranger():
    from django.test import Client

    return Client()


def test_undeclared_fields_change_nothing(client):
    client.post(reverse("account_signup"), {**PERSON, "kind": "officer", "is_active": "", "login": "admin", "id": "7"})
    activate(client)
    account = Account.objects.get()
    assert (account.kind, account.login, account.is_demo) == (Kind.PERSON, "lan@example.vn", False)
