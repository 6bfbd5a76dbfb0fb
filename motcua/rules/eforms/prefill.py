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


KEPT = "kept"
"""The source of answers a person gave on an earlier form and agreed to have kept (HY-12)."""

_NEVER_KEPT = frozenset({FieldType.DECLARATION, FieldType.FILE, FieldType.GROUP})
_CHOSEN = frozenset({FieldType.CHOICE, FieldType.MULTI_CHOICE})


@dataclass(frozen=True, slots=True)
class Said:
    """An answer kept from an earlier form: the kind of question it answered and its value."""

    type: str
    value: Any


def meaning(form_key: str, item: Field) -> str:
    """What a question asks for, the same on every form that asks it: the account's fact it is filled from, else the
    form's own key with the question's, which stay the same through the form's versions. Labels are never compared.
    """
    return item.prefill or f"{form_key}.{item.key}"


def to_keep(definition: Definition, form_key: str, answers: Mapping[str, Any]) -> dict[str, tuple[Field, Any]]:
    """Of these answers, what fills in the same questions next time, by meaning. Declarations are made anew each time,
    and files belong to the vault.
    """
    found: dict[str, tuple[Field, Any]] = {}
    for _, item in definition.fields():
        value = keepable(answers.get(item.key))
        if value is None or item.type in _NEVER_KEPT:
            continue
        if item.type is FieldType.ADDRESS and isinstance(value, dict):
            value = {**value, "scheme": definition.units}
        found.setdefault(meaning(form_key, item), (item, value))
    return found


def prefill(
    definition: Definition,
    sources: Mapping[str, Mapping[str, Any]],
    *,
    form_key: str = "",
    kept: Mapping[str, Said] | None = None,
) -> Prefilled:
    """Answers for fields with `prefill` or `default`. `sources` is keyed by name: {"account": {"full_name":
    "…"}}. `kept` holds what the person said before, by `meaning`; it fills what the sources do not know.

    What nothing knows is left to the default; values are judged only later, with everything else.
    """
    answers: dict[str, Any] = {}
    provenance: dict[str, str] = {}
    for _, item in definition.fields():
        name, value = _from_sources(item, sources)
        if value is None and kept:
            name, value = KEPT, _as_said(item, kept.get(meaning(form_key, item)))
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


def _as_said(item: Field, said: Said | None) -> Any:
    """The kept answer, if this question takes such an answer."""
    if said is None or said.type != item.type.value or item.type in _NEVER_KEPT:
        return None
    if item.type in _CHOSEN:
        chosen = said.value if isinstance(said.value, list) else [said.value]
        if not {option.value for option in item.options} >= set(chosen):
            return None
    return keepable(said.value)


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
