"""Whom a login through the national portal becomes here (HY-4, decision 0016).

The portal proves who a person is, never whose account it is: an account that already stands is linked only by its own
password or from within, never by a number, e-mail address or telephone number alone.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.accounts import queries
from motcua.accounts.actions.profile import VOUCHED
from motcua.accounts.actions.trace import trace
from motcua.accounts.contacts import clean_email, clean_phone
from motcua.accounts.facts import NATIONAL, Vouched
from motcua.accounts.models import Account, Kind
from motcua.base.errors import Refusal


def create_identified(who: Vouched, *, at: datetime) -> Account:
    """Make the account of a person who comes here for the first time, and link it.

    E-mail address and telephone number are taken over only where the portal has proven them and nobody here has them.
    Raises `Refusal` 409 when two browsers do it at once.
    """
    email, phone = _free(clean_email(who.email)), _free(clean_phone(who.phone))
    with transaction.atomic():
        account = Account.objects.create_user(
            f"dvcqg-{secrets.token_hex(6)}",
            None,
            kind=Kind.PERSON,
            full_name=who.full_name,
            birth_date=who.birth_date,
            gender=who.gender,
            identity_number=who.number,
            email=email,
            email_verified_at=at if email else None,
            phone=phone,
            phone_verified_at=at if phone else None,
            identified_at=at,
            assurance=who.assurance,
            created_at=at,
        )
        _link(account, who)
        trace(account, "register_national", at=at)
    return account


def link_identified(account: Account, who: Vouched, *, at: datetime) -> None:
    """Link an account its owner has just shown to be his, and write down what the portal vouches for.

    Raises `Refusal` 409 for an organisation's account, one identified as another person's, or a person linked
    elsewhere; 403 for one that is locked.
    """
    if not account.is_active:
        raise Refusal(_("Tài khoản này đang bị khóa."), status=403)
    if account.kind == Kind.ORGANISATION:
        raise Refusal(
            _("Tài khoản của tổ chức, doanh nghiệp không nối được với danh tính của một cá nhân."), status=409
        )
    with transaction.atomic():
        if account.is_identified and account.identity_number != who.number:
            raise Refusal(_("Tài khoản này đã được xác thực là của một người khác."), status=409)
        _link(account, who)
        _write(account, who, at=at)
        trace(account, "link_national", at=at, what=list(VOUCHED))


def keep_identified(account: Account, who: Vouched, *, at: datetime) -> None:
    """At each login: what the portal vouches for now, so that a changed name or level is known here too."""
    with transaction.atomic():
        changed = _write(account, who, at=at)
        trace(account, "login_national", at=at, what=changed)


def _write(account: Account, who: Vouched, *, at: datetime) -> list[str]:
    """Officers keep the name they work under; everybody else's name is the portal's."""
    values = {
        "full_name": account.full_name if account.is_officer else who.full_name,
        "birth_date": who.birth_date or account.birth_date,
        "gender": who.gender or account.gender,
        "identity_number": who.number,
        "assurance": who.assurance,
    }
    changed = [name for name, value in values.items() if getattr(account, name) != value]
    for name, value in values.items():
        setattr(account, name, value)
    account.identified_at = at
    account.save(update_fields=[*values, "identified_at"])
    return changed


def _link(account: Account, who: Vouched) -> None:
    try:
        with transaction.atomic():
            SocialAccount.objects.create(user=account, provider=NATIONAL, uid=who.subject, extra_data={})
    except IntegrityError as error:
        raise Refusal(_("Danh tính này đã nối với một tài khoản khác."), status=409) from error


def _free(contact: str | None) -> str | None:
    return contact if contact and not queries.is_taken(contact) else None
