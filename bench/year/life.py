"""One dossier's life as a list of what happens next: each beat waits for the one before and looks where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from bench.year.world import Staff
from motcua.agencies.models import Agency
from motcua.base.errors import Refusal
from motcua.console.demo.detours import leader as leader_of
from motcua.console.demo.walk import Walk
from motcua.dossiers.actions import (
    apologise,
    approve,
    arrivals,
    children,
    consult,
    correct,
    examine,
    intake,
    issue,
    recall,
    rounds,
    stop,
    transfer,
    withdraw,
)
from motcua.dossiers.models import Consultation, Dossier
from motcua.procedures.models import Offering
from motcua.rules.acts import CLOSED_STATES, Channel, Outcome, State, StepKind
from motcua.rules.people import Actor, Role
from motcua.rules.route import Step
from motcua.rules.route_data import parse_route

DAY = 480
"""Working minutes of a day."""

Beat = tuple[int, Callable[[datetime], Any]]
"""Working minutes after the beat before, and what happens."""

_LOOKED_AT = (
    "code", "state", "agency", "counter", "step_index", "step_division", "holder", "paper_owed", "paper_arrived_at",
    "saved_at", "promised_at", "paused_at", "revision", "supplement_rounds",
)  # fmt: skip

PATIENCE = 400
"""Beats after which a life is given up: something does not end."""


class Life(Walk):
    """A dossier that lives through the year, a little late now and then, as dossiers do."""

    is_slow = False
    minute = 0
    fate = ""
    """What must happen to it, whatever the dice say; each kind of thing must happen to some."""
    staff: Staff
    born: list[Dossier]
    _seen: Dossier | None = None

    def live(self) -> Iterator[Beat]:
        """From the first answer to the end, whatever end it is."""
        yield 0, self.begin
        yield self.draw.randint(4, 25), self.send
        yield from self.after_filing()

    def happens(self, what: str, share: float) -> bool:
        """Whether it does: surely when it is this life's fate, and then only once; else by chance."""
        if self.fate == what:
            self.fate = ""
            return True
        return self.draw.random() < share

    def after_filing(self) -> Iterator[Beat]:
        """What happens once the counter has it."""
        self.is_slow = self.fate == "excuse" or self.draw.random() < 0.12
        if self.happens("transfer", 0.02) and self._elsewhere():
            yield self.draw.randint(5, 60), self.hand_on
        if self.happens("withdraw", 0.02):
            yield self.draw.randint(5, 60), self.withdraw
            return
        if self.happens("decline", 0.03):
            yield self._soon(), self.decline
            return
        wanted = self.fate in ("unanswered", "allow") or self.happens("supplement", 0.12)
        if wanted and self._may_ask():
            yield from self._supplement(self.counter)
            if self._over():
                return
        if any(fee.moment == "before" and fee.paid_at is None for fee in self._now().fees.all()):
            yield self._soon(), self.ask_payment
            yield self.draw.randint(30, 3 * DAY), self.pay
        yield self._soon(), self.accept
        if self.happens("mend", 0.03):
            yield self.draw.randint(10, 200), self.mend
        yield from self._settle()

    def _settle(self) -> Iterator[Beat]:
        """Through the route, station by station, until it ends."""
        for _ in range(PATIENCE):
            if self._over():
                return
            found = self._now()
            state = State(found.state)
            if state == State.RESULT_READY:
                yield self.draw.randint(30, 5 * DAY), self.hand_over
            elif state == State.AWAITING_SUPPLEMENT:
                yield from self._answer()
            elif found.paper_owed and found.paper_arrived_at is None:
                yield self.draw.randint(DAY, 3 * DAY), self.paper_comes
            elif state == State.EXAMINING:
                yield from self._examine()
            elif state == State.AWAITING_APPROVAL and self.happens("send_back", 0.06):
                yield self._spent(), self.send_back
            elif state == State.AWAITING_APPROVAL and self.happens("stop", 0.01):
                yield self._spent(), self.stop
            elif state == State.AWAITING_SEAL and self.happens("give_back", 0.01):
                yield self.draw.randint(2, 20), self.give_back
            elif state in (State.SUBMITTED, State.AWAITING_PAYMENT):
                yield from self._again(state)
            else:
                yield self._spent(), self.move_on
        raise RuntimeError(f"{self.code} does not come to an end")

    def _again(self, state: State) -> Iterator[Beat]:
        """Acceptance that was refused once is tried anew."""
        if state == State.AWAITING_PAYMENT:
            yield self._soon(), self.pay
        yield self._soon(), self.accept

    def _examine(self) -> Iterator[Beat]:
        if self.draw.random() < 0.3:
            yield self.draw.randint(3, 20), self.assign_now
        if not self._now().supplement_rounds and self._may_ask() and self.happens("propose_supplement", 0.05):
            yield from self._supplement(None)
            return
        if self.happens("consult", 0.08) and self._others():
            yield self.draw.randint(5, 40), self.ask_opinion
        while Consultation.objects.filter(dossier__code=self.code, answered_at__isnull=True).exists():
            yield self.draw.randint(20, 3 * DAY), self.give_opinion
        yield from self._parts()
        if self._station().index > 1 and self.happens("give_back", 0.03):
            yield self.draw.randint(5, 60), self.give_back
            return
        if self.is_slow and self.happens("excuse", 0.3):
            yield self._spent(), self.excuse
            if self.draw.random() < 0.6:
                yield self.draw.randint(10, DAY), self.sign_excuse
        yield self._spent(), self.move_on
        if self.happens("recall", 0.03):
            yield self.draw.randint(1, 4), self.take_back

    def _parts(self) -> Iterator[Beat]:
        """The parts the station names, and the wait for them."""
        for part in range(len(self._station().parts)):
            yield 5, lambda at, part=part: self.open_part(part, at)  # type: ignore[misc]
        over = [state.value for state in CLOSED_STATES]
        for _ in range(PATIENCE):
            if not self._now().children.filter(result_at__isnull=True).exclude(state__in=over).exists():
                return
            yield DAY, self.wait

    def _supplement(self, who: Actor | None) -> Iterator[Beat]:
        """Asked once, sometimes a second time with the leader's leave, and sometimes never answered."""
        if who is None:
            yield self._spent(), self.mark_in_division
        else:
            yield self._soon(), self.mark
        yield 2, self.ask_supplement
        yield from self._answer()
        if who is not None and not self._over() and self._may_ask() and self.happens("allow", 0.15):
            yield self._soon(), self.mark
            yield 5, self.allow_more
            yield 5, self.ask_supplement
            yield from self._answer()

    def _may_ask(self) -> bool:
        """Whether something can be asked for: a paper as often as one likes, another answer to a question only once,
        since the demo's file knows one better answer."""
        item = self.demo.get("supplement", {"item": ""})["item"]
        asked_before = "supplement" in self.demo and self._now().supplement_rounds > 0
        return item.startswith("paper:") or (bool(item) and not asked_before)

    def _answer(self) -> Iterator[Beat]:
        if self._now().state != State.AWAITING_SUPPLEMENT:
            return
        if not self.happens("unanswered", 0.15):
            yield self.draw.randint(DAY // 2, 8 * DAY), self.answer_if_asked
        else:
            yield 45 * DAY, self.wait
            if not self._over():
                yield 1, self.withdraw

    # --- what a beat does

    def wait(self, at: datetime) -> None:
        """Nothing; the bells ring by themselves."""

    def answer_if_asked(self, at: datetime) -> None:
        if self._now().state == State.AWAITING_SUPPLEMENT:
            self.answer_supplement(at)

    def move_on(self, at: datetime) -> None:
        """What ends the present station."""
        self._sync()
        following = self.route[self.index + 1]
        outcome = Outcome.REFUSED if self.draw.random() < 0.05 else Outcome.GRANTED
        if self.step.kind == StepKind.EXAMINE and following.kind != StepKind.EXAMINE:
            self.draft_result(at, outcome=outcome)
            examine.propose(self.code, by=self.officer(), at=at)
        elif self.step.kind == StepKind.EXAMINE:
            examine.pass_on(self.code, by=self.officer(), at=at)
        elif self.step.kind == StepKind.APPROVE:
            approve.approve(self.code, by=self.officer(), at=at)
        else:
            issue.seal(self.code, by=self.officer(), at=at)

    def assign_now(self, at: datetime) -> None:
        self._sync()
        self.assign(at)

    def mark_in_division(self, at: datetime) -> None:
        self._sync()
        super().mark_in_division(at)

    def send_back(self, at: datetime) -> None:
        self._sync()
        super().send_back(at)

    def take_back(self, at: datetime) -> None:
        last = self._now().steps.filter(finished_at__isnull=True).get()
        giver = self.staff.get(last.given_by_id or 0)
        if giver is not None and last.opened_at is None:
            recall.recall(self.code, reason="Gửi nhầm bản dự thảo.", by=giver, at=at)

    def give_back(self, at: datetime) -> None:
        self._sync()
        recall.return_to_giver(self.code, reason="Còn thiếu ý kiến của bước trước.", by=self.officer(), at=at)

    def ask_opinion(self, at: datetime) -> None:
        self._sync()
        units = self.draw.sample(self._others(), k=1)
        consult.ask(self.code, units=units, question="Đề nghị cho ý kiến về hồ sơ này.", by=self.officer(), at=at)

    def give_opinion(self, at: datetime) -> None:
        asked = Consultation.objects.filter(dossier__code=self.code, answered_at__isnull=True).order_by("pk").first()
        if asked is not None:
            by = self.people.officer(asked.agency_id, Role.CASE_OFFICER, asked.division_id)
            consult.opine(self.code, agrees=self.draw.random() < 0.9, opinion="Không có ý kiến khác.", by=by, at=at)

    def open_part(self, part: int, at: datetime) -> None:
        self._sync()
        wanted = self.step.parts[part].procedure
        if not self._now().children.filter(revision__procedure__code=wanted).exists():
            self.born.append(children.open_child(self.code, part=part, by=self.officer(), at=at))

    def excuse(self, at: datetime) -> None:
        found = self._now()
        if found.promised_at is not None and found.paused_at is None:
            self._sync()
            apologise.draft_apology(self.code, reason="Khối lượng hồ sơ tăng đột biến.", by=self.officer(), at=at)

    def sign_excuse(self, at: datetime) -> None:
        apologise.sign_apology(self.code, by=leader_of(self), at=at)

    def allow_more(self, at: datetime) -> None:
        leader = leader_of(self)
        rounds.allow_supplement(self.code, reason="Giấy tờ bổ sung lần đầu chưa đúng.", by=leader, at=at)

    def stop(self, at: datetime) -> None:
        leader = leader_of(self)
        stop.stop(self.code, reasons=["Đang có tranh chấp chờ tòa án giải quyết."], by=leader, at=at)

    def mend(self, at: datetime) -> None:
        wanted = correct.Correction(phone=f"09{self.draw.randint(10**7, 10**8 - 1)}")
        correct.correct(self.code, wanted, reason="Ghi nhầm số điện thoại.", by=self.counter, at=at)

    def paper_comes(self, at: datetime) -> None:
        arrivals.record_arrival(self.code, by=self.counter, at=at)

    def hand_on(self, at: datetime) -> None:
        to = self.draw.choice(self._elsewhere())
        transfer.transfer(self.code, to=to.agency_id, reason="Nộp nhầm cơ quan.", by=self.counter, at=at)
        self.offering = to

    def withdraw(self, at: datetime) -> None:
        withdraw.withdraw(self.code, reason="Không còn nhu cầu.", by=self.applicant, at=at)

    def decline(self, at: datetime) -> None:
        intake.decline(self.code, reasons=self.demo["declined"], by=self.counter, at=at)

    # --- where it stands

    def adopt(self, child: Dossier) -> None:
        """Be the life of a part that another life has opened."""
        self.dossier, self.code, self.agency = child, str(child.code), child.agency
        self.counter = self.people.officer(child.agency_id, Role.COUNTER_OFFICER)
        self.route = parse_route(child.revision.route)

    def look(self) -> None:
        """See anew where it stands: whose it is may have changed, and who works there."""
        self._seen = None
        if not self.code:
            self.counter = self.staff.get(self.counter.account_id or 0, self.counter)
            self.applicant = self.staff.get(self.applicant.account_id or 0, self.applicant)
            return
        found = self._now()
        if State(found.state) in CLOSED_STATES:
            return  # it stays where it was closed, also when nobody works there any more
        if found.agency_id != self.agency.pk:
            self.agency = Agency.objects.get(pk=found.agency_id)
        self.counter = self._at_counter(found)
        if self.account is None or self.channel != Channel.ONLINE:
            self.applicant = self.counter

    def _at_counter(self, found: Dossier) -> Actor:
        """Whoever sits at the counter it came to, for the agency that has it."""
        for actor in self.staff.values():
            for post in actor.posts:
                place = (post.role, post.agency_id, post.counter_id)
                if place == (Role.COUNTER_OFFICER, found.agency_id, found.counter_id):
                    return actor
        return self.people.officer(found.agency_id, Role.COUNTER_OFFICER)

    def officer(self) -> Actor:
        """Whoever holds the present station, else somebody who may do it."""
        return self.staff.get(self._now().holder_id or 0) or super().officer()

    def _now(self) -> Dossier:
        """The dossier as it stood when this life last looked."""
        if self._seen is None:
            self._seen = Dossier.objects.only(*_LOOKED_AT).get(code=self.code)
        return self._seen

    def _over(self) -> bool:
        return State(self._now().state) in CLOSED_STATES

    def _sync(self) -> None:
        self.index = self._now().step_index or 0

    def _station(self) -> Step:
        self._sync()
        return self.step

    def _others(self) -> list[tuple[int, int | None]]:
        """Units that may be asked: any with an examining officer but the present one."""
        found = self._now()
        here = (found.agency_id, found.step_division_id)
        return sorted(
            (agency, division)
            for agency, role, division in self.people.actors
            if role == Role.CASE_OFFICER and division is not None and (agency, division) != here
        )

    def _elsewhere(self) -> list[Offering]:
        found = self._now()
        staffed = {agency for agency, role, _ in self.people.actors if role == Role.COUNTER_OFFICER}
        return [place for place in transfer.places_of(found, at=found.saved_at) if place.agency_id in staffed]

    def _soon(self) -> int:
        return self.draw.randint(8, 45) if self.draw.random() < 0.97 else self.draw.randint(DAY, 2 * DAY)

    def _spent(self) -> int:
        """Working minutes at the present station: within its budget, far beyond it for a slow dossier."""
        run = self._now().steps.filter(finished_at__isnull=True).first()
        budget = run.budget_minutes if run is not None else 60
        share = self.draw.uniform(1.5, 4.0) if self.is_slow else self.draw.uniform(0.1, 0.7)
        return max(int(budget * share), 2)


_CODE = re.compile(r"[A-Z]\d\d\.[\d.]+-\d+-\d+")


def perform(beat: Callable[[datetime], Any], at: datetime) -> str:
    """Do it; answers the refusal's words, or nothing when it was done."""
    try:
        beat(at)
    except Refusal as refusal:
        fields = (text for texts in refusal.field_errors.values() for text in texts)
        return _CODE.sub("…", " ".join([*refusal.messages, *fields]))
    return ""
