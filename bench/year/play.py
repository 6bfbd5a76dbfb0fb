"""Playing a year in one province: lives begin all through it, and everything happens in the order of time."""

from __future__ import annotations

import heapq
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.db import connection, transaction

from bench.year.checks import acts_done, acts_missing, faults
from bench.year.life import Beat, Life, perform
from motcua.agencies.models import Agency
from motcua.console.demo.answers import scene
from motcua.console.demo.applicants import Applicants
from motcua.console.demo.load import World, essentials
from motcua.console.demo.office_time import OfficeTime
from motcua.console.demo.people import inventor
from motcua.console.demo.plan import agencies_of
from motcua.dossiers.actions import reschedule, timers
from motcua.dossiers.models import Alarm, Dossier
from motcua.notifications.models import Message
from motcua.notifications.models import State as Sending
from motcua.policy.actions import confirm_change, propose_change
from motcua.policy.queries import calendar
from motcua.procedures.models import Offering
from motcua.rules.acts import Channel
from motcua.rules.people import Actor
from motcua.rules.worktime import VIETNAM

BELLS = Actor.system("Đồng hồ hệ thống")
BEGIN, LAST = date(2026, 1, 5), date(2026, 11, 30)
"""Dossiers begin between these days; what is open then is played to its end."""


@dataclass
class Played:
    """What came of it."""

    dossiers: int
    beats: int
    bells: int
    seconds: float
    refusals: Counter[str] = field(default_factory=Counter)
    stuck: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    missing: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def play(number: int, *, seed: int = 2026, said: Callable[[str], None] = print) -> Played:
    """A year with so many dossiers in this process's province. The database must hold no dossier yet."""
    began = time.perf_counter()
    at = datetime.combine(BEGIN, datetime.min.time(), tzinfo=VIETNAM).replace(hour=7)
    world = essentials(at=at)
    year = _Year(world, number, random.Random(seed))
    beats, bells = year.run(said)
    end = year.now
    found = Played(
        Dossier.objects.count(), beats, bells, time.perf_counter() - began, year.refusals, year.stuck, acts_done()
    )
    found.missing = acts_missing(found.done)
    found.faults = list(faults(at=end))
    return found


class _Year:
    def __init__(self, world: World, number: int, draw: random.Random) -> None:
        self.world, self.draw = world, draw
        first = datetime.combine(BEGIN, datetime.min.time(), tzinfo=VIETNAM)
        self.office = OfficeTime(calendar(first), first=BEGIN, present=first + timedelta(days=700))
        self.last = OfficeTime(calendar(first), first=BEGIN, present=first + (LAST - BEGIN)).total
        self.applicants = Applicants(world, inventor(world.sources, seed=2), draw, since=first)
        self.order = count()
        self.heap: list[tuple[datetime, int, Any, Iterator[Beat] | None, Callable[[datetime], Any]]] = []
        self.now = first
        self.refusals: Counter[str] = Counter()
        self.stuck: list[str] = []
        invented = inventor(world.sources, seed=3)
        codes = list(world.sources.procedures)
        shares = [world.sources.procedures[code]["demo"]["share"] for code in codes]
        for code in draw.choices(codes, shares, k=number):
            life = self._life(code, next(invented))
            life.minute = draw.randint(0, self.last)
            self._next(life, life.live())
        self._calendar_change()

    def run(self, said: Callable[[str], None]) -> tuple[int, int]:
        """Everything in the order of time; answers beats and bells."""
        beats = bells = 0
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
        while self.heap:
            moment, _, life, story, act = heapq.heappop(self.heap)
            moment = max(moment, self.now + timedelta(microseconds=1))
            bells += self._ring(moment)
            self.now = moment
            with transaction.atomic():
                words = perform(act, moment)
                Message.objects.filter(state=Sending.PENDING).update(state=Sending.SENT, sent_at=moment)
            beats += 1
            if beats % 2000 == 0:
                said(f"  {moment:%d/%m/%Y}  {beats} beats, {bells} bells, {len(self.heap)} under way")
            if life is not None and story is not None:
                self._after(life, story, act, words)
        bells += self._ring(self.now + timedelta(days=1))
        return beats, bells

    def _after(self, life: Life, story: Iterator[Beat], act: Callable[[datetime], Any], words: str) -> None:
        if words:
            self.refusals[f"{getattr(act, '__name__', 'open_part')}: {words[:90]}"] += 1
            if not life.code:
                return
        for child in life.born:
            part = self._life(child.revision.procedure.code, None, like=life)
            part.adopt(child)
            part.minute = life.minute
            self._next(part, part.after_filing())
        life.born = []
        self._next(life, story)

    def _next(self, life: Life, story: Iterator[Beat]) -> None:
        try:
            gap, act = next(story)
        except StopIteration:
            return
        except RuntimeError as error:
            self.stuck.append(str(error))
            return
        life.minute += gap
        moment = self.office.moment(life.minute) + timedelta(seconds=self.draw.randint(0, 50))
        heapq.heappush(self.heap, (moment, next(self.order), life, story, act))

    def _ring(self, until: datetime) -> int:
        """Every bell due up to this moment, each at its own."""
        rung = 0
        while (due := _first_bell()) is not None and due <= until:
            moment = max(due, self.now)
            got = timers.ring(by=BELLS, at=moment)
            reschedule.carry_out(by=BELLS, at=moment)
            rung += got
            if not got and (_first_bell() or until) <= moment:
                raise RuntimeError(f"a bell due at {due} does not ring")
            self.now = max(self.now, moment)
        return rung

    def _calendar_change(self) -> None:
        """A day off decided in September for October: one proposes, another confirms, promises move."""
        day = date(2026, 10, 14)
        people = [actor for key, actor in self.world.people.actors.items() if key[1].value == "operator"]
        leaders = [actor for key, actor in self.world.people.actors.items() if key[1].value == "leader"]
        root = [actor for actor in leaders if _is_provincial(actor)] + people
        if len(root) < 2:
            return

        def propose(at: datetime) -> None:
            change = propose_change(days_off={day: "Nghỉ do bão"}, basis="Công điện phòng chống bão", by=root[0], at=at)
            confirm_change(change.pk, by=root[1], at=at + timedelta(seconds=1))

        def carry(at: datetime) -> None:
            while reschedule.carry_out(by=BELLS, at=at):
                pass

        when = datetime(2026, 9, 28, 9, 0, tzinfo=VIETNAM)
        heapq.heappush(self.heap, (when, next(self.order), None, None, propose))
        heapq.heappush(self.heap, (when + timedelta(hours=1), next(self.order), None, None, carry))

    def _life(self, code: str, citizen: Any, *, like: Life | None = None) -> Life:
        definition = self.world.sources.procedures[code]
        if like is not None:
            offering, account, channel, who = like.offering, like.account, like.channel, like.scene
        else:
            key = self.draw.choice(agencies_of(definition["demo"], self.world.offices, self.world.sources))
            offering = _offering(code, self.world.offices.by_key[key].pk)
            channel = self.draw.choices((Channel.ONLINE, Channel.COUNTER), (7, 3))[0]
            if definition["service_level"] < 3:
                channel = Channel.COUNTER
            unit = offering.agency.unit_code or self.draw.choice(self.world.sources.stage)
            account, person = self.applicants.one(unit, channel)
            today = datetime.combine(BEGIN, datetime.min.time(), tzinfo=VIETNAM).date()
            who = scene(person, citizen, commune=person.unit, today=today, draw=self.draw)
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
        life.born = []
        return life


def _offering(code: str, agency: int) -> Offering:
    rows = Offering.objects.select_related("agency", "counter", "procedure")
    return rows.get(procedure__code=code, agency_id=agency, until__isnull=True)


def _is_provincial(actor: Actor) -> bool:
    return Agency.objects.filter(pk__in=[post.agency_id for post in actor.posts], tier="province").exists()


def _first_bell() -> datetime | None:
    return Alarm.objects.order_by("ring_at").values_list("ring_at", flat=True).first()
