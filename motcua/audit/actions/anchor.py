"""The hourly anchor: one signed root over all that is new, noted in the database and outside of it."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from motcua.audit.facts import EMPTY, anchor_seal, moment
from motcua.audit.models import Anchor, Event
from motcua.audit.queries.anchors import notebook_path, root_over


def anchor(*, at: datetime) -> Anchor | None:
    """Sign what was recorded since the last anchor; None when there is nothing new.

    The table is held for a moment against writers, because a lower id can be committed after a higher one:
    once no writer is under way, nothing can still appear below the highest id. Waiting is limited to two
    seconds; a caller that meets a long transaction gets the database's error and tries again later.
    """
    last_id = _settled_id()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_anchor IN EXCLUSIVE MODE")
        before = Anchor.objects.order_by("-number").first()
        after_id, number, previous = (
            (before.last_id, before.number + 1, bytes(before.seal)) if before else (0, 1, EMPTY)
        )
        if last_id <= after_id:
            return None
        tree = root_over(after_id, last_id)
        root, span = tree.value(), (after_id, last_id, tree.count)
        new = Anchor.objects.create(
            number=number,
            at=at,
            after_id=after_id,
            last_id=last_id,
            events=tree.count,
            root=root,
            previous=previous,
            seal=anchor_seal(settings.AUDIT_KEY.encode(), number, at, span=span, root=root, previous=previous),
        )
        transaction.on_commit(lambda: _note(new, notebook_path()))
    return new


def _settled_id() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        cursor.execute("LOCK TABLE audit_event IN SHARE MODE")
        return Event.objects.aggregate(last=Max("id"))["last"] or 0


def _note(new: Anchor, path: Path) -> None:
    """Append the anchor to the notebook and wait until the disk has it."""
    line = {"number": new.number, "at": moment(new.at), "events": new.events, "seal": bytes(new.seal).hex()}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())
