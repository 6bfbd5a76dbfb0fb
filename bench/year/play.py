"""Playing a year in one province: lives begin all through it, and everything happens in the order of time."""

from __future__ import annotations

import gc
import heapq
import logging
import random
import re
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from django.db import connection, transaction

from bench.year import world as staging
from bench.year.checks import acts_done, acts_missing, faults, left_open
from bench.year.fates import Birth, Fate, births
from bench.year.life import Beat, Life, perform
from bench.year.world import BELLS, DECIDED, MERGER, OUTAGES, at_work, up_again
from motcua.console.demo.answers import scene
from motcua.console.demo.applicants import Applicants
from motcua.console.demo.load import World, essentials
from motcua.console.demo.office_time import OfficeTime
from motcua.console.demo.people import inventor
from motcua.console.demo.plan import agencies_of
from motcua.dossiers.actions import timers
from motcua.dossiers.models import Alarm, Dossier
from motcua.notifications.models import Message
from motcua.notifications.models import State as Sending
from motcua.policy.queries import calendar
from motcua.procedures.models import Offering
from motcua.rules.acts import Channel
from motcua.rules.worktime import VIETNAM

BEGIN, LAST = date(2026, 1, 5), date(2026, 11, 30)
"""Dossiers begin between these days; what is open then is played to its end."""

MOST_TOLD = 400
"""Faults and refusals kept in words; the rest is counted."""

_FIRST_BELL = f'SELECT ring_at FROM "{Alarm._meta.db_table}" ORDER BY ring_at LIMIT 1'  # noqa: S608 - no input

SAID_EVERY = 30.0
"""Seconds between two lines about how far it has come."""


@dataclass
class Played:
    """What came of it. Times in seconds; ``processor`` is this process alone, without the database's."""

    preset: str
    seed: str
    asked: int
    dossiers: int = 0
    beats: int = 0
    bells: int = 0
    setting_up: float = 0.0
    playing: float = 0.0
    checking: float = 0.0
    processor: float = 0.0
    ended: datetime = datetime(2026, 1, 5, tzinfo=VIETNAM)
    megabytes: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    stuck: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    fault_count: int = 0

    def fault(self, words: str) -> None:
        """Keep a fault, in words as long as there are not too many."""
        self.fault_count += 1
        if len(self.faults) < MOST_TOLD:
            self.faults.append(words)

    @property
    def each(self) -> float:
        """Seconds for one dossier, setting up and checking left out."""
        return self.playing / max(self.dossiers, 1)

    def to_data(self) -> dict[str, Any]:
        counted = {"seconds_per_dossier": round(self.each, 3), "stuck_count": len(self.stuck)}
        return {**vars(self), **counted}


def play(number: int, *, preset: str, seed: str, said: Callable[[str], None] = print) -> Played:
    """A year with so many dossiers in this process's province. The database must hold no dossier yet."""
    began, found = time.perf_counter(), Played(preset, seed, number)
    logging.getLogger("motcua").addHandler(_Ear(found))
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    at = datetime.combine(BEGIN, datetime.min.time(), tzinfo=VIETNAM).replace(hour=7)
    world = essentials(at=at)
    year = _Year(world, number, random.Random(f"{seed}:{preset}"), found)
    found.setting_up = time.perf_counter() - began
    gc.freeze()  # what stands now stays: not to be gone through again and again
    gc.set_threshold(20_000, 20, 20)
    year.run(said)
    found.playing = time.perf_counter() - began - found.setting_up
    found.dossiers, found.done = Dossier.objects.filter(code__isnull=False).count(), acts_done()
    found.missing = sorted(acts_missing(found.done))
    found.stuck += left_open()
    for words in faults(at=year.now):
        found.fault(words)
    found.checking = time.perf_counter() - began - found.setting_up - found.playing
    found.ended = year.now
    found.processor, found.megabytes = time.process_time(), _megabytes()
    return found


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class _Ear(logging.Handler):
    """What the product logs as an error is a fault of the year."""

    def __init__(self, found: Played) -> None:
        super().__init__(logging.ERROR)
        self.found = found

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self.found.fault(f"logged: {record.getMessage()} {error!r}"[:600])


class _Year:
    def __init__(self, world: World, number: int, draw: random.Random, found: Played) -> None:
        self.world, self.draw, self.found, self.number = world, draw, found, number
        first = datetime.combine(BEGIN, datetime.min.time(), tzinfo=VIETNAM)
        self.now = first.replace(hour=7, minute=5)
        self.staff = staging.furnish(world, at=self.now)
        self.office = OfficeTime(calendar(self.now), first=BEGIN, present=first + timedelta(days=700))
        self.applicants = Applicants(world, inventor(world.sources, seed=2), draw, since=first)
        self.invented = inventor(world.sources, seed=3)
        self.order = count()
        self.heap: list[tuple[datetime, int, Life | None, Iterator[Beat] | None, Callable[[datetime], Any]]] = []
        self.begun = 0
        self.told_at = time.perf_counter()
        for birth in births(world.sources.procedures, number, draw, minute_of=self._minute_of):
            self._at(self.office.moment(birth.minute), partial(self._begin, birth))
        self._at(MERGER, self._merge)
        self._at(DECIDED, lambda at: staging.declare_day_off(world, at=at))
        self._at(DECIDED + timedelta(hours=1), staging.carry)
        for since, until in OUTAGES:
            self._at(until, lambda at, since=since, until=until: staging.tell_outage(world, since, until, at=at))

    def _at(self, moment: datetime, act: Callable[[datetime], Any]) -> None:
        heapq.heappush(self.heap, (moment, next(self.order), None, None, act))

    def _minute_of(self, day: date) -> int:
        """The working minute of the year with which this day begins."""
        present = datetime.combine(day, datetime.min.time(), tzinfo=VIETNAM)
        return OfficeTime(calendar(self.now), first=BEGIN, present=present).total

    def run(self, said: Callable[[str], None]) -> None:
        """Everything in the order of time."""
        found = self.found
        while self.heap:
            moment, _, life, story, act = heapq.heappop(self.heap)
            moment = at_work(max(moment, self.now + timedelta(microseconds=1)))
            found.bells += self._ring(moment)
            if moment.date() != self.now.date():
                Message.objects.filter(state=Sending.PENDING).update(state=Sending.SENT, sent_at=moment)
            self.now = moment
            found.beats += 1
            words, is_whole = self._perform(life, act, moment)
            if life is not None and story is not None and is_whole:
                try:
                    self._after(life, story, act, words)
                except LookupError as error:  # a life nobody can lead on is told and does not end the year
                    found.stuck.append(f"{life.code}: {error!r}"[:300])
            if time.perf_counter() - self.told_at > SAID_EVERY:
                self._tell(said)
        found.bells += self._ring(self.now + timedelta(days=1))

    def _tell(self, said: Callable[[str], None]) -> None:
        self.told_at = time.perf_counter()
        found = self.found
        said(
            f"  {found.preset} {self.now:%d/%m/%Y}: {self.begun} of {self.number} dossiers begun, {found.beats} beats, "
            f"{found.bells} bells, {found.fault_count} faults, {_megabytes()} MB"
        )

    def _perform(self, life: Life | None, act: Callable[[datetime], Any], moment: datetime) -> tuple[str, bool]:
        """Do it; the refusal's words and whether the life goes on. What breaks is undone and is a fault."""
        try:
            with transaction.atomic():
                if life is not None:
                    life.look()
                return perform(act, moment), True
        except Exception as error:  # a fault is told and does not end the year
            self.found.fault(f"{life.code if life else 'the year'}: {_name(act)} broke: {error!r}"[:600])
            return "", False

    def _after(self, life: Life, story: Iterator[Beat], act: Callable[[datetime], Any], words: str) -> None:
        if words:
            refusals = self.found.refusals
            key = f"{_name(act)}: {re.sub(r'[0-9]+', '#', words)[:140]}"
            refusals[key if key in refusals or len(refusals) < MOST_TOLD else "others"] += 1
            if not life.code:
                return
        for child in life.born:
            part = self._life(child.revision.procedure.code, like=life)
            part.adopt(child)
            part.minute = life.minute
            self._next(part, part.after_filing())
        life.born = []
        self._next(life, story)

    def _next(self, life: Life, story: Iterator[Beat]) -> None:
        try:
            life.look()
            gap, act = next(story)
        except StopIteration:
            return
        except Exception as error:
            self.found.stuck.append(f"{life.code}: {error!r}"[:300])
            return
        life.minute += gap
        moment = self.office.moment(life.minute) + timedelta(seconds=self.draw.randint(0, 50))
        heapq.heappush(self.heap, (moment, next(self.order), life, story, act))

    def _ring(self, until: datetime) -> int:
        """Every bell due up to this moment, each at its own."""
        rung = 0
        while (due := _first_bell()) is not None and due <= until:
            moment = up_again(max(due, self.now))
            got = timers.ring(by=BELLS, at=moment)
            rung += got
            self.now = max(self.now, moment)
            if not got and (following := _first_bell()) is not None and following <= due:
                self.found.fault(f"a bell due at {due} does not ring")
                break
        return rung

    def _merge(self, at: datetime) -> None:
        staging.merge_communes(self.world, at=at)
        self.staff.clear()
        self.staff.update(staging.index(self.world, at=at + timedelta(microseconds=1)))

    # --- lives

    def _begin(self, birth: Birth, at: datetime) -> None:
        self.begun += 1
        life = self._life(birth.code, fate=birth.fate)
        life.minute = birth.minute
        self._next(life, life.live())

    def _life(self, code: str, *, like: Life | None = None, fate: Fate | None = None) -> Life:
        definition = self.world.sources.procedures[code]
        if like is not None:
            offering, account, channel, who = self._where(like), like.account, like.channel, like.scene
        else:
            offering, channel = self._place(code, fate), self._channel(definition, fate)
            unit = offering.agency.unit_code or self.draw.choice(self.world.sources.stage)
            account, person = self.applicants.one(unit, channel)
            who = scene(person, next(self.invented), commune=person.unit, today=self.now.date(), draw=self.draw)
        life = Life(
            offering,
            self.world.revisions[code],
            demo=definition["demo"],
            scene=who,
            people=self.world.people,
            account=account,
            channel=channel,
            draw=random.Random(self.draw.random()),
        )
        life.born, life.staff, life.fate = [], self.staff, fate.name if fate is not None else ""
        return life

    def _where(self, whole: Life) -> Offering:
        """Where a whole is in hand now: its first agency may have been merged since."""
        rows = Offering.objects.select_related("agency", "counter", "procedure")
        now = rows.filter(procedure_id=whole.offering.procedure_id, agency_id=whole.agency.pk)
        return now.filter(until__isnull=True).first() or whole.offering

    def _place(self, code: str, fate: Fate | None) -> Offering:
        """Any agency with people that offers it; for a fate of the merger one that is merged."""
        keys = agencies_of(self.world.sources.procedures[code]["demo"], self.world.offices, self.world.sources)
        if fate is not None and fate.merging:
            keys = keys[-2:]
        agency = self.world.offices.by_key[self.draw.choice(keys)].pk
        rows = Offering.objects.select_related("agency", "counter", "procedure")
        return rows.get(procedure__code=code, agency_id=agency, until__isnull=True)

    def _channel(self, definition: dict[str, Any], fate: Fate | None) -> Channel:
        drawn = self.draw.choices((Channel.ONLINE, Channel.COUNTER), (7, 3))[0]
        if definition["service_level"] < 3:
            return Channel.COUNTER
        return Channel.ONLINE if fate is not None and fate.online else drawn


def _name(act: Callable[[datetime], Any]) -> str:
    return getattr(act, "__name__", "open_part")


def _first_bell() -> datetime | None:
    """When the next bell rings. Asked twice for every beat, hence without the making of SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_BELL)
        row = cursor.fetchone()
    return row[0] if row else None
