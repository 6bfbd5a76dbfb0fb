"""Every route of the product as the URL resolver knows it, with its places filled by whoever asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """A route: its name with namespaces, its pattern, its view, and the kind of each place."""

    name: str
    pattern: str
    view: Any
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def namespace(self) -> str:
        return self.name.partition(":")[0].partition("-")[0] if ":" in self.name else ""

    def path_with(self, values: Mapping[str, str]) -> str:
        """The address with each place filled: by its name, else by its kind."""

        def fill(match: re.Match[str]) -> str:
            return values.get(match[2]) or values[match[1] or "str"]

        return "/" + _PLACE.sub(fill, self.pattern)


def routes() -> Iterator[Route]:
    """All of them, in the order they are tried."""
    yield from _below(get_resolver(), "", ())


def _below(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _below(entry, pattern, (*spaces, entry.namespace) if entry.namespace else spaces)
        elif isinstance(entry, URLPattern):
            places = {name: kind or "str" for kind, name in _PLACE.findall(pattern)}
            yield Route(":".join([*spaces, entry.name or ""]), pattern, entry.callback, places)
