"""Reads of the room. Every case a face shows comes from `visible_to`."""

from motcua.feedback.queries.cases import (
    Narrowing,
    case_of,
    cases,
    counts,
    may_see_cases,
    of_dossier,
    reporter_of,
    visible_to,
    with_secret,
)
from motcua.feedback.queries.ratings import PageRating, Reason, rated, reasons, result_of

__all__ = [
    "Narrowing",
    "PageRating",
    "Reason",
    "case_of",
    "cases",
    "counts",
    "may_see_cases",
    "of_dossier",
    "rated",
    "reasons",
    "reporter_of",
    "result_of",
    "visible_to",
    "with_secret",
]
