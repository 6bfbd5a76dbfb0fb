"""Routes as data: what a step may name and decide, and every way in which a route cannot be walked, with its place."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from motcua.rules.acts import Act, StepKind
from motcua.rules.lifecycle import LEFT_TO_THE_ROUTE, TABLE
from motcua.rules.people import Role
from motcua.rules.route import DECIDABLE, RouteError, agency_code, total_minutes
from motcua.rules.route_data import agencies_named, parse_route, unknown_places
from tests.acceptance.proof import accepts

Rows = list[dict[str, Any]]

GOOD: Rows = [
    {"title": "Tiếp nhận", "kind": "receive", "role": "counter_officer", "hours": 1},
    {"title": "Xem xét", "kind": "examine", "role": "case_officer", "hours": 4, "division": "tu-phap"},
    {
        "title": "Đối chiếu",
        "kind": "examine",
        "role": "case_officer",
        "hours": 8,
        "agency": "*.26",
        "division": "cap-so-the",
    },
    {
        "title": "Thẩm tra",
        "kind": "examine",
        "role": "case_officer",
        "hours": "4.5",
        "division": "tu-phap",
        "opinions": [
            {"division": "dia-chinh", "hours": 2},
            {"agency": "*.13", "hours": 4, "question": "Có quy hoạch?"},
        ],
        "parts": [{"procedure": "1.002759", "agency": "*.26", "answers": {"ten": "ho_ten"}, "papers": {"a": "b"}}],
    },
    {"title": "Ký", "kind": "approve", "role": "leader", "hours": 2},
    {"title": "Văn thư", "kind": "seal", "role": "records_clerk", "hours": 1},
    {"title": "Trả", "kind": "return", "role": "counter_officer", "hours": 0},
]


def changed(step: int, **values: Any) -> Rows:
    rows = deepcopy(GOOD)
    rows[step] |= values
    return rows


def problems(rows: Rows, limit: int | None = None) -> list[str]:
    with pytest.raises(RouteError) as caught:
        parse_route(rows, limit_minutes=limit)
    return caught.value.problems


@accepts("BN-16", "BD-70")
def test_a_route_names_who_coordinates_who_is_asked_and_which_parts_there_are() -> None:
    steps = parse_route(GOOD)
    assert [step.is_elsewhere for step in steps] == [False, False, True, False, False, False, False]
    assert [(one.division, one.agency, one.minutes) for one in steps[3].opinions] == [
        ("dia-chinh", "", 120),
        ("", "*.13", 240),
    ]
    assert steps[3].parts[0].answers == (("ten", "ho_ten"),)
    assert agencies_named(steps, lead="H08.41.01") == {"H08.41.01", "H08.26", "H08.13"}
    assert agency_code("*.26", "H08.41.01") == "H08.26"
    assert agency_code("", "H08.41.01") == "H08.41.01"
    assert agency_code("H07.01", "H08.41.01") == "H07.01"


@accepts("BN-17")
def test_opinions_add_nothing_to_the_time_of_the_whole() -> None:
    assert total_minutes(parse_route(GOOD)) == (1 + 4 + 8 + 2 + 1) * 60 + 270


def test_what_a_step_may_decide_follows_its_kind_unless_the_route_says() -> None:
    own, theirs, last = parse_route(GOOD)[1:4]
    assert own.decides == DECIDABLE[StepKind.EXAMINE]
    assert Act.DRAFT_RESULT not in theirs.decides  # the result is the lead's
    assert Act.OPEN_CHILD in last.decides
    only = parse_route(changed(1, decides=["draft_result"]))[1]
    assert only.decides == {Act.DRAFT_RESULT}
    assert Act.DRAFT_RESULT in parse_route(changed(2, decides=["draft_result"]))[2].decides


def test_what_is_left_to_the_route_are_acts_of_those_who_do_the_step() -> None:
    assert Act.OPEN_CHILD in LEFT_TO_THE_ROUTE
    officers = {Role.CASE_OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.RECORDS_CLERK}
    for act in LEFT_TO_THE_ROUTE:
        assert set(TABLE[act].roles) <= officers


@accepts("BD-40")
def test_a_route_longer_than_the_published_time_is_refused_with_both_figures() -> None:
    assert problems(GOOD, limit=20 * 60) == ["Tổng thời gian các bước là 20,5 giờ, vượt thời hạn công bố 20 giờ."]
    assert parse_route(GOOD, limit_minutes=1230)


@pytest.mark.parametrize(
    ("rows", "place", "reason"),
    [
        (GOOD[:-1], "", "phải kết thúc ở bước trả kết quả"),
        ([*GOOD[:4], *GOOD[5:]], "", "phải có bước ký duyệt"),
        ([*GOOD[:1], *GOOD[4:]], "Bước 2 (Ký)", "không thể đứng sau bước tiếp nhận"),
        ([*GOOD[:3], *GOOD[4:]], "Bước 4 (Ký)", "phải trở về bước thẩm tra của cơ quan chủ trì"),
        ([*GOOD[:5], GOOD[3], *GOOD[5:]], "Bước 6 (Thẩm tra)", "không thể đứng sau bước ký duyệt"),
        (changed(2, division=""), "Bước 3 (Đối chiếu)", "phải nêu bộ phận"),
        (changed(2, agency="bhxh"), "Bước 3 (Đối chiếu)", "không phải mã cơ quan"),
        (changed(4, agency="*.26", division="x"), "Bước 5 (Ký)", "do cơ quan chủ trì làm"),
        (changed(3, opinions=[{"division": "dia-chinh", "hours": 5}]), "Bước 4 (Thẩm tra)", "vượt 4,5 giờ của bước"),
        (changed(3, opinions=[{"division": "tu-phap", "hours": 1}]), "Bước 4 (Thẩm tra)", "hỏi chính bộ phận"),
        (changed(3, opinions=[{"hours": 1}]), "Bước 4 (Thẩm tra)", "phải nêu cơ quan hoặc bộ phận"),
        (
            changed(3, opinions=[{"division": "x", "hours": 1}, {"division": "x", "hours": 2}]),
            "Bước 4 (Thẩm tra)",
            "hỏi hai lần một nơi",
        ),
        (changed(4, opinions=[{"division": "x", "hours": 1}]), "Bước 5 (Ký)", "chỉ bước thẩm tra mới xin ý kiến"),
        (changed(4, parts=[{"procedure": "1.1", "agency": "*.26"}]), "Bước 5 (Ký)", "chỉ bước thẩm tra mới mở"),
        (changed(3, parts=[{"agency": "*.26"}]), "Bước 4 (Thẩm tra)", "phải nêu mã thủ tục"),
        (changed(1, decides=["approve"]), "Bước 2 (Xem xét)", "không quyết định được “approve”"),
        (changed(1, hour=4), "Bước 2 (Xem xét)", "không có mục “hour”"),
        (changed(1, hours="nhiều"), "Bước 2 (Xem xét)", "sai số giờ (nhiều)"),
        (changed(1, hours="1/0"), "Bước 2 (Xem xét)", "sai số giờ"),
        (changed(1, hours="1e999999"), "Bước 2 (Xem xét)", "sai số giờ"),
        (changed(1, hours=99_999), "Bước 2 (Xem xét)", "nhiều nhất"),
        (changed(1, hours=None), "Bước 2 (Xem xét)", "sai số giờ (chưa ghi)"),
        (changed(1, title="  "), "Bước 2", "phải có tên bước"),
        (changed(1, title="A" * 201), "Bước 2", "phải có tên bước"),
        (changed(1, kind="look"), "Bước 2 (Xem xét)", "loại bước (kind) “look” phải là một trong receive, examine"),
        (changed(1, role=["leader"]), "Bước 2 (Xem xét)", "vai trò (role)"),
        (changed(1, role="leader"), "Bước 2 (Xem xét)", "Lãnh đạo cơ quan không làm được bước thẩm tra"),
        (changed(1, decides="draft_result"), "Bước 2 (Xem xét)", "“decides” phải là danh sách"),
        (changed(1, opinions={"division": "x"}), "Bước 2 (Xem xét)", "ý kiến phối hợp phải là danh sách"),
        (changed(1, opinions=["dia-chinh"]), "Bước 2 (Xem xét)", "ý kiến phối hợp phải là danh sách"),
        (changed(1, parts="1.002759"), "Bước 2 (Xem xét)", "phần liên thông phải là danh sách"),
        (changed(3, parts=[{**GOOD[3]["parts"][0], "answers": ["ten"]}]), "Bước 4 (Thẩm tra)", "phải ghép khóa"),
        (changed(3, parts=GOOD[3]["parts"] * 2), "Bước 4 (Thẩm tra)", "đã nêu ở phần khác"),
        (["Tiếp nhận", *GOOD[1:]], "Quy trình", "phải là danh sách các nhóm giá trị"),
        ([{**row, "decides": []} for row in GOOD], "Không bước nào", "dự thảo kết quả"),
    ],
)
def test_a_route_that_cannot_be_walked_is_refused_with_place_and_reason(rows: Rows, place: str, reason: str) -> None:
    found = problems(rows)
    assert any(one.startswith(place) and reason in one for one in found), found


def test_every_fault_is_told_at_once() -> None:
    rows = changed(1, hours=-1)
    rows[2]["agency"] = "bhxh"
    assert len(problems(rows)) == 2


def test_places_that_do_not_exist_at_the_lead_are_named_with_the_step() -> None:
    steps = parse_route(GOOD)
    divisions = {"H08.41.01": {"tu-phap"}, "H08.26": {"cap-so-the"}}
    assert unknown_places(steps, lead="H08.41.01", divisions=divisions) == [
        "Bước 4 (Thẩm tra), ý kiến phối hợp 1: cơ quan H08.41.01 không có bộ phận “dia-chinh”.",
        "Bước 4 (Thẩm tra), ý kiến phối hợp 2: không có cơ quan mã H08.13.",
    ]
    divisions = {"H08.41.01": {"tu-phap", "dia-chinh"}, "H08.13": set(), "H08.26": {"cap-so-the"}}
    assert unknown_places(steps, lead="H08.41.01", divisions=divisions) == []
