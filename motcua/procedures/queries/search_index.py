"""Forgiving search over a few thousand texts, in memory: no diacritics needed, a word may be half typed or mistyped.

Vietnamese is written in syllables, so a query is a handful of short folded words. Words point to entries by bits
(entry number n is bit n), which makes "all of these words" one machine operation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from motcua.rules.text import canonical_tone, clean_line, fold

MAX_QUERY = 200
"""Letters of a query that are read; a name is rarely longer."""
MAX_WORDS = 24

_WORD = re.compile(r"[a-z0-9]+")
_EMPTY_WORDS = frozenset(
    ["thu", "tuc", "xin", "lam", "can", "muon", "toi", "em", "minh", "o", "dau", "nhu", "the", "nao", "cach", "ve",
     "cho", "cua", "va", "gi", "giay", "to", "ho", "so"]
)  # fmt: skip
"""Words that may be left out when nothing has all of them and another word is there."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Positions found, best first; ``exact`` is False when words had to be guessed or left out."""

    positions: tuple[int, ...]
    exact: bool


def words_of(text: str) -> list[str]:
    """Folded words of a text."""
    return _WORD.findall(fold(text))


def spoken(text: str) -> str:
    """Small letters with their diacritics, tone marks in one place, single spaces: for comparing what was typed."""
    return " ".join(re.findall(r"[^\W_]+", canonical_tone(clean_line(text)).lower()))


class SearchText(NamedTuple):
    """What one entry is found by, in falling importance; ``favour`` is added to how well it fits (about 0 to 1)."""

    title: str
    names: str = ""
    around: str = ""
    favour: float = 0.0


class SearchIndex:
    """Searches the texts of entries; entry number n is the n-th text."""

    def __init__(self, texts: Iterable[SearchText]) -> None:
        self._fields: tuple[dict[str, int], dict[str, int], dict[str, int]] = ({}, {}, {})
        self._folded: list[tuple[str, str]] = []
        self._spoken: list[str] = []
        self._favour: list[float] = []
        for position, text in enumerate(texts):
            words = [words_of(part) for part in text[:3]]
            for index, found in enumerate(words):
                for word in set(found):
                    postings = self._fields[index]
                    postings[word] = postings.get(word, 0) | 1 << position
            self._folded.append((f" {' '.join(words[0])} ", f" {' '.join(words[1])} "))
            self._spoken.append(f" {spoken(text.title)} ")
            self._favour.append(text.favour - len(text.title) / 400)
        self._anywhere: dict[str, int] = {}
        for postings in self._fields:
            for word, bits in postings.items():
                self._anywhere[word] = self._anywhere.get(word, 0) | bits
        self._vocabulary = sorted(self._anywhere)
        self._all = (1 << len(self._folded)) - 1

    def search(self, readings: Sequence[str]) -> Hits:
        """Entries for a query in all its readings (the typed one first, then with synonyms put in)."""
        scores: dict[int, float] = {}
        for read in (words_of, _meaningful_words_of):
            for number, reading in enumerate(readings):
                self._collect(reading, read(reading[:MAX_QUERY])[:MAX_WORDS], scores, malus=1.0 * bool(number))
            if scores:
                return Hits(_ranked(scores), True)
        self._guess(readings[0], scores)
        return Hits(_ranked(scores), False)

    def _collect(self, reading: str, words: list[str], scores: dict[int, float], *, malus: float) -> None:
        """Entries that have every word; the last one may be half typed."""
        if not words:
            return
        options = self._options(words)
        phrase, typed = " ".join(words), spoken(reading)
        for position in _positions(self._having_all(options)):
            score = self._score(position, options, phrase, typed) - malus
            scores[position] = max(score, scores.get(position, score))

    def _options(self, words: list[str]) -> list[list[str]]:
        """For each word what may stand for it: itself, and for the last one (first itself) all that begins so."""
        return [[word] for word in words[:-1]] + [self._prefixed(words[-1]) or [words[-1]]]

    def _having_all(self, options: list[list[str]]) -> int:
        found = self._all
        for words in options:
            found &= self._having(words)
        return found

    def _score(self, position: int, options: list[list[str]], phrase: str, typed: str) -> float:
        score = sum(self._weight(position, words) for words in options) / len(options)
        title, names = self._folded[position]
        if self._weight(position, options[-1]) > self._weight(position, [phrase.rpartition(" ")[2]]):
            score -= 1.5
        if f" {phrase}" in title:
            score += 6 + 2 * title.startswith((f" {phrase}", f" thu tuc {phrase}")) + 2 * (f" {phrase} " in title)
        elif f" {phrase}" in names:
            score += 4
        if f" {typed}" in self._spoken[position]:
            score += 1.5
        return score + self._favour[position]

    def _weight(self, position: int, words: Iterable[str]) -> float:
        """How much it counts where an entry has one of these words; 0 when it has none."""
        for weight, postings in zip((3.0, 2.0, 1.0), self._fields, strict=True):
            if any(postings.get(word, 0) >> position & 1 for word in words):
                return weight
        return 0.0

    def _guess(self, reading: str, scores: dict[int, float]) -> None:
        """No entry has every word: mend each word by what is near, then count how many words are there."""
        words = _meaningful_words_of(reading[:MAX_QUERY])[:MAX_WORDS]
        options = [self._near(word) for word in words]
        bits = [self._having(near) for near in options]
        enough = max(1, (len(words) + 1) // 2)
        for position in _positions(_any(bits)):
            there = [number for number, each in enumerate(bits) if each >> position & 1]
            if len(there) >= enough:
                fit = sum(self._weight(position, options[number]) + 1 / bits[number].bit_count() for number in there)
                scores[position] = 4 * len(there) + fit + self._favour[position]

    def _near(self, word: str) -> list[str]:
        """Known words that `word` may have been meant to be: itself, begun so, glued together, or one slip away."""
        if word in self._anywhere:
            return [word]
        if len(word) >= 3 and (begun := self._prefixed(word)):
            return begun
        for cut in range(2, len(word) - 1):
            if word[:cut] in self._anywhere and word[cut:] in self._anywhere:
                return [word[:cut], word[cut:]]
        most = 2 if len(word) >= 6 else 1 if len(word) >= 3 else 0
        return [known for known in self._vocabulary if _slips(word, known, most) <= most] if most else []

    def _prefixed(self, beginning: str) -> list[str]:
        """Known words that begin so."""
        start = bisect_left(self._vocabulary, beginning)
        end = bisect_left(self._vocabulary, beginning + "\x7f")
        return self._vocabulary[start:end]

    def _having(self, words: Iterable[str]) -> int:
        return _any(self._anywhere.get(word, 0) for word in words)


def _any(bits: Iterable[int]) -> int:
    found = 0
    for each in bits:
        found |= each
    return found


def _meaningful_words_of(text: str) -> list[str]:
    words = words_of(text)
    return [word for word in words if word not in _EMPTY_WORDS] or words


def _positions(bits: int) -> Iterable[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _ranked(scores: dict[int, float]) -> tuple[int, ...]:
    return tuple(sorted(scores, key=lambda position: (-scores[position], position)))


def _slips(one: str, other: str, most: int) -> int:
    """Edit distance (insert, leave out, change, swap two neighbours), or `most` + 1 when it is larger."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
