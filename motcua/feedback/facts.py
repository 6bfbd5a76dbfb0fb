"""From rows to plain values: what was reported as it stands at a moment, who dealt with it, and the case's secret."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.accounts.models import Account
from motcua.accounts.models import Kind as AccountKind
from motcua.agencies.models import Agency
from motcua.audit.facts import canonical
from motcua.audit.models import ChainHead
from motcua.base.digests import keyed_digest
from motcua.dossiers.facts import owner_of
from motcua.dossiers.models import Dossier, StepRun, TimelineEntry
from motcua.feedback.models import Case
from motcua.files.models import StoredFile
from motcua.notifications.models import Message
from motcua.papers.queries import by_token
from motcua.papers.queries import of as papers_of
from motcua.rules.violations import Thing

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs nobody misreads on paper: 5 bits each."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was reported: ``evidence`` as JSON; whose business it is; which dossier; which officers dealt with it."""

    evidence: dict[str, Any] = field(default_factory=dict)
    agency_id: int | None = None
    dossier_code: str = ""
    handlers: frozenset[int] = frozenset()


def snapshot(thing: Thing, ref: str, *, account_id: int | None, at: datetime) -> Seen:
    """What ``ref`` names, as it stands ``at`` this moment; nothing found is said in the evidence, never to the asker.

    A message is only looked at in the reporter's own inbox (``account_id``).
    """
    if not ref or "\x00" in ref:
        return Seen({"what": thing.value, "found": False})
    seen: Seen | None = None
    match thing:
        case Thing.DOSSIER:
            seen = _dossier(ref)
        case Thing.PAPER:
            seen = _paper(ref)
        case Thing.MESSAGE:
            seen = _message(ref, account_id)
        case _:
            pass
    if seen is None:
        return Seen({"what": thing.value, "ref": ref, "found": False, "at": at.isoformat()})
    return Seen(
        {**seen.evidence, "found": True, "at": at.isoformat()}, seen.agency_id, seen.dossier_code, seen.handlers
    )


def digest_of(evidence: dict[str, Any]) -> str:
    """SHA-256 of the evidence in its one way of being written."""
    return hashlib.sha256(canonical(evidence)).hexdigest()


def is_kept(case: Case) -> bool:
    """Whether the evidence is what it was when the case came in."""
    return hmac.compare_digest(digest_of(case.evidence), case.evidence_sha256)


def answers_digest(answers: dict[str, Any]) -> str:
    """SHA-256 of a dossier's answers; numbers as the database gives them back."""
    return hashlib.sha256(canonical(answers)).hexdigest()


def secret_of(case: Case) -> str:
    """Eight signs (40 bits) with which the reporter follows the case; derived: nothing is stored to be stolen."""
    bits = int(keyed_digest("case", str(case.public_id))[:10], 16)
    return "".join(ALPHABET[(bits >> (5 * position)) & 31] for position in range(8))


def secret_matches(case: Case, given: str) -> bool:
    """Compared in constant time; small letters, spaces and hyphens forgiven."""
    cleaned = "".join(given.split()).upper().replace("-", "")
    return hmac.compare_digest(secret_of(case).encode(), cleaned.encode())


def _dossier(code: str) -> Seen | None:
    found = Dossier.objects.select_related("revision__procedure").filter(code=code.strip().upper()).first()
    if found is None or found.code is None:
        return None
    held = StoredFile.objects.filter(owner=owner_of(found)).order_by("uploaded_at", "pk")
    head = ChainHead.objects.filter(subject_kind="dossier", subject_id=str(found.public_id)).first()
    evidence = {
        "what": Thing.DOSSIER.value,
        "code": found.code,
        "public_id": str(found.public_id),
        "procedure": found.revision.procedure.code,
        "revision": found.revision.number,
        "state": found.state,
        "applicant": found.applicant_name,
        "submitted_at": found.submitted_at.isoformat() if found.submitted_at else "",
        "answers": found.answers,
        "answers_sha256": answers_digest(found.answers),
        "files": [_file(row) for row in held],
        "papers": [_issued(row) for row in papers_of(found.code)],
        "audit": {"seq": head.seq, "digest": bytes(head.digest).hex()} if head else {},
    }
    return Seen(evidence, found.agency_id, found.code, handlers_of(found))


def handlers_of(dossier: Dossier) -> frozenset[int]:
    """Accounts of the officers who did anything with a dossier or hold it now."""
    touched = set(TimelineEntry.objects.filter(dossier=dossier).order_by().values_list("by_account_id", flat=True))
    runs = StepRun.objects.filter(dossier=dossier).order_by().values_list("holder_id", "given_by_id")
    touched |= {key for pair in runs for key in pair} | {dossier.holder_id, dossier.created_by_id}
    known = Account.objects.filter(pk__in=[key for key in touched if key is not None], kind=AccountKind.OFFICER)
    return frozenset(known.order_by().values_list("pk", flat=True))


def _file(row: StoredFile) -> dict[str, Any]:
    return {"id": str(row.pk), "name": row.name, "size": row.size, "sha256": row.sha256}


def _issued(row: Any) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "number": row.number,
        "issued_at": row.issued_at.isoformat(),
        "sha256": hashlib.sha256(canonical(row.data)).hexdigest(),
    }


def _paper(token: str) -> Seen | None:
    found = by_token(token.rstrip("/").rsplit("/", 1)[-1])
    if found is None:
        return None
    about = _dossier(found.subject)
    agency = Agency.objects.filter(code=found.agency_code).values_list("pk", flat=True).first()
    evidence = {"what": Thing.PAPER.value, "token": found.token, "subject": found.subject, **_issued(found)}
    if about is None:
        return Seen(evidence, agency)
    return Seen({**evidence, "dossier": about.evidence}, about.agency_id, about.dossier_code, about.handlers)


def _message(key: str, account_id: int | None) -> Seen | None:
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    found = Message.objects.filter(pk=wanted, recipient_account_id=account_id).first() if account_id else None
    if found is None:
        return None
    about = _dossier(found.subject_ref) if found.subject_ref else None
    text = f"{found.subject}\n{found.body}"
    evidence = {
        "what": Thing.MESSAGE.value,
        "id": str(found.pk),
        "kind": found.kind,
        "subject": found.subject,
        "body": found.body,
        "sent_at": found.created_at.isoformat(),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    if about is None:
        return Seen(evidence)
    return Seen({**evidence, "dossier": about.evidence}, about.agency_id, about.dossier_code, about.handlers)
