"""Named lists of values (dân tộc, quốc tịch …): facts shipped as data files beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A list: its name, where it comes from, and its values with their words, in the order to show."""

    name: str
    title: str
    source: str
    values: Mapping[str, str]


def names() -> list[str]:
    """Names of all shipped lists."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


@cache
def _shipped() -> dict[str, Catalogue]:
    return {name: _read(name) for name in names()}


def _read(name: str) -> Catalogue:
    data = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return Catalogue(name, data["title"], data["source"], dict(data["values"]))


def catalogue(name: str) -> Catalogue | None:
    """The list of that name, or None."""
    return _shipped().get(name)
