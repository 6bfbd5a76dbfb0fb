"""The documentation page: the OpenAPI schema as one plain page of ours, with nothing loaded from anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing to send in the path, the query or a header."""

    name: str
    where: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One value inside a body: where it stands and of what kind it is."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One call for `api/docs.html`."""

    anchor: str
    method: str
    path: str
    summary: str
    words: str
    needs_token: bool
    parameters: tuple[Parameter, ...]
    body_kinds: tuple[str, ...]
    body: tuple[Line, ...]
    answer: tuple[Line, ...]
    statuses: tuple[int, ...]


def page(request: HttpRequest, api: NinjaAPI) -> HttpResponse:
    """All calls by subject."""
    return render(request, "api/docs.html", {"groups": groups_of(api), "security": "Authorization: Bearer mc_…"})


@cache
def groups_of(api: NinjaAPI) -> list[tuple[str, list[Operation]]]:
    """Operations by tag in the order they were registered."""
    schema: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    named = schema["components"]["schemas"]
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            groups.setdefault(told["tags"][0], []).append(_operation(path, method, told, named))
    return list(groups.items())


def _operation(path: str, method: str, told: dict[str, Any], named: dict[str, Any]) -> Operation:
    contents = told.get("requestBody", {}).get("content", {})
    body = next((one["schema"] for one in contents.values()), None)
    good: dict[str, Any] = next((one for status, one in told["responses"].items() if str(status).startswith("2")), {})
    answer = next((one.get("schema") for one in good.get("content", {}).values()), None)
    return Operation(
        anchor=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told.get("summary", ""),
        words=told.get("description", ""),
        needs_token="security" in told,
        parameters=tuple(_parameter(one) for one in told.get("parameters", [])),
        body_kinds=tuple(contents),
        body=_lines(body, named),
        answer=_lines(answer, named),
        statuses=tuple(int(status) for status in told["responses"]),
    )


def _parameter(one: dict[str, Any]) -> Parameter:
    schema = one.get("schema", {})
    kind = schema.get("type") or next((part.get("type", "") for part in schema.get("anyOf", [])), "")
    return Parameter(one["name"], one["in"], str(kind), bool(one.get("required")), schema.get("description", ""))


def _lines(schema: dict[str, Any] | None, named: dict[str, Any]) -> tuple[Line, ...]:
    return tuple(_walk(schema, named, "", frozenset())) if schema else ()


def _walk(schema: dict[str, Any], named: dict[str, Any], path: str, seen: frozenset[str]) -> Iterator[Line]:
    """Every value a schema has, by path: ``items[].code``; references are followed once."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        if name in seen:
            return
        schema, seen = named.get(name, {}), seen | {name}
    ways = [one for way in ("oneOf", "anyOf", "allOf") for one in schema.get(way, ())]
    rich = next((one for one in ways if "$ref" in one or one.get("type") in ("object", "array")), None)
    if rich is not None:
        yield from _walk(rich, named, path, seen)
    elif schema.get("properties"):
        for key, one in schema["properties"].items():
            yield from _walk(one, named, f"{path}.{key}" if path else key, seen)
    elif schema.get("type") == "array":
        yield from _walk(schema.get("items", {}), named, f"{path}[]", seen)
    else:
        yield Line(path or "·", _kind(schema, ways))


def _kind(schema: dict[str, Any], ways: list[dict[str, Any]]) -> str:
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if ways:
        return " | ".join(_kind(one, []) for one in ways)
    kind = schema.get("type", "any")
    form = schema.get("format", "")
    return f"{kind} ({form})" if form else " | ".join(kind) if isinstance(kind, list) else str(kind)
