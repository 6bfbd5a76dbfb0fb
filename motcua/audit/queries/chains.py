"""Whole chains, one after another, in pages read by one statement each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db import connection

from motcua.audit.facts import Head, Link, Subject

_PAGE = 200

# The next subjects that have a head or events, then all that is known of them.
_CHAINS = """
WITH page AS (
    (SELECT subject_kind, subject_id FROM audit_chainhead
     WHERE (subject_kind, subject_id) > (%(kind)s, %(id)s) ORDER BY subject_kind, subject_id LIMIT %(page)s)
    UNION
    (SELECT DISTINCT subject_kind, subject_id FROM audit_event
     WHERE (subject_kind, subject_id) > (%(kind)s, %(id)s) ORDER BY subject_kind, subject_id LIMIT %(page)s)
    ORDER BY subject_kind, subject_id LIMIT %(page)s
)
SELECT p.subject_kind, p.subject_id, h.seq, h.digest, h.seal,
       e.seq, e.at, e.actor_account_id, e.actor_name, e.role, e.verb, e.body, e.previous, e.digest, e.seal
FROM page p
LEFT JOIN audit_chainhead h USING (subject_kind, subject_id)
LEFT JOIN audit_event e USING (subject_kind, subject_id)
ORDER BY p.subject_kind, p.subject_id, e.seq
"""


def chains() -> Iterator[tuple[Subject, Head | None, list[Link]]]:
    """Every subject with its head (None when missing) and its events in order of `seq`."""
    after: Subject = ("", "")
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_CHAINS, {"kind": after[0], "id": after[1], "page": _PAGE})
            rows = cursor.fetchall()
        if not rows:
            return
        for after, group in groupby(rows, key=lambda row: (row[0], row[1])):
            own = list(group)
            yield after, _head(after, own[0]), [_link(after, row[5:]) for row in own if row[5] is not None]


_CHAIN = """
SELECT n.kind, n.id, h.seq, h.digest, h.seal,
       e.seq, e.at, e.actor_account_id, e.actor_name, e.role, e.verb, e.body, e.previous, e.digest, e.seal
FROM (SELECT %(kind)s::text AS kind, %(id)s::text AS id) n
LEFT JOIN audit_chainhead h ON h.subject_kind = n.kind AND h.subject_id = n.id
LEFT JOIN audit_event e ON e.subject_kind = n.kind AND e.subject_id = n.id
ORDER BY e.seq
"""


def chain_of(subject: Subject) -> tuple[Head | None, list[Link]]:
    """One subject's head (None when it has none) and its events in order of `seq`."""
    with connection.cursor() as cursor:
        cursor.execute(_CHAIN, {"kind": subject[0], "id": subject[1]})
        rows = cursor.fetchall()
    return _head(subject, rows[0]), [_link(subject, row[5:]) for row in rows if row[5] is not None]


def _head(subject: Subject, row: tuple[Any, ...]) -> Head | None:
    if row[2] is None:
        return None
    return Head(subject, row[2], bytes(row[3]), bytes(row[4]))


def _link(subject: Subject, row: tuple[Any, ...]) -> Link:
    seq, at, account, name, role, verb, body, previous, digest, seal = row
    said = json.loads(body) if isinstance(body, str) else body
    return Link(subject, seq, at, account, name, role, verb, said, bytes(previous), bytes(digest), bytes(seal))
