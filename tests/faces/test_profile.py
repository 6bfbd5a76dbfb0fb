"""The own account: seeing and changing it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motcua.accounts import actions
from motcua.accounts.models import Account, Kind
from motcua.audit.models import Event
from motcua.rules.people import Actor
from tests.acceptance.proof import accepts
from tests.faces.getting_in import digits_sent, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

FILLED = {
    "full_name": "Nguyễn Thị Ngọc Lan",
    "birth_date": "25/03/1990",
    "gender": "female",
    "identity_number": "052190000123",
    "notify_by_email": "on",
}


@pytest.fixture
def lan(client, at) -> Account:
    account = actions.create_account(
        "lan@example.vn",
        kind=Kind.PERSON,
        full_name="Nguyễn Thị Lan",
        email="lan@example.vn",
        by=Actor.system("thử"),
        at=at,
    )
    client.force_login(account)
    return account


@accepts("HY-3")
def test_the_owner_changes_the_profile_and_the_change_is_recorded_without_values(client, lan):
    assert client.post(reverse("portal:profile"), FILLED).status_code == 302
    lan.refresh_from_db()
    assert (lan.full_name, str(lan.birth_date), lan.gender) == ("Nguyễn Thị Ngọc Lan", "1990-03-25", "female")
    assert (lan.notify_by_email, lan.notify_by_sms) == (True, False)
    event = Event.objects.filter(subject_kind="account", verb="edit_profile").get()
    assert "identity_number" in str(event.body) and "052190000123" not in str(event.body)
    assert "Đã lưu" in said(client.get(reverse("portal:profile")))


def test_wrong_input_stays_and_is_explained(client, lan):
    answer = client.post(reverse("portal:profile"), {**FILLED, "birth_date": "99/99/1990"})
    assert answer.status_code == 422
    assert 'value="99/99/1990"' in answer.content.decode() and "Ngày chưa đúng" in said(answer)
    lan.refresh_from_db()
    assert lan.full_name == "Nguyễn Thị Lan"


def test_the_address_is_chosen_list_by_list_without_script_and_kept(client, lan):
    from motcua.eforms import units

    tree = units.tree(units.LEGACY)
    province = tree.provinces()[0]
    district = tree.districts(province.code)[0]
    commune = tree.communes(district.code)[0]
    typed = {**FILLED, "full_name": "", "address-province": province.code, "address-street": "12 Lê Lợi"}
    page = client.post(reverse("portal:profile"), {**typed, "_units": "address"})
    assert page.status_code == 200 and f'value="{district.code}"' in page.content.decode()
    assert "12 Lê Lợi" in page.content.decode() and "Cần sửa" not in said(page)
    half = client.post(reverse("portal:profile"), {**typed, "full_name": "Lan", "address-district": district.code})
    assert half.status_code == 422 and said(half).count("Chọn đến xã, phường") == 2
    whole = {**FILLED, "address-province": province.code, "address-district": district.code}
    whole |= {"address-unit": commune.code, "address-street": "12 Lê Lợi"}
    assert client.post(reverse("portal:profile"), whole).status_code == 302
    lan.refresh_from_db()
    assert lan.address == {"unit": commune.code, "street": "12 Lê Lợi"}


def test_what_the_form_does_not_offer_does_not_change(client, lan):
    forged = {"kind": "officer", "login": "admin", "is_active": "", "email": "x@example.vn", "is_demo": "on"}
    client.post(reverse("portal:profile"), {**FILLED, **forged})
    lan.refresh_from_db()
    assert (lan.kind, lan.login, lan.email, lan.is_demo) == (Kind.PERSON, "lan@example.vn", "lan@example.vn", False)


def test_a_new_telephone_number_is_proven_before_it_counts(client, lan):
    client.post(reverse("account_contact"), {"contact": "0987 654 321"})
    lan.refresh_from_db()
    assert lan.phone is None
    client.post(reverse("account_contact_code"), {"code": digits_sent("0987654321")})
    lan.refresh_from_db()
    assert lan.phone == "0987654321" and lan.phone_verified_at


def test_an_organisation_has_its_own_form(client, at):
    account = actions.create_account(
        "gao@example.vn",
        kind=Kind.ORGANISATION,
        full_name="Lê Văn Ba",
        organisation_name="Gạo Thơm",
        by=Actor.system("thử"),
        at=at,
    )
    client.force_login(account)
    stated = {"organisation_name": "Gạo Rất Thơm", "tax_code": "0100109106", "representative_name": "Lê Thị Tư"}
    assert client.post(reverse("portal:profile"), stated).status_code == 302
    account.refresh_from_db()
    assert (account.name, account.full_name) == ("Gạo Rất Thơm", "Lê Thị Tư")


def test_strangers_see_no_profile(client):
    assert client.get(reverse("portal:profile")).url.startswith(reverse("account_login"))
