"""Who files: as an account says, as a person at the counter told it, or as it was put right; kept with the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from motcua.accounts.facts import profile
from motcua.accounts.models import Account, identity_digest
from motcua.base.errors import Refusal
from motcua.dossiers.facts import form_of
from motcua.dossiers.models import Dossier
from motcua.eforms.queries import RoomLookups
from motcua.rules.codes import BadCode, parse_email, parse_identity, parse_phone
from motcua.rules.eforms import prefill
from motcua.rules.text import clean_line


@dataclass(frozen=True, slots=True)
class WalkIn:
    """A person at the counter, as typed: any writing of numbers is forgiven."""

    name: str
    identity: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


def known_of(account: Account) -> dict[str, Any]:
    """What an account knows of its owner, in the values e-forms use."""
    known = profile(account)
    return {**known, "gender": {"male": "nam", "female": "nu"}.get(known.get("gender", ""))}


def describe_from_account(dossier: Dossier, account: Account) -> None:
    """Who files, as the account says."""
    address = account.address or {}
    unit = address.get("unit")
    words = RoomLookups().unit_words(unit, level="commune", scheme=address.get("scheme", "legacy")) if unit else None
    dossier.applicant = account
    dossier.applicant_kind = account.kind
    describe(
        dossier,
        name=account.name,
        identity=account.identity_number or account.tax_code,
        phone=account.phone or "",
        email=account.email or "",
        address=", ".join(filter(None, (address.get("street"), words))),
    )


def describe_walk_in(dossier: Dossier, person: WalkIn) -> None:
    """Who stands at the counter. Raises `Refusal` naming every wrong field."""
    problems: dict[str, list[str]] = {}
    values = {"identity": person.identity, "phone": person.phone, "email": person.email}
    for name, parse in (("identity", _identity), ("phone", parse_phone), ("email", parse_email)):
        try:
            values[name] = parse(values[name]) if values[name].strip() else ""
        except BadCode as bad:
            problems[name] = [bad.message]
    if not clean_line(person.name):
        problems["name"] = ["Hãy ghi họ tên người nộp."]
    if problems:
        raise Refusal("Thông tin người nộp chưa đúng.", field_errors=problems)
    describe(dossier, name=person.name, address=person.address, **values)
    known = {"full_name": dossier.applicant_name, "identity_number": dossier.applicant_identity}
    contact = {"phone": dossier.applicant_phone, "email": dossier.applicant_email}
    given = {key: value for key, value in {**known, **contact}.items() if value}
    dossier.answers = {**dossier.answers, **prefill(form_of(dossier), {"account": given}).answers}
    dossier.provenance = {}


def _identity(text: str) -> str:
    return parse_identity(text)[1]


def describe(dossier: Dossier, *, name: str, identity: str, phone: str, email: str, address: str) -> None:
    """Who files, with the keyed digest by which the identity number can be searched."""
    dossier.applicant_name = clean_line(name)[:250]
    dossier.applicant_identity = clean_line(identity)[:20]
    dossier.applicant_identity_hash = identity_digest(dossier.applicant_identity)
    dossier.applicant_phone = clean_line(phone)[:15]
    dossier.applicant_email = clean_line(email)[:254]
    dossier.applicant_address = clean_line(address)[:400]
