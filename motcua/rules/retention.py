"""How long a closed dossier is kept, and when its term has ended.

The terms are those of the lists of records (Luật Lưu trữ 33/2024/QH15): some years, or for ever. A term counts from the
day the dossier was closed. That a term has ended never destroys anything: it only lets an archivist propose it.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from enum import StrEnum


class Term(StrEnum):
    """Terms of preservation (thời hạn lưu trữ)."""

    YEARS_2 = "2"
    YEARS_5 = "5"
    YEARS_10 = "10"
    YEARS_20 = "20"
    YEARS_70 = "70"
    PERMANENT = "permanent"

    @property
    def years(self) -> int | None:
        """How many; None for ever."""
        return None if self is Term.PERMANENT else int(self.value)


TERM_WORDS: Mapping[Term, str] = {term: "Vĩnh viễn" if term.years is None else f"{term.years} năm" for term in Term}


def ends_on(term: Term, closed_on: date) -> date | None:
    """The last day of the term: the same day of the last year (Bộ luật Dân sự 2015 điều 148), None for ever.

    Where that year has no such day (29 February), the last day of the month.
    """
    if term.years is None:
        return None
    year = closed_on.year + term.years
    last = calendar.monthrange(year, closed_on.month)[1]
    return closed_on.replace(year=year, day=min(closed_on.day, last))


def is_over(end: date | None, today: date) -> bool:
    """Whether a term that lasts to ``end`` is over: from the day after."""
    return end is not None and today > end


def sample_size(kept: int) -> int:
    """How many packages a weekly look takes out: one in a hundred, at least one where there is any."""
    return -(-kept // 100)
