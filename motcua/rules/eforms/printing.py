"""Answers in words: for the check page, the print view, official papers and the officer's screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.rules.eforms.definition import Definition, Field, FieldType
from motcua.rules.eforms.kinds import KINDS
from motcua.rules.eforms.kinds.base import is_blank
from motcua.rules.eforms.lookups import Lookups
from motcua.rules.eforms.visible import visible


@dataclass(frozen=True, slots=True)
class PrintedAnswer:
    """One question and its answer in words. For a group `rows` holds its rows, and `text` all of them in one
    line each.
    """

    path: str
    label: str
    text: str
    type: FieldType
    rows: tuple[tuple[PrintedAnswer, ...], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class PrintedStep:
    """One step with the answers given in it."""

    key: str
    title: str
    answers: tuple[PrintedAnswer, ...]


@dataclass(frozen=True, slots=True)
class _Press:
    """What every answer is printed with."""

    definition: Definition
    lookups: Lookups
    paths: frozenset[str]
    provenance: Mapping[str, str]

    def answer(self, field: Field, path: str, value: Any) -> PrintedAnswer:
        """One answer; a group becomes its rows, each with the cells that were filled."""
        source = self.provenance.get(path, "")
        if field.type is not FieldType.GROUP:
            return PrintedAnswer(path, field.label, self.words(field, value), field.type, source=source)
        rows = tuple(
            tuple(
                self.answer(sub, f"{path}.{index}.{sub.key}", row.get(sub.key))
                for sub in field.fields
                if f"{path}.{index}.{sub.key}" in self.paths and not is_blank(row.get(sub.key))
            )
            for index, row in enumerate(value if isinstance(value, list) else [])
            if isinstance(row, Mapping)
        )
        text = "\n".join("; ".join(f"{cell.label}: {cell.text}" for cell in row) for row in rows)
        return PrintedAnswer(path, field.label, text, field.type, rows, source)

    def words(self, field: Field, value: Any) -> str:
        """The answer in words; one that is not understood (an older program's) is shown as it is."""
        if is_blank(value):
            return ""
        try:
            return KINDS[field.type].show(field, value, self.lookups, self.definition.units)
        except (TypeError, ValueError, AttributeError, ArithmeticError):
            return str(value)


def print_steps(
    definition: Definition,
    answers: Mapping[str, Any],
    lookups: Lookups,
    *,
    today: date,
    blanks: bool = False,
    provenance: Mapping[str, str] | None = None,
) -> list[PrintedStep]:
    """Every visible answer in words, by step. With `blanks` unanswered questions come with an empty text."""
    paths = visible(definition, answers, today=today)
    press = _Press(definition, lookups, paths, provenance or {})
    steps: list[PrintedStep] = []
    for step in definition.steps:
        printed = [
            press.answer(field, field.key, answers.get(field.key))
            for field in step.fields
            if field.key in paths and (blanks or not is_blank(answers.get(field.key)))
        ]
        if printed:
            steps.append(PrintedStep(step.key, step.title, tuple(printed)))
    return steps


def print_rows(
    definition: Definition, answers: Mapping[str, Any], lookups: Lookups, *, today: date, blanks: bool = False
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same as plain pairs: [(step title, [(label, text)])]; each row of a group is a pair of its own
    ("Thành viên 1").
    """
    told: list[tuple[str, list[tuple[str, str]]]] = []
    for step in print_steps(definition, answers, lookups, today=today, blanks=blanks):
        pairs: list[tuple[str, str]] = []
        for answer in step.answers:
            if answer.rows:
                lines = answer.text.split("\n")
                pairs += [(f"{answer.label} ({number})", line) for number, line in enumerate(lines, 1)]
            else:
                pairs.append((answer.label, answer.text))
        told.append((step.title, pairs))
    return told
