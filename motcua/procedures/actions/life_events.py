"""The shipped entries by what happens in a life, and the procedures that belong to them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from motcua.procedures.models import LifeEvent, Procedure

_FILE = Path(__file__).resolve().parent.parent / "life_events.toml"


@cache
def shipped() -> dict[str, dict[str, str]]:
    """Key → title and summary, in the order to show."""
    with _FILE.open("rb") as file:
        return {row["key"]: row for row in tomllib.load(file)["event"]}


def join_life_events(procedure: Procedure, keys: Sequence[str]) -> None:
    """Let the procedure stand under exactly these entries, making the shipped ones that are not there yet."""
    events = []
    for position, (key, row) in enumerate(shipped().items()):
        if key in keys:
            event, _ = LifeEvent.objects.get_or_create(
                key=key, defaults={"title": row["title"], "summary": row["summary"], "position": position}
            )
            events.append(event)
    procedure.life_events.set(events)
