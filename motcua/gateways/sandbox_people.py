"""The invented people and enterprises the sandbox twins know, from a file the demo loader writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PEOPLE = "people.json"


def known_people(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """``{"population": {number: {"name", "birth_date", …}}, "enterprises": {…}}``; nobody before a demo is loaded."""
    try:
        found = json.loads((folder / PEOPLE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_people(folder: Path, people: dict[str, dict[str, dict[str, Any]]]) -> None:
    """Write the file whole or not at all; whoever stands there already and is not named now stays."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = known_people(folder)
    merged = {kind: {**kept.get(kind, {}), **people.get(kind, {})} for kind in {*kept, *people}}
    fresh = folder / f"{PEOPLE}.new"
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(merged, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(folder / PEOPLE)
