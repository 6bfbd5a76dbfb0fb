"""Playing the stories: every beat of every dossier in the order of time, through the rooms' own verbs.

Each beat is a transaction of its own, so that whoever uses the product meanwhile never waits for the demo. Agencies
are shared out among a few processes; an agency's beats stay together and in order, and so do its codes and numbers.
Messages of the past are not sent again: what a verb left in the outbox is marked as sent in the same transaction.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, connections, transaction
from django.db.models import Case, Value, When

from motcua.accounts.models import Account
from motcua.base.errors import Refusal
from motcua.console.demo.answers import scene
from motcua.console.demo.applicants import Applicants, citizen_of
from motcua.console.demo.excuses import Excuses
from motcua.console.demo.load import World
from motcua.console.demo.office_time import OfficeTime
from motcua.console.demo.people import Citizen, inventor
from motcua.console.demo.plan import Planned, is_prepaid, plan
from motcua.console.demo.progress import Progress
from motcua.console.demo.stories import CLOSED, Ending, Story
from motcua.console.demo.walk import Walk
from motcua.dossiers.facts.secrets import lookup_secret
from motcua.dossiers.models import Dossier
from motcua.notifications.models import Channel as Road
from motcua.notifications.models import Message, State
from motcua.policy.queries import calendar, policy_at
from motcua.procedures.models import Offering
from motcua.rules.acts import Channel
from motcua.rules.promise import promised_amount
from motcua.rules.route_data import parse_route

DAYS = 92
"""How far back the dossiers reach."""
SHOWN = 20
"""How many dossiers are named in demo.json."""


@dataclass
class Replayed:
    """What is there after playing."""

    count: int
    fresh: bool
    shown: list[dict[str, str]] = field(default_factory=list)

    def summary(self) -> str:
        return f"{self.count} hồ sơ" if self.fresh else f"{self.count} hồ sơ (đã có từ trước)"


def dossiers(world: World, *, at: datetime, scale: float = 1.0, processes: int = 1) -> Replayed:
    """Play the dossiers of the last three months; go on with them when an earlier load was interrupted.

    Raises RuntimeError when a process could not play its part to the end.
    """
    known = Dossier.objects.filter(is_demo=True, parent=None)
    progress = Progress.unfinished() if known.exists() else Progress.begin(at)
    if progress is None:
        return Replayed(known.count(), fresh=False, shown=_shown())
    parts = _Stage(world, progress).parts(scale, processes)
    if processes == 1:
        _play(parts[0], progress)
    else:
        _play_beside(parts, progress)
    progress.finish()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Replayed(known.count(), fresh=True, shown=_shown())


def _play(beats: list[Played], progress: Progress) -> None:
    """Act the beats out in the order of time."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")  # a demo that is lost in a power cut can be loaded again
    excuses, again = Excuses(), bool(progress.done)
    with _without_savepoints():
        for beat in sorted(beats, key=lambda beat: (beat.moment, beat.number)):
            _excuse(excuses, beat.moment, again=again)
            _act(beat.walk, beat.act, beat.moment, again=again)
            step, dossier = beat.walk.index, str(beat.walk.public_id)
            progress.note(beat=beat.number, story=beat.story, dossier=dossier, step=step)
            excuses.watch(beat.walk)
        _excuse(excuses, progress.at, again=again)


def _excuse(excuses: Excuses, until: datetime, *, again: bool) -> None:
    """Whatever will not keep its date is excused before the date comes."""
    for moment, walk, act in excuses.due(until):
        _act(walk, act, moment, again=again)


def _act(walk: Walk, act: Callable[[datetime], None], moment: datetime, *, again: bool) -> None:
    try:
        with transaction.atomic():
            act(moment)
            for code in (walk.code, *walk.parts):
                _as_sent(code, moment)
    except Refusal:
        if not again:  # the last beat before an interruption may have been done without being noted
            raise


@contextmanager
def _without_savepoints() -> Iterator[None]:
    """A beat succeeds as a whole or fails as a whole: nothing in it needs a way back (a quarter of all statements)."""
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        connection.features.uses_savepoints = True


def _play_beside(parts: list[list[Played]], progress: Progress) -> None:
    """Each part in a process of its own; connections are not carried over a fork."""
    connections["default"].close_pool()  # type: ignore[attr-defined]
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    children = [fork.Process(target=_child, args=(part, progress)) for part in parts]
    for child in children:
        child.start()
    for child in children:
        child.join()
    if any(child.exitcode for child in children):
        raise RuntimeError("not all dossiers of the demo could be played")


def _child(beats: list[Played], progress: Progress) -> None:
    try:
        _play(beats, progress)
        connections["default"].close_pool()  # type: ignore[attr-defined]
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def _as_sent(code: str, at: datetime) -> None:
    """Nothing of the past goes out now: mails and SMS count as sent when they were written."""
    if not code:
        return
    reached = Case(When(channel=Road.SMS, then=Value(State.DELIVERED)), default=Value(State.SENT))
    waiting = Message.objects.filter(state=State.PENDING, subject_ref=code)
    waiting.update(state=reached, sent_at=at, attempts=1, next_attempt_at=None, provider_id="demo")


def _shown() -> list[dict[str, str]]:
    """Some dossiers for programs, of every state, with the secret of their receipt."""
    found: list[Dossier] = []
    rows = Dossier.objects.filter(is_demo=True, code__isnull=False)
    states = sorted(set(rows.order_by().values_list("state", flat=True)))
    for state in states:
        found += rows.filter(state=state).order_by("-submitted_at", "pk")[: max(SHOWN // len(states), 1) + 1]
    return [
        {"code": str(dossier.code), "state": dossier.state, "secret": lookup_secret(dossier)}
        for dossier in found[:SHOWN]
    ]


@dataclass(frozen=True)
class Played:
    """One beat of one dossier: when, and what happens."""

    moment: datetime
    number: int
    story: int
    walk: Walk
    act: Callable[[datetime], None]


class _Stage:
    """The present moment, the people who file, and the beats waiting to be played."""

    def __init__(self, world: World, progress: Progress) -> None:
        self.world, self.progress = world, progress
        self.at = at = progress.at
        self.first = at - timedelta(days=DAYS)
        self.draw = random.Random(20180620)  # noqa: S311 - the same demo every time
        self.office = OfficeTime(calendar(at), first=self.first.date(), present=at)
        self.invented = inventor(world.sources, seed=2)
        self.applicants = Applicants(world, self.invented, self.draw, since=self.first)
        self.offerings: dict[tuple[str, str], Offering] = {}

    def parts(self, scale: float, count: int) -> list[list[Played]]:
        """Every beat still to be played, in `count` lists of about the same length; an agency is in one of them."""
        by_agency: dict[str, list[Played]] = {}
        number = 0
        for story, planned in enumerate(plan(self.world.sources, self.world.offices, self.draw, scale=scale)):
            for moment, walk, act in self._story(planned):
                number += 1
                if story in self.progress.stories:
                    walk.go_on(*self.progress.stories[story])
                if number not in self.progress.done:
                    by_agency.setdefault(planned.agency, []).append(Played(moment, number, story, walk, act))
        parts: list[list[Played]] = [[] for _ in range(count)]
        for beats in sorted(by_agency.values(), key=len, reverse=True):
            min(parts, key=len).extend(beats)
        return parts

    def _story(self, planned: Planned) -> Iterator[tuple[datetime, Walk, Callable[[datetime], None]]]:
        definition = self.world.sources.procedures[planned.code]
        walk = self._walk(planned)
        story = Story(
            walk,
            self.draw,
            same_day="same_day_cutoff" in definition["time"],
            prepaid=is_prepaid(definition),
            late=planned.late,
            days=self._days(planned, definition["time"]["amount"]),
        )
        story.tell(planned.ending, parse_route(definition["route"]))
        told = story.times(self._end(planned, story), self.office, self.at)
        if planned.fresh and planned.ending in (Ending.SUBMITTED, Ending.DRAFT):
            minutes = self.draw.randint(6, 90)
            told = [(self.at - timedelta(minutes=minutes - 3 * place), act) for place, (_, act) in enumerate(told)]
        for moment, act in told:
            yield moment, walk, act

    def _days(self, planned: Planned, published: int) -> int:
        """Days promised to the applicant: the published ones, or fewer for who files on the network (BD-41)."""
        percent = policy_at(self.at).online_time_percent
        return promised_amount(published, percent=percent, online=planned.channel == Channel.ONLINE)

    def _end(self, planned: Planned, story: Story) -> int:
        """The working minute of the last beat: long ago for closed dossiers, of late for those under way."""
        last = self.office.total - 1
        if planned.fresh:
            return last - self.draw.randint(5, 110)
        if planned.ending in CLOSED:
            return self.draw.randint(min(story.length + 60, last), last)
        if planned.ending == Ending.RESULT_READY:
            return last - self.draw.randint(60, 8 * 480)
        if planned.ending == Ending.APOLOGISED:
            return max(last - (story.days + 1) * 480 - self.draw.randint(20, 400), story.length)
        if planned.ending == Ending.OPINION_ASKED:
            return last - self.draw.randint(15, 120)
        age = self.draw.randint(3 * 480, 9 * 480) if planned.late else self.draw.randint(20, 400)
        return max(last - age, story.length)

    def _walk(self, planned: Planned) -> Walk:
        account, citizen = self._applicant(planned)
        return Walk(
            self._offering(planned),
            self.world.revisions[planned.code],
            demo=self.world.sources.procedures[planned.code]["demo"],
            scene=scene(citizen, next(self.invented), commune=citizen.unit, today=self.at.date(), draw=self.draw),
            people=self.world.people,
            account=account,
            channel=planned.channel,
            draw=random.Random(self.draw.random()),  # noqa: S311 - its own, whoever plays beside it
        )

    def _offering(self, planned: Planned) -> Offering:
        key = (planned.code, planned.agency)
        if key not in self.offerings:
            self.offerings[key] = Offering.objects.select_related("agency", "counter", "procedure").get(
                procedure__code=planned.code, agency=self.world.offices.by_key[planned.agency], until__isnull=True
            )
        return self.offerings[key]

    def _applicant(self, planned: Planned) -> tuple[Account | None, Citizen]:
        if planned.login:
            account = self.world.people.accounts[planned.login]
            return account, citizen_of(account)
        unit = self.world.offices.by_key[planned.agency].unit_code or self.draw.choice(self.world.sources.stage)
        return self.applicants.one(unit, planned.channel)
