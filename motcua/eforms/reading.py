"""Given answers as sections to read: the citizen's check page, the print view, the officer's screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.eforms.queries import RoomLookups
from motcua.eforms.render import source_words
from motcua.rules.eforms import Definition, PrintedAnswer, print_steps


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer in words; `rows` of a group hold their cells; `mark` is what an officer wrote about it."""

    path: str
    label: str
    text: str
    rows: tuple[tuple[PrintedAnswer, ...], ...]
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """The answers of one step; `edit_url` is empty where nothing may be changed."""

    key: str
    title: str
    edit_url: str
    answers: tuple[AnswerView, ...]


def sections(
    definition: Definition,
    answers: Mapping[str, Any],
    *,
    lookups: RoomLookups,
    today: date,
    edit_url: Callable[[str], str] | None = None,
    provenance: Mapping[str, str] | None = None,
    marks: Mapping[str, str] | None = None,
    blanks: bool = False,
) -> list[SectionView]:
    """For `eforms/answers.html`. `edit_url(step key)` gives the address where a step is changed."""
    printed = print_steps(definition, answers, lookups, today=today, blanks=blanks, provenance=provenance)
    return [
        SectionView(
            step.key,
            step.title,
            edit_url(step.key) if edit_url else "",
            tuple(
                AnswerView(
                    answer.path,
                    answer.label,
                    answer.text,
                    answer.rows,
                    source_words(answer.source),
                    (marks or {}).get(answer.path, ""),
                )
                for answer in step.answers
            ),
        )
        for step in printed
    ]
