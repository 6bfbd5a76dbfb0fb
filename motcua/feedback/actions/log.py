"""Writing a line of a case's log: never changed afterwards, and each with its event in the audit (BD-19)."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from motcua.audit.actions import record
from motcua.feedback.models import Case, CaseEntry
from motcua.rules.people import Actor
from motcua.rules.violations import Entry


def write(
    case: Case, kind: Entry, words: str, *, by: Actor, at: datetime, body: dict[str, Any] | None = None
) -> CaseEntry:
    """Add one line in the transaction of what it tells of; the audit holds the digest of its words."""
    entry = CaseEntry.objects.create(
        case=case,
        at=at,
        kind=kind.value,
        state_after=case.state,
        words=words,
        by_account_id=by.account_id,
        by_name=by.name,
    )
    said = {"entry": entry.pk, "state": case.state, "words_sha256": hashlib.sha256(words.encode()).hexdigest()}
    record(subject=case.subject, verb=kind.value, by=by, at=at, body={**said, **(body or {})})
    return entry
