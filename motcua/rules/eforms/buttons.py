"""The buttons inside a form that work without a script: add a row, remove a row, show the next list, ask again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.rules.eforms.definition import FieldType, Step

UNITS, UPDATE, ADD, REMOVE = "_units", "_update", "_add:", "_remove:"
SHOWN = "_shown"  # hidden input: keys of the questions that stood on the page when it was sent
_REMOVE = re.compile(r"_remove:([a-z0-9_]+):(\d{1,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button inside the form: the answers after it, and the path to bring the person back to."""

    raw: dict[str, Any]
    path: str


def pressed(step: Step, raw: Mapping[str, Any], data: Mapping[str, Sequence[str]]) -> Pressed | None:
    """What a button inside the form asks for, or None when it was the form's own button.

    `raw` are the answers just read from `data`. The page is shown again with the answers after; nothing is judged.
    """
    groups = {field.key: field for field in step.fields if field.type is FieldType.GROUP}
    for name in data:
        if name.startswith(ADD) and (group := groups.get(name.removeprefix(ADD))):
            rows = list(raw.get(group.key) or [])
            if len(rows) < group.max_items:
                rows.append({})
            return Pressed({**raw, group.key: rows}, f"{group.key}.{len(rows) - 1}")
        if (found := _REMOVE.fullmatch(name)) and found[1] in groups:
            rows = list(raw.get(found[1]) or [])
            kept = [row for index, row in enumerate(rows) if index != int(found[2])]
            return Pressed({**raw, found[1]: kept}, found[1])
    for name in (UNITS, UPDATE):
        if name in data:
            path = data[name][-1] if data[name] else ""
            return Pressed(dict(raw), path if name == UNITS else "")
    return None


def not_yet_seen(step: Step, visible: frozenset[str], data: Mapping[str, Sequence[str]]) -> list[str]:
    """Keys of questions these answers opened and the person could not see: show the page again first."""
    if SHOWN not in data:
        return []
    seen = set(",".join(data[SHOWN]).split(","))
    return [field.key for field in step.fields if field.key in visible and field.key not in seen]
