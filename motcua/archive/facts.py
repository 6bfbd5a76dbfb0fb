"""How long one dossier is kept and who has said so; who may do what in an agency's archive."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from motcua.policy.models import Clause
from motcua.rules.people import Actor, Post, Role
from motcua.rules.policy import Policy
from motcua.rules.policy_words import KEY_WORDS
from motcua.rules.retention import Term

KEY = "retention"
"""The clause that says a term."""


@dataclass(frozen=True, slots=True)
class Said:
    """A term, on what it rests, and whether somebody stands for it or the system only suggests it."""

    term: Term
    basis: str
    is_confirmed: bool


@cache
def sectors() -> Mapping[str, Said]:
    """The terms suggested by sector (`sectors.toml`)."""
    rows = tomllib.loads((Path(__file__).parent / "sectors.toml").read_text(encoding="utf-8"))["sector"]
    return {code: Said(Term(row["term"]), row["basis"], False) for row in rows for code in row["codes"]}


def term_of(clauses: Iterable[Clause], *, day: date, agency_id: int, procedure: str, sector: str) -> Said:
    """The term of a procedure's dossiers on a day: by the narrowest clause that names the procedure, else as suggested
    for its sector, else by a clause for the agency or the province, else the default. The two in between that nobody
    has stated are marked as such.
    """
    valid = [
        clause
        for clause in clauses
        if clause.key == KEY
        and clause.since <= day
        and (clause.until is None or day < clause.until)
        and clause.agency_id in (None, agency_id)
    ]
    valid.sort(key=lambda clause: (clause.agency_id is not None, clause.since), reverse=True)
    for named in (procedure, ""):
        found = next((clause for clause in valid if clause.procedure_code == named), None)
        if found is not None:
            return Said(Term(found.value), found.basis, True)
        if named and sector in sectors():
            return sectors()[sector]
    return Said(Policy().retention, KEY_WORDS[KEY].basis, False)


def keeps_archive(post: Post, agency_id: int) -> bool:
    """Whether a post keeps the archive of an agency, or that of one whose work its agency took over."""
    return post.role is Role.ARCHIVIST and (post.agency_id == agency_id or agency_id in post.inherits)


def may_propose(by: Actor, agency_id: int) -> bool:
    """Whoever keeps the archive proposes, holds and confirms terms."""
    return any(keeps_archive(post, agency_id) for post in by.posts)


def may_decide(by: Actor, agency_id: int) -> bool:
    """A list is decided by a leader of the agency or by another who keeps its archive."""
    leads = any(
        post.role is Role.LEADER and (post.agency_id == agency_id or agency_id in post.inherits) for post in by.posts
    )
    return leads or may_propose(by, agency_id)


def agencies_of(by: Actor) -> set[int]:
    """The agencies whose archive this person may open."""
    mine = [post for post in by.posts if post.role in (Role.ARCHIVIST, Role.LEADER)]
    return {agency for post in mine for agency in (post.agency_id, *post.inherits)}
