"""Bells: each rings once for each date, to the right people, whoever looks and however often."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from motcua.dossiers.actions import submit, timers
from motcua.dossiers.models import Alarm, Dossier, TimerMark
from motcua.notifications.models import Message
from motcua.rules.acts import State
from motcua.rules.lateness import Bell
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.late import DAY, HOUR, SYSTEM, accepted, awaited, day, now_of, operator, ring


def told(code: str, kind: str) -> set[str]:
    return set(Message.objects.filter(subject_ref=code, kind=kind).values_list("recipient_name", flat=True))


@accepts("BD-9")
def test_every_step_has_a_limit_of_its_own_and_rings_before_it(cast: Cast, at: datetime) -> None:
    _ = cast.ha, cast.quang
    code = accepted(cast, at)
    steps = list(now_of(code).steps.order_by("pk"))
    assert [step.budget_minutes for step in steps] == [120, 840]  # what the route gives each station
    assert steps[-1].due_at is not None and steps[-1].due_at < now_of(code).promised_at
    warned = day(at, 19, 13, 30)  # three quarters of fourteen hours after Wednesday 09:00
    ring(warned - timedelta(minutes=1))
    assert told(code, "deadline_near") == set()
    ring(warned)
    assert told(code, "deadline_near") == {"Phạm Thu Hà", "Võ Minh Quang"}
    assert TimerMark.objects.filter(kind=Bell.STEP_WARNING).count() == 1


@accepts("BN-11", "HY-25")
def test_before_the_acceptance_limit_the_counter_and_the_leader_are_warned_and_after_it_told(
    cast: Cast, at: datetime
) -> None:
    _ = cast.minh, cast.quang
    code = str(cast.submitted().code)  # eight working hours from Wednesday 09:00
    ring(at + 6 * HOUR)
    assert told(code, "deadline_near") == set()
    ring(day(at, 18, 17, 0))
    assert told(code, "deadline_near") == {"Lê Quang Minh", "Võ Minh Quang"}
    ring(day(at, 19, 8, 0))
    assert Message.objects.filter(kind="deadline_near", recipient_name="Lê Quang Minh").count() == 2
    ring(day(at, 19, 9, 0))
    assert told(code, "deadline_missed") == {"Lê Quang Minh", "Võ Minh Quang"}


def test_what_has_rung_never_rings_again_and_what_was_missed_rings_when_somebody_looks(
    cast: Cast, at: datetime
) -> None:
    accepted(cast, at)
    assert ring(day(at, 20, 17, 29)) > 0  # nobody looked for two days
    marks = TimerMark.objects.count()
    assert ring(day(at, 20, 17, 29)) == 0
    Alarm.objects.update(ring_at=at)  # as after every act: look again
    assert ring(day(at, 20, 17, 29)) == 0
    assert TimerMark.objects.count() == marks


def test_an_alarm_stands_at_the_next_bell_and_a_closed_dossier_has_none(cast: Cast, at: datetime) -> None:
    from motcua.dossiers.actions import withdraw

    code = accepted(cast, at)
    assert Alarm.objects.get().ring_at == at
    ring(at)
    assert Alarm.objects.get().ring_at == day(at, 19, 13, 30)
    withdraw.withdraw(code, by=cast.lan, at=at + HOUR)
    assert not Alarm.objects.exists()


def test_what_is_foretold_is_what_happens(cast: Cast, at: datetime) -> None:
    _ = operator(cast)
    for _number in range(3):
        accepted(cast, at)
    awaited(cast, at)
    cast.submitted()
    until = at + 12 * DAY
    foretold = timers.what_will_happen(at=at, until=until, actor=SYSTEM)
    assert foretold and not TimerMark.objects.exists() and not Message.objects.filter(kind="deadline_near").exists()
    assert {Bell.APOLOGY_DRAFT, Bell.APOLOGY_SEND, Bell.LATE_AGAIN} <= {each.bell for each in foretold}
    moment = at
    while moment <= until:
        ring(moment)
        moment += HOUR
    happened = sorted(TimerMark.objects.values_list("dossier__code", "kind", "due_at"))
    assert happened == sorted((each.code, each.bell.value, each.due_at) for each in foretold)
    assert timers.what_will_happen(at=until, until=until, actor=SYSTEM) == []


def test_an_officer_is_foretold_only_what_he_sees(cast: Cast, at: datetime) -> None:
    accepted(cast, at)
    until = at + 3 * DAY
    assert timers.what_will_happen(at=at, until=until, actor=cast.quang)
    assert timers.what_will_happen(at=at, until=until, actor=cast.oanh) == []


def test_one_dossier_whose_bell_fails_holds_nobody_else_up(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = accepted(cast, at), accepted(cast, at)
    real = timers._do

    def failing(ring_, dossier, run, *, by, at):
        if dossier.code == first:
            raise RuntimeError("broken")
        real(ring_, dossier, run, by=by, at=at)

    monkeypatch.setattr(timers, "_do", failing)
    ring(day(at, 19, 15))
    assert not TimerMark.objects.filter(dossier__code=first).exists()
    assert TimerMark.objects.filter(dossier__code=second).exists()
    monkeypatch.setattr(timers, "_do", real)
    assert ring(day(at, 19, 15, 20)) > 0  # tried again a quarter of an hour later


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_ring_every_bell_once(cast: Cast, at: datetime) -> None:
    for _number in range(4):
        accepted(cast, at)
    start = threading.Barrier(2)
    rung: list[int] = []

    def work() -> None:
        start.wait()
        try:
            rung.append(ring(day(at, 20, 8)))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    marks = list(TimerMark.objects.values_list("dossier_id", "kind", "due_at"))
    assert sum(rung) == len(marks) == len(set(marks)) and len({pk for pk, _, _ in marks}) == 4


@pytest.mark.django_db(transaction=True)
def test_a_dossier_an_officer_is_working_on_is_left_for_the_next_look(cast: Cast, at: datetime) -> None:
    code = accepted(cast, at)
    held = threading.Event()
    done = threading.Event()

    def officer() -> None:
        try:
            with transaction.atomic():
                Dossier.objects.select_for_update(of=("self",)).get(code=code)
                held.set()
                done.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=officer)
    thread.start()
    held.wait(10)
    assert ring(day(at, 19, 15)) == 0
    done.set()
    thread.join()
    assert ring(day(at, 19, 15)) > 0


def test_the_applicant_is_reminded_before_the_time_to_answer_is_over(cast: Cast, at: datetime) -> None:
    code = awaited(cast, at)
    request = now_of(code).supplement_requests.get()
    soon = request.answer_by - 9 * DAY  # five working days and the weekend between them
    ring(soon)
    assert told(code, "supplement_reminder") == set()
    ring(request.answer_by - 4 * DAY)
    ring(request.answer_by - 3 * DAY)
    assert Message.objects.filter(kind="supplement_reminder", channel="portal").count() == 1
    body = Message.objects.get(kind="supplement_reminder", channel="portal").body
    assert code in body and "Hạn bổ sung" in body


def test_where_the_rule_closes_an_unanswered_dossier_ends_with_a_notice(cast: Cast, at: datetime) -> None:
    from motcua.papers.queries import of as papers_of

    code = awaited(cast, at)
    dossier = now_of(code)
    dossier.policy_data = {**dossier.policy_data, "close_unanswered": True}
    dossier.save()
    limit = dossier.supplement_requests.get().answer_by
    ring(limit)  # an answer at the very moment is in time
    assert now_of(code).state == State.AWAITING_SUPPLEMENT
    ring(limit + timedelta(minutes=1))
    ended = now_of(code)
    assert (ended.state, ended.closed_at) == (State.STOPPED, limit + timedelta(minutes=1))
    assert [paper.kind for paper in papers_of(code)][-1] == "stop_notice"
    assert told(code, "closed_unanswered") == {"Nguyễn Thị Lan"}
    assert ended.timeline.order_by("pk").last().act == "close_unanswered"
    with pytest.raises(Exception, match="không còn ở bước"):
        submit.supplement(code, by=cast.lan, at=limit + HOUR)


def test_where_it_does_not_close_the_counter_is_told(cast: Cast, at: datetime) -> None:
    _ = cast.minh
    code = awaited(cast, at)
    limit = now_of(code).supplement_requests.get().answer_by
    ring(limit + DAY)
    assert now_of(code).state == State.AWAITING_SUPPLEMENT
    assert told(code, "deadline_missed") == {"Lê Quang Minh"}


def test_whoever_is_given_a_step_is_told(cast: Cast, at: datetime) -> None:
    from motcua.dossiers.actions import examine

    _ = cast.ha, cast.binh
    code = accepted(cast, at)
    assert told(code, "step_given") == {"Đặng Thanh Bình"}  # the head, who gives it out
    examine.assign(code, to=cast.ha_account.pk, by=cast.binh, at=at + HOUR)
    assert told(code, "step_given") == {"Đặng Thanh Bình", "Phạm Thu Hà"}
