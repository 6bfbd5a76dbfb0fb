"""What was played so far, in a file beside the database, so that an interrupted load goes on where it stopped.

One line for each beat, written once its transaction stands. A process killed between the two plays that beat again;
its verb then refuses, because the dossier has moved on.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings


class Progress:
    """The beats done, and for each story its dossier (public id) and the step it stands at."""

    def __init__(self, path: Path, at: datetime) -> None:
        self._path, self.at = path, at
        self.done: set[int] = set()
        self.stories: dict[int, tuple[str, int]] = {}

    @classmethod
    def begin(cls, at: datetime) -> Progress:
        """Nothing is played yet."""
        progress = cls(_path(), at)
        progress._path.write_text(json.dumps({"at": at.isoformat()}) + "\n", encoding="utf-8")
        return progress

    @classmethod
    def unfinished(cls) -> Progress | None:
        """What an interrupted load has left, if there was one."""
        path = _path()
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        facts = [fact for line in lines if (fact := _read(line)) is not None]
        if not facts or "at" not in facts[0]:
            return None
        progress = cls(path, datetime.fromisoformat(facts[0]["at"]))
        for fact in facts[1:]:
            progress.done.add(fact["beat"])
            progress.stories[fact["story"]] = (fact["dossier"], fact["step"])
        return progress

    def note(self, *, beat: int, story: int, dossier: str, step: int) -> None:
        """A beat stands in the database."""
        line = json.dumps({"beat": beat, "story": story, "dossier": dossier, "step": step})
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def finish(self) -> None:
        """All is played."""
        self._path.unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.DATA_DIR) / "demo-progress.jsonl"


def _read(line: str) -> dict[str, Any] | None:
    """One line; None for one that a crash cut short."""
    try:
        fact: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return fact
