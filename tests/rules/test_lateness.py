"""Which bell rings when, what is promised, and why the clock stood: the rules, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.rules.acts import AfterSupplement
from motcua.rules.lateness import MOST_ESCALATIONS, Asked, Bell, Limit, Ring, Running, before, coming, rings_of
from motcua.rules.policy import Policy, PolicyError
from motcua.rules.promise import (
    Stand,
    Waiting,
    counted,
    counting_start,
    days_until,
    lost_minutes,
    net_minutes,
    next_date,
    promised_amount,
    stands_from,
)
from motcua.rules.worktime import VIETNAM, Calendar, Reason, Unit, add_working_minutes, closing_of, due, working_minutes
from motcua.rules.worktime.changed import with_hours
from motcua.rules.worktime.hours import office_hours
from tests.acceptance.proof import accepts

HOURS = Calendar.default()
AT = datetime(2026, 11, 18, 9, tzinfo=VIETNAM)  # a Wednesday
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 1)).map(lambda at: at.replace(tzinfo=VIETNAM))
LONG = {Unit.MONTHS: 6, Unit.WORKING_HOURS: 200, Unit.ELAPSED_HOURS: 400}


def moment(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


# --- what is promised


@accepts("BN-15", "BD-40", "BD-41")
@given(
    start=moments,
    unit=st.sampled_from(list(Unit)),
    share=st.integers(1, 100),
    part=st.floats(0.01, 1),
    online=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_an_online_dossier_is_never_promised_later_than_published(
    start: datetime, unit: Unit, share: int, part: float, online: bool
) -> None:
    published = max(1, int(LONG.get(unit, 60) * part))
    amount = promised_amount(published, percent=share, online=online)
    assert 1 <= amount <= published
    assert (
        due(HOURS, start=start, amount=amount, unit=unit).at <= due(HOURS, start=start, amount=published, unit=unit).at
    )


@accepts("BD-41")
@pytest.mark.parametrize(("percent", "days"), [(100, 10), (80, 8), (75, 7), (1, 1)])
def test_an_agency_may_promise_less_to_online_dossiers(percent: int, days: int) -> None:
    assert promised_amount(10, percent=percent, online=True) == days
    assert promised_amount(10, percent=percent, online=False) == 10
    assert promised_amount(1, percent=percent, online=True, same_day=True) == 1


@accepts("BN-15", "BD-40")
def test_a_clause_cannot_promise_more_than_is_published() -> None:
    with pytest.raises(PolicyError):
        Policy.from_data({"online_time_percent": 101})
    assert promised_amount(10, percent=250, online=True) == 10


# --- why the clock stood


def test_a_reset_counts_anew_from_the_last_supplement_and_no_other_stand() -> None:
    stands = (
        Stand(moment(19), moment(20), Waiting.SUPPLEMENT),
        Stand(moment(23), moment(25), Waiting.PAYMENT),
    )
    assert counting_start(AT, stands, AfterSupplement.CONTINUE) == AT
    assert counting_start(AT, stands, AfterSupplement.RESET) == moment(20)


def test_every_stand_is_told_by_its_reason() -> None:
    stands = (
        Stand(moment(19), moment(20), Waiting.SUPPLEMENT),
        Stand(moment(23), moment(24), Waiting.PAYMENT),
        Stand(moment(26), moment(27), Waiting.OUTAGE, "mất điện"),
    )
    found = counted(HOURS, start=AT, amount=40, unit=Unit.WORKING_HOURS, cutoff="", stands=stands)
    said = [span.words for span in found.explanation if span.reason is Reason.AWAITING]
    assert said == [
        "Chờ người nộp bổ sung",
        "Chờ người nộp thực hiện nghĩa vụ tài chính",
        "Hệ thống ngừng hoạt động: mất điện",
    ]
    by_days = counted(HOURS, start=AT, amount=8, unit=Unit.WORKING_DAYS, cutoff="", stands=stands[1:2])
    assert any(span.words.startswith("Ngày nộp tiền không tính") for span in by_days.explanation)


def test_an_outage_at_night_or_on_a_day_off_stops_nothing() -> None:
    plain = counted(HOURS, start=AT, amount=5, unit=Unit.WORKING_DAYS, cutoff="", stands=())
    night = Stand(moment(19, 18), moment(20, 6), Waiting.OUTAGE)
    weekend = Stand(moment(21, 1), moment(22, 23), Waiting.OUTAGE)
    for stand in (night, weekend):
        assert counted(HOURS, start=AT, amount=5, unit=Unit.WORKING_DAYS, cutoff="", stands=(stand,)) == plain
    morning = Stand(moment(19, 8), moment(19, 10), Waiting.OUTAGE)
    assert counted(HOURS, start=AT, amount=5, unit=Unit.WORKING_DAYS, cutoff="", stands=(morning,)).at > plain.at
    hours = counted(HOURS, start=AT, amount=16, unit=Unit.WORKING_HOURS, cutoff="", stands=(morning,))
    assert hours.at == add_working_minutes(HOURS, AT, 16 * 60 + 120)


def test_stands_survive_being_kept_and_old_rows_were_supplements() -> None:
    stand = Stand(moment(19), moment(20), Waiting.OUTAGE, "mất điện")
    assert stands_from([stand.to_data()]) == (stand,)
    (old,) = stands_from([[moment(19).isoformat(), moment(20).isoformat()]])
    assert old.why is Waiting.SUPPLEMENT


def test_minutes_in_which_the_clock_stood_count_once_however_they_overlap() -> None:
    stands = (Stand(moment(18, 10), moment(18, 11)), Stand(moment(18, 10, 30), moment(18, 11, 15), Waiting.OUTAGE))
    assert net_minutes(HOURS, moment(18, 9), moment(18, 11, 30), stands) == 150 - 75
    outage = Stand(moment(18, 10), moment(18, 15), Waiting.OUTAGE)
    assert (
        lost_minutes(HOURS, AT, moment(18, 14), outage=outage, stands=stands[:1]) == 60
    )  # lunch and the hour fall out


# --- the one new date


def test_a_new_date_is_told_as_working_days_after_the_broken_one() -> None:
    was_due = moment(20, 17, 30)
    assert days_until(HOURS, was_due, date(2026, 11, 21)) is None  # a Saturday
    assert days_until(HOURS, was_due, date(2026, 11, 19)) is None
    day = date(2026, 11, 30)
    days = days_until(HOURS, was_due, day)
    assert days is not None
    assert due(HOURS, start=was_due, amount=days, unit=Unit.WORKING_DAYS).at == closing_of(HOURS, day)


@given(start=moments, late=st.integers(0, 20), left=st.integers(1, 20_000))
@settings(max_examples=60, deadline=None)
def test_the_suggested_new_date_lies_ahead_and_leaves_room_for_the_work(start: datetime, late: int, left: int) -> None:
    at = start + timedelta(days=late)
    day = next_date(HOURS, was_due=start, at=at, minutes_left=left)
    end = closing_of(HOURS, day)
    assert end > at and working_minutes(HOURS, at, end) >= left
    assert days_until(HOURS, start, day) is not None


# --- the bells


def running(**what: object) -> Running:
    return replace(Running(HOURS, HOURS, Policy()), **what)  # type: ignore[arg-type]


def named(ring: Ring) -> tuple[Bell, datetime]:
    return ring.bell, ring.at


@given(start=moments, minutes=st.integers(0, 5_000))
@settings(max_examples=100, deadline=None)
def test_so_many_working_minutes_before_a_limit_are_left_until_it(start: datetime, minutes: int) -> None:
    limit = add_working_minutes(HOURS, start, 6_000)
    assert working_minutes(HOURS, before(HOURS, limit, minutes), limit) == minutes


def test_warnings_ring_at_three_quarters_and_one_working_hour_before() -> None:
    limit = Limit(add_working_minutes(HOURS, AT, 480), 480)
    assert [named(ring) for ring in rings_of(running(step=limit))] == [
        (Bell.STEP_WARNING, add_working_minutes(HOURS, AT, 360)),
        (Bell.STEP_SOON, add_working_minutes(HOURS, AT, 420)),
        (Bell.STEP_LATE, limit.due_at),
    ]


@accepts("BN-11")
def test_a_limit_of_one_hour_is_warned_of_once_not_at_its_beginning() -> None:
    limit = Limit(add_working_minutes(HOURS, AT, 60), 60)
    bells = [ring.bell for ring in rings_of(running(acceptance=limit))]
    assert bells[:2] == [Bell.ACCEPTANCE_WARNING, Bell.ACCEPTANCE_LATE]


def test_the_apology_lies_ready_before_the_breach_and_goes_at_it() -> None:
    limit = Limit(moment(25, 17, 30), 5 * 480)
    rings = {ring.bell: ring.at for ring in rings_of(running(result=limit))}
    assert rings[Bell.APOLOGY_DRAFT] == before(HOURS, limit.due_at, 480) < rings[Bell.APOLOGY_SEND] == limit.due_at
    signed = {ring.bell for ring in rings_of(running(result=limit, apology_drafted=True, apology_signed=True))}
    assert Bell.LATE_AGAIN in signed and not signed & {Bell.APOLOGY_DRAFT, Bell.APOLOGY_SEND}


def test_if_nobody_does_anything_there_is_one_apology_and_one_new_date() -> None:
    limit = Limit(moment(25, 17, 30), 5 * 480)
    later = moment(4, 17, 30, month=12)
    found = list(coming(running(result=limit), frozenset(), until=moment(31, month=12), new_date=lambda r, ring: later))
    assert [ring.bell for ring in found].count(Bell.APOLOGY_SEND) == 1
    broken = next(ring for ring in found if ring.bell is Bell.LATE_AGAIN)
    assert broken.at == later and {ring.bell for ring in found[found.index(broken) + 1 :]} == {Bell.STILL_LATE}
    again = coming(running(result=limit), frozenset(r.key for r in found), until=AT, new_date=lambda r, ring: later)
    assert list(again) == []


def test_a_broken_limit_is_carried_upward_every_so_many_working_days_and_not_for_ever() -> None:
    limit = Limit(moment(11, 10), 480)  # a Wednesday
    for what, bell in (
        ({"acceptance": limit}, Bell.ACCEPTANCE_STILL_LATE),
        ({"result": limit, "apology_drafted": True, "apology_signed": True}, Bell.STILL_LATE),
    ):
        found = [ring for ring in rings_of(running(**what)) if ring.bell is bell]
        assert [ring.of for ring in found] == list(range(1, MOST_ESCALATIONS + 1))
        assert [ring.at for ring in found[:2]] == [moment(16, 10), moment(19, 10)]
        assert {ring.due_at for ring in found} == {limit.due_at}
        weekly = replace(running(**what), policy=Policy(escalate_again_days=5))
        assert [ring.at for ring in rings_of(weekly) if ring.of == 1] == [moment(18, 10)]
        never = replace(running(**what), policy=Policy(escalate_again_days=0))
        assert not [ring for ring in rings_of(never) if ring.bell is bell]


def test_each_opinion_rings_by_its_own_clock_even_at_one_moment() -> None:
    limit = Limit(add_working_minutes(HOURS, AT, 480), 480)
    found = rings_of(running(asked=(Asked(7, HOURS, limit), Asked(8, HOURS, limit))))
    assert [(ring.bell, ring.of) for ring in found] == [
        (bell, key) for bell in (Bell.OPINION_WARNING, Bell.OPINION_SOON, Bell.OPINION_LATE) for key in (7, 8)
    ]
    assert [ring.at for ring in found[::2]] == [
        add_working_minutes(HOURS, AT, 360),
        add_working_minutes(HOURS, AT, 420),
        limit.due_at,
    ]
    assert len({ring.key for ring in found}) == 6


def test_an_answer_at_the_very_moment_is_in_time() -> None:
    limit = moment(30, 17, 30)
    bells = {ring.bell: ring.at for ring in rings_of(running(answer_by=limit))}
    assert bells[Bell.ANSWER_OVER] > limit
    assert working_minutes(HOURS, bells[Bell.ANSWER_REMINDER], limit) == 5 * 480
    silent = replace(running(answer_by=limit), policy=Policy(supplement_reminder_days=0))
    assert [ring.bell for ring in rings_of(silent)] == [Bell.ANSWER_OVER]


# --- hours that change on a day


def test_new_hours_hold_from_their_day_on_and_the_past_stays_as_it_was() -> None:
    short = (office_hours(("08:00", "11:00"), ("14:00", "17:00")),)
    changed = with_hours(HOURS, short, since=date(2026, 11, 20))
    assert working_minutes(changed, moment(19, 0), moment(20, 0)) == 480
    assert working_minutes(changed, moment(20, 0), moment(21, 0)) == 360
    assert add_working_minutes(changed, moment(19, 16, 30), 90) == moment(20, 8, 30)
    assert due(changed, start=AT, amount=2, unit=Unit.WORKING_DAYS).at == moment(20, 17)
    spans = due(changed, start=moment(19, 16, 30), amount=5, unit=Unit.WORKING_HOURS).explanation
    assert all(one.end == two.start for one, two in pairwise(spans))
