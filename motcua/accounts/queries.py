"""Reads of the accounts room."""

from __future__ import annotations

import hashlib

from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet

from motcua.accounts.contacts import clean_login
from motcua.accounts.facts import NATIONAL
from motcua.accounts.models import Account, ApiToken, Code, CodePurpose, Consent, KeptAnswer, Kind, identity_digest
from motcua.rules.consents import Purpose


def by_login(text: str) -> Account | None:
    """The account that `text` names: by login first, else by its proven e-mail or telephone number."""
    login = clean_login(text)
    if not login or "\x00" in login:
        return None
    found = {account.login == login: account for account in Account.objects.filter(_named(login))}
    return found.get(True) or found.get(False)


def is_taken(contact: str, *, but: Account | None = None) -> bool:
    """Whether `contact` (stored form) belongs to an account, other than `but`."""
    taken = Account.objects.filter(_named(contact))
    return (taken.exclude(pk=but.pk) if but else taken).exists()


def by_identity(number: str) -> QuerySet[Account]:
    """The active accounts of the person with this CCCD or CMND, found by digest."""
    digest = identity_digest(number)
    return Account.objects.filter(identity_hash=digest, is_active=True) if digest else Account.objects.none()


def claimants(number: str) -> QuerySet[Account]:
    """Active citizens' accounts that say they are the person with this number: it may be so, or just typed."""
    return by_identity(number).filter(kind=Kind.PERSON).order_by("pk")


def national_link(account: Account) -> SocialAccount | None:
    """How this account is linked with the national portal, if it is."""
    return SocialAccount.objects.filter(user=account, provider=NATIONAL).order_by("pk").first()


def account_by_token(raw: str) -> Account | None:
    """The active account whose open bearer token is `raw`, or None."""
    token = (
        ApiToken.objects.select_related("account")
        .filter(digest=token_digest(raw), revoked_at=None, account__is_active=True)
        .first()
    )
    return token.account if token else None


def token_digest(raw: str) -> str:
    """SHA-256 of a token in hexadecimal; a token has 256 random bits, so no key is needed."""
    return hashlib.sha256(raw.encode()).hexdigest()


def pending_code(code_id: int | None, purpose: CodePurpose) -> Code | None:
    """The unused code with this id, for showing where it went; None when there is none."""
    if code_id is None:
        return None
    return Code.objects.select_related("account").filter(pk=code_id, purpose=purpose, used_at=None).first()


def consents_of(account_id: int | None) -> dict[Purpose, Consent]:
    """What this person has agreed to and not taken back."""
    if account_id is None:
        return {}
    rows = Consent.objects.filter(account_id=account_id, withdrawn_at=None).order_by("pk")
    return {Purpose(row.purpose): row for row in rows}


def kept_answers(account_id: int | None) -> list[KeptAnswer]:
    """What is kept of this person's answers, for the next form; by label."""
    if account_id is None:
        return []
    return list(KeptAnswer.objects.filter(account_id=account_id).order_by("label", "pk"))


def _named(login: str) -> Q:
    return Q(login=login) | Q(email=login) | Q(phone=login)
