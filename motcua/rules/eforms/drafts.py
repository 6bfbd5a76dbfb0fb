"""What is kept of answers that are not right yet, so that nothing typed is lost."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from motcua.rules.eforms.kinds.base import is_blank
from motcua.rules.text import tidy

MAX_TEXT = 20_000
MAX_PARTS = 100
MAX_DEPTH = 3
MAX_NUMBER = 10**20


def keepable(value: object, depth: int = 0) -> Any:
    """`value` as JSON any database can hold: no NUL, no half characters, bounded in length, number and depth;
    None if blank.
    """
    kept: Any = None
    if is_blank(value):
        pass
    elif isinstance(value, str):
        kept = tidy(value[:MAX_TEXT], lines=True).text or None
    elif isinstance(value, bool):
        kept = value
    elif isinstance(value, int):
        kept = value if abs(value) <= MAX_NUMBER else None
    elif isinstance(value, float):
        kept = value if math.isfinite(value) else None
    elif depth < MAX_DEPTH and isinstance(value, Mapping):
        parts = {str(key): keepable(part, depth + 1) for key, part in list(value.items())[:MAX_PARTS]}
        kept = {tidy(key[:60]).text: part for key, part in parts.items() if part is not None} or None
    elif depth < MAX_DEPTH and isinstance(value, list | tuple):
        kept = _items(value, depth) or None
    return kept


def _items(value: Sequence[Any], depth: int) -> list[Any]:
    """The parts worth keeping; a blank row keeps its place, so that what is said of row 2 stays there."""
    kept = [keepable(part, depth + 1) for part in value[:MAX_PARTS]]
    if any(isinstance(part, Mapping) for part in value):
        return [{} if part is None else part for part in kept]
    return [part for part in kept if part is not None]
