"""What happens to a dossier and when: beats with the working minutes between them, told backwards from their end."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from motcua.console.demo import detours
from motcua.console.demo.office_time import OfficeTime
from motcua.console.demo.walk import Walk
from motcua.rules.acts import Channel, Outcome, StepKind
from motcua.rules.route import Step

DAY = 480
"""Working minutes of a day."""


class Ending(StrEnum):
    """Where a dossier stands when its story has been told."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    AWAITING_PAYMENT = "awaiting_payment"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    DECLINED = "declined"
    EXAMINING = "examining"
    SUPPLEMENT_PROPOSED = "supplement_proposed"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_SEAL = "awaiting_seal"
    RESULT_READY = "result_ready"
    DELIVERED = "delivered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    APOLOGISED = "apologised"
    APOLOGY_WAITING = "apology_waiting"
    OPINION_ASKED = "opinion_asked"
    PART_FILED = "part_filed"
    PART_ACCEPTED = "part_accepted"
    PAPERS_BY_POST = "papers_by_post"


CLOSED = frozenset({Ending.DECLINED, Ending.DELIVERED, Ending.REFUSED, Ending.WITHDRAWN, Ending.STOPPED})
JOINED = frozenset({Ending.PART_FILED, Ending.PART_ACCEPTED})
"""A joint dossier that waits for the part another agency settles."""
RESTING = JOINED | {Ending.EXAMINING, Ending.APOLOGISED, Ending.APOLOGY_WAITING, Ending.OPINION_ASKED}
"""Still with the division, in the step where most dossiers are."""
_STOP_AT = {
    Ending.SUPPLEMENT_PROPOSED: StepKind.EXAMINE,
    Ending.AWAITING_APPROVAL: StepKind.APPROVE,
    Ending.AWAITING_SEAL: StepKind.SEAL,
    Ending.WITHDRAWN: StepKind.EXAMINE,
    Ending.STOPPED: StepKind.EXAMINE,
    **dict.fromkeys(RESTING, StepKind.EXAMINE),
}


@dataclass(frozen=True)
class Beat:
    """One act: how many working minutes after the one before."""

    gap: int
    act: Callable[[datetime], None]


@dataclass
class Story:
    """The beats of one dossier so far, and how long its present state has lasted (working minutes)."""

    walk: Walk
    draw: random.Random
    same_day: bool
    prepaid: bool
    late: bool
    days: int = 1
    """Working days promised."""
    accepted: int = 0
    """How many beats there were when it had been accepted."""
    beats: list[Beat] = field(default_factory=list)

    def then(self, gap: int, act: Callable[[datetime], None]) -> None:
        self.beats.append(Beat(gap, act))

    def tell(self, ending: Ending, route: tuple[Step, ...]) -> None:
        """Lay out every beat up to `ending`."""
        self._file(ending)
        if ending in (Ending.DRAFT, Ending.SUBMITTED):
            return
        if ending == Ending.DECLINED:
            self.then(self._soon(), self.walk.decline)
            return
        if self.prepaid:
            self.then(self._soon(), self.walk.ask_payment)
            if ending == Ending.AWAITING_PAYMENT:
                return
            self.then(self.draw.randint(30, 2 * DAY), self.walk.pay)
        if ending in (Ending.AWAITING_SUPPLEMENT, Ending.PAPERS_BY_POST):
            self._ask_supplement()
            if ending == Ending.PAPERS_BY_POST:
                self.then(self.draw.randint(DAY // 2, 3 * DAY), partial(detours.bring_by_post, self.walk))
            return
        if ending in CLOSED and "supplement" in self.walk.demo and self.draw.random() < 0.12:
            self._ask_supplement()
            self.then(self.draw.randint(DAY // 2, 4 * DAY), self.walk.answer_supplement)
        self.then(self._soon(), self.walk.accept)
        self.accepted = len(self.beats)
        self._work(ending, route)

    def times(
        self, end: int, office: OfficeTime, present: datetime
    ) -> list[tuple[datetime, Callable[[datetime], None]]]:
        """Each beat with its moment, the last one at working minute `end`."""
        minute, told = end, []
        for beat in reversed(self.beats):
            second = timedelta(seconds=self.draw.randint(0, 50))
            told.append((min(office.moment(minute) + second, present), beat.act))
            minute -= beat.gap
        told.reverse()
        if self.walk.channel == Channel.ONLINE and self.draw.random() < 0.35:
            self._after_hours(told)
        return told

    @property
    def length(self) -> int:
        return sum(beat.gap for beat in self.beats)

    def _file(self, ending: Ending) -> None:
        self.then(0, self.walk.begin)
        if ending != Ending.DRAFT:
            self.then(self.draw.randint(4, 25), self.walk.send)

    def _after_hours(self, told: list[tuple[datetime, Callable[[datetime], None]]]) -> None:
        """People file when they have time: in the evening before."""
        evening = told[0][0].replace(hour=self.draw.randint(19, 21), minute=self.draw.randint(0, 40)) - timedelta(
            days=1
        )
        for place in range(min(2, len(told))):
            told[place] = (evening + timedelta(minutes=14 * place), told[place][1])

    def _soon(self) -> int:
        """How long the counter takes; rarely longer than the eight working hours it has."""
        return self.draw.randint(DAY + 20, DAY + 260) if self.draw.random() < 0.04 else self.draw.randint(8, 160)

    def _ask_supplement(self) -> None:
        self.then(self._soon(), self.walk.mark)
        self.then(2, self.walk.ask_supplement)

    def _work(self, ending: Ending, route: tuple[Step, ...]) -> None:
        stop, outcome = _STOP_AT.get(ending), Outcome.REFUSED if ending == Ending.REFUSED else Outcome.GRANTED
        slow = self.draw.randrange(1, max(len(route) - 3, 2)) if self.late else -1
        for step in route[1:-1]:
            if step.kind == stop and (ending not in RESTING or step.index == self._resting(route)):
                self._rest(ending, step)
                return
            if step.kind == StepKind.EXAMINE and self.draw.random() < 0.4:
                self.then(self.draw.randint(3, 20), self.walk.assign)
            self.then(self._spent(step, slow=step.index == slow), self._finisher(outcome))
            if step.kind == StepKind.EXAMINE and route[step.index + 1].kind == StepKind.APPROVE:
                self._perhaps_sent_back(route[step.index + 1], outcome)
        if ending in (Ending.DELIVERED, Ending.REFUSED):
            self.then(self.draw.randint(30, 5 * DAY), self.walk.hand_over)

    def _resting(self, route: tuple[Step, ...]) -> int:
        """Which of the examining steps an unfinished dossier rests in: the longest, where most dossiers are."""
        return max((step for step in route if step.kind == StepKind.EXAMINE), key=lambda step: step.minutes).index

    def _rest(self, ending: Ending, step: Step) -> None:
        if ending == Ending.WITHDRAWN:
            self.then(self.draw.randint(20, DAY), self.walk.withdraw)
        elif ending == Ending.SUPPLEMENT_PROPOSED:
            self.then(max(step.minutes // 4, 10), self.walk.mark_in_division)
        elif ending == Ending.STOPPED:
            self.then(max(step.minutes // 3, 20), partial(detours.stop_it, self.walk))
        elif ending in RESTING and self.draw.random() < 0.6:
            self.then(self.draw.randint(3, 20), self.walk.assign)
        if ending == Ending.OPINION_ASKED:
            self.then(self.draw.randint(10, 40), partial(detours.ask_opinion, self.walk))
        elif ending in JOINED:
            self.then(self.draw.randint(10, 40), partial(detours.open_part, self.walk))
            if ending == Ending.PART_ACCEPTED:
                self.then(self.draw.randint(20, 60), partial(detours.accept_part, self.walk))
        elif ending == Ending.APOLOGY_WAITING:
            passed = sum(beat.gap for beat in self.beats[self.accepted :])
            gap = max(self.days * DAY - DAY * 3 // 2 - passed, 10)  # a day and a half before the date
            self.then(gap, partial(detours.draft_apology, self.walk))

    def _perhaps_sent_back(self, approval: Step, outcome: Outcome) -> None:
        if self.draw.random() < 0.06:
            self.then(max(approval.minutes // 3, 5), self.walk.send_back)
            self.then(self.draw.randint(10, 60), self._finisher(outcome))

    def _finisher(self, outcome: Outcome) -> Callable[[datetime], None]:
        return lambda at: self.walk.finish_step(at, outcome=outcome)

    def _spent(self, step: Step, *, slow: bool) -> int:
        """Working minutes a step takes: within its budget, far beyond it when this is where a dossier got stuck."""
        if slow:
            return int(step.minutes * self.draw.uniform(2.0, 3.2)) + DAY
        share = self.draw.uniform(0.05, 0.25) if self.same_day else self.draw.uniform(0.15, 0.85)
        return max(int(step.minutes * share), 2)
