"""A definition as JSON Schema 2020-12, for other systems; and what changed between two sets of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.rules.eforms.conditions import ALWAYS, NEVER, as_json
from motcua.rules.eforms.definition import Definition, Field, FieldType
from motcua.rules.eforms.kinds import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(definition: Definition) -> dict[str, Any]:
    """The shape of canonical answers. Conditions our language has and JSON Schema has not are given as `x-`
    members.
    """
    said = _object([field for _, field in definition.fields()])
    return {"$schema": DIALECT, "title": definition.title, "x-units": definition.units, **said}


def _object(fields: Iterable[Field]) -> dict[str, Any]:
    fields = list(fields)
    needed = [field.key for field in fields if field.required == ALWAYS and field.show_if == ALWAYS]
    said: dict[str, Any] = {"type": "object", "properties": {field.key: _property(field) for field in fields}}
    if needed:
        said["required"] = needed
    return {**said, "additionalProperties": False}


def _property(field: Field) -> dict[str, Any]:
    if field.type is FieldType.GROUP:
        said: dict[str, Any] = {"type": "array", "items": _object(field.fields), "maxItems": field.max_items}
        if field.min_items:
            said["minItems"] = field.min_items
    else:
        said = KINDS[field.type].schema(field)
    said = {
        "title": field.label,
        **({"description": field.hint} if field.hint else {}),
        "x-type": str(field.type),
        **said,
    }
    if field.show_if != ALWAYS:
        said["x-show-if"] = as_json(field.show_if)
    if field.required not in (ALWAYS, NEVER) or (field.required == ALWAYS and field.show_if != ALWAYS):
        said["x-required"] = as_json(field.required)
    return said


def diff(definition: Definition, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Paths whose answers differ, in the order of the form; rows are compared by position, a row gained or
    lost is one path.
    """
    changed: list[str] = []
    for _, field in definition.fields():
        old, new = before.get(field.key), after.get(field.key)
        if old == new:
            continue
        if field.type is FieldType.GROUP and isinstance(old or [], list) and isinstance(new or [], list):
            changed += _rows_diff(field, old or [], new or [])
        else:
            changed.append(field.key)
    return changed


def _rows_diff(group: Field, old: list[Any], new: list[Any]) -> list[str]:
    changed: list[str] = []
    for index in range(max(len(old), len(new))):
        path = f"{group.key}.{index}"
        if index >= len(old) or index >= len(new):
            changed.append(path)
            continue
        changed += [f"{path}.{sub.key}" for sub in group.fields if old[index].get(sub.key) != new[index].get(sub.key)]
    return changed
