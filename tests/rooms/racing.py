"""How every act of the table is done in a race: who does it, what it needs, and two of them held to one order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Barrier, Event, local
from typing import Any

import pytest
from django.db import connection

from motcua.agencies.models import Division, OneStopCounter
from motcua.dossiers.actions import (
    apologise,
    approve,
    arrivals,
    children,
    consult,
    correct,
    deliver,
    draft,
    examine,
    expire,
    fees,
    intake,
    issue,
    recall,
    reschedule,
    rounds,
    stop,
    submit,
    succession,
    withdraw,
)
from motcua.dossiers.actions import transfer as transferring
from motcua.dossiers.facts import load
from motcua.dossiers.models import Dossier, FeeDue, SupplementRequest
from motcua.procedures.models import Offering
from motcua.rules.acts import Act, Channel, State, Verdict
from motcua.rules.people import Actor, Role
from motcua.rules.promise import Stand, Waiting
from motcua.rules.reorganise import read_plan
from tests.cast import SINCE, Cast
from tests.rooms.coordination import HOUR, Province
from tests.rooms.coordination import draft as draft_result
from tests.rooms.late import SYSTEM

FIELDS = ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")
PART = {"procedure": "1.002759", "agency": "*.26"}


@dataclass
class Field:
    """The world of the races; dossiers are made at ``at``, the acts that race happen an hour later."""

    cast: Cast
    at: datetime

    def __post_init__(self) -> None:
        self.province = Province(self.cast, self.at)
        self.later = self.at + HOUR
        self.pair = Pair()
        cast = self.cast
        cast.revision = self.province.route(parts=[{**PART, "optional": True}])
        self.province.card_procedure()
        _ = self.province.sau, self.province.tam, cast.minh, cast.ha, cast.quang, cast.thu, cast.lan, cast.oanh
        self.second = cast.post(
            cast.officer("nam", "Đỗ Văn Nam"), Role.COUNTER_OFFICER, cast.commune, counter=cast.counter
        )
        counter = OneStopCounter.objects.create(host=cast.other_commune, name="Bộ phận một cửa xã Bình Yên")
        counter.serves.add(cast.other_commune)
        Offering.objects.create(
            procedure=cast.revision.procedure, agency=cast.other_commune, counter=counter, since=SINCE
        )
        Division.objects.create(agency=cast.other_commune, key="tu-phap", name="Bộ phận Tư pháp – Hộ tịch")
        self.plan = read_plan(
            {
                "day": self.at.date(),
                "basis": "Nghị quyết sắp xếp",
                "change": [{"kind": "merge", "from": ["H08.41.01"], "to": {"code": "H08.41.02"}}],
            }
        )

    def who(self, act: Act, state: State, *, again: bool = False) -> Actor:
        """Who does the act there; ``again``: the second of two who do the same."""
        cast = self.cast
        if act is Act.RECALL:
            return {State.EXAMINING: cast.quang, State.AWAITING_APPROVAL: cast.ha, State.AWAITING_SEAL: cast.quang}[
                state
            ]
        if act is Act.RETURN_TO_GIVER:
            return cast.thu if state is State.AWAITING_SEAL else cast.ha
        if act in {Act.JUDGE, Act.REQUEST_PAYMENT} and state is State.EXAMINING:
            return cast.ha
        if act is Act.OPINE:
            return self.province.tu if again else self.province.tam
        person = WHO[act](cast)
        return self.second if again and person is cast.minh else person

    def ready(self, state: State, *acts: Act) -> str:
        """The code of a fresh dossier in this state on which each of the acts alone would be granted."""
        cast, at = self.cast, self.at
        code = str(cast.submitted().code)
        rows = Dossier.objects.filter(code=code)
        if state is State.AWAITING_PAYMENT:
            FeeDue.objects.filter(dossier__code=code).update(moment=FeeDue.Moment.BEFORE)
            fees.request_payment(code, by=cast.minh, at=at)
        elif state is State.AWAITING_SUPPLEMENT:
            self._ask(code, accepted=Act.CORRECT in acts)
        elif state is not State.SUBMITTED:
            self._walk(code, state, acts)
        if Act.DELIVER in acts:
            fees.collect(code, receipt_number="0001", by=cast.minh, at=at)
        if Act.RECORD_ARRIVAL in acts:
            rows.update(paper_owed=True)
        if Act.ALLOW_SUPPLEMENT in acts:
            rows.update(supplement_rounds=1)
        if Act.REQUEST_PAYMENT in acts and state is State.SUBMITTED:
            FeeDue.objects.filter(dossier__code=code).update(moment=FeeDue.Moment.BEFORE)
        if Act.CLOSE_UNANSWERED in acts:
            kept = rows.get().policy_data
            rows.update(policy_data={**kept, "close_unanswered": True})
            SupplementRequest.objects.filter(dossier__code=code).update(answer_by=at)
        if Act.SIGN_APOLOGY in acts:
            apologise.draft_apology(code, reason="Hồ sơ lưu chưa tìm thấy.", by=cast.quang, at=at)
        if state is State.SUBMITTED and Act.REQUEST_SUPPLEMENT in acts:
            self._mark(code, by=cast.minh)
        return code

    def _mark(self, code: str, *, by: Actor) -> None:
        right = dict.fromkeys((f"field:{key}" for key in FIELDS), (Verdict.OK, ""))
        intake.judge(code, {**right, "paper:giay-chung-minh": (Verdict.WRONG, "Ảnh mờ.")}, by=by, at=self.at)

    def _ask(self, code: str, *, accepted: bool) -> None:
        cast, at = self.cast, self.at
        if accepted:
            intake.accept(code, by=cast.minh, at=at)
            self._mark(code, by=cast.ha)
            examine.propose_supplement(code, by=cast.ha, at=at)
        else:
            self._mark(code, by=cast.minh)
        intake.request_supplement(code, by=cast.minh, at=at)
        draft.attach(code, "giay-chung-minh", cast.paper(), by=cast.lan, at=at)

    def _walk(self, code: str, state: State, acts: tuple[Act, ...]) -> None:
        """Along the route. At the division it has come back from the leader unopened, its draft still there."""
        cast, at = self.cast, self.at
        intake.accept(code, by=cast.minh, at=at)
        if state is State.ACCEPTED:
            recall.recall(code, by=cast.minh, at=at)
            return
        draft_result(code, by=cast.ha, at=at)
        examine.propose(code, by=cast.ha, at=at)
        if state is State.EXAMINING:
            approve.send_back(code, reason="Sửa câu chữ.", by=cast.quang, at=at)
            if {Act.REQUEST_SUPPLEMENT, Act.PROPOSE_SUPPLEMENT} & set(acts):
                self._mark(code, by=cast.ha)
            if Act.REQUEST_SUPPLEMENT in acts:
                examine.propose_supplement(code, by=cast.ha, at=at)
            if Act.OPINE in acts:
                land = [(cast.commune.pk, self.province.land.pk)]
                consult.ask(code, units=land, question="Có tranh chấp không?", by=cast.ha, at=at)
            return
        if state is not State.AWAITING_APPROVAL:
            approve.approve(code, by=cast.quang, at=at)
        if state is State.RESULT_READY:
            issue.seal(code, by=cast.thu, at=at)

    def doing(self, act: Act, code: str, by: Actor) -> object:
        """Do it, an hour after the dossier was made ready."""
        return DEEDS[act](self, code, by, self.later)


def _verdict(code: str, by: Actor, at: datetime) -> object:
    return intake.judge(code, {"field:ho_ten": (Verdict.OK, "")}, by=by, at=at)


def _outage(field: Field, code: str, by: Actor, at: datetime) -> object:
    lost = Stand(field.at, at, Waiting.OUTAGE, "Mất điện")
    return reschedule.reschedule(code, reason="Hệ thống ngừng hoạt động", outage=lost, by=by, at=at)


def _hand_over(code: str, by: Actor, at: datetime) -> object:
    return deliver.deliver(
        code,
        channel=Channel.COUNTER,
        receiver_name="Nguyễn Thị Lan",
        originals_checked=True,
        form_signed=True,
        by=by,
        at=at,
    )


def _mend(code: str, by: Actor, at: datetime) -> object:
    wanted = correct.Correction(phone=f"09051112{by.account_id or 0:02}"[:10])
    return correct.correct(code, wanted, reason="Ghi nhầm.", by=by, at=at)


def _consult(field: Field, code: str, by: Actor, at: datetime) -> object:
    units = [(field.cast.commune.pk, field.province.land.pk)]
    return consult.ask(code, units=units, question="Có tranh chấp không?", by=by, at=at)


Deed = Callable[[Field, str, Actor, datetime], object]
DEEDS: Mapping[Act, Deed] = {
    Act.SUPPLEMENT: lambda f, c, by, at: submit.supplement(c, by=by, at=at),
    Act.WITHDRAW: lambda f, c, by, at: withdraw.withdraw(c, by=by, at=at),
    Act.JUDGE: lambda f, c, by, at: _verdict(c, by, at),
    Act.REQUEST_SUPPLEMENT: lambda f, c, by, at: intake.request_supplement(c, by=by, at=at),
    Act.DECLINE: lambda f, c, by, at: intake.decline(c, reasons=["Không thuộc thẩm quyền."], by=by, at=at),
    Act.REQUEST_PAYMENT: lambda f, c, by, at: fees.request_payment(c, by=by, at=at),
    Act.COLLECT_FEE: lambda f, c, by, at: fees.collect(c, receipt_number="0002", by=by, at=at),
    Act.ACCEPT: lambda f, c, by, at: intake.accept(c, by=by, at=at),
    Act.FORWARD: lambda f, c, by, at: examine.forward(c, by=by, at=at),
    Act.ASSIGN: lambda f, c, by, at: examine.assign(c, to=f.cast.ha_account.pk, by=by, at=at),
    Act.PROPOSE_SUPPLEMENT: lambda f, c, by, at: examine.propose_supplement(c, by=by, at=at),
    Act.DRAFT_RESULT: lambda f, c, by, at: draft_result(c, by=by, at=at),
    Act.PROPOSE: lambda f, c, by, at: examine.propose(c, by=by, at=at),
    Act.SEND_BACK: lambda f, c, by, at: approve.send_back(c, reason="Sửa lại.", by=by, at=at),
    Act.APPROVE: lambda f, c, by, at: approve.approve(c, by=by, at=at),
    Act.SEAL: lambda f, c, by, at: issue.seal(c, by=by, at=at),
    Act.DELIVER: lambda f, c, by, at: _hand_over(c, by, at),
    Act.RECORD_ARRIVAL: lambda f, c, by, at: arrivals.record_arrival(c, by=by, at=at),
    Act.ALLOW_SUPPLEMENT: lambda f, c, by, at: rounds.allow_supplement(c, reason="Phát sinh.", by=by, at=at),
    Act.CLOSE_UNANSWERED: lambda f, c, by, at: expire.close_unanswered(c, by=by, at=at),
    Act.DRAFT_APOLOGY: lambda f, c, by, at: apologise.draft_apology(c, reason="Chưa xong.", by=by, at=at),
    Act.SIGN_APOLOGY: lambda f, c, by, at: apologise.sign_apology(c, by=by, at=at),
    Act.RESCHEDULE: _outage,
    Act.CONSULT: _consult,
    Act.OPINE: lambda f, c, by, at: consult.opine(c, agrees=True, by=by, at=at),
    Act.OPEN_CHILD: lambda f, c, by, at: children.open_child(c, by=by, at=at),
    Act.RECALL: lambda f, c, by, at: recall.recall(c, by=by, at=at),
    Act.RETURN_TO_GIVER: lambda f, c, by, at: recall.return_to_giver(c, reason="Nhầm nơi.", by=by, at=at),
    Act.STOP: lambda f, c, by, at: stop.stop(c, reasons=["Có bản án."], by=by, at=at),
    Act.TRANSFER: lambda f, c, by, at: transferring.transfer(
        c, to=f.cast.other_commune.pk, reason="Sai nơi.", by=by, at=at
    ),
    Act.CORRECT: lambda f, c, by, at: _mend(c, by, at),
    Act.SUCCEED: lambda f, c, by, at: succession.succeed(c, f.cast.other_commune, f.plan, by=by, at=at),
}  # fmt: skip
"""Every act that can meet another; what is not here, `test_races_of_pairs.APART` says why."""

WHO: Mapping[Act, Callable[[Cast], Actor]] = {
    **dict.fromkeys((Act.SUPPLEMENT, Act.WITHDRAW), lambda cast: cast.lan),
    **dict.fromkeys(
        (
            Act.JUDGE, Act.REQUEST_SUPPLEMENT, Act.DECLINE, Act.REQUEST_PAYMENT, Act.COLLECT_FEE, Act.ACCEPT,
            Act.FORWARD, Act.DELIVER, Act.RECORD_ARRIVAL, Act.TRANSFER, Act.CORRECT,
        ),
        lambda cast: cast.minh,
    ),
    **dict.fromkeys(
        (Act.ASSIGN, Act.PROPOSE_SUPPLEMENT, Act.DRAFT_RESULT, Act.PROPOSE, Act.CONSULT, Act.OPEN_CHILD),
        lambda cast: cast.ha,
    ),
    **dict.fromkeys(
        (Act.SEND_BACK, Act.APPROVE, Act.ALLOW_SUPPLEMENT, Act.DRAFT_APOLOGY, Act.SIGN_APOLOGY, Act.STOP),
        lambda cast: cast.quang,
    ),
    Act.SEAL: lambda cast: cast.thu,
    **dict.fromkeys((Act.CLOSE_UNANSWERED, Act.RESCHEDULE, Act.SUCCEED), lambda cast: SYSTEM),
}  # fmt: skip


# --- two at once, each with a connection of its own


@contextmanager
def first_then_second() -> Iterator[local]:
    """The one marked ``is_first`` has the lock; it goes on only when the other has read the dossier as it still is and
    is asking for the lock too. So both have read before either has written, and the order is known."""
    mine, held, asking, real = local(), Event(), Event(), load.locked

    def locked(code: str, **more: Any) -> Dossier | None:
        if getattr(mine, "is_first", None) is None:
            return real(code, **more)
        is_first, mine.is_first = mine.is_first, None
        if is_first:
            found = real(code, **more)
            held.set()
            assert asking.wait(20)
            return found
        assert held.wait(20)
        mine.read = load.loaded(code, may=lambda row: True)
        asking.set()
        return real(code, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "locked", locked)
        yield mine


@contextmanager
def nobody_locks() -> Iterator[local]:
    """As if the gate locked nothing: both read, and only then either writes."""
    mine, both = local(), Barrier(2)

    def locked(code: str, **more: Any) -> Dossier | None:
        found = load.loaded(code, may=lambda row: True)
        if getattr(mine, "is_first", None) is not None:
            mine.is_first = None
            both.wait(20)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "locked", locked)
        yield mine


class Pair:
    """Two threads, each with a connection of its own that lives as long as they do."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(2)

    def at_once(self, first: Callable[[], object], second: Callable[[], object], *, how: Any = None) -> list[Any]:
        """What each answered, or the refusal (or fault) it met; ``first`` has the lock first."""
        with (how or first_then_second)() as mine:

            def run(is_first: bool) -> Any:
                mine.is_first = is_first
                try:
                    return (first if is_first else second)()
                except Exception as no:
                    return no

            return list(self._pool.map(run, (True, False)))

    def close(self) -> None:
        """Give both connections back."""
        both = Barrier(2)

        def end(_: int) -> None:
            both.wait(20)
            connection.close()

        list(self._pool.map(end, range(2)))
        self._pool.shutdown()
