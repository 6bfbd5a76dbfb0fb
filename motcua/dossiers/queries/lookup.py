"""The public look-up (HY-17, HY-18) as promises §6 says: codes carry no right, a proof does.

Without a proof a code shows procedure, state and promised date with the name masked, and an identity number shows
nothing at all; the answer is the same, after the same work, whether or not anything exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.accounts.models import identity_digest
from motcua.audit.actions import record
from motcua.dossiers.facts import RELATED
from motcua.dossiers.facts.secrets import secret_matches
from motcua.dossiers.models import Dossier
from motcua.rules.codes import BadCode, DossierCode, parse_identity
from motcua.rules.people import Actor
from motcua.rules.text import mask_name

VISITOR = Actor.system("Người tra cứu công khai")
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What anybody may see who knows a code."""

    code: str
    procedure: str
    state: str
    masked_name: str
    promised_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed into the one box: a dossier code, an identity number, or neither."""

    code: str = ""
    identity: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.code and not self.identity


def read_asked(text: str) -> Asked:
    """Tell a dossier code from an identity number; spaces and small letters are forgiven."""
    compact = "".join(text.split()).upper()
    try:
        return Asked(code=DossierCode.parse(compact).text)
    except BadCode:
        pass
    try:
        _, digits = parse_identity(compact)
    except BadCode:
        return Asked()
    return Asked(identity=digits)


def glimpse(code: str) -> Glimpse | None:
    """The masked answer to a code without a proof; None for an unknown code and for a sensitive procedure."""
    row = (
        Dossier.objects.filter(code=code, revision__is_sensitive=False)
        .select_related("revision")
        .only("code", "state", "promised_at", "applicant_name", "revision__name", "revision__short_name")
        .first()
    )
    if row is None:
        return None
    return Glimpse(
        code=code,
        procedure=row.revision.title,
        state=row.state_words,
        masked_name=mask_name(row.applicant_name),
        promised_at=row.promised_at,
    )


def by_secret(asked: Asked, secret: str, *, at: datetime) -> list[Dossier]:
    """Dossiers that the secret on a receipt opens: that one for a code, all of the person's for an identity number."""
    candidates = list(_candidates(asked))
    matches = [secret_matches(dossier, secret) for dossier in candidates]
    if not any(matches):
        return []
    return _told(candidates, at, proof="secret")


def by_contact(asked: Asked, contact: str, *, at: datetime) -> list[Dossier]:
    """Dossiers of whoever has just proved to own ``contact``, an address on file with them."""
    return _told([row for row in _candidates(asked) if contact in contacts_of(row)], at, proof="contact")


def contact_on_file(asked: Asked) -> str:
    """Where a one-time code for this look-up goes: the newest dossier's telephone or e-mail; "" for none."""
    newest = next(iter(_candidates(asked)), None)
    return next(iter(contacts_of(newest)), "") if newest else ""


def contacts_of(dossier: Dossier) -> list[str]:
    return [contact for contact in (dossier.applicant_phone, dossier.applicant_email) if contact]


def _candidates(asked: Asked) -> list[Dossier]:
    rows = Dossier.objects.select_related(*RELATED).exclude(code=None).order_by("-submitted_at", "-pk")
    if asked.code:
        return list(rows.filter(code=asked.code))
    # Asked even for a blank number, so that nothing can be learned from the time the answer takes.
    return list(rows.filter(applicant_identity_hash=identity_digest(asked.identity or "0"))[:MOST_LISTED])


def _told(rows: list[Dossier], at: datetime, *, proof: str) -> list[Dossier]:
    for row in rows:
        record(subject=row.subject, verb="looked_up", by=VISITOR, at=at, body={"proof": proof})
    return rows
