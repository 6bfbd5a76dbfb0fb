"""Conditions asked from outside a form: a component that is due only for some answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.rules.eforms.comparable import Scope
from motcua.rules.eforms.conditions import parse_condition
from motcua.rules.eforms.definition import Definition


def condition_holds(definition: Definition, condition: object, answers: Mapping[str, Any], *, today: date) -> bool:
    """Whether a JSON ``condition`` holds on the answers of a form. Raises ValueError when it cannot be read."""
    problems: list[str] = []
    parsed = parse_condition(condition, "Điều kiện", problems)
    if problems:
        raise ValueError("; ".join(problems))
    return Scope(definition.by_key, answers, today).holds(parsed)
