"""Accounts: registering, activating, recovering, logging in by any name, tokens."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.auth import authenticate

from motcua.accounts import actions, queries
from motcua.accounts.actions.codes import MAX_TRIES
from motcua.accounts.models import Account, Code, CodePurpose, Kind, identity_digest
from motcua.base.errors import Refusal
from motcua.rules.people import Actor

pytestmark = pytest.mark.django_db

PASSWORD = "trâu buộc ghét trâu ăn"


def registration(contact: str = "lan@example.vn", **more: object) -> actions.Registration:
    values = {"kind": Kind.PERSON, "full_name": "Nguyễn Thị Lan", "identity_number": "052190000123"}
    return actions.Registration(**{**values, "contact": contact, **more})


def registered(at: datetime, contact: str = "lan@example.vn") -> Account:
    code, digits = actions.begin_registration(registration(contact), password=PASSWORD, at=at)
    actions.confirm_code(code.pk, digits, purpose=CodePurpose.REGISTER, at=at)
    return actions.activate(code.pk, at=at)


def test_an_account_exists_only_after_its_address_is_proven(at):
    code, digits = actions.begin_registration(registration(), password=PASSWORD, at=at)
    assert not Account.objects.exists()
    with pytest.raises(Refusal):
        actions.activate(code.pk, at=at)
    actions.confirm_code(code.pk, digits, purpose=CodePurpose.REGISTER, at=at)
    account = actions.activate(code.pk, at=at)
    assert (account.login, account.email, account.email_verified_at) == (
        "lan@example.vn",
        "lan@example.vn",
        at,
    )
    assert account.identity_hash == identity_digest("052190000123")
    assert authenticate(username="LAN@example.vn", password=PASSWORD) == account


def test_a_telephone_number_is_one_number_however_it_is_written(at):
    account = registered(at, contact="0912345678")
    for written in ("0912 345 678", "+84 912.345.678", "84912345678"):
        assert queries.by_login(written) == account


def test_the_waiting_registration_keeps_no_password_and_is_emptied_after_use(at):
    code, _ = actions.begin_registration(registration(), password=PASSWORD, at=at)
    assert PASSWORD not in str(code.payload)
    Code.objects.all().delete()
    registered(at + timedelta(minutes=1))
    assert Code.objects.get().payload == {}


def test_a_taken_address_gets_no_digits_and_nothing_ever_matches(at):
    registered(at)
    later = at + timedelta(minutes=5)
    code, digits = actions.begin_registration(registration(), password=PASSWORD, at=later)
    assert digits == ""
    for typed in ("", "000000"):
        with pytest.raises(Refusal) as caught:
            actions.confirm_code(code.pk, typed, purpose=CodePurpose.REGISTER, at=later)
        assert "Mã chưa đúng" in caught.value.field_errors["code"][0]


def test_two_people_with_the_same_address_get_one_account(at):
    first = actions.begin_registration(registration(), password=PASSWORD, at=at)
    second = actions.begin_registration(registration(), password=PASSWORD, at=at + timedelta(minutes=1))
    for code, digits in (first, second):
        actions.confirm_code(code.pk, digits, purpose=CodePurpose.REGISTER, at=at + timedelta(minutes=2))
    actions.activate(first[0].pk, at=at + timedelta(minutes=2))
    with pytest.raises(Refusal) as caught:
        actions.activate(second[0].pk, at=at + timedelta(minutes=2))
    assert caught.value.status == 409
    assert Account.objects.count() == 1


def test_five_wrong_codes_are_the_end_even_for_the_right_one(at):
    code, digits = actions.begin_registration(registration(), password=PASSWORD, at=at)
    wrong = "111111" if digits != "111111" else "222222"
    for _ in range(MAX_TRIES):
        with pytest.raises(Refusal):
            actions.confirm_code(code.pk, wrong, purpose=CodePurpose.REGISTER, at=at)
    with pytest.raises(Refusal) as caught:
        actions.confirm_code(code.pk, digits, purpose=CodePurpose.REGISTER, at=at)
    assert "quá nhiều lần" in caught.value.field_errors["code"][0]


def test_a_code_lives_ten_minutes_and_works_once(at):
    code, digits = actions.begin_registration(registration(), password=PASSWORD, at=at)
    with pytest.raises(Refusal) as caught:
        actions.confirm_code(code.pk, digits, purpose=CodePurpose.REGISTER, at=at + timedelta(minutes=10))
    assert "hết hạn" in caught.value.field_errors["code"][0]
    actions.confirm_code(code.pk, digits, purpose=CodePurpose.REGISTER, at=at + timedelta(minutes=9))
    actions.activate(code.pk, at=at + timedelta(minutes=9))
    with pytest.raises(Refusal):
        actions.activate(code.pk, at=at + timedelta(minutes=9))


def test_a_code_pasted_with_spaces_is_right_and_a_resent_one_replaces_it(at):
    code, old = actions.begin_registration(registration(), password=PASSWORD, at=at)
    with pytest.raises(Refusal) as caught:
        actions.resend_code(code, at=at + timedelta(seconds=10))
    assert (caught.value.status, caught.value.retry_after) == (429, 20)
    new = actions.resend_code(code, at=at + timedelta(seconds=31))
    if old != new:
        with pytest.raises(Refusal):
            actions.confirm_code(code.pk, old, purpose=CodePurpose.REGISTER, at=at + timedelta(minutes=1))
    spaced = f" {new[:3]} {new[3:]} "
    assert actions.confirm_code(code.pk, spaced, purpose=CodePurpose.REGISTER, at=at + timedelta(minutes=1))


def test_recovery_answers_alike_for_known_and_unknown_logins(at):
    registered(at)
    known, digits = actions.begin_recovery("lan@example.vn", at=at + timedelta(minutes=5))
    unknown, nothing = actions.begin_recovery("ai@example.vn", at=at + timedelta(minutes=5))
    assert (bool(digits), nothing) == (True, "")
    assert (known.contact, unknown.contact) == ("lan@example.vn", "ai@example.vn")


def test_recovery_sets_a_new_password_once_and_closes_api_tokens(at):
    account = registered(at)
    token = actions.issue_token(account, name="máy", at=at)
    later = at + timedelta(minutes=5)
    code, digits = actions.begin_recovery("lan@example.vn", at=later)
    actions.confirm_code(code.pk, digits, purpose=CodePurpose.RECOVER, at=later)
    actions.reset_password(code.pk, password="mật khẩu mới hẳn", at=later)
    assert authenticate(username="lan@example.vn", password=PASSWORD) is None
    assert authenticate(username="lan@example.vn", password="mật khẩu mới hẳn") == account
    assert queries.account_by_token(token) is None
    with pytest.raises(Refusal):
        actions.reset_password(code.pk, password="lần nữa thì không", at=later)


def test_an_officer_recovers_by_short_login_at_the_address_on_file(at):
    actions.create_account(
        "Minh",
        kind=Kind.OFFICER,
        full_name="Trần Văn Minh",
        email="minh@example.gov.vn",
        by=Actor.system("thử"),
        at=at,
    )
    code, digits = actions.begin_recovery("minh", at=at)
    assert (code.contact, len(digits)) == ("minh@example.gov.vn", 6)


def test_a_locked_account_neither_recovers_nor_keeps_its_session_or_token(at, client):
    account = registered(at)
    token = actions.issue_token(account, name="máy", at=at)
    client.force_login(account)
    Account.objects.update(is_active=False)
    assert actions.begin_recovery("lan@example.vn", at=at + timedelta(minutes=5))[1] == ""
    assert queries.account_by_token(token) is None
    from django.contrib.auth import get_user

    assert not get_user(client).is_authenticated


def test_a_password_is_the_same_however_its_accents_are_composed(at):
    import unicodedata

    account = registered(at)
    assert account.check_password(unicodedata.normalize("NFD", PASSWORD))


def test_a_token_is_shown_once_and_only_its_digest_is_kept(at):
    account = registered(at)
    raw = actions.issue_token(account, name="máy", at=at)
    assert queries.account_by_token(raw) == account
    assert queries.account_by_token(raw[:-1]) is None
    assert raw not in str(account.api_tokens.values_list())


def test_the_login_follows_the_address_it_was(at):
    account = registered(at)
    code, digits = actions.begin_contact_change(account, contact="0987654321", at=at)
    actions.confirm_code(code.pk, digits, purpose=CodePurpose.CONTACT, at=at)
    actions.change_contact(account, code.pk, at=at)
    assert (account.login, account.phone) == ("lan@example.vn", "0987654321")
    code, digits = actions.begin_contact_change(account, contact="lan.moi@example.vn", at=at)
    actions.confirm_code(code.pk, digits, purpose=CodePurpose.CONTACT, at=at)
    actions.change_contact(account, code.pk, at=at)
    assert (account.login, account.email) == ("lan.moi@example.vn", "lan.moi@example.vn")
    assert queries.by_login("lan@example.vn") is None


def test_the_profile_changes_only_what_its_owner_may(at):
    account = registered(at)
    assert actions.update_profile(account, changes={"full_name": "Nguyễn Lan", "gender": ""}, at=at) == ["full_name"]
    with pytest.raises(KeyError):
        actions.update_profile(account, changes={"kind": "officer"}, at=at)


def test_a_new_identity_number_is_found_by_its_digest_at_once(at):
    account = registered(at)
    actions.update_profile(account, changes={"identity_number": "052190000999"}, at=at)
    assert queries.by_identity("052190000999").get() == account
    assert not queries.by_identity("052190000123").exists()
    assert not queries.by_identity("").exists()
