"""Roots over spans of events, and whether the anchors still agree with them."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from motcua.audit.facts import EMPTY, Finding, MerkleRoot, Wrong, anchor_seal
from motcua.audit.models import Anchor, Event

_PAGE = 5000


def notebook_path() -> Path:
    """The file outside the database in which each anchor is noted too."""
    return Path(getattr(settings, "AUDIT_NOTEBOOK", "") or Path(settings.DATA_DIR) / "audit-anchors.jsonl")


def root_over(after_id: int, last_id: int) -> MerkleRoot:
    """The tree over the digests of the events with `after_id` < id <= `last_id`, in order of id."""
    tree, here = MerkleRoot(), after_id
    while here < last_id:
        rows = Event.objects.filter(id__gt=here, id__lte=last_id).order_by("id")
        page = list(rows.values_list("id", "digest")[:_PAGE])
        if not page:
            break
        for _, digest in page:
            tree.add(bytes(digest))
        here = page[-1][0]
    return tree


def judge_anchors() -> Iterator[Finding]:
    """Everything wrong with the anchors: their own chain, their roots, what the notebook remembers."""
    key = settings.AUDIT_KEY.encode()
    number, after_id, previous, seals = 0, 0, EMPTY, {}
    for anchor in Anchor.objects.order_by("number"):
        subject = ("anchor", str(anchor.number))
        root, seal = bytes(anchor.root), bytes(anchor.seal)
        span = (anchor.after_id, anchor.last_id, anchor.events)
        signed = anchor_seal(key, anchor.number, anchor.at, span=span, root=root, previous=bytes(anchor.previous))
        if not hmac.compare_digest(signed, seal):
            yield Finding(Wrong.ANCHOR_BROKEN, subject, 0, "mốc niêm có dấu niêm không hợp lệ")
        elif (anchor.number, anchor.after_id, bytes(anchor.previous)) != (number + 1, after_id, previous):
            yield Finding(Wrong.ANCHOR_REMOVED, subject, 0, "thiếu mốc niêm đứng trước")
        else:
            tree = root_over(anchor.after_id, anchor.last_id)
            if tree.count < anchor.events:
                detail = f"mốc niêm có {anchor.events} sự kiện, nay còn {tree.count}"
                yield Finding(Wrong.REMOVED, subject, 0, detail)
            elif tree.value() != root:
                yield Finding(Wrong.CHANGED, subject, 0, "các sự kiện không còn khớp với mốc niêm")
        number, after_id, previous = anchor.number, anchor.last_id, seal
        seals[anchor.number] = seal.hex()
    yield from _compare_notebook(seals)


def _compare_notebook(seals: dict[int, str]) -> Iterator[Finding]:
    path = notebook_path()
    if not path.is_file():
        return
    with path.open(encoding="utf-8") as file:
        for text in file:
            try:
                line = json.loads(text)
            except ValueError:
                continue  # a line cut short by a crash; the anchor itself is in the database
            if seals.get(line["number"]) != line["seal"]:
                detail = f"mốc niêm số {line['number']} trong sổ ngoài cơ sở dữ liệu không còn trong cơ sở dữ liệu"
                yield Finding(Wrong.ANCHOR_REMOVED, ("anchor", str(line["number"])), 0, detail)
