"""What must happen to somebody in every year, however few dossiers it has: one fate for each rare thing.

A fate names the procedures it can befall and the days on which it must begin; the rest is the life's own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bench.year.world import CLOSING_SINCE, DAY_OFF, DECIDED, JOINT, MERGER, OUTAGES, PART

Definition = Mapping[str, Any]


def _any(code: str, definition: Definition) -> bool:
    return code != PART


def _supplemented(code: str, definition: Definition) -> bool:
    return "supplement" in definition["demo"]


def _asked_for_paper(code: str, definition: Definition) -> bool:
    """The same paper may be asked for twice; there is no second better answer to a question."""
    return _supplemented(code, definition) and bool(definition["demo"]["supplement"]["item"].startswith("paper:"))


def _at_communes(code: str, definition: Definition) -> bool:
    return bool(definition["demo"]["offered_by"] == ["communes"] and code != JOINT)


def _long(code: str, definition: Definition) -> bool:
    time = definition["time"]
    return bool(_at_communes(code, definition) and time["unit"] == "working_days" and time["amount"] >= 5)


def _level_4(code: str, definition: Definition) -> bool:
    return bool(definition["service_level"] == 4)


def _joint(code: str, definition: Definition) -> bool:
    return code == JOINT


@dataclass(frozen=True, slots=True)
class Fate:
    """``fits``: procedures by code and definition; ``begin``: first and last day it may be filed on, any when None;
    ``online``: it must be filed on the network; ``merging``: at a commune that is merged."""

    name: str
    fits: Callable[[str, Definition], bool] = _any
    begin: tuple[date, date] | None = None
    online: bool = False
    merging: bool = False


def _before(day: date, days: int) -> tuple[date, date]:
    return day - timedelta(days=days), day - timedelta(days=1)


FATES: tuple[Fate, ...] = (
    Fate("joint", _joint, begin=(date(2026, 1, 5), date(2026, 11, 10))),
    Fate("merger", _long, begin=_before(MERGER.date(), 2), merging=True),
    Fate("unanswered", _supplemented, begin=(CLOSING_SINCE, date(2026, 9, 1))),
    Fate("outage", _long, begin=_before(OUTAGES[0][0].date(), 1)),
    Fate("recall"),
    Fate("give_back"),
    Fate("transfer", _at_communes),
    Fate("allow", _asked_for_paper),
    Fate("stop"),
    Fate("paper", _level_4, online=True),
    Fate("send_back"),
    Fate("excuse", _long),
    Fate("consult", _at_communes),
    Fate("mend"),
    Fate("withdraw"),
    Fate("decline"),
    Fate("propose_supplement", _supplemented),
    Fate("day_off", _long, begin=(DECIDED.date() - timedelta(days=3), DECIDED.date() - timedelta(days=1))),
    Fate("outage", _long, begin=_before(OUTAGES[1][0].date(), 1)),
)
"""The rarest first: a year of a handful of dossiers has those."""

assert DECIDED.date() < DAY_OFF


@dataclass(frozen=True, slots=True)
class Birth:
    """One dossier to be: when in the year, of which procedure, and what must befall it."""

    minute: int
    code: str
    fate: Fate | None = None


def births(
    procedures: Mapping[str, Definition], number: int, draw: random.Random, *, minute_of: Callable[[date], int]
) -> Iterator[Birth]:
    """``number`` dossiers over the year; of each fate two, and one more for every two hundred dossiers.

    ``minute_of`` is the working minute of the year at which a day begins.
    """
    times = 2 + number // 200
    last = minute_of(date(2026, 12, 1)) - 1
    fated = [fate for _ in range(times) for fate in FATES][:number]
    for fate in fated:
        code = draw.choice([code for code, definition in procedures.items() if fate.fits(code, definition)])
        first, end = (
            (0, last) if fate.begin is None else (minute_of(fate.begin[0]), minute_of(_next(fate.begin[1])) - 1)
        )
        yield Birth(draw.randint(first, max(first, end)), code, fate)
    codes = [code for code in procedures if code != PART]
    shares = [procedures[code]["demo"]["share"] for code in codes]
    for code in draw.choices(codes, shares, k=number - len(fated)):
        yield Birth(draw.randint(0, last), code)


def _next(day: date) -> date:
    return day + timedelta(days=1)
