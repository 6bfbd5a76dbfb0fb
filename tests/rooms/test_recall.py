"""Taking back while nobody has opened it, giving back with a reason; minutes are conserved (BD-36, BD-37)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from motcua.base.errors import Refusal
from motcua.dossiers.actions import approve, consult, examine, recall
from motcua.dossiers.models import Consultation, Dossier, StepRun
from motcua.dossiers.queries import dossier_of, offers
from motcua.policy import queries as policy
from motcua.rules.acts import Act, State
from motcua.rules.lifecycle import Granted
from motcua.rules.people import Actor
from motcua.rules.worktime import working_minutes
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.coordination import HOUR, Province, dossier, draft


@pytest.fixture
def province(cast: Cast, at: datetime) -> Province:
    _ = cast.quang, cast.thu
    return Province(cast, at)


def may(code: str, act: Act, actor: Actor, at: datetime) -> bool:
    return isinstance(offers(dossier(code), actor, at=at).get(act), Granted)


def open_page(code: str, actor: Actor, at: datetime) -> bool:
    return recall.mark_opened(dossier_of(code, actor), by=actor, at=at)


def used(code: str) -> int:
    return sum(dossier(code).steps.values_list("used_minutes", flat=True))


@accepts("BD-70")
def test_whoever_handed_it_on_takes_it_back_while_nobody_has_opened_it(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    examine.propose(code, by=cast.ha, at=at + HOUR)
    assert may(code, Act.RECALL, cast.ha, at)
    assert not may(code, Act.RECALL, cast.quang, at)
    recall.recall(code, reason="Tôi quên một trang.", by=cast.ha, at=at + 2 * HOUR)
    back = dossier(code)
    assert (back.state, back.holder_id) == (State.EXAMINING, cast.ha.account_id)
    run = back.steps.get(finished_at=None)
    assert (run.kind, run.budget_minutes) == ("examine", 14 * 60 - 60)  # an hour of the fourteen was used
    assert not may(code, Act.RECALL, cast.ha, at + 2 * HOUR)
    assert not back.timeline.get(act="recall").is_public
    draft(code, by=cast.ha, at=at + 2 * HOUR)
    examine.propose(code, by=cast.ha, at=at + 2 * HOUR)


def test_once_the_receiver_has_opened_it_nobody_takes_it_back(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    examine.propose(code, by=cast.ha, at=at)
    assert not open_page(code, cast.ha, at)  # the giver's own look does not count
    assert not open_page(code, cast.minh, at)  # nor that of somebody whose step it is not
    assert open_page(code, cast.quang, at + HOUR)
    assert not open_page(code, cast.quang, at + HOUR)  # once is enough
    assert dossier(code).steps.get(finished_at=None).opened_at == at + HOUR
    with pytest.raises(Refusal, match="đã mở hồ sơ") as no:
        recall.recall(code, by=cast.ha, at=at + HOUR)
    assert no.value.status == 422


def test_work_on_a_step_opens_it_whatever_it_came_through(province: Province, at: datetime) -> None:
    code, cast = province.at_division(), province.cast
    assert may(code, Act.RECALL, cast.minh, at)
    draft(code, by=cast.ha, at=at)
    assert not may(code, Act.RECALL, cast.minh, at)


def test_the_counter_takes_back_what_it_forwarded(province: Province, at: datetime) -> None:
    code, cast = province.at_division(), province.cast
    recall.recall(code, by=cast.minh, at=at + HOUR)
    assert dossier(code).state == State.ACCEPTED
    examine.forward(code, by=cast.minh, at=at + HOUR)
    assert dossier(code).state == State.EXAMINING


def test_a_recalled_signature_is_no_signature(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    examine.propose(code, by=cast.ha, at=at)
    approve.approve(code, by=cast.quang, at=at)
    recall.recall(code, by=cast.quang, at=at)
    back = Dossier.objects.select_related("result").get(code=code)
    assert (back.state, back.result.approved_at, back.result.approved_by_name) == (State.AWAITING_APPROVAL, None, "")


@accepts("BD-37")
def test_what_should_not_have_come_goes_back_to_who_sent_it_with_the_reason(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    examine.propose(code, by=cast.ha, at=at)
    approve.approve(code, by=cast.quang, at=at + HOUR)
    with pytest.raises(Refusal) as no:
        recall.return_to_giver(code, reason=" ", by=cast.thu, at=at + HOUR)
    assert "reason" in no.value.field_errors
    recall.return_to_giver(code, reason="Thiếu chữ ký trang 2.", by=cast.thu, at=at + 2 * HOUR)
    back = Dossier.objects.select_related("result").get(code=code)
    assert (back.state, back.result.approved_at) == (State.AWAITING_APPROVAL, None)
    assert back.timeline.get(act="return_to_giver").note == "Thiếu chữ ký trang 2."
    approve.send_back(code, reason="Sửa lại.", by=cast.quang, at=at + 2 * HOUR)
    recall.return_to_giver(code, reason="Giấy tờ không thuộc phòng tôi.", by=cast.ha, at=at + 2 * HOUR)
    assert dossier(code).state == State.ACCEPTED
    assert dossier(code).holder_id == cast.minh.account_id


@accepts("BD-35")
def test_every_minute_stands_on_exactly_one_station(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    examine.propose(code, by=cast.ha, at=at + HOUR)
    recall.recall(code, by=cast.ha, at=at + 3 * HOUR)
    examine.propose(code, by=cast.ha, at=at + 5 * HOUR)
    approve.approve(code, by=cast.quang, at=at + 7 * HOUR)
    recall.return_to_giver(code, reason="Sai số.", by=cast.thu, at=at + 24 * HOUR)
    end = at + 25 * HOUR
    approve.approve(code, by=cast.quang, at=end)
    accepted = dossier(code).accepted_at
    assert accepted is not None
    hours = policy.calendar(at, agency_id=cast.commune.pk)
    assert used(code) == working_minutes(hours, accepted, end)
    passages = [(run.index, run.used_minutes <= run.budget_minutes) for run in dossier(code).steps.order_by("pk")]
    assert [index for index, _ in passages] == [0, 1, 2, 1, 2, 3, 2, 3]


def test_giving_back_lets_go_of_opinions_nobody_needs_any_more(province: Province, at: datetime) -> None:
    code, cast = province.drafted(), province.cast
    consult.ask(code, units=[(cast.commune.pk, province.land.pk)], question="?", by=cast.ha, at=at)
    recall.return_to_giver(code, reason="Nhầm phòng.", by=cast.ha, at=at)
    row = Consultation.objects.get()
    assert (row.agrees, row.opinion) == (None, "Không còn cần ý kiến")


# --- two at once, each with a connection of its own


@pytest.fixture
def committed(transactional_db: None, at: datetime) -> Iterator[Province]:
    policy.forget()
    yield Province(Cast(at), at)


def both(*acts: Any) -> list[Any]:
    """Run the acts in threads that start together; what each answered, or the refusal it met."""
    start = Barrier(len(acts))

    def run(act: Any) -> Any:
        try:
            start.wait(10)
            return act()
        except Refusal as no:
            return no
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_of_opening_and_recalling_at_once_exactly_one_is_first(committed: Province, at: datetime) -> None:
    code, cast = committed.drafted(), committed.cast
    _ = cast.quang
    examine.propose(code, by=cast.ha, at=at)
    seen = dossier_of(code, cast.quang)
    opened, recalled = both(
        lambda: recall.mark_opened(seen, by=cast.quang, at=at),
        lambda: recall.recall(code, by=cast.ha, at=at),
    )
    assert opened is not isinstance(recalled, Dossier)
    gone = StepRun.objects.filter(dossier__code=code, kind="approve").get()
    assert (gone.opened_at is not None) == opened
    assert (gone.finished_at is None) == opened


@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_who_answer_at_once_one_is_heard(committed: Province, at: datetime) -> None:
    code, cast = committed.drafted(), committed.cast
    people = (committed.tam, committed.tu)
    consult.ask(code, units=[(cast.commune.pk, committed.land.pk)], question="?", by=cast.ha, at=at)
    answers = both(*(lambda who=who: consult.opine(code, agrees=True, by=who, at=at) for who in people))
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert [no.status for no in refused] == [409]
    assert dossier(code).timeline.filter(act="opine").count() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_is_asked_about_what_has_gone_to_the_leader(committed: Province, at: datetime) -> None:
    code, cast = committed.drafted(), committed.cast
    units = [(cast.commune.pk, committed.land.pk)]
    proposed, asked = both(
        lambda: examine.propose(code, by=cast.ha, at=at),
        lambda: consult.ask(code, units=units, question="?", by=cast.ha, at=at),
    )
    assert isinstance(proposed, Refusal) is not isinstance(asked, Refusal)
    open_ones = Consultation.objects.filter(answered_at=None).count()
    assert (dossier(code).state, open_ones) in [(State.AWAITING_APPROVAL, 0), (State.EXAMINING, 1)]
