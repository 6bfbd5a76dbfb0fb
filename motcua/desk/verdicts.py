"""Reading the checklist an officer sends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.desk.screen import Typed
from motcua.dossiers.facts import enclosed_keys, judged_items
from motcua.rules.acts import Verdict
from motcua.rules.text import clean_text
from motcua.rules.vault import Wrong

_VERDICTS = {"yes": Verdict.OK, "no": Verdict.WRONG}


def read_verdicts(
    posted: Mapping[str, Any], dossier: Any, at: datetime
) -> tuple[Typed, dict[str, tuple[Verdict, str]]]:
    """What was typed, and of it what differs from the findings already kept.

    The button "Đạt tất cả phần còn lại" (``rest``) judges right whatever has no verdict yet.
    """
    kept = {finding.item: (finding.verdict, finding.note) for finding in dossier.findings.all()}
    verdicts: dict[str, str] = {}
    notes: dict[str, str] = {}
    wanted: dict[str, tuple[Verdict, str]] = {}
    for item in judged_items(dossier, enclosed_keys(dossier), today=at.date()):
        chosen = str(posted.get(f"v:{item.key}", ""))
        note = clean_text(str(posted.get(f"n:{item.key}", "")))[:1000]
        if chosen not in _VERDICTS and "rest" in posted and item.key not in kept:
            chosen = "yes"
        if chosen in _VERDICTS:
            verdicts[item.key], notes[item.key] = chosen, note
            if kept.get(item.key) != (_VERDICTS[chosen].value, note):
                wanted[item.key] = (_VERDICTS[chosen], note)
        elif note:
            notes[item.key] = note
    return Typed(verdicts, notes, wrongs={key: one.value for key, one in wrongs_in(posted).items()}), wanted


def wrongs_in(posted: Mapping[str, Any]) -> dict[str, Wrong]:
    """What is said to be wrong with papers that are used again, by item (BN-7)."""
    known = {one.value: one for one in Wrong}
    said = {str(key)[2:]: str(value) for key, value in posted.items() if str(key).startswith("w:paper:")}
    return {item: known[value] for item, value in said.items() if value in known}
