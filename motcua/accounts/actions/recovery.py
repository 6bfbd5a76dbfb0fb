"""Setting a password again: by a code sent to the owner, or by knowing the present one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.accounts import queries
from motcua.accounts.actions.codes import send_code, take_code
from motcua.accounts.actions.tokens import revoke_tokens
from motcua.accounts.actions.trace import trace
from motcua.accounts.contacts import clean_contact, clean_login
from motcua.accounts.models import Account, Code, CodePurpose


def begin_recovery(login: str, *, at: datetime) -> tuple[Code, str]:
    """Make a code for whoever `login` names; answers the row (its `contact` is where to send) and the digits.

    Empty digits: no such account, or none that may log in or be reached. The face shows the same page either
    way. Somebody who typed an address gets the code there; somebody who typed a short login at the account's
    e-mail, else its telephone. Raises `Refusal` (429) when codes are asked too often.
    """
    account = queries.by_login(login)
    if account is not None and not account.is_active:
        account = None
    contact = _reachable(account, login) if account else None
    return send_code(
        CodePurpose.RECOVER,
        contact=contact or clean_login(login)[:254],
        account=account if contact else None,
        known=contact is not None,
        at=at,
    )


def reset_password(code_id: int | None, *, password: str, at: datetime) -> Account:
    """Set a new password with a confirmed code; ends every session and closes every API token of the account.

    Raises `Refusal` (422) when the confirmation is gone.
    """
    with transaction.atomic():
        code = take_code(code_id, purpose=CodePurpose.RECOVER, at=at)
        account = Account.objects.select_for_update(of=("self",)).get(codes=code)
        account.set_password(password)
        account.save(update_fields=["password"])
        trace(account, "reset_password", at=at)
        revoke_tokens(account, at=at)
    return account


def set_password(account: Account, *, password: str, at: datetime) -> None:
    """Give the account a new password. Sessions opened with the old one are dead (ASVS 7.4.3)."""
    with transaction.atomic():
        account.set_password(password)
        account.save(update_fields=["password"])
        trace(account, "set_password", at=at)


def _reachable(account: Account, typed: str) -> str | None:
    """Where to send the account's code: the address that was typed, else its e-mail, else its telephone."""
    proven = [contact for contact in (account.email, account.phone) if contact]
    given = clean_contact(typed)
    return given if given in proven else next(iter(proven), None)
