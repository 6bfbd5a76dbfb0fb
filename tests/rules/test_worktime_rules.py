"""The twelve rules of counting, one by one, and what surrounds them: pauses, same-day procedures, calendars,
words.
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from motcua.rules import worktime
from motcua.rules.worktime import (
    VIETNAM,
    Calendar,
    DueUnknown,
    Interval,
    NoWorkingDay,
    Pause,
    Reason,
    SeasonHours,
    TimeLeft,
    Unit,
    Urgency,
    WorktimeError,
    office_hours,
)

DEFAULT = Calendar.default()


def on(text: str) -> datetime:
    """ "02/12/2026 10:32" on Vietnam's clock."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


def due_at(start, amount, unit, *pauses, cutoff=None, calendar=DEFAULT):
    waits = [Pause(on(begin), None if end is None else on(end)) for begin, end in pauses]
    due = worktime.due(calendar, start=on(start), amount=amount, unit=unit, pauses=waits, same_day_cutoff=cutoff)
    return f"{due.at:%d/%m/%Y %H:%M}"


# December 2026: the 1st is a Tuesday, the 5th a Saturday; no day off in the month.
RULES = [
    pytest.param("05/12/2026 09:00", 1, Unit.WORKING_HOURS, "07/12/2026 08:30", id="4-saturday-is-monday-opening"),
    pytest.param("02/12/2026 12:00", 1, Unit.WORKING_HOURS, "02/12/2026 14:30", id="4-noon-is-afternoon-opening"),
    pytest.param("02/12/2026 05:00", 1, Unit.WORKING_HOURS, "02/12/2026 08:30", id="4-before-opening"),
    pytest.param("02/12/2026 17:30", 1, Unit.WORKING_HOURS, "03/12/2026 08:30", id="4-closing-is-outside"),
    pytest.param("02/12/2026 18:00", 1, Unit.WORKING_DAYS, "04/12/2026 17:30", id="4-evening-is-next-day-for-days"),
    pytest.param("05/12/2026 18:00", 1, Unit.WORKING_DAYS, "08/12/2026 17:30", id="4-saturday-is-monday-for-days"),
    pytest.param("02/12/2026 17:30", 1, Unit.WORKING_DAYS, "04/12/2026 17:30", id="4-closing-is-outside-for-days"),
    pytest.param("02/12/2026 10:32", 1, Unit.WORKING_HOURS, "02/12/2026 13:32", id="5-lunch-is-skipped"),
    pytest.param("02/12/2026 09:00", 8, Unit.WORKING_HOURS, "03/12/2026 09:00", id="5-eight-hours"),
    pytest.param("02/12/2026 09:00", Decimal("0.5"), Unit.WORKING_HOURS, "02/12/2026 09:30", id="5-half-an-hour"),
    pytest.param("02/12/2026 10:15", 3, Unit.WORKING_DAYS_CLOCK, "07/12/2026 10:15", id="6-time-of-day-kept"),
    pytest.param("02/12/2026 07:30", 1, Unit.WORKING_DAYS_CLOCK, "02/12/2026 17:30", id="6-and-10-whole-day"),
    pytest.param(
        "02/12/2026 07:30", Decimal("1.5"), Unit.WORKING_DAYS_CLOCK, "03/12/2026 11:30", id="6-day-and-a-half"
    ),
    pytest.param("02/12/2026 07:30", 3, Unit.WORKING_DAYS, "07/12/2026 17:30", id="7-first-day-not-counted"),
    pytest.param("02/12/2026 17:29", 3, Unit.WORKING_DAYS, "07/12/2026 17:30", id="7-whenever-on-the-first-day"),
    pytest.param("02/12/2026 09:00", 0, Unit.WORKING_DAYS, "02/12/2026 17:30", id="7-no-days-is-closing"),
    pytest.param("02/12/2026 09:00", 7, Unit.CALENDAR_DAYS, "09/12/2026 17:30", id="8-every-day-counts"),
    pytest.param("02/12/2026 09:00", 3, Unit.CALENDAR_DAYS, "07/12/2026 17:30", id="8-saturday-rolls-to-monday"),
    pytest.param("05/12/2026 09:00", 1, Unit.CALENDAR_DAYS, "08/12/2026 17:30", id="8-and-4-saturday-is-monday"),
    pytest.param("02/12/2026 09:00", 0, Unit.CALENDAR_DAYS, "02/12/2026 17:30", id="8-no-days-is-closing"),
    pytest.param("29/01/2026 09:00", 1, Unit.MONTHS, "02/03/2026 17:30", id="8-no-29-february-then-rolls"),
    pytest.param("31/01/2024 09:00", 1, Unit.MONTHS, "29/02/2024 17:30", id="8-leap-month-end"),
    pytest.param("31/03/2026 09:00", 6, Unit.MONTHS, "30/09/2026 17:30", id="8-thirty-days-hath-september"),
    pytest.param("30/11/2026 09:00", 3, Unit.MONTHS, "01/03/2027 17:30", id="8-over-the-new-year-and-rolls"),
    pytest.param("15/06/2026 09:00", 0, Unit.MONTHS, "15/06/2026 17:30", id="8-no-months"),
    pytest.param("05/12/2026 22:15", 24, Unit.ELAPSED_HOURS, "06/12/2026 22:15", id="9-plain-hours"),
    pytest.param("02/12/2026 07:30", 4, Unit.WORKING_HOURS, "02/12/2026 11:30", id="10-noon-not-half-past-one"),
    pytest.param("02/12/2026 13:30", 4, Unit.WORKING_HOURS, "02/12/2026 17:30", id="10-closing-not-next-opening"),
    pytest.param("02/12/2026 12:00", 0, Unit.WORKING_HOURS, "02/12/2026 13:30", id="zero-is-the-effective-start"),
    pytest.param("05/12/2026 12:00", 0, Unit.ELAPSED_HOURS, "05/12/2026 12:00", id="zero-elapsed"),
]


@pytest.mark.parametrize(("start", "amount", "unit", "expected"), RULES)
def test_rule_of_counting(start, amount, unit, expected):
    assert due_at(start, amount, unit) == expected


def test_rule_1_any_zone_is_answered_on_vietnams_clock():
    due = worktime.due(DEFAULT, start=datetime(2026, 12, 2, 2, 0, tzinfo=UTC), amount=1, unit=Unit.WORKING_HOURS)
    assert due.at.isoformat() == "2026-12-02T10:00:00+07:00"
    assert due.at.utcoffset() == timedelta(hours=7)


def test_rule_12_exactly_on_time_is_not_late():
    at = on("02/12/2026 17:30")
    assert worktime.time_left(DEFAULT, now=at, due_at=at) == TimeLeft(0, False)
    assert worktime.time_left(DEFAULT, now=at + timedelta(microseconds=1), due_at=at).late


# Rule 11. The story of 20/11/2026: of seven days one is used before the wait; the day the clock stops and the
# day it starts again do not count.
PAUSES = [
    (
        "20/11/2026 09:41",
        7,
        Unit.WORKING_DAYS,
        [("25/11/2026 15:10", "27/11/2026 10:05")],
        "07/12/2026 17:30",
    ),
    (
        "30/11/2026 09:00",
        3,
        Unit.WORKING_DAYS,
        [("02/12/2026 10:00", "02/12/2026 11:00")],
        "04/12/2026 17:30",
    ),
    (
        "30/11/2026 09:00",
        3,
        Unit.WORKING_DAYS,
        [("02/12/2026 18:00", "03/12/2026 09:00")],
        "04/12/2026 17:30",
    ),
    (
        "30/11/2026 09:00",
        3,
        Unit.WORKING_DAYS,
        [("01/12/2026 09:00", "04/12/2026 19:00")],
        "10/12/2026 17:30",
    ),
    (
        "30/11/2026 09:00",
        3,
        Unit.WORKING_DAYS,
        [("30/11/2026 10:00", "30/11/2026 16:00")],
        "03/12/2026 17:30",
    ),
    (
        "30/11/2026 09:00",
        3,
        Unit.WORKING_DAYS,
        [("03/12/2026 18:00", "09/12/2026 16:00")],
        "03/12/2026 17:30",
    ),
    (
        "30/11/2026 09:00",
        3,
        Unit.WORKING_DAYS,
        [("03/12/2026 17:00", "09/12/2026 16:00")],
        "10/12/2026 17:30",
    ),
    (
        "30/11/2026 09:00",
        3,
        Unit.WORKING_DAYS,
        [("27/11/2026 08:00", "30/11/2026 08:59")],
        "03/12/2026 17:30",
    ),
    (
        "30/11/2026 09:00",
        3,
        Unit.WORKING_DAYS,
        [("27/11/2026 08:00", "02/12/2026 08:00")],
        "07/12/2026 17:30",
    ),
    (
        "30/11/2026 09:00",
        9,
        Unit.CALENDAR_DAYS,
        [("03/12/2026 10:00", "07/12/2026 14:00")],
        "14/12/2026 17:30",
    ),
    (
        "30/11/2026 09:00",
        5,
        Unit.CALENDAR_DAYS,
        [("07/12/2026 10:00", "09/12/2026 14:00")],
        "09/12/2026 17:30",
    ),
    ("30/11/2026 09:00", 1, Unit.MONTHS, [("07/12/2026 10:00", "09/12/2026 14:00")], "04/01/2027 17:30"),
    (
        "30/11/2026 09:00",
        8,
        Unit.WORKING_HOURS,
        [("30/11/2026 10:00", "02/12/2026 15:00")],
        "03/12/2026 14:00",
    ),
    (
        "30/11/2026 09:00",
        2,
        Unit.WORKING_HOURS,
        [("30/11/2026 11:00", "30/11/2026 15:00")],
        "30/11/2026 11:00",
    ),
    (
        "30/11/2026 09:00",
        2,
        Unit.WORKING_HOURS,
        [("30/11/2026 10:00", "30/11/2026 18:00")],
        "01/12/2026 08:30",
    ),
    (
        "30/11/2026 09:00",
        1,
        Unit.WORKING_DAYS_CLOCK,
        [("30/11/2026 17:45", "01/12/2026 06:00")],
        "01/12/2026 09:00",
    ),
    (
        "05/12/2026 20:00",
        24,
        Unit.ELAPSED_HOURS,
        [("06/12/2026 01:00", "06/12/2026 04:00")],
        "06/12/2026 23:00",
    ),
    (
        "30/11/2026 09:00",
        8,
        Unit.WORKING_HOURS,
        [("30/11/2026 14:00", "30/11/2026 15:00"), ("30/11/2026 10:00", "30/11/2026 14:30")],
        "01/12/2026 14:00",
    ),
]


@pytest.mark.parametrize(("start", "amount", "unit", "pauses", "expected"), PAUSES)
def test_rule_11_the_clock_stands_while_the_applicant_is_awaited(start, amount, unit, pauses, expected):
    assert due_at(start, amount, unit, *pauses) == expected


def test_while_nobody_has_answered_there_is_no_due_instant():
    with pytest.raises(DueUnknown) as caught:
        due_at("30/11/2026 09:00", 3, Unit.WORKING_DAYS, ("01/12/2026 10:00", None))
    assert caught.value.since == on("01/12/2026 10:00")
    assert "đang chờ người nộp bổ sung từ 10:00 ngày 01/12/2026" in str(caught.value)


def test_a_pause_without_end_after_the_due_instant_says_nothing():
    assert due_at("30/11/2026 09:00", 1, Unit.WORKING_HOURS, ("30/11/2026 10:00", None)) == "30/11/2026 10:00"


def test_a_pause_may_not_end_before_it_begins():
    with pytest.raises(WorktimeError, match="trước khi bắt đầu"):
        due_at("30/11/2026 09:00", 1, Unit.WORKING_HOURS, ("30/11/2026 10:00", "30/11/2026 09:30"))


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        ("02/12/2026 14:59", 1, "02/12/2026 17:30"),
        ("02/12/2026 14:59", 0, "02/12/2026 17:30"),
        ("02/12/2026 15:00", 1, "03/12/2026 17:30"),
        ("02/12/2026 15:00", 0, "03/12/2026 17:30"),
        ("02/12/2026 18:00", 1, "03/12/2026 17:30"),
        ("04/12/2026 16:00", 1, "07/12/2026 17:30"),
        ("05/12/2026 16:00", 1, "07/12/2026 17:30"),
        ("02/12/2026 10:00", 3, "04/12/2026 17:30"),
        ("02/12/2026 16:00", 3, "07/12/2026 17:30"),
    ],
)
def test_within_the_day_before_fifteen_hours_else_the_next_working_day(start, amount, expected):
    assert due_at(start, amount, Unit.WORKING_DAYS, cutoff=time(15)) == expected


@pytest.mark.parametrize(
    ("resumed", "expected"),
    [("02/12/2026 14:00", "02/12/2026 17:30"), ("02/12/2026 15:30", "03/12/2026 17:30")],
)
def test_after_a_wait_the_same_day_question_is_asked_again(resumed, expected):
    wait = ("01/12/2026 10:00", resumed)
    assert due_at("01/12/2026 09:00", 1, Unit.WORKING_DAYS, wait, cutoff=time(15)) == expected


def test_the_cutoff_has_no_meaning_for_other_units():
    with pytest.raises(WorktimeError, match="same_day_cutoff"):
        due_at("02/12/2026 10:00", 1, Unit.WORKING_HOURS, cutoff=time(15))


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (-1, Unit.WORKING_HOURS, "không được âm"),
        (Decimal("NaN"), Unit.WORKING_HOURS, "hữu hạn"),
        (Decimal("Infinity"), Unit.WORKING_DAYS, "hữu hạn"),
        (10**9, Unit.WORKING_DAYS, "quá lớn"),
        (Decimal("1e999999"), Unit.ELAPSED_HOURS, "quá lớn"),
        (Decimal("0.001"), Unit.WORKING_HOURS, "tròn phút"),
        (Decimal("1.5"), Unit.WORKING_DAYS, "số nguyên"),
    ],
)
def test_an_amount_that_cannot_be_counted_is_refused(amount, unit, said):
    with pytest.raises(WorktimeError, match=said):
        due_at("02/12/2026 10:00", amount, unit)


def test_an_instant_without_offset_is_refused():
    with pytest.raises(WorktimeError, match="múi giờ"):
        worktime.due(DEFAULT, start=datetime(2026, 12, 2, 9), amount=1, unit=Unit.WORKING_HOURS)


# The explanation.


def told(start, amount, unit, *pauses):
    waits = [Pause(on(begin), on(end)) for begin, end in pauses]
    due = worktime.due(DEFAULT, start=on(start), amount=amount, unit=unit, pauses=waits)
    return [
        (
            f"{span.start:%d/%m %H:%M}–{span.end:%d/%m %H:%M}",
            span.counted,
            span.minutes or span.days,
            span.words,
        )
        for span in due.explanation
    ]


def test_hours_over_tet_are_told_span_by_span():
    assert told("13/02/2026 16:30", 5, Unit.WORKING_HOURS) == [
        ("13/02 16:30–13/02 17:30", True, 60, "Giờ làm việc"),
        ("13/02 17:30–14/02 00:00", False, 390, "Ngoài giờ làm việc"),
        ("14/02 00:00–16/02 00:00", False, 2880, "Thứ Bảy, Chủ nhật"),
        ("16/02 00:00–21/02 00:00", False, 7200, "Nghỉ lễ: Tết Nguyên đán"),
        ("21/02 00:00–23/02 00:00", False, 2880, "Thứ Bảy, Chủ nhật"),
        ("23/02 00:00–23/02 07:30", False, 450, "Ngoài giờ làm việc"),
        ("23/02 07:30–23/02 11:30", True, 240, "Giờ làm việc"),
    ]


def test_days_are_told_with_the_wait_and_the_days_that_do_not_count():
    assert told("20/11/2026 09:41", 7, Unit.WORKING_DAYS, ("25/11/2026 15:10", "27/11/2026 10:05")) == [
        ("20/11 09:41–21/11 00:00", False, 1, "Ngày đầu không tính (Bộ luật Dân sự, điều 147)"),
        ("21/11 00:00–23/11 00:00", False, 2, "Thứ Bảy, Chủ nhật"),
        ("23/11 00:00–24/11 00:00", True, 1, "Ngày làm việc"),
        ("24/11 00:00–25/11 00:00", False, 1, "Nghỉ lễ: Ngày Văn hóa Việt Nam"),
        ("25/11 00:00–27/11 00:00", False, 2, "Chờ người nộp bổ sung"),
        (
            "27/11 00:00–28/11 00:00",
            False,
            1,
            "Ngày nhận bổ sung không tính, đếm tiếp từ ngày sau (Bộ luật Dân sự, điều 147)",
        ),
        ("28/11 00:00–30/11 00:00", False, 2, "Thứ Bảy, Chủ nhật"),
        ("30/11 00:00–05/12 00:00", True, 5, "Ngày làm việc"),
        ("05/12 00:00–07/12 00:00", False, 2, "Thứ Bảy, Chủ nhật"),
        ("07/12 00:00–07/12 17:30", True, 1, "Ngày làm việc"),
    ]


def test_a_make_up_saturday_and_the_day_it_replaces_are_named():
    assert told("21/08/2026 18:00", 6, Unit.WORKING_DAYS) == [
        ("21/08 18:00–22/08 00:00", False, 1, "Ngoài giờ làm việc"),
        ("22/08 00:00–23/08 00:00", False, 1, "Ngày đầu không tính (Bộ luật Dân sự, điều 147)"),
        ("23/08 00:00–24/08 00:00", False, 1, "Thứ Bảy, Chủ nhật"),
        ("24/08 00:00–29/08 00:00", True, 5, "Ngày làm việc"),
        ("29/08 00:00–31/08 00:00", False, 2, "Thứ Bảy, Chủ nhật"),
        ("31/08 00:00–01/09 00:00", False, 1, "Nghỉ hoán đổi với ngày 22/08/2026"),
        ("01/09 00:00–03/09 00:00", False, 2, "Nghỉ lễ: Quốc khánh 2/9"),
        ("03/09 00:00–03/09 17:30", True, 1, "Ngày làm việc"),
    ]
    assert told("21/08/2026 16:30", 2, Unit.WORKING_HOURS)[-1][-1] == "Đi làm bù cho ngày 31/08/2026"


def test_a_due_day_that_is_off_is_told_to_roll():
    assert told("02/12/2026 09:00", 3, Unit.CALENDAR_DAYS)[1:] == [
        ("03/12 00:00–06/12 00:00", True, 3, "Đếm mọi ngày, kể cả ngày nghỉ"),
        ("06/12 00:00–07/12 00:00", False, 1, "Thứ Bảy, Chủ nhật"),
        (
            "07/12 00:00–07/12 17:30",
            False,
            1,
            "Hạn rơi vào ngày nghỉ, chuyển sang ngày làm việc kế tiếp (Bộ luật Dân sự, điều 148)",
        ),
    ]


def test_lunch_cutoff_and_plain_hours_have_their_words():
    assert told("02/12/2026 11:00", 1, Unit.WORKING_HOURS)[1] == (
        "02/12 11:30–02/12 13:30",
        False,
        120,
        "Nghỉ trưa",
    )
    assert told("05/12/2026 20:00", 24, Unit.ELAPSED_HOURS)[0][2:] == (
        1440,
        "Đếm liên tục, kể cả đêm và ngày nghỉ",
    )
    late = worktime.due(
        DEFAULT, start=on("02/12/2026 15:00"), amount=1, unit=Unit.WORKING_DAYS, same_day_cutoff=time(15)
    )
    assert late.explanation[0].words == "Nhận từ 15 giờ trở đi, tính sang ngày làm việc kế tiếp"


def test_minutes_sum_to_the_amount_although_instants_have_seconds():
    start = on("02/12/2026 11:29") + timedelta(seconds=20, microseconds=7)
    due = worktime.due(DEFAULT, start=start, amount=1, unit=Unit.WORKING_HOURS)
    assert due.at == on("02/12/2026 14:29") + timedelta(seconds=20, microseconds=7)
    assert [span.minutes for span in due.explanation if span.counted] == [0, 60]


def test_an_answer_survives_storage():
    due = worktime.due(DEFAULT, start=on("13/02/2026 16:30"), amount=9, unit=Unit.WORKING_DAYS)
    stored = worktime.to_json(due)
    assert worktime.from_json(stored) == due
    assert worktime.from_json(stored).explanation[0].reason is Reason.FIRST_DAY
    with pytest.raises(WorktimeError, match="bị hỏng"):
        worktime.from_json({"due": stored["due"], "explanation": [{}]})


# Calendars.


def test_seasons_wrap_the_new_year():
    seasons = (
        SeasonHours((Interval(time(7), time(11, 30)), Interval(time(13, 30), time(17))), (4, 16), (10, 15)),
        SeasonHours((Interval(time(7, 30), time(12)), Interval(time(13), time(16, 30))), (10, 16), (4, 15)),
    )
    calendar = DEFAULT.amended(hours=seasons)
    assert all(season.minutes == 480 for season in calendar.hours)
    assert worktime.closing_of(calendar, date(2026, 10, 15)) == on("15/10/2026 17:00")
    assert worktime.closing_of(calendar, date(2026, 10, 16)) == on("16/10/2026 16:30")
    assert worktime.next_opening(calendar, on("05/01/2026 00:00")) == on("05/01/2026 07:30")
    assert due_at("15/10/2026 16:00", 2, Unit.WORKING_HOURS, calendar=calendar) == "16/10/2026 08:30"


@pytest.mark.parametrize(
    ("seasons", "said"),
    [
        ((), "Không có giờ làm việc"),
        (
            (SeasonHours((Interval(time(7), time(11)),), (4, 16), (10, 15)),),
            "Không có giờ làm việc cho ngày 01/01",
        ),
        (
            (office_hours(("07:00", "11:00")), SeasonHours((Interval(time(7), time(11)),), (5, 1), (5, 2))),
            "nhiều hơn một giờ làm việc cho ngày 01/05",
        ),
    ],
)
def test_seasons_must_cover_every_day_of_the_year_once(seasons, said):
    with pytest.raises(WorktimeError, match=said):
        Calendar(seasons, {}, {})


@pytest.mark.parametrize("pair", [("11:30", "07:30"), ("07:30", "07:30")])
def test_an_interval_runs_forward(pair):
    with pytest.raises(WorktimeError, match="phải trước giờ đóng cửa"):
        office_hours(pair)


@pytest.mark.parametrize("second", [("11:00", "12:00"), ("05:00", "06:00")])
def test_intervals_are_in_order_and_apart(second):
    with pytest.raises(WorktimeError, match="chồng lên khung trước hoặc xếp sai thứ tự"):
        office_hours(("07:30", "11:30"), second)


def test_a_calendar_without_working_days_is_an_error_not_a_loop():
    every_day = [date(2026, 1, 1) + timedelta(days=number) for number in range(1500)]
    closed = DEFAULT.amended(days_off=every_day)
    for unit in set(Unit) - {Unit.ELAPSED_HOURS}:
        with pytest.raises(NoWorkingDay, match="không có ngày làm việc nào"):
            due_at("02/12/2026 09:00", 1, unit, calendar=closed)
    assert due_at("02/12/2026 09:00", 1, Unit.ELAPSED_HOURS, calendar=closed) == "02/12/2026 10:00"


def test_what_is_amended_wins_over_the_built_in_days():
    amended = DEFAULT.amended(
        days_off=[date(2026, 8, 22)], extra_days={date(2026, 11, 24): "", date(2026, 12, 6): "Trực"}
    )
    assert not worktime.is_working_day(amended, date(2026, 8, 22))
    assert worktime.is_working_day(amended, date(2026, 11, 24))
    assert worktime.is_working_day(amended, date(2026, 12, 6))
    assert worktime.is_working_day(DEFAULT, date(2026, 8, 22)) and not worktime.is_working_day(
        DEFAULT, date(2026, 11, 24)
    )


def test_an_amended_day_changes_nights_that_were_already_worked_out():
    assert due_at("02/12/2026 17:00", 1, Unit.WORKING_HOURS) == "03/12/2026 08:00"
    amended = DEFAULT.amended(days_off={date(2026, 12, 3): "Bão"})
    assert due_at("02/12/2026 17:00", 1, Unit.WORKING_HOURS, calendar=amended) == "04/12/2026 08:00"
    assert due_at("02/12/2026 17:00", 1, Unit.WORKING_HOURS) == "03/12/2026 08:00"


def test_a_day_cannot_be_both_off_and_worked():
    with pytest.raises(WorktimeError, match="03/12/2026 vừa là ngày nghỉ"):
        DEFAULT.amended(days_off=[date(2026, 12, 3)], extra_days=[date(2026, 12, 3)])


def test_a_calendar_forgets_rather_than_grow():
    calendar = Calendar.default().amended(hours=(office_hours(("08:00", "16:00")),))
    for number in range(6000):
        worktime.is_working_day(calendar, date(2010, 1, 1) + timedelta(days=number))
    assert len(calendar._days) <= 4096


def test_nobody_closes_a_day_that_never_opened():
    with pytest.raises(WorktimeError, match="05/12/2026 không làm việc: Thứ Bảy, Chủ nhật"):
        worktime.closing_of(DEFAULT, date(2026, 12, 5))


def test_years_far_away_are_refused():
    with pytest.raises(WorktimeError, match="nằm ngoài khoảng"):
        worktime.is_working_day(DEFAULT, date(9999, 12, 31))


# Time left.


@pytest.mark.parametrize(
    ("now", "due", "minutes", "said", "urgency"),
    [
        ("02/12/2026 10:30", "04/12/2026 09:30", 900, "Còn 1 ngày 7 giờ", Urgency.OK),
        ("02/12/2026 09:00", "03/12/2026 14:00", 660, "Còn 1 ngày 3 giờ", Urgency.OK),
        ("02/12/2026 13:45", "02/12/2026 14:30", 45, "Còn 45 phút", Urgency.SOON),
        ("02/12/2026 13:30", "02/12/2026 17:30", 240, "Còn 4 giờ", Urgency.SOON),
        ("02/12/2026 11:29", "02/12/2026 17:30", 241, "Còn 4 giờ 1 phút", Urgency.OK),
        ("04/12/2026 10:30", "02/12/2026 16:30", -720, "Quá hạn 1 ngày 4 giờ", Urgency.LATE),
        ("02/12/2026 16:00", "02/12/2026 14:00", -120, "Quá hạn 2 giờ", Urgency.LATE),
        ("02/12/2026 19:00", "02/12/2026 17:30", 0, "Vừa quá hạn", Urgency.LATE),
        ("02/12/2026 17:30", "02/12/2026 17:30", 0, "Đến hạn ngay bây giờ", Urgency.SOON),
        ("02/12/2026 07:30", "03/12/2026 07:50", 500, "Còn 1 ngày 20 phút", Urgency.OK),
    ],
)
def test_time_left_in_words(now, due, minutes, said, urgency):
    left = worktime.time_left(DEFAULT, now=on(now), due_at=on(due))
    assert left.minutes == minutes
    assert worktime.words(left) == said
    assert worktime.urgency(left) is urgency


def test_plain_hours_run_on_sunday_too():
    left = worktime.time_left(
        DEFAULT, now=on("06/12/2026 09:00"), due_at=on("07/12/2026 10:00"), unit=Unit.ELAPSED_HOURS
    )
    assert worktime.words(left, minutes_per_day=1440) == "Còn 1 ngày 1 giờ"


def test_remaining_is_what_a_resumption_counts():
    hours = worktime.remaining(
        DEFAULT, start=on("30/11/2026 09:00"), amount=8, unit=Unit.WORKING_HOURS, at=on("30/11/2026 14:30")
    )
    assert hours == (210, 270, False)
    days = worktime.remaining(
        DEFAULT, start=on("20/11/2026 09:41"), amount=7, unit=Unit.WORKING_DAYS, at=on("25/11/2026 15:10")
    )
    assert days == (1, 6, True)
