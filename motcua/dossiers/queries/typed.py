"""Words that a typed answer of the form must hold: found as names are, without accents, the last one unfinished.

The index that answers names answers these too: beside the words of the name it holds "=field=word" for each word of
each typed answer (`dossier_words` in the database), and the words of the agencies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.contrib.postgres.search import SearchQueryField
from django.db.models import Func, Value

from motcua.dossiers.models.dossier import AGENCY_WORD
from motcua.rules.text import fold

HOLDS = "~co"
"""Ends the name of the box in which such words are typed; the field's key stands before it."""

MOST_LETTERS = 100
_LONGEST = 60
"""Letters of a word that the database keeps."""
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_WORD = re.compile(r"[a-z0-9]+")


def words_of(text: str) -> list[str]:
    """The words of what was typed, as the database keeps them; none where there is no letter and no digit."""
    return [word[:_LONGEST] for word in _WORD.findall(fold(text[:MOST_LETTERS]))]


def sought(typed: Iterable[tuple[str, str]], agencies: Sequence[int]) -> Func | None:
    """What `Dossier.search` is asked: for every word in its field, in one of these agencies. None: no match."""
    terms = []
    for key, text in typed:
        words = words_of(text)
        if not words or not _KEY.fullmatch(key):
            return None
        terms += [f"'={key}={word}'" for word in words]
        terms[-1] += ":*"
    if not terms or not agencies:
        return None
    here = " | ".join(f"{AGENCY_WORD}{one}" for one in agencies)
    query = f"({here}) & {' & '.join(terms)}"
    return Func(Value(query), template="(%(expressions)s)::tsquery", output_field=SearchQueryField())
