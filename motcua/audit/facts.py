"""What an event says as plain values, how it is digested and sealed, and how one chain is judged.

Nothing here knows a table: `tools/verify_audit.py` repeats the same arithmetic independently, from an export
alone. Every digest and seal begins with a word of its own, so that none can be passed off as another.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any
from uuid import UUID

Subject = tuple[str, str]
EMPTY = b""


@dataclass(frozen=True, slots=True)
class Link:
    """One event of a chain. `at` is aware; `digest` covers everything else but `seal`, which is keyed."""

    subject: Subject
    seq: int
    at: datetime
    actor_account_id: int | None
    actor_name: str
    role: str
    verb: str
    body: Any
    previous: bytes
    digest: bytes = EMPTY
    seal: bytes = EMPTY


@dataclass(frozen=True, slots=True)
class Head:
    """The recorded end of a chain."""

    subject: Subject
    seq: int
    digest: bytes
    seal: bytes


class Wrong(StrEnum):
    """What can be wrong with the record; the first six are what a superuser could try (promise G11)."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TAIL_CUT = "tail_cut"
    CHAIN_REMOVED = "chain_removed"
    CHAIN_ADDED = "chain_added"
    HEAD_MISSING = "head_missing"
    HEAD_CHANGED = "head_changed"
    TALLY_CHANGED = "tally_changed"
    ANCHOR_BROKEN = "anchor_broken"
    ANCHOR_REMOVED = "anchor_removed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where. `seq` is 0 when it concerns a chain or stripe as a whole."""

    wrong: Wrong
    subject: Subject
    seq: int
    detail: str


def plain(value: Any) -> Any:
    """`value` as JSON that reads back from the database unchanged: no floats, no NUL, moments in UTC.

    Raises TypeError for what has no such form: an event must never fail to verify because of rounding.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dict):
        return {_text(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [plain(item) for item in items]
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, str | date | Decimal | UUID):
        return _text(str(value))
    raise TypeError(f"an audit event cannot hold a {type(value).__name__}")


def _text(value: str) -> str:
    return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def moment(at: datetime) -> str:
    """`at` in UTC with microseconds, always written alike."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(value: Any) -> bytes:
    """The one way a JSON value is written before it is digested: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def digest_of(link: Link) -> bytes:
    """SHA-256 over everything an event says and the digest of the event before it."""
    kind, identifier = link.subject
    said = {
        "subject": [kind, identifier],
        "seq": link.seq,
        "at": moment(link.at),
        "actor": [link.actor_account_id, link.actor_name],
        "role": link.role,
        "verb": link.verb,
        "body": link.body,
        "previous": link.previous.hex(),
    }
    return hashlib.sha256(b"motcua.event\n" + canonical(said)).digest()


def _keyed(key: bytes, purpose: str, *parts: Any) -> bytes:
    return hmac.digest(key, canonical([purpose, *parts]), "sha256")


def event_seal(key: bytes, digest: bytes) -> bytes:
    """Shows that the event was written by somebody who holds the key, which the database does not."""
    return _keyed(key, "event", digest.hex())


def head_seal(key: bytes, subject: Subject, seq: int, digest: bytes) -> bytes:
    """Shows that the chain ends where its head says."""
    return _keyed(key, "head", *subject, seq, digest.hex())


def tally_seal(key: bytes, stripe: int, chains: int, total: bytes) -> bytes:
    """Shows how many chains a stripe has, and which (by the sum of their names)."""
    return _keyed(key, "tally", stripe, chains, total.hex())


def anchor_seal(
    key: bytes, number: int, at: datetime, *, span: tuple[int, int, int], root: bytes, previous: bytes
) -> bytes:
    """Signs one anchor; `span` is (after id, last id, number of events), `previous` the seal before it."""
    return _keyed(key, "anchor", number, moment(at), *span, root.hex(), previous.hex())


def name_digest(subject: Subject) -> bytes:
    """SHA-256 of a subject's name; its first byte is the stripe the chain is counted in."""
    return hashlib.sha256("/".join(subject).encode()).digest()


def add_names(total: bytes, names: Iterable[bytes]) -> bytes:
    """The sum modulo 2^256: the order in which chains were born does not matter."""
    number = int.from_bytes(total) + sum(int.from_bytes(name) for name in names)
    return (number % 2**256).to_bytes(32)


class MerkleRoot:
    """The RFC 6962 tree over leaves that come one by one, in memory that grows with their logarithm."""

    def __init__(self) -> None:
        self.count = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        """Append one leaf."""
        self.count += 1
        size, node = 1, hashlib.sha256(b"\x00" + leaf).digest()
        while self._peaks and self._peaks[-1][0] == size:
            _, left = self._peaks.pop()
            size, node = size * 2, hashlib.sha256(b"\x01" + left + node).digest()
        self._peaks.append((size, node))

    def value(self) -> bytes:
        """The root over the leaves so far; of none, the digest of nothing."""
        if not self._peaks:
            return hashlib.sha256(EMPTY).digest()
        _, node = self._peaks[-1]
        for _, left in reversed(self._peaks[:-1]):
            node = hashlib.sha256(b"\x01" + left + node).digest()
        return node


def judge_chain(key: bytes, subject: Subject, head: Head | None, links: Sequence[Link]) -> list[Finding]:
    """Everything wrong with one chain, whose events come in order of `seq`."""
    found: list[Finding] = []

    def report(wrong: Wrong, seq: int, detail: str) -> None:
        found.append(Finding(wrong, subject, seq, detail))

    expected, previous, sound = 1, EMPTY, True
    numbers = [link.seq for link in links]
    for link in links:
        if link.seq > expected:
            report(Wrong.REMOVED, expected, f"thiếu sự kiện số {_span(expected, link.seq - 1)}")
            sound = False
        wrong = _judge_link(key, link, numbers)
        if wrong:
            report(wrong, link.seq, _EXPLAINED[wrong])
        elif sound and link.previous != previous:
            report(Wrong.REORDERED, link.seq, "không nối tiếp sự kiện đứng trước")
        expected, previous, sound = link.seq + 1, link.digest, wrong is None
    found.extend(_judge_head(key, head, Head(subject, expected - 1, previous, EMPTY)))
    return found


_EXPLAINED = {
    Wrong.CHANGED: "nội dung không khớp với mã băm",
    Wrong.REORDERED: "đã bị đổi chỗ",
    Wrong.INSERTED: "dấu niêm không hợp lệ: không do hệ thống ghi",
}


def _judge_link(key: bytes, link: Link, numbers: Sequence[int]) -> Wrong | None:
    sealed = hmac.compare_digest(event_seal(key, link.digest), link.seal)
    if digest_of(link) == link.digest:
        return None if sealed else Wrong.INSERTED
    if sealed and any(digest_of(replace(link, seq=number)) == link.digest for number in numbers):
        return Wrong.REORDERED
    return Wrong.CHANGED


def _judge_head(key: bytes, head: Head | None, last: Head) -> Iterator[Finding]:
    """Compare the recorded head with what the events of the chain end in."""
    subject = last.subject
    if head is None:
        yield Finding(Wrong.HEAD_MISSING, subject, last.seq, "mất bản ghi đầu chuỗi")
        return
    if not hmac.compare_digest(head_seal(key, subject, head.seq, head.digest), head.seal):
        yield Finding(Wrong.HEAD_CHANGED, subject, head.seq, "bản ghi đầu chuỗi có dấu niêm không hợp lệ")
    if head.seq > last.seq:
        detail = f"thiếu sự kiện cuối chuỗi, số {_span(last.seq + 1, head.seq)}"
        yield Finding(Wrong.TAIL_CUT, subject, last.seq + 1, detail)
    elif head.seq < last.seq:
        yield Finding(Wrong.INSERTED, subject, head.seq + 1, f"có sự kiện thừa sau số {head.seq}")
    elif head.digest != last.digest:
        yield Finding(Wrong.HEAD_CHANGED, subject, head.seq, "bản ghi đầu chuỗi không khớp sự kiện cuối")


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
