"""Bells: each rings once for each date, to the right people, whoever looks and however often."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from motcua.agencies.models import Agency, Tier
from motcua.dossiers.actions import consult, intake, reschedule, submit, timers, withdraw
from motcua.dossiers.models import Alarm, Dossier, TimerMark
from motcua.notifications.models import Message
from motcua.policy.actions import record_outage
from motcua.rules.acts import State
from motcua.rules.lateness import MOST_ESCALATIONS, Bell
from motcua.rules.people import Role
from tests.acceptance.proof import accepts
from tests.cast import SINCE, Cast
from tests.rooms.coordination import Province
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
    province = Province(cast, at)
    _ = province.tam
    units = [(cast.commune.pk, province.land.pk)]
    consult.ask(accepted(cast, at), units=units, question="Có tranh chấp không?", hours=4, by=cast.ha, at=at)
    until = at + 12 * DAY
    foretold = timers.what_will_happen(at=at, until=until, actor=SYSTEM)
    assert foretold and not TimerMark.objects.exists() and not Message.objects.filter(kind="deadline_near").exists()
    assert {Bell.APOLOGY_DRAFT, Bell.APOLOGY_SEND, Bell.LATE_AGAIN, Bell.OPINION_LATE, Bell.ACCEPTANCE_STILL_LATE} <= {
        each.bell for each in foretold
    }
    moment = at
    while moment <= until:
        ring(moment)
        moment += HOUR
    happened = sorted(TimerMark.objects.values_list("dossier__code", "kind", "due_at", "of"))
    assert happened == sorted((each.code, each.bell.value, each.due_at, each.of) for each in foretold)
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


@pytest.mark.parametrize("failure", [DataError, IntegrityError])
def test_what_the_database_will_not_take_of_one_dossier_holds_nobody_else_up(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch, failure: type[Exception]
) -> None:
    first, second = accepted(cast, at), accepted(cast, at)
    real = timers._do

    def failing(ring_, dossier, run, *, by, at):
        if dossier.code == first:
            raise failure("broken")
        return real(ring_, dossier, run, by=by, at=at)

    monkeypatch.setattr(timers, "_do", failing)
    ring(day(at, 19, 15))
    assert set(TimerMark.objects.values_list("dossier__code", flat=True)) == {second}


def test_a_dossier_that_cannot_be_counted_is_told_and_holds_nobody_else_up(
    cast: Cast, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = accepted(cast, at), accepted(cast, at)
    Dossier.objects.filter(code=first).update(pauses=[["no moment", "no moment"]])
    ring(day(at, 19, 15))
    assert set(TimerMark.objects.values_list("dossier__code", flat=True)) == {second}
    assert "could not ring" in caplog.text
    assert Alarm.objects.get(dossier__code=first).ring_at == day(at, 19, 15, 15)


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


# --- opinions have bells of their own


def asked(cast: Cast, at: datetime, *, hours: int = 4) -> tuple[str, Province]:
    """Hà has asked the land division, and the insurance agency as a whole, each with ``hours`` working hours."""
    province = Province(cast, at)
    _ = cast.ha, cast.quang, province.tam, province.bay
    code = accepted(cast, at)
    units = [(cast.commune.pk, province.land.pk), (province.insurance.pk, None)]
    consult.ask(code, units=units, question="Có tranh chấp không?", hours=hours, by=cast.ha, at=at)
    return code, province


def heard(code: str, limit: str, kind: str) -> dict[str, int]:
    """How often each was written to about a limit."""
    rows = Message.objects.filter(subject_ref=code, kind=kind, body__contains=limit)
    names = list(rows.values_list("recipient_name", flat=True))
    return {name: names.count(name) for name in names}


OPINION = "Hạn trả lời ý kiến"


@accepts("BN-16", "BD-36", "HY-32")
def test_whoever_was_asked_is_warned_twice_and_whoever_asked_learns_of_the_silence(cast: Cast, at: datetime) -> None:
    code, _ = asked(cast, at)  # Wednesday 09:00, four working hours: due 15:00
    ring(day(at, 18, 13, 59))
    assert heard(code, OPINION, "deadline_near") == {}
    ring(day(at, 18, 14, 0))  # three quarters, and the same moment one working hour before
    assert heard(code, OPINION, "deadline_near") == {"Ngô Văn Tám": 2, "Lâm Văn Bảy": 2}
    ring(day(at, 18, 14, 59))
    assert heard(code, OPINION, "deadline_missed") == {}
    ring(day(at, 18, 15))
    assert heard(code, OPINION, "deadline_missed") == {"Phạm Thu Hà": 2, "Võ Minh Quang": 2}  # once for each unit
    assert Message.objects.filter(kind="deadline_missed", body__contains="Bộ phận Địa chính").count() == 2
    Alarm.objects.update(ring_at=at)
    assert ring(day(at, 18, 15)) == 0


def test_an_opinion_given_rings_no_more(cast: Cast, at: datetime) -> None:
    code, province = asked(cast, at)
    consult.opine(code, agrees=True, by=province.tam, at=at + HOUR)
    ring(day(at, 18, 15))
    assert heard(code, OPINION, "deadline_near") == {"Lâm Văn Bảy": 2}
    assert heard(code, OPINION, "deadline_missed") == {"Phạm Thu Hà": 1, "Võ Minh Quang": 1}


def test_while_the_applicant_is_awaited_nobody_owes_an_opinion(cast: Cast, at: datetime) -> None:
    code, _ = asked(cast, at)
    Dossier.objects.filter(code=code).update(state=State.AWAITING_SUPPLEMENT.value, paused_at=at)
    ring(day(at, 18, 17))
    assert heard(code, OPINION, "deadline_near") == {}


def test_what_comes_up_names_the_unit_that_was_asked(cast: Cast, at: datetime) -> None:
    code, _ = asked(cast, at)
    foretold = timers.what_will_happen(at=at, until=at + 6 * HOUR, actor=cast.quang)
    found = {(each.bell, each.unit) for each in foretold if each.code == code}
    for bell in (Bell.OPINION_WARNING, Bell.OPINION_SOON, Bell.OPINION_LATE):
        assert {(bell, "Bộ phận Địa chính"), (bell, "Bảo hiểm xã hội tỉnh")} <= found


def test_an_outage_gives_an_opinion_its_minutes_back_and_it_is_not_silence_before(cast: Cast, at: datetime) -> None:
    code, _ = asked(cast, at, hours=8)  # due Thursday 09:00
    record_outage(
        since=day(at, 18, 14), until=day(at, 18, 16), reason="mất điện", by=operator(cast), at=day(at, 18, 17)
    )
    while reschedule.carry_out(by=SYSTEM, at=day(at, 18, 17, 5)):
        pass
    rows = now_of(code).consultations.all()
    assert {row.due_at for row in rows} == {day(at, 19, 11)}
    ring(day(at, 19, 10, 59))
    assert heard(code, OPINION, "deadline_missed") == {}
    ring(day(at, 19, 11))
    assert heard(code, OPINION, "deadline_missed") == {"Phạm Thu Hà": 2, "Võ Minh Quang": 2}


def test_what_was_overdue_before_an_outage_stays_overdue(cast: Cast, at: datetime) -> None:
    code, _ = asked(cast, at)  # due 15:00
    record_outage(
        since=day(at, 18, 16), until=day(at, 18, 17), reason="mất điện", by=operator(cast), at=day(at, 18, 17)
    )
    while reschedule.carry_out(by=SYSTEM, at=day(at, 18, 17, 5)):
        pass
    assert {row.due_at for row in now_of(code).consultations.all()} == {day(at, 18, 15)}


# --- while it lies elsewhere


@accepts("HY-32", "BD-42")
def test_at_a_coordinating_agency_its_leader_is_warned_beside_the_lead(cast: Cast, at: datetime) -> None:
    province = Province(cast, at)
    _ = cast.quang, province.bay
    cast.revision = province.through_insurance()
    code = accepted(cast, at)  # twelve hours from Wednesday 09:00: until Thursday 15:00
    ring(day(at, 19, 13, 30))
    assert told(code, "deadline_near") == {"Trịnh Thị Sáu", "Lâm Văn Bảy", "Võ Minh Quang"}


# --- nobody answers: higher, and higher


def above(cast: Cast) -> None:
    """A province over the commune, and the state over the province, each with a leader."""
    top = Agency.objects.create(code="G00", name="Bộ Tư pháp", kind="ministry", tier=Tier.PROVINCE, since=SINCE)
    province = Agency.objects.create(
        code="H08", name="Ủy ban nhân dân tỉnh", kind="peoples_committee", tier=Tier.PROVINCE, since=SINCE, parent=top
    )
    cast.commune.parent = province
    cast.commune.save()
    cast.post(cast.officer("tinh", "Chủ tịch tỉnh"), Role.LEADER, province)
    cast.post(cast.officer("bo", "Bộ trưởng"), Role.LEADER, top)


def climbed(code: str) -> set[str]:
    rows = Message.objects.filter(subject_ref=code, body__contains="báo lên cấp cao hơn lần thứ")
    return set(rows.values_list("recipient_name", flat=True))


@accepts("BN-11", "HY-25")
def test_a_dossier_nobody_takes_in_is_carried_one_level_higher_every_three_working_days(
    cast: Cast, at: datetime
) -> None:
    _ = cast.minh, cast.quang, operator(cast)
    above(cast)
    code = str(cast.submitted().code)  # due Thursday 09:00
    ring(day(at, 24, 8, 59))
    assert climbed(code) == set()
    ring(day(at, 24, 9))  # Tuesday: three working days later
    assert climbed(code) == {"Chủ tịch tỉnh"}
    ring(day(at, 27, 9))
    assert climbed(code) == {"Chủ tịch tỉnh", "Bộ trưởng"}
    ring(day(at, 2, 9, month=12))
    assert climbed(code) == {"Chủ tịch tỉnh", "Bộ trưởng", "Ngô Văn Oánh"}
    Alarm.objects.update(ring_at=at)
    assert ring(day(at, 2, 9, month=12)) == 0
    intake.accept(code, by=cast.minh, at=day(at, 2, 10, month=12))
    ring(day(at, 7, 9, month=12))
    assert TimerMark.objects.filter(kind=Bell.ACCEPTANCE_STILL_LATE).count() == 3


def test_a_new_date_broken_too_is_carried_upward_a_few_times_and_then_no_more(cast: Cast, at: datetime) -> None:
    _ = cast.minh, cast.ha, cast.quang, operator(cast)
    above(cast)
    code = accepted(cast, at)
    ring(day(at, 24))
    late_again = now_of(code).promised_at
    assert late_again is not None and TimerMark.objects.filter(kind=Bell.APOLOGY_SEND).exists()
    ring(late_again)
    assert climbed(code) == set()
    ring(late_again + 11 * DAY)
    told_of = list(Message.objects.filter(body__contains="báo lên cấp cao hơn lần thứ").order_by("created_at"))
    marks = TimerMark.objects.filter(kind=Bell.STILL_LATE)
    assert marks.exists() and told_of[0].recipient_name == "Bộ trưởng"  # the province was told when the date broke
    assert {message.recipient_name for message in told_of[1:]} == {"Ngô Văn Oánh"}
    ring(at.replace(year=2027, month=3, day=31))
    assert marks.count() == MOST_ESCALATIONS and not Alarm.objects.filter(dossier__code=code).exists()


def test_what_ends_is_carried_no_higher(cast: Cast, at: datetime) -> None:
    above(cast)
    code = str(cast.submitted().code)
    withdraw.withdraw(code, by=cast.lan, at=day(at, 20))
    ring(day(at, 30))
    assert climbed(code) == set()
