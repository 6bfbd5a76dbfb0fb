"""Finding procedures: what was typed, narrowed by facets, with the number each further choice would leave (HY-7)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from motcua.procedures.queries.held import Catalogue, Entry, catalogue
from motcua.procedures.queries.search_index import MAX_QUERY, words_of
from motcua.rules.text import clean_line

FACETS = ("agency", "sector", "tier", "level", "mode", "audience", "event", "online")
MOST_ELSEWHERE = 5

_SYNONYMS = Path(__file__).resolve().parent.parent / "synonyms.toml"
_CODE = re.compile(r"[1-9]\.\d{1,6}(?:\.[\w.]+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: entries best first (without words: filed online first, then by name), and what a filter would leave.

    ``exact`` is False when nothing has every word and these are the nearest; ``elsewhere`` are services that a
    ministry runs itself and that we only link to (CB-20).
    """

    query: str
    filters: Mapping[str, str]
    entries: tuple[Entry, ...]
    counts: Mapping[str, Mapping[str, int]]
    exact: bool
    elsewhere: tuple[Entry, ...]


def search(query: str, filters: Mapping[str, str], *, at: datetime) -> Found:
    """Procedures in force for what a person typed (may be empty) and chose.

    `filters` maps a facet of `FACETS` to one value; unknown facets and empty values are ignored, an unknown value
    finds nothing. Counts of a facet are taken with all the other filters, so that each shows what choosing it would
    give. Asks the database nothing while the catalogue is unchanged.
    """
    book = catalogue(at)
    typed = clean_line(query)[:MAX_QUERY]
    chosen = {facet: filters[facet] for facet in FACETS if filters.get(facet)}
    positions, exact, away = _positions(book, typed)
    found = _bits(positions)
    narrowed = _narrow(book, found, chosen)
    counts = {
        facet: _counts(book, _narrow(book, found, {key: chosen[key] for key in chosen if key != facet}), facet)
        for facet in FACETS
    }
    entries = tuple(book.entries[position] for position in positions if narrowed >> position & 1)
    return Found(typed, chosen, entries, counts, exact, away)


def _positions(book: Catalogue, typed: str) -> tuple[Iterable[int], bool, tuple[Entry, ...]]:
    """Positions in order of fit, whether they fit exactly, and what is run elsewhere."""
    if not words_of(typed):
        return range(len(book.entries)), True, ()
    if _CODE.fullmatch(typed):
        return (
            [position for position, entry in enumerate(book.entries) if entry.code.startswith(typed)],
            True,
            tuple(entry for entry in book.elsewhere if entry.code.startswith(typed))[:MOST_ELSEWHERE],
        )
    readings = readings_of(typed)
    hits = book.index.search(readings)
    away = book.elsewhere_index.search(readings)
    there = away.positions[:MOST_ELSEWHERE] if away.exact else ()
    return hits.positions, hits.exact, tuple(book.elsewhere[position] for position in there)


def readings_of(typed: str) -> tuple[str, ...]:
    """The query as typed, and once for each synonym with the official words in place of what people say."""
    words = words_of(typed)
    text = f" {' '.join(words)} "
    readings = [typed]
    for said, finds in _synonyms():
        if f" {said} " in text:
            rest = text.replace(f" {said} ", " ").strip()
            for find in finds:
                readings += [find] if not rest else [f"{find} {rest}", find]
    return tuple(dict.fromkeys(readings))[:16]


@cache
def _synonyms() -> list[tuple[str, tuple[str, ...]]]:
    """What people say, folded, the longest first, with what the catalogue calls it."""
    with _SYNONYMS.open("rb") as file:
        groups = tomllib.load(file)["synonym"]
    pairs = [(" ".join(words_of(said)), tuple(group["find"])) for group in groups for said in group["say"]]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _bits(positions: Iterable[int]) -> int:
    bits = 0
    for position in positions:
        bits |= 1 << position
    return bits


def _narrow(book: Catalogue, bits: int, chosen: Mapping[str, str]) -> int:
    for facet, value in chosen.items():
        bits &= book.masks.get((facet, value), 0)
    return bits


def _counts(book: Catalogue, bits: int, facet: str) -> dict[str, int]:
    return {
        value: (mask & bits).bit_count() for (name, value), mask in book.masks.items() if name == facet and mask & bits
    }
