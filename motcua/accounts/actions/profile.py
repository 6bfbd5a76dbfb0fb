"""What the owner changes about an account (HY-3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.accounts import queries
from motcua.accounts.actions.codes import send_code, take_code
from motcua.accounts.actions.trace import trace
from motcua.accounts.contacts import is_email
from motcua.accounts.models import Account, Code, CodePurpose
from motcua.base.errors import Refusal

EDITABLE: Final = (
    "full_name",
    "birth_date",
    "gender",
    "identity_number",
    "tax_code",
    "organisation_name",
    "representative_name",
    "address",
    "notify_by_email",
    "notify_by_sms",
)
"""The columns an owner may change directly; contacts go through a code, the kind of account never changes."""


VOUCHED: Final = ("full_name", "birth_date", "gender", "identity_number")
"""What the national portal vouches for once an account is identified through it (HY-4)."""


def update_profile(account: Account, *, changes: Mapping[str, Any], at: datetime) -> list[str]:
    """Write validated `changes` to the account; answers the names that really changed.

    Names outside `EDITABLE`, and those the national portal vouches for (`VOUCHED`), raise `KeyError`: a form that
    offers them is a mistake (ASVS 15.3.3).
    """
    editable = set(EDITABLE) - set(VOUCHED) if account.is_identified else set(EDITABLE)
    if unknown := set(changes) - editable:
        raise KeyError(f"not editable: {sorted(unknown)}")
    changed = [name for name, value in changes.items() if getattr(account, name) != value]
    for name in changed:
        setattr(account, name, changes[name])
    if changed:
        with transaction.atomic():
            account.save(update_fields=changed)
            trace(account, "edit_profile", at=at, what=changed)
    return changed


def begin_contact_change(account: Account, *, contact: str, at: datetime) -> tuple[Code, str]:
    """Make a code for a new e-mail or mobile number; empty digits when another has it (tell that owner)."""
    return send_code(
        CodePurpose.CONTACT,
        contact=contact,
        account=account,
        known=not queries.is_taken(contact, but=account),
        at=at,
    )


def change_contact(account: Account, code_id: int | None, *, at: datetime) -> str:
    """Put a confirmed address in place; a login that was the old address follows. Answers the new address.

    Raises `Refusal` (422) when the confirmation is gone or not this account's, (409) when the address was
    taken.
    """
    with transaction.atomic():
        code = take_code(code_id, purpose=CodePurpose.CONTACT, at=at)
        if code.account_id != account.pk:
            raise Refusal(_("Mã xác nhận không thuộc tài khoản này."), status=422)
        kind = "email" if is_email(code.contact) else "phone"
        if account.login == getattr(account, kind):
            account.login = code.contact
        setattr(account, kind, code.contact)
        setattr(account, f"{kind}_verified_at", at)
        try:
            with transaction.atomic():
                account.save(update_fields=["login", kind, f"{kind}_verified_at"])
        except IntegrityError as error:
            raise Refusal(_("Địa chỉ này đã thuộc một tài khoản khác."), status=409) from error
        trace(account, "change_contact", at=at, what=[kind])
    return code.contact
