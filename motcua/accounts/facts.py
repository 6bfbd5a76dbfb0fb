"""Accounts as plain values for the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from motcua.accounts.models import Account

NATIONAL: Final = "dvcqg"
"""The national portal's name among the providers of identity."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the national portal vouches for about a person. Contacts are empty unless the portal has proven them."""

    subject: str
    """The portal's own id of the person, which never changes."""
    number: str
    full_name: str
    birth_date: date | None
    gender: str
    assurance: int
    email: str = ""
    phone: str = ""


def profile(account: Account) -> dict[str, Any]:
    """What forms may be prefilled with, under the source name "account"; what is not known is left out.

    The birth date is ISO text, the address `{"unit": code of the commune, "street": text}`.
    """
    known: dict[str, Any] = {
        "kind": account.kind,
        "name": account.name,
        "full_name": account.full_name,
        "birth_date": account.birth_date.isoformat() if account.birth_date else "",
        "gender": account.gender,
        "identity_number": account.identity_number,
        "phone": account.phone or "",
        "email": account.email or "",
        "tax_code": account.tax_code,
        "organisation_name": account.organisation_name,
        "representative_name": account.representative_name,
        "address": account.address,
    }
    return {name: value for name, value in known.items() if value}
