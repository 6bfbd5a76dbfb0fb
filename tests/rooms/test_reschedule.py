"""The calendar changes only when a second person confirms it, and every promise it moves says so; outages extend."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from motcua.agencies.models import Agency
from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import examine, intake, reschedule
from motcua.dossiers.queries.moving import preview
from motcua.dossiers.queries.timing import is_derivable, stood, why
from motcua.notifications.models import Message
from motcua.policy.actions import confirm_change, drop_change, propose_change, record_outage
from motcua.policy.models import CalendarChange, Outage
from motcua.policy.queries import calendar
from motcua.rules.acts import Act, Verdict
from motcua.rules.people import Actor
from motcua.rules.worktime import is_working_day
from tests.cast import Cast
from tests.rooms.coordination import Province
from tests.rooms.late import DAY, HOUR, SYSTEM, accepted, awaited, day, now_of, operator

BASIS = "Thông báo số 99/TB-UBND"
MINUTE = timedelta(minutes=1)
FRIDAY = date(2026, 11, 20)


@pytest.fixture
def oanh(cast: Cast) -> Actor:
    return operator(cast)


def carry(at: datetime) -> None:
    while reschedule.carry_out(by=SYSTEM, at=at, batch=2):
        pass


def proposed(oanh: Actor, at: datetime, **what: object) -> CalendarChange:
    given = {"days_off": {FRIDAY: "Nghỉ bão"}, **what} if "hours" not in what else what
    return propose_change(basis=BASIS, by=oanh, at=at, **given)  # type: ignore[arg-type]


# --- proposing and confirming


def test_a_change_shows_what_it_would_move_and_moves_nothing_before_it_is_confirmed(
    cast: Cast, oanh: Actor, at: datetime
) -> None:
    code = accepted(cast, at)
    before = now_of(code).promised_at
    change = proposed(oanh, at)
    shown = preview(change, at=at)
    (row,) = shown.moved
    (shift,) = row.shifts
    assert (row.code, shift.words, shift.old, shift.new) == (code, "Ngày hẹn trả", before, day(at, 24, 17, 30))
    assert (shown.looked_at, shown.following) == (1, None)
    carry(at + HOUR)
    assert now_of(code).promised_at == before
    assert is_working_day(calendar(at, agency_id=cast.commune.pk), FRIDAY)


def test_only_a_second_person_confirms(cast: Cast, oanh: Actor, at: datetime) -> None:
    change = proposed(oanh, at, agency_id=cast.commune.pk)
    with pytest.raises(Refusal, match="người thứ hai") as no:
        confirm_change(change.pk, by=oanh, at=at)
    assert no.value.status == 403
    for nobody in (cast.minh, cast.ha, cast.thu, cast.oanh):
        with pytest.raises(Refusal) as no:
            confirm_change(change.pk, by=nobody, at=at)
        assert no.value.status == 403
    confirm_change(change.pk, by=cast.quang, at=at)
    assert not is_working_day(calendar(at + MINUTE, agency_id=cast.commune.pk), FRIDAY)
    assert is_working_day(calendar(at + MINUTE), FRIDAY), "the commune's change is the commune's alone"
    with pytest.raises(Refusal) as no:
        confirm_change(change.pk, by=cast.quang, at=at)
    assert no.value.status == 409
    verbs = Event.objects.filter(subject_kind="policy", subject_id="calendar").order_by("seq")
    assert list(verbs.values_list("verb", flat=True)) == ["propose_change", "confirm_change"]


def test_a_communes_leader_does_not_change_the_provinces_calendar(cast: Cast, at: datetime) -> None:
    with pytest.raises(Refusal) as no:
        proposed(cast.quang, at)
    assert no.value.status == 403
    with pytest.raises(Refusal):
        proposed(cast.quang, at, agency_id=Agency.objects.get(pk=cast.other_commune.pk).pk)
    assert proposed(cast.quang, at, agency_id=cast.commune.pk).pk


def test_a_dropped_proposal_never_holds(cast: Cast, oanh: Actor, at: datetime) -> None:
    change = proposed(oanh, at)
    drop_change(change.pk, by=oanh, at=at)
    with pytest.raises(Refusal):
        confirm_change(change.pk, by=operator_two(cast), at=at)
    assert is_working_day(calendar(at), FRIDAY)


def operator_two(cast: Cast) -> Actor:
    from motcua.rules.people import Role

    return cast.post(cast.officer("van-hanh-2", "Đỗ Thị Hai"), Role.OPERATOR, cast.commune)


@pytest.mark.parametrize(
    ("what", "place", "said"),
    [
        ({"days_off": {}}, "days_off", "Chưa có ngày"),
        ({"days_off": {date(2026, 11, 18): ""}}, "days_off", "đã qua hoặc là hôm nay"),
        ({"days_off": {date(2026, 11, 21): ""}}, "days_off", "Đã là ngày nghỉ sẵn: 21/11/2026"),
        ({"days_off": {}, "working_days": {date(2026, 11, 20): ""}}, "working_days", "Đã là ngày làm việc sẵn"),
        ({"working_days": {FRIDAY: ""}}, "working_days", "Vừa nghỉ vừa làm việc"),
        (
            {"days_off": {date(2027, 3, 1) + timedelta(days=n): "" for n in range(31) if (n % 7) < 5}},
            "days_off",
            "không để lại ngày làm việc nào trong tháng 03/2027",
        ),
        ({"hours": [{"intervals": [["13:00", "12:00"]]}], "hours_since": date(2026, 12, 1)}, "hours", "13:00"),
        (
            {"hours": [{"intervals": [["07:00", "11:00"], ["10:00", "12:00"]]}], "hours_since": date(2026, 12, 1)},
            "hours",
            "chồng",
        ),
        ({"hours": [{"intervals": [["07:00", "11:00"]]}], "hours_since": date(2026, 11, 18)}, "hours_since", "sau hôm"),
    ],
)
def test_impossible_changes_are_refused_at_their_place(
    cast: Cast, oanh: Actor, at: datetime, what: dict[str, object], place: str, said: str
) -> None:
    with pytest.raises(Refusal) as no:
        proposed(oanh, at, **what)
    assert said in " ".join(no.value.field_errors[place])
    assert not CalendarChange.objects.exists()


def test_two_open_proposals_do_not_overlap(cast: Cast, oanh: Actor, at: datetime) -> None:
    proposed(oanh, at)
    with pytest.raises(Refusal) as no:
        proposed(operator_two(cast), at)
    assert "đề xuất khác" in no.value.field_errors["days_off"][0]


# --- carrying it through


def test_each_moved_dossier_logs_it_and_tells_its_citizen(cast: Cast, oanh: Actor, at: datetime) -> None:
    codes = [accepted(cast, at) for _ in range(3)]
    waiting = awaited(cast, at)
    filed = str(cast.submitted().code)
    change = proposed(oanh, at)
    confirm_change(change.pk, by=operator_two(cast), at=at + HOUR)
    carry(at + HOUR)
    assert not CalendarChange.objects.get().done_at, "other processes may still count by the old calendar"
    carry(at + HOUR + 2 * MINUTE)
    done = CalendarChange.objects.get()
    assert done.done_at and done.moved == 4
    for code in codes:
        dossier = now_of(code)
        assert (dossier.first_promised_at, dossier.promised_at) == (day(at, 23, 17, 30), day(at, 24, 17, 30))
        assert dossier.steps.get(finished_at__isnull=True).due_at == day(at, 19, 17)
        first, second = dossier.promises.filter(what="result").order_by("pk")
        assert is_derivable(first) and is_derivable(second), "each by the calendar of its day"
        assert BASIS in second.reason and "Nghỉ bão" in {
            span.words.removeprefix("Nghỉ lễ: ") for span in why(second).spans
        }
        entry = dossier.timeline.order_by("pk").last()
        assert entry.act == Act.RESCHEDULE and "từ 17:30 ngày 23/11/2026 sang 17:30 ngày 24/11/2026" in entry.note
    assert now_of(waiting).timeline.order_by("pk").last().note.count("Hạn bổ sung") == 1
    assert now_of(filed).timeline.count() == 1, "an acceptance limit of tomorrow morning does not move"
    letters = Message.objects.filter(kind="rescheduled", channel="portal")
    assert letters.count() == 4 and BASIS in letters.first().body
    carry(at + DAY)
    assert Message.objects.filter(kind="rescheduled", channel="portal").count() == 4


def test_it_goes_on_where_it_was_interrupted_and_two_workers_move_nothing_twice(
    cast: Cast, oanh: Actor, at: datetime
) -> None:
    codes = [accepted(cast, at) for _ in range(3)]
    confirm_change(proposed(oanh, at).pk, by=operator_two(cast), at=at)
    later = at + 2 * MINUTE
    assert reschedule.carry_out(by=SYSTEM, at=later, batch=2) == 2
    CalendarChange.objects.update(reached=0)  # as another worker that began at the same time sees it
    carry(later)
    assert [now_of(code).promises.filter(what="result").count() for code in codes] == [2, 2, 2]


def test_new_hours_from_a_day_on_leave_the_past_as_it_was(cast: Cast, oanh: Actor, at: datetime) -> None:
    code = accepted(cast, at)
    hours = [{"intervals": [["08:00", "11:30"], ["13:30", "16:30"]]}]
    change = proposed(oanh, at, hours=hours, hours_since=date(2026, 11, 20))
    confirm_change(change.pk, by=operator_two(cast), at=at)
    carry(at + 2 * MINUTE)
    assert now_of(code).promised_at == day(at, 23, 16, 30)
    assert now_of(code).steps.get(finished_at__isnull=True).due_at == day(at, 19, 17)
    assert all(is_derivable(promise) for promise in now_of(code).promises.all())


def test_an_extra_working_day_brings_a_promise_nearer(cast: Cast, oanh: Actor, at: datetime) -> None:
    code = accepted(cast, at)
    change = proposed(oanh, at, days_off={}, working_days={date(2026, 11, 21): "Làm bù"})
    confirm_change(change.pk, by=operator_two(cast), at=at)
    carry(at + 2 * MINUTE)
    assert now_of(code).promised_at == day(at, 21, 17, 30)


def test_a_coordinating_agencys_day_off_moves_its_station_and_not_the_leads_promise(
    cast: Cast, oanh: Actor, at: datetime
) -> None:
    province = Province(cast, at)
    cast.revision = province.through_insurance()
    code = accepted(cast, at)
    promised, due_at = now_of(code).promised_at, now_of(code).steps.get(finished_at__isnull=True).due_at
    assert due_at == day(at, 19, 15)
    where = province.insurance.pk
    change = proposed(oanh, at, days_off={date(2026, 11, 19): "Nghỉ bão"}, agency_id=where)
    assert preview(change, at=at).moved == ()
    confirm_change(change.pk, by=province.bay, at=at)
    carry(at + HOUR)
    assert now_of(code).steps.get(finished_at__isnull=True).due_at == day(at, 20, 15)
    assert now_of(code).promised_at == promised


# --- outages


def outage(oanh: Actor, since: datetime, until: datetime, at: datetime, **where: object) -> Outage:
    return record_outage(since=since, until=until, reason="mất điện trung tâm dữ liệu", by=oanh, at=at, **where)  # type: ignore[arg-type]


def test_an_outage_extends_what_it_touched_and_says_why(cast: Cast, oanh: Actor, at: datetime) -> None:
    code, waiting, filed = accepted(cast, at), awaited(cast, at), str(cast.submitted().code)
    answer_by = now_of(waiting).supplement_requests.get().answer_by
    morning = day(at, 19, 8), day(at, 19, 10)
    late = accepted(cast, day(at, 19, 14))  # after it
    outage(oanh, *morning, at=day(at, 19, 15))
    carry(day(at, 19, 15, 5))
    dossier = now_of(code)
    assert dossier.promised_at == day(at, 24, 17, 30)  # the day of the outage does not count
    assert now_of(filed).acceptance_due_at == day(at, 19, 11)
    assert now_of(waiting).supplement_requests.get().answer_by > answer_by
    assert now_of(late).promised_at == now_of(late).first_promised_at
    run = dossier.steps.get(finished_at__isnull=True)
    assert run.due_at == day(at, 20, 9), "two working hours were given back to the step"
    promise = dossier.promises.filter(what="result").order_by("pk").last()
    assert is_derivable(promise)
    assert any("mất điện trung tâm dữ liệu" in span.words for span in why(promise).spans)
    assert [stand.words for stand in stood(dossier)] == ["Hệ thống ngừng hoạt động: mất điện trung tâm dữ liệu"]
    assert Outage.objects.get().moved == 3 and Outage.objects.get().done_at
    before = dossier.promises.count()
    Outage.objects.update(reached=0, done_at=None)
    carry(day(at, 19, 15, 10))
    assert now_of(code).promises.count() == before, "carrying it through again moves nothing"


def test_a_step_that_ran_through_an_outage_and_stands_when_it_is_recorded_gets_its_minutes_back(
    cast: Cast, oanh: Actor, at: datetime
) -> None:
    code = accepted(cast, at)
    asked = day(at, 19, 11)
    verdicts = {f"field:{key}": (Verdict.OK, "") for key in ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")}
    verdicts["paper:giay-chung-minh"] = (Verdict.WRONG, "Ảnh mờ.")
    examine.assign(code, to=cast.ha_account.pk, by=cast.ha, at=asked)
    intake.judge(code, verdicts, by=cast.ha, at=asked)
    examine.propose_supplement(code, by=cast.ha, at=asked)
    intake.request_supplement(code, by=cast.minh, at=asked)
    used = now_of(code).steps.get(finished_at__isnull=True).used_minutes
    outage(oanh, day(at, 19, 8), day(at, 19, 10), at=day(at, 19, 15))
    carry(day(at, 19, 15, 5))
    assert now_of(code).steps.get(finished_at__isnull=True).used_minutes == used - 120


def test_an_outage_at_one_agency_is_no_matter_of_another(cast: Cast, oanh: Actor, at: datetime) -> None:
    code = accepted(cast, at)
    outage(oanh, day(at, 19, 8), day(at, 19, 10), day(at, 19, 11), agency_id=cast.other_commune.pk)
    carry(day(at, 19, 12))
    assert now_of(code).promised_at == now_of(code).first_promised_at
    assert Outage.objects.get().moved == 0


@pytest.mark.parametrize(
    ("since", "until", "place"),
    [((19, 10), (19, 8), "until"), ((19, 10), (19, 16), "until"), ((18, 8), (18, 12), "since")],
)
def test_impossible_outages_are_refused(
    cast: Cast, oanh: Actor, at: datetime, since: tuple[int, int], until: tuple[int, int], place: str
) -> None:
    outage(oanh, day(at, 18, 9), day(at, 18, 10), day(at, 19, 15))
    with pytest.raises(Refusal) as no:
        outage(oanh, day(at, *since), day(at, *until), day(at, 19, 15))
    assert place in no.value.field_errors
    with pytest.raises(Refusal) as no:
        record_outage(since=at, until=at + HOUR, reason="", by=oanh, at=at + DAY)
    assert "reason" in no.value.field_errors
    with pytest.raises(Refusal) as no:
        outage(cast.minh, day(at, 19, 8), day(at, 19, 9), day(at, 19, 15))
    assert no.value.status == 403
