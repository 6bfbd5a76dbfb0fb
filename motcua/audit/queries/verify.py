"""Is the record still what was written? Walks everything page by page, while others go on writing."""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from motcua.audit.facts import EMPTY, Finding, Wrong, add_names, judge_chain, name_digest, tally_seal
from motcua.audit.queries.anchors import judge_anchors
from motcua.audit.queries.chains import chains

_TALLY = "SELECT stripe, chains, sum, seal FROM audit_tally ORDER BY stripe"

# One statement sees one moment: the tally of a stripe together with the chains that are there.
_STRIPE = """
SELECT t.chains, t.sum, h.subject_kind, h.subject_id
FROM (SELECT %(stripe)s::int AS stripe) s
LEFT JOIN audit_tally t ON t.stripe = s.stripe
LEFT JOIN audit_chainhead h ON get_byte(sha256(convert_to(h.subject_kind || '/' || h.subject_id, 'UTF8')), 0)
= s.stripe
"""


def verify() -> Iterator[Finding]:
    """Everything wrong with the record, as it is found; nothing at all when it is whole.

    Chains are read in pages of whole chains, each page by one statement, hence events added meanwhile do not
    look like tampering. Memory does not grow with the number of events.
    """
    key = settings.AUDIT_KEY.encode()
    counts: dict[int, tuple[int, bytes]] = {}
    for subject, head, links in chains():
        yield from judge_chain(key, subject, head, links)
        if head is not None:
            name = name_digest(subject)
            count, total = counts.get(name[0], (0, EMPTY))
            counts[name[0]] = count + 1, add_names(total, [name])
    yield from _judge_tallies(key, counts)
    yield from judge_anchors()


def _judge_tallies(key: bytes, counts: dict[int, tuple[int, bytes]]) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(_TALLY)
        tallies = {stripe: (chains, bytes(total), bytes(seal)) for stripe, chains, total, seal in cursor.fetchall()}
    for stripe in sorted(tallies.keys() | counts.keys()):
        subject = ("tally", str(stripe))
        chains, total, seal = tallies.get(stripe, (0, EMPTY, EMPTY))
        if not hmac.compare_digest(tally_seal(key, stripe, chains, total), seal):
            yield Finding(Wrong.TALLY_CHANGED, subject, 0, "bảng đếm chuỗi có dấu niêm không hợp lệ")
        if counts.get(stripe, (0, EMPTY)) != (chains, total):
            yield from _judge_stripe(stripe)


def _judge_stripe(stripe: int) -> Iterator[Finding]:
    """Count a suspicious stripe again in one statement: chains may have been born since the walk passed."""
    with connection.cursor() as cursor:
        cursor.execute(_STRIPE, {"stripe": stripe})
        rows = cursor.fetchall()
    chains, total = rows[0][0] or 0, bytes(rows[0][1] or EMPTY)
    names = [name_digest((kind, identifier)) for _, _, kind, identifier in rows if kind is not None]
    subject = ("tally", str(stripe))
    if len(names) < chains:
        yield Finding(Wrong.CHAIN_REMOVED, subject, 0, f"đã ghi {chains} chuỗi, nay còn {len(names)}")
    elif len(names) > chains:
        yield Finding(Wrong.CHAIN_ADDED, subject, 0, f"đã ghi {chains} chuỗi, nay có {len(names)}")
    elif names and add_names(EMPTY, names) != total:
        yield Finding(Wrong.CHAIN_REMOVED, subject, 0, "có chuỗi đã bị thay bằng chuỗi khác")
