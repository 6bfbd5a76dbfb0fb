"""Which questions stand on the page for given answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.rules.eforms.comparable import Scope
from motcua.rules.eforms.definition import Definition, Field, FieldType, Step


def visible(definition: Definition, answers: Mapping[str, Any], *, today: date) -> frozenset[str]:
    """Paths of all fields shown for these (canonical) answers; rows give paths such as `thanh_vien.0.ho_ten`.

    The answer of a hidden question counts as empty for the questions after it.
    """
    paths: set[str] = set()
    seen: dict[str, Any] = {}
    scope = Scope(definition.by_key, seen, today)
    for _, field in definition.fields():
        if not scope.holds(field.show_if):
            continue
        paths.add(field.key)
        seen[field.key] = answers.get(field.key)
        if field.type is FieldType.GROUP:
            paths |= _in_rows(field, answers.get(field.key), scope)
    return frozenset(paths)


def _in_rows(group: Field, rows: Any, scope: Scope) -> set[str]:
    paths: set[str] = set()
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        seen: dict[str, Any] = {}
        inner = Scope({field.key: field for field in group.fields}, seen, scope.today, scope)
        for field in group.fields:
            if inner.holds(field.show_if):
                paths.add(f"{group.key}.{index}.{field.key}")
                seen[field.key] = row.get(field.key) if isinstance(row, Mapping) else None
    return paths


def visible_steps(definition: Definition, answers: Mapping[str, Any], *, today: date) -> tuple[Step, ...]:
    """The steps that have something to ask for these answers, in order."""
    paths = visible(definition, answers, today=today)
    return tuple(step for step in definition.steps if any(field.key in paths for field in step.fields))
