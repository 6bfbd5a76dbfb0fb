"""The panel that shows declared values beside those of connected databases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.ports import is_connected
from motcua.dossiers.queries.crosschecks import CrossCheckView, crosschecks_of, may_crosscheck
from motcua.rules.acts import Act
from motcua.rules.crosscheck import BIRTH_DATE, MATCHES, Declared, Match
from motcua.rules.lifecycle import Granted, Refused
from motcua.rules.people import Actor

_URGENCY = {Match.SAME: "ok", Match.DIFFERENT: "late", Match.NO_DATA: "wait"}
_SOURCE_SAYS = {Match.SAME: _("Như đã khai"), Match.NO_DATA: "–"}


@dataclass(frozen=True, slots=True)
class Line:
    """One declared answer beside the source's."""

    label: str
    declared: str
    said: str
    words: str
    urgency: str
    mark: str = ""
    """What a button sends to take the difference into the checklist; empty where there is nothing to take."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One person or enterprise of the form."""

    label: str
    number: str
    register: str
    lines: tuple[Line, ...]
    source: str = ""
    asked_by: str = ""
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    is_stale: bool = False


def panel_of(dossier: Any, offered: Mapping[Act, Granted | Refused], actor: Actor, at: datetime) -> dict[str, Any]:
    """What the screen shows: nothing where no database is connected and none was ever asked."""
    views = crosschecks_of(dossier, at=at)
    handles = bool(views) and may_crosscheck(dossier, offered, actor, at=at)
    may_ask = handles and is_connected()
    shown = bool(views) and (may_ask or any(view.check for view in views))
    wrong = {finding.item for finding in dossier.findings.all() if finding.verdict == "wrong"}
    return {
        "subjects": [_subject(view, may_mark=handles, wrong=wrong) for view in views] if shown else [],
        "may_crosscheck": shown and may_ask,
        "was_crosschecked": any(view.check for view in views),
    }


def _subject(view: CrossCheckView, *, may_mark: bool, wrong: set[str]) -> Subject:
    question, check = view.question, view.check
    said = {row["part"]: row for row in check.results} if check else {}
    marks = str(check.request_id) if check and may_mark and not view.is_stale else ""
    lines = tuple(_line(one, said.get(one.part), marks if one.item not in wrong else "") for one in question.declared)
    if check is None:
        return Subject(question.label, question.number, view.register, lines)
    return Subject(
        question.label, question.number, view.register, lines,
        check.source, check.asked_by_name, check.asked_at, check.answered_at, view.is_stale,
    )  # fmt: skip


def _line(declared: Declared, row: Mapping[str, str] | None, marks: str) -> Line:
    shown = _words(declared.part, declared.value)
    if row is None:
        return Line(declared.label, shown, "", str(_("Chưa đối chiếu")), "done")
    match = Match(row["match"])
    said = str(_SOURCE_SAYS.get(match, "")) or _words(declared.part, row.get("source_value", ""))
    mark = f"{marks}:{declared.part}" if marks and match is Match.DIFFERENT else ""
    return Line(declared.label, shown, said, MATCHES[match], _URGENCY[match], mark)


def _words(part: str, value: str) -> str:
    """A birth date as people write it; a source may say less than a day."""
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}" if part == BIRTH_DATE else value
    except ValueError:
        return value
