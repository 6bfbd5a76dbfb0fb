"""Answers the system already has, offered so that nobody types them again (TT 32/2017: the form fills itself
in).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.rules.eforms.definition import Definition, Field, FieldType
from motcua.rules.eforms.drafts import keepable


@dataclass(frozen=True, slots=True)
class Prefilled:
    """Offered answers, and where each came from: the source's name ("account") or "default", by path."""

    answers: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)


def prefill(definition: Definition, sources: Mapping[str, Mapping[str, Any]]) -> Prefilled:
    """Answers for fields with `prefill` or `default`. `sources` is keyed by name: {"account": {"full_name":
    "…"}}.

    What a source does not know is left to the default; values are judged only later, with everything else.
    """
    answers: dict[str, Any] = {}
    provenance: dict[str, str] = {}
    for _, item in definition.fields():
        name, value = _from_sources(item, sources)
        if item.type is FieldType.ADDRESS and isinstance(value, dict):
            value = _in_tree(value, definition.units)
        if value is None and item.default is not None:
            name, value = "default", keepable(item.default)
        if value is not None and item.type not in (FieldType.DECLARATION, FieldType.FILE, FieldType.GROUP):
            answers[item.key] = value
            provenance[item.key] = name
    return Prefilled(answers, provenance)


def _from_sources(item: Field, sources: Mapping[str, Mapping[str, Any]]) -> tuple[str, Any]:
    name, *path = item.prefill.split(".")
    found: Any = sources.get(name)
    for part in path:
        found = found.get(part) if isinstance(found, Mapping) else None
    return name, keepable(found) if path else None


def _in_tree(address: dict[str, Any], units: str) -> dict[str, Any] | None:
    """The address without a unit of another tree than the form's (the same code is another place there)."""
    if address.get("scheme", units) != units:
        address = {"street": address["street"]} if "street" in address else {}
    return {part: text for part, text in address.items() if part in ("unit", "street")} or None


def still_from_source(
    provenance: Mapping[str, str], offered: Mapping[str, Any], answers: Mapping[str, Any]
) -> dict[str, str]:
    """The provenance that still holds: answers the person has not changed since they were offered."""
    return {path: name for path, name in provenance.items() if path in answers and answers[path] == offered.get(path)}
