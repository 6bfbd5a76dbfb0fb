"""Dated clauses: what is refused, with which words, and how a later clause closes an earlier one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from motcua.rules.clauses import Stated, check_clause, read_clauses, settle
from motcua.rules.opening import check_calendar, read_hours
from motcua.rules.policy import PolicyError
from motcua.rules.worktime import Calendar, WorktimeError, office_hours

DAYS = [date(2018, 6, 20), date(2020, 1, 1), date(2022, 3, 1)]


def row(**changes: Any) -> dict[str, Any]:
    return {"key": "supplement_rounds", "value": 2, "since": DAYS[0], "basis": "Quyết định thử"} | changes


def clause(since: date, until: date | None = None, **changes: Any) -> Stated:
    values = {"key": "supplement_rounds", "value": 1, "basis": "Quyết định thử", "place": f"khoản {since.year}"}
    return Stated(**(values | changes), since=since, until=until)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key": "no_such_key"}, "Không có khoản chính sách nào tên là no_such_key"),
        ({"value": 11}, "giá trị 11 phải từ 0 đến 10"),
        ({"value": "2"}, "không đúng kiểu"),
        ({"value": True}, "không đúng kiểu"),
        ({"key": "unsigned_level_4", "value": "maybe"}, "chỉ nhận as_level_3"),
        ({"key": "return_channels_level_3", "value": []}, "ít nhất một giá trị"),
        ({"key": "return_channels_level_3", "value": ["post", "post"]}, "lặp lại"),
        ({"key": "acceptance_within_hours", "value": 0}, "phải từ 1 đến 80"),
        ({"key": "online_time_percent", "value": 101}, "phải từ 1 đến 100"),
        ({"until": DAYS[0]}, "phải sau ngày bắt đầu 20/06/2018"),
        ({"since": "2018-06-20"}, "since phải là một ngày"),
        ({"since": datetime(2018, 6, 20)}, "since phải là một ngày"),
        ({"since": date(218, 6, 20)}, "ngoài khoảng 1990–2100"),
        ({"basis": ""}, "thiếu mục basis"),
        ({"basis": "QĐ"}, "phải nêu tên văn bản"),
        ({"sinse": DAYS[1]}, "không có mục nào tên là sinse"),
        ({"procedure": "khai sinh"}, "không phải mã thủ tục"),
        ({"agency": 8}, "agency phải là mã"),
    ],
)
def test_an_impossible_clause_is_refused_with_reason_and_place(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(PolicyError, match="khoản thứ 2") as refused:
        read_clauses([row(), row(**changes)])
    assert words in str(refused.value)


def test_every_problem_of_a_preset_is_told_at_once() -> None:
    with pytest.raises(PolicyError) as refused:
        read_clauses([row(value=99), row(), row(key="x"), row(until=DAYS[0])])
    assert [problem[:13] for problem in refused.value.problems] == ["khoản thứ 1 (", "khoản thứ 3 (", "khoản thứ 4 ("]


def test_a_good_clause_passes_alone() -> None:
    check_clause(clause(DAYS[0]))
    with pytest.raises(PolicyError):
        check_clause(clause(DAYS[0], value=-1))


def test_a_later_clause_closes_the_earlier_one_whatever_the_order() -> None:
    first, second, third = settle([clause(DAYS[2]), clause(DAYS[0]), clause(DAYS[1])])
    assert [each.until for each in (first, second, third)] == [DAYS[1], DAYS[2], None]


def test_a_gap_stays_a_gap() -> None:
    end = date(2019, 1, 1)
    assert [each.until for each in settle([clause(DAYS[0], end), clause(DAYS[1])])] == [end, None]


def test_two_clauses_of_one_scope_that_overlap_are_refused_naming_both() -> None:
    with pytest.raises(PolicyError, match=r"khoản 2020: .* khi khoản 2018 còn hiệu lực đến ngày 01/03/2022"):
        settle([clause(DAYS[0], DAYS[2]), clause(DAYS[1])])
    with pytest.raises(PolicyError, match=r"cùng bắt đầu ngày 20/06/2018"):
        settle([clause(DAYS[0]), clause(DAYS[0], value=3)])


def test_other_keys_agencies_and_procedures_are_other_scopes() -> None:
    held = settle([clause(DAYS[0]), clause(DAYS[0], agency="H08"), clause(DAYS[0], procedure="1.001193")])
    assert [each.until for each in held] == [None, None, None]


def test_values_that_cannot_all_be_true_are_refused_from_the_day_they_meet() -> None:
    short = clause(DAYS[1], key="supplement_answer_days", value=5)
    with pytest.raises(PolicyError, match="Từ ngày 01/01/2020: nhắc bổ sung trước 5 ngày"):
        settle([short])
    settle([short, clause(DAYS[0], key="supplement_reminder_days", value=2)])


def test_an_end_that_brings_back_a_value_which_contradicts_is_refused() -> None:
    long = clause(DAYS[0], until=DAYS[1], key="supplement_answer_days", value=60)
    early = clause(DAYS[0], key="supplement_reminder_days", value=40)
    with pytest.raises(PolicyError, match="Từ ngày 01/01/2020: nhắc bổ sung trước 40 ngày"):
        settle([long, early])


def test_a_clause_of_an_agency_that_contradicts_the_province_is_refused_with_its_place() -> None:
    early = clause(DAYS[0], key="supplement_reminder_days", value=20)
    own = clause(DAYS[1], key="supplement_answer_days", value=10, agency="H08.14")
    with pytest.raises(PolicyError, match=r"Từ ngày 01/01/2020 \(H08.14\): nhắc bổ sung trước 20 ngày"):
        settle([early, own])
    settle([early, own, clause(DAYS[1], key="supplement_reminder_days", value=3, agency="H08.14")])


@pytest.mark.parametrize("rows", [{"key": "supplement_rounds"}, "supplement_rounds", ["supplement_rounds"]])
def test_a_preset_whose_clauses_are_no_tables_is_refused_with_how_to_write_one(rows: Any) -> None:
    with pytest.raises(PolicyError, match=r"\[\[clause\]\]"):
        read_clauses(rows)
    with pytest.raises(WorktimeError, match=r"\[\[hours\]\]"):
        read_hours(rows)


def hours(**changes: Any) -> dict[str, Any]:
    return {"intervals": [["07:30", "11:30"], ["13:30", "17:30"]]} | changes


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([hours(intervals=[["11:30", "07:30"]])], "phải trước giờ đóng cửa"),
        ([hours(intervals=[])], "không có khung giờ làm việc nào"),
        ([hours(intervals=[["7h30", "11:30"]])], "không đọc được"),
        ([hours(intervals=[["08:00", "12:00"], ["11:00", "17:00"]])], "chồng lên khung trước"),
        ([hours(intervals=[["00:00", "23:00"]])], "quá 12 giờ"),
        ([hours(first=[2, 30])], "30/2 không có trong năm"),
        ([hours(first=[4, 16], last=[10, 15])], "Không có giờ làm việc cho ngày 01/01"),
        ([hours(), hours()], "Có nhiều hơn một"),
        ([hours(from_=[1, 1])], "không có mục nào tên là from_"),
    ],
)
def test_hours_nobody_could_keep_are_refused(rows: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(WorktimeError) as refused:
        read_hours(rows)
    assert words in str(refused.value)


def test_two_seasons_make_a_year() -> None:
    summer, winter = read_hours(
        [
            hours(first=[4, 16], last=[10, 15]),
            hours(first=[10, 16], last=[4, 15], intervals=[["07:30", "12:00"], ["13:00", "16:30"]]),
        ]
    )
    assert (summer.minutes, winter.minutes) == (480, 480)


def test_a_calendar_that_leaves_a_month_without_work_is_refused() -> None:
    june = {date(2026, 6, day): "Nghỉ" for day in range(1, 31)}
    season = (office_hours(("07:30", "11:30")),)
    with pytest.raises(WorktimeError, match="tháng 06/2026"):
        check_calendar(Calendar(season, june, {}))
    del june[date(2026, 6, 30)]
    check_calendar(Calendar(season, june, {}))
