"""The rules in force as the public page shows them: clauses with their sentences, and what changed when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from motcua.policy.models import Clause
from motcua.rules.policy import KEYS, Policy
from motcua.rules.policy_words import KEY_WORDS, Theme, sentence_of

_DEFAULTS = Policy()


@dataclass(frozen=True, slots=True)
class Rule:
    """One key on one day. ``since`` is None for a national default; ``until`` is the day it ends, where known."""

    key: str
    label: str
    sentence: str
    basis: str
    since: date | None = None
    until: date | None = None
    scope: str = ""
    """For whom only; empty: the whole province."""


@dataclass(frozen=True, slots=True)
class Group:
    """A theme with its rules."""

    theme: str
    anchor: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What one clause changed on its day, or what its end brought back."""

    label: str
    sentence: str
    before: str
    basis: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which something changed. ``ahead``: it has not come yet."""

    day: date
    ahead: bool
    changes: tuple[Change, ...]


def groups_on(clauses: Sequence[Clause], day: date) -> list[Group]:
    """Every key by theme, as it stands on a day: the province's clause or the national default, then narrower ones."""
    held = [clause for clause in clauses if _holds(clause, day)]
    rules: dict[Theme, list[Rule]] = {theme: [] for theme in Theme}
    for key in KEYS:
        of_key = [clause for clause in held if clause.key == key]
        own = next((clause for clause in of_key if not scope_of(clause)), None)
        told = [_rule(own) if own else _default(key)]
        told += [_rule(clause) for clause in of_key if scope_of(clause)]
        rules[KEY_WORDS[key].theme] += told
    return [Group(theme.value, theme.name.lower(), tuple(found)) for theme, found in rules.items()]


def turns_of(clauses: Iterable[Clause], *, today: date) -> list[Turn]:
    """Every day on which a clause began, or ended with nothing after it; the latest first."""
    found: list[tuple[date, Change]] = []
    ordered = sorted(clauses, key=lambda clause: (*_scope_key(clause), clause.since))
    for _scope, group in groupby(ordered, key=_scope_key):
        before: Clause | None = None
        for clause in group:
            if before is not None and before.until is not None and before.until < clause.since:
                found.append((before.until, _ended(before)))
                before = None
            found.append((clause.since, _begun(clause, before)))
            before = clause
        if before is not None and before.until is not None:
            found.append((before.until, _ended(before)))
    order = {key: place for place, key in enumerate(KEYS)}
    labels = {KEY_WORDS[key].label: place for key, place in order.items()}
    found.sort(key=lambda pair: (-pair[0].toordinal(), labels[pair[1].label], pair[1].scope))
    return [
        Turn(day, day > today, tuple(change for _day, change in changes))
        for day, changes in groupby(found, key=lambda pair: pair[0])
    ]


def scope_of(clause: Clause) -> str:
    """For whom a clause holds when not for the whole province."""
    parts = []
    if clause.agency:
        parts.append(_("Riêng %(agency)s") % {"agency": clause.agency.name})
    if clause.procedure_code:
        parts.append(_("Riêng thủ tục %(code)s") % {"code": clause.procedure_code})
    return "; ".join(parts)


def _scope_key(clause: Clause) -> tuple[str, int, str]:
    return (clause.key, clause.agency_id or 0, clause.procedure_code)


def _holds(clause: Clause, day: date) -> bool:
    return clause.since <= day and (clause.until is None or day < clause.until)


def _rule(clause: Clause) -> Rule:
    words = KEY_WORDS[clause.key]
    sentence = sentence_of(clause.key, clause.value)
    return Rule(clause.key, words.label, sentence, clause.basis, clause.since, clause.until, scope_of(clause))


def _default(key: str) -> Rule:
    words = KEY_WORDS[key]
    return Rule(key, words.label, sentence_of(key, getattr(_DEFAULTS, key)), words.basis)


def _begun(clause: Clause, before: Clause | None) -> Change:
    """A clause begins: what was said before it, by a clause of its scope or by the nation."""
    words, scope = KEY_WORDS[clause.key], scope_of(clause)
    if before is not None:
        earlier = sentence_of(before.key, before.value)
    else:
        earlier = "" if scope else sentence_of(clause.key, getattr(_DEFAULTS, clause.key))
    sentence = sentence_of(clause.key, clause.value)
    return Change(words.label, sentence, "" if earlier == sentence else earlier, clause.basis, scope)


def _ended(clause: Clause) -> Change:
    """A clause ends and none of its scope follows: the wider rule holds again."""
    words, scope = KEY_WORDS[clause.key], scope_of(clause)
    back = _("Trở lại quy định chung của tỉnh.") if scope else sentence_of(clause.key, getattr(_DEFAULTS, clause.key))
    return Change(words.label, back, sentence_of(clause.key, clause.value), "" if scope else words.basis, scope)
