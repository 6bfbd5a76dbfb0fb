"""`motcua worktime`: the JSON lines protocol, answer by answer and as the command speaks it."""

import io
import json
import subprocess
import sys

import pytest

from motcua.console.commands.worktime import run
from motcua.rules.worktime import answer_line

GOOD = {"start": "2026-12-02T09:00:00+07:00", "amount": 8, "unit": "working_hours"}


def answer(**changes):
    return json.loads(answer_line(json.dumps({**GOOD, **changes})))


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, "2026-12-03T09:00:00+07:00"),
        ({"amount": 8.0}, "2026-12-03T09:00:00+07:00"),
        ({"amount": 0.5}, "2026-12-02T09:30:00+07:00"),
        ({"start": "2026-12-02T02:00:00Z"}, "2026-12-03T09:00:00+07:00"),
        ({"start": "2026-12-02T09:00:00"}, "2026-12-03T09:00:00+07:00"),
        ({"start": "2026-12-02"}, "2026-12-02T17:30:00+07:00"),
        ({"unit": "working_days", "amount": 3}, "2026-12-07T17:30:00+07:00"),
        ({"unit": "working_days_clock", "amount": 3}, "2026-12-07T09:00:00+07:00"),
        ({"unit": "calendar_days", "amount": 3}, "2026-12-07T17:30:00+07:00"),
        ({"unit": "months", "amount": 1}, "2027-01-04T17:30:00+07:00"),
        ({"unit": "elapsed_hours", "amount": 24}, "2026-12-03T09:00:00+07:00"),
        ({"hours": [["07:00", "11:30"], ["13:30", "17:00"]], "amount": 6}, "2026-12-02T17:00:00+07:00"),
        ({"days_off": ["2026-12-03"]}, "2026-12-04T09:00:00+07:00"),
        ({"start": "2026-12-04T09:00:00+07:00", "working_days_extra": ["2026-12-05"]}, "2026-12-05T09:00:00+07:00"),
        ({"start": "2026-08-21T09:00:00+07:00", "days_off": ["2026-08-22"]}, "2026-08-24T09:00:00+07:00"),
        ({"start": "2026-11-23T09:00:00+07:00", "working_days_extra": ["2026-11-24"]}, "2026-11-24T09:00:00+07:00"),
        (
            {"pauses": [{"from": "2026-12-02T10:00:00+07:00", "to": "2026-12-03T10:00:00+07:00"}]},
            "2026-12-04T09:00:00+07:00",
        ),
        ({"unit": "working_days", "amount": 1, "same_day_cutoff": "15:00"}, "2026-12-02T17:30:00+07:00"),
        ({"pauses": None, "hours": None, "days_off": None, "same_day_cutoff": None}, "2026-12-03T09:00:00+07:00"),
    ],
)
def test_a_good_line_answers_its_due_instant(changes, due):
    found = answer(**changes)
    assert found["due"] == due
    assert found["explanation"][-1]["end"] == due


def test_the_explanation_has_spans_with_reasons_and_words():
    assert answer(amount=4)["explanation"] == [
        {
            "start": "2026-12-02T09:00:00+07:00",
            "end": "2026-12-02T11:30:00+07:00",
            "counted": True,
            "reason": "working",
            "minutes": 150,
            "days": 0,
            "words": "Giờ làm việc",
        },
        {
            "start": "2026-12-02T11:30:00+07:00",
            "end": "2026-12-02T13:30:00+07:00",
            "counted": False,
            "reason": "lunch",
            "minutes": 120,
            "days": 0,
            "words": "Nghỉ trưa",
        },
        {
            "start": "2026-12-02T13:30:00+07:00",
            "end": "2026-12-02T15:00:00+07:00",
            "counted": True,
            "reason": "working",
            "minutes": 90,
            "days": 0,
            "words": "Giờ làm việc",
        },
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": None}, "start: bắt buộc"),
        ({"start": "hôm nay"}, "start: phải là thời điểm"),
        ({"start": 20261202}, "start: phải là thời điểm"),
        ({"start": "2026-13-02T09:00:00+07:00"}, "start: phải là thời điểm"),
        ({"start": "0001-01-01T00:00:00+14:00"}, "start: năm ngoài khoảng"),
        ({"start": "9999-12-31T23:59:00-12:00"}, "start: năm ngoài khoảng"),
        ({"start": "1500-01-01T09:00:00+07:00"}, "Năm 1500 nằm ngoài khoảng"),
        ({"start": "9999-12-31T09:00:00+07:00", "unit": "elapsed_hours", "amount": 80000}, "nằm ngoài khoảng"),
        ({"amount": "8"}, 'amount: phải là một số, nhận được "8"'),
        ({"amount": True}, "amount: phải là một số"),
        ({"amount": [8]}, "amount: phải là một số"),
        ({"amount": -1}, "amount: không được âm"),
        ({"amount": 1e300}, "amount: quá lớn"),
        ({"amount": 10**30}, "amount: quá lớn"),
        ({"amount": 1.5, "unit": "months"}, "amount: phải là số nguyên"),
        ({"amount": float("nan")}, "NaN không phải là số"),
        ({"amount": float("inf")}, "Infinity không phải là số"),
        ({"unit": "weeks"}, "unit: phải là một trong working_hours"),
        ({"unit": {}}, "unit: phải là một trong"),
        ({"hours": "07:30"}, "hours: phải là một danh sách"),
        ({"hours": []}, "hours: Lịch không có khung giờ"),
        ({"hours": [["07:30"]]}, "hours[0]: phải là một cặp"),
        ({"hours": [["07:30", "25:00"]]}, "hours[0][1]: phải là giờ phút"),
        ({"hours": [["07:30", 11]]}, "hours[0][1]: phải là giờ phút"),
        ({"hours": [["07:30", "07:30"]]}, "hours[0]: Giờ mở cửa 07:30 phải trước"),
        ({"hours": [["07:30", "11:30"], ["11:00", "17:00"]]}, "hours: Khung giờ bắt đầu lúc 11:00 chồng"),
        ({"hours": [["13:30", "17:30"], ["07:30", "11:30"]]}, "hours: Khung giờ bắt đầu lúc 07:30"),
        ({"days_off": "2026-12-03"}, "days_off: phải là một danh sách"),
        ({"days_off": ["03/12/2026"]}, 'days_off[0]: phải là ngày dạng 2026-12-24, nhận được "03/12/2026"'),
        ({"working_days_extra": ["2026-12-05", 5]}, "working_days_extra[1]: phải là ngày"),
        ({"days_off": ["2026-12-05"], "working_days_extra": ["2026-12-05"]}, "05/12/2026 vừa là ngày nghỉ"),
        ({"days_off": ["2026-12-05"] * 5000}, "days_off: nhiều nhất"),
        ({"pauses": {}}, "pauses: phải là một danh sách"),
        ({"pauses": [1]}, "pauses[0]: phải là"),
        ({"pauses": [{"to": "2026-12-02T10:00:00+07:00"}]}, "pauses[0]: phải là"),
        ({"pauses": [{"from": "x", "to": "y"}]}, "pauses[0].from: phải là thời điểm"),
        (
            {"pauses": [{"from": "2026-12-02T10:00", "to": "2026-12-02T09:00"}]},
            "pauses[0]: to (09:00 02/12/2026) trước",
        ),
        ({"pauses": [{"from": "2026-12-02T10:00", "to": None}]}, "Chưa có hạn: đang chờ người nộp"),
        ({"same_day_cutoff": "15h"}, "same_day_cutoff: phải là giờ phút"),
        ({"same_day_cutoff": "15:00"}, "same_day_cutoff: chỉ dùng được"),
        ({"pause": []}, '"pause": khóa không có'),
    ],
)
def test_a_bad_value_answers_what_is_wrong_and_where(changes, said):
    found = answer(**changes)
    assert list(found) == ["error"]
    assert said in found["error"]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "{",
        "[]",
        "null",
        "8",
        '"x"',
        "{'start': 1}",
        "[" * 100_000,
        '{"amount": ' + "9" * 9000 + "}",
        "\x00",
        "\ud800",
    ],
)
def test_a_line_that_is_no_question_answers_an_error(line):
    found = json.loads(answer_line(line))
    assert list(found) == ["error"] and found["error"].endswith(".")


def test_bad_lines_do_not_stop_the_rest():
    good = json.dumps(GOOD).encode()
    asked = io.TextIOWrapper(io.BytesIO(b"\n".join([good, b"\xff\xfe", b"", b"{}", b'{"unit": "\\ud800"}', good])))
    told = io.TextIOWrapper(io.BytesIO())
    assert run(asked, told) == 0
    answers = [json.loads(line) for line in told.buffer.getvalue().decode().splitlines()]
    assert ["due" in each for each in answers] == [True, False, False, False, False, True]


def test_the_command_speaks_to_plain_text_streams():
    told = io.StringIO()
    assert run(io.StringIO("\ufeff" + json.dumps(GOOD) + "\n"), told) == 0
    assert json.loads(told.getvalue())["due"] == "2026-12-03T09:00:00+07:00"


def test_neither_django_nor_a_time_zone_database_is_needed():
    script = "import sys, motcua.console.commands.worktime; print(sorted({'django', 'zoneinfo'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
