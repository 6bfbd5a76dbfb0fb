"""Playing the stories: every beat of every dossier in the order of time, through the rooms' own verbs.

All in one transaction: either the demo has its dossiers or it has none. Messages of the past are not sent again: what
the verbs left in the outbox is marked as sent at the time it would have gone out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from motcua.accounts.actions import create_account
from motcua.accounts.models import Account, Kind
from motcua.console.demo.answers import scene
from motcua.console.demo.load import LOADER, World
from motcua.console.demo.office_time import OfficeTime
from motcua.console.demo.people import Citizen, inventor
from motcua.console.demo.plan import Planned, is_prepaid, plan
from motcua.console.demo.stories import CLOSED, Ending, Story
from motcua.console.demo.walk import Walk
from motcua.dossiers.facts.secrets import lookup_secret
from motcua.dossiers.models import Dossier
from motcua.notifications.models import Channel as Road
from motcua.notifications.models import Message, State
from motcua.policy.queries import calendar
from motcua.procedures.models import Offering
from motcua.rules.acts import Channel
from motcua.rules.route import parse_route

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


def dossiers(world: World, *, at: datetime, scale: float = 1.0) -> Replayed:
    """Play the dossiers of the last three months, unless the demo has some already."""
    known = Dossier.objects.filter(is_demo=True)
    if known.exists():
        return Replayed(known.count(), fresh=False, shown=_shown())
    with transaction.atomic():
        _Stage(world, at).play(scale)
    return Replayed(known.count(), fresh=True, shown=_shown())


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


class _Stage:
    """The present moment, the people who file, and the beats waiting to be played."""

    def __init__(self, world: World, at: datetime) -> None:
        self.world, self.at = world, at
        self.first = at - timedelta(days=DAYS)
        self.draw = random.Random(20180620)  # noqa: S311 - the same demo every time
        self.office = OfficeTime(calendar(at), first=self.first.date(), present=at)
        self.invented = inventor(world.sources, seed=2)
        self.accounts: list[tuple[Account, Citizen]] = []
        self.offerings: dict[tuple[str, str], Offering] = {}

    def play(self, scale: float) -> None:
        """Tell every story, then act the beats out in the order of time."""
        beats: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        for planned in plan(self.world.sources, self.world.offices, self.draw, scale=scale):
            for moment, act in self._story(planned):
                beats.append((moment, len(beats), act))
        for moment, _, act in sorted(beats, key=lambda beat: beat[:2]):
            act(moment)
        self._as_sent()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _story(self, planned: Planned) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
        definition = self.world.sources.procedures[planned.code]
        walk = self._walk(planned)
        story = Story(
            walk,
            self.draw,
            same_day="same_day_cutoff" in definition["time"],
            prepaid=is_prepaid(definition),
            late=planned.late,
        )
        story.tell(planned.ending, parse_route(definition["route"]))
        yield from story.times(self._end(planned, story), self.office, self.at)

    def _end(self, planned: Planned, story: Story) -> int:
        """The working minute of the last beat: long ago for closed dossiers, of late for those under way."""
        last = self.office.total - 1
        if planned.fresh:
            return last - self.draw.randint(5, 110)
        if planned.ending in CLOSED:
            return self.draw.randint(min(story.length + 60, last), last)
        if planned.ending == Ending.RESULT_READY:
            return last - self.draw.randint(60, 8 * 480)
        age = self.draw.randint(3 * 480, 9 * 480) if planned.late else self.draw.randint(20, 400)
        return max(last - age, story.length)

    def _walk(self, planned: Planned) -> Walk:
        account, citizen = self._applicant(planned)
        return Walk(
            self._offering(planned),
            demo=self.world.sources.procedures[planned.code]["demo"],
            scene=scene(
                citizen, next(self.invented), commune=citizen.unit, today=self.at.date(), draw=self.draw
            ),
            people=self.world.people,
            account=account,
            channel=planned.channel,
            draw=self.draw,
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
        if planned.channel != Channel.ONLINE:
            return None, next(self.invented)
        if len(self.accounts) < 60:
            self.accounts.append(self._new_account(next(self.invented)))
            return self.accounts[-1]
        return self.draw.choice(self.accounts)

    def _new_account(self, citizen: Citizen) -> tuple[Account, Citizen]:
        """An invented citizen with an account nobody has a password for."""
        account = create_account(
            f"cong-dan-{len(self.accounts) + 1}@example.vn",
            kind=Kind.PERSON,
            full_name=citizen.name,
            email=f"cong-dan-{len(self.accounts) + 1}@example.vn",
            phone=citizen.phone,
            birth_date=citizen.birth,
            gender="male" if citizen.gender == "nam" else "female",
            identity_number=citizen.identity,
            address={**citizen.address, "scheme": self.world.sources.scheme},
            is_demo=True,
            by=LOADER,
            at=self.first,
        )
        return account, citizen

    def _as_sent(self) -> None:
        """Nothing of the past goes out now: mails and SMS count as sent when they were written."""
        codes = Dossier.objects.filter(is_demo=True, code__isnull=False).values("code")
        waiting = Message.objects.filter(state=State.PENDING, subject_ref__in=codes)
        told = {"sent_at": F("created_at"), "attempts": 1, "next_attempt_at": None, "provider_id": "demo"}
        waiting.filter(channel=Road.SMS).update(state=State.DELIVERED, **told)
        waiting.update(state=State.SENT, **told)


def citizen_of(account: Account) -> Citizen:
    """A person of the cast as answers need one."""
    assert account.birth_date is not None
    return Citizen(
        name=account.full_name,
        gender="nam" if account.gender == "male" else "nu",
        birth=account.birth_date,
        identity=account.identity_number,
        phone=account.phone or "",
        street=account.address["street"],
        unit=account.address["unit"],
    )
