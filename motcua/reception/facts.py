"""Rows of the reception to plain values: who may do what at a counter, and the week of a roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.agencies.models import OneStopCounter
from motcua.reception.models import Half
from motcua.rules.people import Actor, Role
from motcua.rules.worktime import Calendar

NOON = time(12, 0)
"""Where the two halves of a working day meet in the roster."""

_HEADS = (Role.LEADER, Role.DIVISION_HEAD)


def sits_at(by: Actor, counter: OneStopCounter) -> bool:
    """Whether this officer works at the counter: by a post that names it, or by one of its host that names none."""
    return any(
        post.role == Role.COUNTER_OFFICER
        and (post.counter_id == counter.pk or (post.counter_id is None and post.agency_id == counter.host_id))
        for post in by.posts
    )


def plans_for(by: Actor, counter: OneStopCounter) -> bool:
    """Whether this person sets the duty roster: head or leader of the host agency, or the operator."""
    return by.is_system or any(
        post.role == Role.OPERATOR or (post.role in _HEADS and post.agency_id == counter.host_id) for post in by.posts
    )


def half_of(at: datetime) -> Half:
    """The half of the day a moment belongs to."""
    return Half.MORNING if at.time() < NOON else Half.AFTERNOON


def halves_open(calendar: Calendar, day: date) -> tuple[Half, ...]:
    """The halves of a day in which the counter is open; none on days off (BD-66: lễ, Tết excepted)."""
    return tuple(dict.fromkeys(half_of(opens) for opens, _ in calendar.day(day.toordinal()).opens))


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether work is done at this moment."""
    return any(opens <= at < closes for opens, closes in calendar.day(at.date().toordinal()).opens)


def closing(calendar: Calendar, day: date) -> datetime | None:
    """When the counter closes on a day; None on a day off."""
    opens = calendar.day(day.toordinal()).opens
    return opens[-1][1] if opens else None


def monday_of(day: date) -> date:
    """The Monday of the week a day belongs to."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class Shift:
    """Half a day of the roster: who is on duty (account id, name)."""

    day: date
    half: Half
    people: tuple[tuple[int, str], ...]
    is_open: bool

    @property
    def ids(self) -> frozenset[int]:
        """Account ids of those on duty."""
        return frozenset(account for account, _ in self.people)

    @property
    def is_gap(self) -> bool:
        """The counter is open and nobody is on duty."""
        return self.is_open and not self.people


@dataclass(frozen=True, slots=True)
class RosterDay:
    """A day of the roster; ``reason`` says in words why nobody works on it."""

    day: date
    shifts: tuple[Shift, ...]
    reason: str = ""

    @property
    def is_gap(self) -> bool:
        return any(shift.is_gap for shift in self.shifts)
