"""Reading definitions and conditions."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.rules.eforms import DefinitionError, parse_definition, visible
from motcua.rules.eforms.conditions import as_json, parse_condition
from motcua.rules.eforms.moments import parse_day
from tests.rules.eform_samples import EVERYTHING, TODAY


def problems_of(data: Any) -> str:
    with pytest.raises(DefinitionError) as caught:
        parse_definition(data)
    return "\n".join(caught.value.problems)


def form(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": "T", "steps": [{"key": "s", "title": "S", "fields": list(fields)}], **more}


A = {"key": "a", "type": "choice", "label": "A", "options": ["x", "y"]}
N = {"key": "n", "type": "integer", "label": "N"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "đối tượng JSON"),
        ({"title": "T", "steps": []}, "ít nhất một bước"),
        (form(A, A), "hai trường cùng “key” a"),
        (form({**A, "key": "Xấu"}), "“key” phải gồm"),
        (form({**A, "type": "colour"}), "không có loại “colour”"),
        (form({**A, "colour": 1}), "không hiểu được: “colour”"),
        (form({**A, "options": []}), "cần “options”"),
        (form({**A, "options": ["x", "x"]}), "hai mục cùng giá trị"),
        (form({**A, "show_if": {"field": "zz", "op": "filled"}}), "trường không có “zz”"),
        (form({**A, "show_if": {"field": "n", "op": "filled"}}, N), "“n” đứng sau"),
        (form({**A, "show_if": {"field": "a", "op": "filled"}}), "chính nó"),
        (form(A, {**N, "show_if": {"field": "a", "op": "eq", "value": "z"}}), "“z” không có trong các mục chọn"),
        (form(A, {**N, "show_if": {"field": "a", "op": "gt", "value": "x"}}), "không so lớn bé được"),
        (form(N, {**A, "show_if": {"field": "n", "op": "eq", "value": "một"}}), "không hợp với loại"),
        (form(N, {**A, "show_if": {"field": "n", "op": "like", "value": 1}}), "điều kiện cần"),
        (form(N, A, {**A, "key": "c", "show_if": {"field": "n", "op": "gt", "other": "a"}}), "khác loại"),
        (form(N, {**A, "show_if": {"field": "n", "op": "gt"}}), "đúng một trong hai"),
        (form(N, {**A, "show_if": {"all": []}}), "danh sách từ 1"),
        (
            form(A, {**N, "show_if": {"all": [{"field": "a", "op": "eq", "value": v} for v in "xy"]}}),
            "không bao giờ hiện ra",
        ),
        (form({**N, "show_if": False}), "không bao giờ hiện ra"),
        (form({**N, "min": 5, "max": 1}), "“min” lớn hơn “max”"),
        (form({**N, "max_length": 5}), "chỉ dùng cho chữ"),
        (form({"key": "d", "type": "date", "label": "D", "min": "mai"}), "không phải ngày"),
        (form({"key": "t", "type": "text", "label": "T", "pattern": "(a+)+"}), "lặp lồng nhau"),
        (form({"key": "t", "type": "text", "label": "T", "pattern": "("}), "không đọc được"),
        (form({"key": "g", "type": "group", "label": "G"}), "ít nhất một trường con"),
        (
            form({"key": "g", "type": "group", "label": "G", "fields": [{**N, "type": "group", "fields": [N]}]}),
            "không được chứa nhóm lặp",
        ),
        (form({"key": "c", "type": "cccd", "label": "C", "born": "zz"}), "phải chỉ đến một trường có thật"),
        (form(A, checks=[{"rule": {"field": "a", "op": "filled"}, "message": "M", "fields": ["zz"]}]), "“zz”"),
        (form(A, checks=[{"message": "M", "fields": ["a"]}]), "cần “when” hoặc “rule”"),
        (form({**A, "default": "q"}), "“default” không có"),
        (form(A, units="2030"), "“units”"),
    ],
)
def test_a_faulty_definition_says_what_is_wrong(data, words):
    assert words in problems_of(data)


def test_all_problems_are_told_at_once():
    told = problems_of(form({**A, "type": "colour"}, {**N, "max_length": 5}, {**N, "label": ""}))
    assert told.count("\n") >= 3


def test_conditions_nested_too_deep_are_refused():
    condition: Any = {"field": "n", "op": "filled"}
    for _ in range(12):
        condition = {"not": condition}
    assert "lồng quá sâu" in problems_of(form(N, {**A, "show_if": condition}))


def test_a_condition_survives_the_way_to_the_page_and_back():
    said = {"all": [{"field": "a", "op": "in", "value": ["x"]}, {"not": {"field": "n", "op": "empty"}}]}
    problems: list[str] = []
    read = parse_condition(said, "T", problems)
    assert (as_json(read), problems) == (said, [])
    assert parse_condition(as_json(read), "T", problems) == read


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("today", date(2026, 12, 2)),
        ("today-18y", date(2008, 12, 2)),
        ("today+3m", date(2027, 3, 2)),
        ("today-30d", date(2026, 11, 2)),
        ("2024-02-29", date(2024, 2, 29)),
        ("today+99999y", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_days_of_a_definition(written, day):
    assert parse_day(written, TODAY) == day


DATES = [
    {"key": "d", "type": "date", "label": "D"},
    {"key": "e", "type": "date", "label": "E"},
    {"key": "m", "type": "multi_choice", "label": "M", "options": ["x", "y"]},
    {"key": "w", "type": "decimal", "label": "W"},
    {"key": "ok", "type": "declaration", "label": "OK"},
]
CASES: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    ({"field": "d", "op": "le", "value": "today-18y"}, {"d": "2008-12-02"}, True),
    ({"field": "d", "op": "le", "value": "today-18y"}, {"d": "2008-12-03"}, False),
    ({"field": "d", "op": "gt", "other": "e"}, {"d": "2020-10-02", "e": "2020-09-30"}, True),
    ({"field": "d", "op": "gt", "other": "e"}, {"d": "2020-10-02"}, False),
    ({"field": "d", "op": "eq", "value": "2020-10-02"}, {"d": "2020-10-02"}, True),
    ({"field": "d", "op": "ne", "value": "2020-10-02"}, {}, True),
    ({"field": "m", "op": "eq", "value": "x"}, {"m": ["y", "x"]}, True),
    ({"field": "m", "op": "not_in", "value": ["x"]}, {"m": ["y"]}, True),
    ({"field": "m", "op": "not_in", "value": ["x"]}, {}, True),
    ({"field": "m", "op": "in", "value": ["x", "y"]}, {}, False),
    ({"field": "w", "op": "gt", "value": 9}, {"w": "10.5"}, True),
    ({"field": "w", "op": "eq", "value": "10.50"}, {"w": "10.5"}, True),
    ({"field": "w", "op": "lt", "value": 9}, {}, False),
    ({"field": "ok", "op": "eq", "value": True}, {"ok": True}, True),
    ({"field": "ok", "op": "empty"}, {"ok": False}, True),
    ({"not": {"any": [{"field": "w", "op": "filled"}, {"field": "d", "op": "filled"}]}}, {}, True),
    ({"all": [{"field": "w", "op": "ge", "value": 0}, {"field": "m", "op": "filled"}]}, {"w": "0", "m": ["x"]}, True),
]


@pytest.mark.parametrize(("condition", "answers", "shown"), CASES)
def test_a_condition_shows_its_question_or_not(condition, answers, shown):
    definition = parse_definition(form(*DATES, {"key": "z", "type": "text", "label": "Z", "show_if": condition}))
    assert ("z" in visible(definition, answers, today=TODAY)) is shown


def test_the_answer_of_a_hidden_question_counts_as_empty():
    definition = parse_definition(
        form(
            A,
            {**N, "show_if": {"field": "a", "op": "eq", "value": "x"}},
            {"key": "z", "type": "text", "label": "Z", "show_if": {"field": "n", "op": "filled"}},
        )
    )
    assert "z" in visible(definition, {"a": "x", "n": 1}, today=TODAY)
    assert "z" not in visible(definition, {"a": "y", "n": 1}, today=TODAY)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_definition_with_anything_replaced_is_read_or_refused_never_worse(data):
    mutant = copy.deepcopy(EVERYTHING)
    step = data.draw(st.sampled_from(mutant["steps"]))
    field = data.draw(st.sampled_from(step["fields"]))
    name = data.draw(
        st.sampled_from(["key", "type", "label", "required", "show_if", "min", "max", "max_length", "options"])
    )
    field[name] = data.draw(
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.text(max_size=3)), st.just({})
        )
    )
    try:
        parse_definition(mutant)
    except DefinitionError as wrong:
        assert wrong.problems
