"""What of a form can be compared with a connected database, and when two values are the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motcua.rules.crosscheck import BIRTH_DATE, NAME, Match, Register, compare, questions_of
from motcua.rules.eforms import Definition, parse_definition
from tests.acceptance.proof import accepts

TODAY = date(2026, 11, 18)
PERSON, COMPANY = "052190000123", "0301442989"


def form(**number: Any) -> Definition:
    fields = [
        {"key": "ai", "type": "choice", "label": "Ai", "options": ["toi", "khac"]},
        {"key": "ten", "type": "text", "label": "Họ tên"},
        {"key": "sinh", "type": "date", "label": "Ngày sinh"},
        {"key": "so", "type": "cccd", "label": "Số định danh", "named": "ten", "born": "sinh", **number},
    ]
    rows = [
        {"key": "ten", "type": "text", "label": "Tên"},
        {"key": "so", "type": "id_number", "label": "Số", "named": "ten"},
    ]
    group = {"key": "nhom", "type": "group", "label": "Nhóm", "item_label": "Người", "fields": rows}
    return parse_definition({"title": "T", "steps": [{"key": "a", "title": "A", "fields": [*fields, group]}]})


ANSWERS = {"ai": "toi", "ten": "Nguyễn Thị Lan", "sinh": "1990-05-17", "so": PERSON}


@accepts("HY-20")
def test_a_number_asks_about_its_own_name_and_birth_date_only() -> None:
    (question,) = questions_of(form(), ANSWERS, today=TODAY)
    assert (question.register, question.number, question.item) == (Register.POPULATION, PERSON, "field:so")
    assert [(one.part, one.item, one.value) for one in question.declared] == [
        (NAME, "field:ten", "Nguyễn Thị Lan"),
        (BIRTH_DATE, "field:sinh", "1990-05-17"),
    ]


def test_nothing_hidden_unanswered_or_nameless_is_asked() -> None:
    hidden = form(show_if={"field": "ai", "op": "eq", "value": "khac"})
    assert questions_of(hidden, ANSWERS, today=TODAY) == ()
    assert questions_of(form(), {**ANSWERS, "so": ""}, today=TODAY) == ()
    assert questions_of(form(named="", born=""), ANSWERS, today=TODAY) == ()
    assert questions_of(form(), {"so": PERSON}, today=TODAY) == ()


def test_each_row_of_a_group_is_asked_of_the_database_its_number_belongs_to() -> None:
    rows = [{"ten": "Lan", "so": PERSON}, {"ten": "Biển Xanh", "so": COMPANY}, {"ten": "X", "so": "B1234567"}]
    asked = questions_of(form(), {"nhom": rows}, today=TODAY)
    assert [(one.path, one.item, one.register) for one in asked] == [
        ("nhom.0.so", "field:nhom", Register.POPULATION),
        ("nhom.1.so", "field:nhom", Register.ENTERPRISES),
    ]
    assert asked[1].label == "Người 2: Số"


@pytest.mark.parametrize(
    ("name", "match"),
    [
        ("NGUYỄN  THỊ LAN", Match.SAME),
        ("nguyễn thị lan", Match.SAME),
        ("Nguyễn Thị Lân", Match.DIFFERENT),
        ("Nguyen Thi Lan", Match.DIFFERENT),
        ("", Match.NO_DATA),
    ],
)
def test_names_differ_by_letters_and_accents_but_not_by_capitals(name: str, match: Match) -> None:
    (question,) = questions_of(form(), ANSWERS, today=TODAY)
    found = {one.part: one for one in compare(question, {NAME: name, BIRTH_DATE: "1990-05-17"})}
    assert (found[NAME].match, found[BIRTH_DATE].match) == (match, Match.SAME)
    assert found[NAME].source_value == (name if match is Match.DIFFERENT else "")


def test_old_and_new_places_of_the_tone_mark_are_the_same_name() -> None:
    (question,) = questions_of(form(), {**ANSWERS, "ten": "Trần Thị Hoà"}, today=TODAY)
    assert compare(question, {NAME: "Trần Thị Hòa"})[0].match is Match.SAME


def test_a_year_is_compared_with_the_year_and_an_unknown_number_is_no_data() -> None:
    definition = parse_definition(
        {
            "title": "T",
            "steps": [
                {
                    "key": "a",
                    "title": "A",
                    "fields": [
                        {"key": "nam", "type": "year", "label": "Năm sinh"},
                        {"key": "so", "type": "cccd", "label": "Số", "born": "nam"},
                    ],
                }
            ],
        }
    )
    (question,) = questions_of(definition, {"nam": 1990, "so": PERSON}, today=TODAY)
    assert compare(question, {BIRTH_DATE: "1990-05-17"})[0].match is Match.SAME
    assert compare(question, {BIRTH_DATE: "1991-05-17"})[0].match is Match.DIFFERENT
    assert [one.match for one in compare(question, None)] == [Match.NO_DATA]


def test_a_form_that_points_to_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="named"):
        form(named="sinh")
    with pytest.raises(ValueError, match="named"):
        form(named="khong_co")
