"""Which dossiers the demo has: procedure, agency, applicant and ending of each, the same for every load of one day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from motcua.console.demo.offices import Offices
from motcua.console.demo.people import office_key
from motcua.console.demo.sources import Sources
from motcua.console.demo.stories import Ending
from motcua.rules.acts import Channel

ENDINGS: dict[Ending, int] = {
    Ending.DELIVERED: 132,
    Ending.REFUSED: 9,
    Ending.DECLINED: 12,
    Ending.WITHDRAWN: 8,
    Ending.RESULT_READY: 18,
    Ending.AWAITING_SEAL: 9,
    Ending.AWAITING_APPROVAL: 14,
    Ending.EXAMINING: 34,
    Ending.SUPPLEMENT_PROPOSED: 3,
    Ending.AWAITING_SUPPLEMENT: 12,
    Ending.AWAITING_PAYMENT: 6,
    Ending.SUBMITTED: 17,
    Ending.DRAFT: 5,
    Ending.STOPPED: 3,
    Ending.APOLOGISED: 3,
    Ending.APOLOGY_WAITING: 2,
    Ending.OPINION_ASKED: 3,
    Ending.PAPERS_BY_POST: 2,
}
TIMED = frozenset({Ending.APOLOGISED, Ending.APOLOGY_WAITING, Ending.OPINION_ASKED, Ending.PAPERS_BY_POST})
"""Endings whose story says itself how late it is; at communes, where other divisions and a post office are near."""

LEADS: tuple[tuple[str, Ending, str], ...] = (
    ("2.000635", Ending.DRAFT, "lan@example.vn"),
    ("2.000635", Ending.DELIVERED, "lan@example.vn"),
    ("1.001193", Ending.AWAITING_SUPPLEMENT, "lan@example.vn"),
    ("1.013225", Ending.EXAMINING, "lan@example.vn"),
    ("1.004873", Ending.RESULT_READY, "lan@example.vn"),
    ("2.001827", Ending.EXAMINING, "songbien@example.vn"),
    ("1.013225", Ending.AWAITING_APPROVAL, "songbien@example.vn"),
    ("2.000635", Ending.DELIVERED, "dung@example.vn"),
)
"""Dossiers of the people one can log in as, so that each finds something of their own."""

FRESH: tuple[tuple[str, Ending], ...] = (
    ("2.000635", Ending.SUBMITTED),
    ("1.001193", Ending.SUBMITTED),
    ("1.013225", Ending.SUBMITTED),
    ("1.001193", Ending.EXAMINING),
    ("2.000635", Ending.EXAMINING),
    ("1.013225", Ending.AWAITING_APPROVAL),
    ("1.001193", Ending.AWAITING_APPROVAL),
    ("2.000635", Ending.AWAITING_SEAL),
    ("1.001193", Ending.AWAITING_SEAL),
    ("2.000635", Ending.RESULT_READY),
)
"""Just come in at the commune of the cast: the next step of each can be shown at once."""


JOINT: tuple[tuple[str, Ending, str], ...] = (
    ("2.001023", Ending.PART_FILED, ""),
    ("2.001023", Ending.PART_ACCEPTED, "lan@example.vn"),
)
"""Joint dossiers at the commune of the cast: one part waits at the other agency's counter, one is in hand there."""


@dataclass(frozen=True)
class Planned:
    """One dossier to be: `login` names an account of the cast, else the applicant is invented."""

    code: str
    agency: str
    ending: Ending
    channel: Channel
    login: str = ""
    fresh: bool = False
    late: bool = False


def plan(sources: Sources, offices: Offices, draw: random.Random, *, scale: float = 1.0) -> Iterator[Planned]:
    """All dossiers; `scale` makes fewer of those that only fill the lists (tests)."""
    cast = f"xa-{sources.stage[0]}"
    procedures = {code: row["demo"] for code, row in sources.procedures.items()}
    for code, ending, login in LEADS:
        if code in procedures:
            agency = agencies_of(procedures[code], offices, sources)[0]
            yield Planned(code, agency, ending, Channel.ONLINE, login, fresh=ending == Ending.DRAFT)
    for code, ending in FRESH:
        yield Planned(code, cast, ending, Channel.ONLINE, fresh=True)
    for ending, count in ENDINGS.items():
        fitting = [code for code, demo in procedures.items() if _fits(ending, demo, sources.procedures[code])]
        weights = [procedures[code]["share"] for code in fitting]
        for code in draw.choices(fitting, weights, k=max(round(count * scale), 1)) if fitting else ():
            agencies = agencies_of(procedures[code], offices, sources)
            agency = agencies[0] if draw.random() < 0.45 else draw.choice(agencies)
            channel = _channel(sources.procedures[code], ending, draw)
            late = draw.random() < 0.12 and ending not in TIMED
            yield Planned(code, agency, ending, channel, late=late)
    for code, ending, login in JOINT:
        if code in procedures:
            yield Planned(code, cast, ending, Channel.ONLINE, login)


def agencies_of(demo: dict[str, Any], offices: Offices, sources: Sources) -> list[str]:
    """Keys of the agencies with people that offer a procedure, the cast's first."""
    places = {"communes": [f"xa-{unit}" for unit in sources.stage], "land_branches": ["land"]}
    keys = [key for name in demo["offered_by"] for key in places.get(name, [name])]
    return [office_key(key, offices, sources) for key in keys]


def _fits(ending: Ending, demo: dict[str, Any], definition: dict[str, Any]) -> bool:
    """Whether a dossier of this procedure can come to this ending."""
    if ending in TIMED and not _is_told_at_communes(ending, demo, definition):
        return False
    if ending in (Ending.AWAITING_SUPPLEMENT, Ending.SUPPLEMENT_PROPOSED, Ending.PAPERS_BY_POST):
        return "supplement" in demo
    if ending == Ending.AWAITING_PAYMENT:
        return is_prepaid(definition)
    return definition["service_level"] >= 3 or ending in (Ending.DELIVERED, Ending.AWAITING_SEAL, Ending.EXAMINING)


def _is_told_at_communes(ending: Ending, demo: dict[str, Any], definition: dict[str, Any]) -> bool:
    """Days enough for a delay to show, whole working days that a story can count, and one kind of office."""
    has_days = definition["time"]["unit"] == "working_days" and definition["time"]["amount"] >= 3
    return demo["offered_by"] == ["communes"] and (has_days or ending == Ending.PAPERS_BY_POST)


def is_prepaid(definition: dict[str, Any]) -> bool:
    """Whether something must be paid before acceptance."""
    return any(fee.get("due", "before") == "before" and fee.get("amount") != 0 for fee in definition["fees"])


def _channel(definition: dict[str, Any], ending: Ending, draw: random.Random) -> Channel:
    if definition["service_level"] < 3:
        return Channel.COUNTER
    if ending == Ending.DRAFT:
        return Channel.ONLINE
    return draw.choices((Channel.ONLINE, Channel.COUNTER, Channel.POST), (66, 30, 4))[0]
