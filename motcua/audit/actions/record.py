"""Adding an event to its subject's chain, in the transaction of its act: two statements, always."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from motcua.audit.facts import (
    EMPTY,
    Link,
    Subject,
    add_names,
    canonical,
    digest_of,
    event_seal,
    head_seal,
    name_digest,
    plain,
    tally_seal,
)
from motcua.rules.people import Actor, Role

# Locks the chain's head (making it for a first event) and, for a first event only, the tally of its stripe.
_TAKE = """
WITH head AS (
    INSERT INTO audit_chainhead (subject_kind, subject_id, seq, digest, seal) VALUES (%s, %s, 0, '', '')
    ON CONFLICT (subject_kind, subject_id) DO UPDATE SET seq = audit_chainhead.seq
    RETURNING seq, digest, seal
), birth AS (
    INSERT INTO audit_tally (stripe, chains, sum, seal) SELECT %s, 0, '', '' FROM head WHERE head.seq = 0
    ON CONFLICT (stripe) DO UPDATE SET chains = audit_tally.chains
    RETURNING chains, sum, seal
)
SELECT head.seq, head.digest, head.seal, birth.chains, birth.sum, birth.seal FROM head LEFT JOIN birth ON true
"""

_ADD = """
WITH added AS (
    INSERT INTO audit_event (subject_kind, subject_id, seq, at, actor_account_id, actor_name, role, verb,
    body, previous, digest, seal)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s)
), born AS (
    UPDATE audit_tally SET chains = %s, sum = %s, seal = %s WHERE stripe = %s
)
UPDATE audit_chainhead SET seq = %s, digest = %s, seal = %s WHERE subject_kind = %s AND subject_id = %s
"""


def record(
    *,
    subject: Subject,
    verb: str,
    by: Actor,
    at: datetime,
    body: dict[str, Any] | None = None,
    role: Role | str | None = None,
) -> Link:
    """Add one event to the chain of `subject` (its kind and its id, such as ``("dossier", code)``).

    Must run inside the transaction of the act, so that act and event stand or fall together (ASVS 2.3.3);
    raises RuntimeError otherwise. `role` is the role acted in; without it, that of the actor's first post.
    `body` holds JSON values, dates, decimals and UUIDs (never floats). The chain stays locked until the
    transaction ends.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an audit event is written in the transaction of its act")
    key = settings.AUDIT_KEY.encode()
    name = name_digest(subject)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [*subject, name[0]])
        seq, last, seal, chains, total, tally = cursor.fetchone()
        # A seal that was broken stays broken: re-sealing would hide the tampering from `verify`.
        unbroken = _fresh(seq, seal) or hmac.compare_digest(bytes(seal), head_seal(key, subject, seq, bytes(last)))
        link = _sealed(
            key,
            Link(
                subject=subject,
                seq=seq + 1,
                at=at,
                actor_account_id=by.account_id,
                actor_name=str(plain(by.name))[:250],
                role=str(role or _role_of(by)),
                verb=str(verb),
                body=plain(body or {}),
                previous=bytes(last),
            ),
        )
        head = head_seal(key, subject, link.seq, link.digest) if unbroken else EMPTY
        born = _born(key, name, chains, total, tally) if chains is not None else (None, None, None, None)
        cursor.execute(_ADD, [*_row(link), *born, link.seq, link.digest, head, *subject])
    return link


def record_read(
    *,
    subject: Subject,
    by: Actor,
    at: datetime,
    body: dict[str, Any] | None = None,
    role: Role | str | None = None,
) -> Link:
    """Add the event that `by` read what belongs to somebody else (promise G15).

    Every reading is an event, also the tenth in a minute: finding out whether one was recorded lately would
    cost as much as recording it, and how often somebody looks is what an inspection wants to know.
    """
    with transaction.atomic():
        return record(subject=subject, verb="read", by=by, at=at, body=body, role=role)


def _sealed(key: bytes, link: Link) -> Link:
    digest = digest_of(link)
    return replace(link, digest=digest, seal=event_seal(key, digest))


def _fresh(count: int, seal: Any) -> bool:
    return count == 0 and bytes(seal) == EMPTY


def _role_of(by: Actor) -> Role:
    if by.is_system:
        return Role.SYSTEM
    return by.posts[0].role if by.posts else Role.APPLICANT


def _born(key: bytes, name: bytes, chains: int, total: Any, seal: Any) -> tuple[int, bytes, bytes, int]:
    """The tally of a stripe after one more chain: its count, sum, seal and number."""
    stripe, total = name[0], bytes(total)
    unbroken = _fresh(chains, seal) or hmac.compare_digest(bytes(seal), tally_seal(key, stripe, chains, total))
    total = add_names(total, [name])
    return chains + 1, total, tally_seal(key, stripe, chains + 1, total) if unbroken else EMPTY, stripe


def _row(link: Link) -> list[Any]:
    return [
        *link.subject,
        link.seq,
        link.at,
        link.actor_account_id,
        link.actor_name,
        link.role,
        link.verb,
        canonical(link.body).decode(),
        link.previous,
        link.digest,
        link.seal,
    ]
