"""The messages about accounts: codes, the initial account, a warning to an owner."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse

from motcua.accounts.actions.codes import LIFETIME
from motcua.accounts.contacts import is_email
from motcua.accounts.models import Account, CodePurpose
from motcua.notifications.actions import tell
from motcua.notifications.facts import Recipient

_MINUTES: Final = int(LIFETIME.total_seconds() // 60)


def send_digits(contact: str, digits: str, *, purpose: CodePurpose, at: datetime) -> None:
    """Send a one-time code to `contact`, whoever owns it; never to the portal inbox, which needs a login."""
    tell(
        "code",
        recipient=_stranger(contact),
        ref="",
        context={"code": digits, "purpose": _lower_first(purpose.label), "minutes": _MINUTES},
        at=at,
    )


def send_initial_account(account: Account, *, at: datetime) -> None:
    """Tell a new owner that the account stands and what its login is (BN-5, HY-2)."""
    tell(
        "account_ready",
        recipient=Recipient(
            account_id=account.pk, name=account.name, email=account.email or "", phone=account.phone or ""
        ),
        ref="",
        context={"login": account.login, "link": _login_address()},
        at=at,
    )


def warn_owner(contact: str, *, at: datetime) -> None:
    """Tell the owner of an address that somebody tried to register it, and how to get in if it was the owner."""
    tell(
        "account_exists",
        recipient=_stranger(contact),
        ref="",
        context={"login": contact, "link": _login_address()},
        at=at,
    )


def _stranger(contact: str) -> Recipient:
    email, phone = (contact, "") if is_email(contact) else ("", contact)
    return Recipient(account_id=None, name="", email=email, phone=phone)


def _login_address() -> str:
    return f"{settings.BASE_URL}{reverse('account_login')}"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
