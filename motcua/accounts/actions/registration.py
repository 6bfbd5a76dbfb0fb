"""Coming into being of accounts: a citizen registers and proves an address; an officer is created."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.accounts import queries
from motcua.accounts.actions.codes import send_code, take_code
from motcua.accounts.actions.trace import trace
from motcua.accounts.contacts import clean_email, clean_login, clean_phone, is_email
from motcua.accounts.models import Account, Code, CodePurpose, Kind
from motcua.base.errors import Refusal
from motcua.rules.people import Actor


@dataclass(frozen=True, slots=True)
class Registration:
    """What a person or organisation states when registering; every text already cleaned and validated."""

    kind: Kind
    full_name: str
    contact: str
    identity_number: str = ""
    tax_code: str = ""
    organisation_name: str = ""
    representative_name: str = ""
    birth_date: str | None = None
    gender: str = ""
    address: Mapping[str, str] = field(default_factory=dict)


def begin_registration(registration: Registration, *, password: str, at: datetime) -> tuple[Code, str]:
    """Keep a registration until its address is proven; answers the code's row and the six digits to send.

    Empty digits: the address already has an account. Its owner should be told by message, and the person at
    the screen must see the same page as ever (ASVS 6.3.8). Raises `Refusal` (429) when codes are asked too
    often.
    """
    return send_code(
        CodePurpose.REGISTER,
        contact=registration.contact,
        payload={**asdict(registration), "password": make_password(unicodedata.normalize("NFC", password))},
        known=not queries.is_taken(registration.contact),
        at=at,
    )


def activate(code_id: int | None, *, at: datetime) -> Account:
    """Make the account whose address was just confirmed (BN-4, BN-5, HY-1); its login is that address.

    Raises `Refusal` (422) when the confirmation is gone, (409) when the address got an account in the
    meantime.
    """
    with transaction.atomic():
        code = take_code(code_id, purpose=CodePurpose.REGISTER, at=at)
        waiting = dict(code.payload)
        contact, password = waiting.pop("contact"), waiting.pop("password")
        code.payload = {}
        code.save(update_fields=["payload"])
        if queries.is_taken(contact):
            raise _taken()
        proven = {"email": contact, "email_verified_at": at} if is_email(contact) else {}
        proven |= {} if is_email(contact) else {"phone": contact, "phone_verified_at": at}
        account = Account(login=contact, created_at=at, terms_accepted_at=at, **waiting, **proven)
        account.password = password
        try:
            with transaction.atomic():
                account.save()
        except IntegrityError as error:
            raise _taken() from error
        trace(account, "register", at=at)
        return account


def create_account(
    login: str,
    *,
    kind: Kind,
    full_name: str,
    by: Actor,
    at: datetime,
    password: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    is_demo: bool = False,
    **details: Any,
) -> Account:
    """Make an account without a proof of address: officers, the demo province, people entered by an
    administrator.

    `details` are further columns of `Account`. Without a password the owner sets one by recovery, so that no
    administrator ever knows it (ASVS 6.4.6). Raises `Refusal` (409) when the login, e-mail or phone is in
    use.
    """
    name = clean_login(login)
    mail = clean_email(email) if email else None
    number = clean_phone(phone) if phone else None
    if not name or any(queries.is_taken(value) for value in (name, mail, number) if value):
        raise _taken()
    with transaction.atomic():
        account = Account.objects.create_user(
            name,
            password,
            kind=kind,
            full_name=full_name,
            email=mail,
            email_verified_at=at if mail else None,
            phone=number,
            phone_verified_at=at if number else None,
            is_demo=is_demo,
            created_at=at,
            **details,
        )
        trace(account, "create", by=by, at=at)
    return account


def _taken() -> Refusal:
    return Refusal(_("Địa chỉ này đã có tài khoản. Hãy đăng nhập, hoặc đặt lại mật khẩu nếu bạn đã quên."), status=409)
