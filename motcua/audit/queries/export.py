"""The whole record as JSON lines, for a verifier that has no database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from motcua.audit.facts import Head, Link, Subject, moment
from motcua.audit.models import Anchor, Tally
from motcua.audit.queries.chains import chain_of, chains


def export() -> Iterator[str]:
    """Lines of kinds ``event``, ``head``, ``tally``, ``anchor``; the events of a chain, then its head."""
    for subject, head, links in chains():
        yield from _chain(subject, head, links)
    for tally in Tally.objects.order_by("stripe"):
        total, seal = bytes(tally.sum).hex(), bytes(tally.seal).hex()
        yield _line("tally", stripe=tally.stripe, chains=tally.chains, sum=total, seal=seal)
    for anchor in Anchor.objects.order_by("number"):
        yield _line(
            "anchor",
            number=anchor.number,
            at=moment(anchor.at),
            after_id=anchor.after_id,
            last_id=anchor.last_id,
            events=anchor.events,
            root=bytes(anchor.root).hex(),
            previous=bytes(anchor.previous).hex(),
            seal=bytes(anchor.seal).hex(),
        )


def export_of(subject: Subject) -> Iterator[str]:
    """The lines of one subject's chain alone: ``event`` by ``event``, then ``head``."""
    yield from _chain(subject, *chain_of(subject))


def _chain(subject: Subject, head: Head | None, links: Iterable[Link]) -> Iterator[str]:
    name = {"subject": list(subject)}
    for link in links:
        yield _line(
            "event",
            **name,
            seq=link.seq,
            at=moment(link.at),
            actor=[link.actor_account_id, link.actor_name],
            role=link.role,
            verb=link.verb,
            body=link.body,
            previous=link.previous.hex(),
            digest=link.digest.hex(),
            seal=link.seal.hex(),
        )
    if head is not None:
        yield _line("head", **name, seq=head.seq, digest=head.digest.hex(), seal=head.seal.hex())


def _line(kind: str, **values: Any) -> str:
    return json.dumps({"kind": kind, **values}, ensure_ascii=False, separators=(",", ":"))
