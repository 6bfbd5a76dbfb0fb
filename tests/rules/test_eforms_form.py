"""Judging a whole form: conditions, rows, steps, drafts, rules across fields."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.rules.eforms import (
    diff,
    json_schema,
    merge_flat,
    not_yet_seen,
    parse_definition,
    prefill,
    pressed,
    print_rows,
    read_flat,
    still_from_source,
    validate,
    visible,
    visible_steps,
)
from tests.rules.eform_samples import EVERYTHING, FULL, LOOKUPS, TODAY, everything

FORM = everything()


def judge(raw: Any, **options: Any):
    return validate(FORM, raw, today=TODAY, lookups=LOOKUPS, **options)


def test_a_full_form_is_valid_and_keeps_every_answer():
    outcome = judge(FULL)
    assert outcome.errors == {}
    assert outcome.answers == FULL


def test_an_empty_form_asks_for_everything_required_and_nothing_hidden():
    assert set(judge({}).errors) == {"ho_ten", "ngay_sinh", "cccd", "cam_doan"}


def test_autosave_does_not_ask_for_what_is_not_there_yet():
    assert judge({"ho_ten": "Lan"}, partial=True).is_valid


def test_only_the_errors_of_the_step_are_told():
    outcome = judge({"ho_ten": "Lan"}, only_step="nguoi_khai")
    assert set(outcome.errors) == {"ngay_sinh", "cccd"}
    assert set(judge({}, only_step="noi_dung").errors) == {"cam_doan"}


def test_a_hidden_answer_is_dropped_but_stays_in_the_draft():
    outcome = judge({**FULL, "mien": ["tb"]})
    assert "so_so" not in outcome.answers
    assert outcome.draft["so_so"] == "HN-01"


def test_a_hidden_question_is_never_asked_for_and_a_shown_one_is():
    assert "so_so" not in judge({**FULL, "mien": [], "so_so": ""}).errors
    assert "so_so" in judge({**FULL, "so_so": ""}).errors


def test_rows_have_conditions_and_errors_of_their_own():
    rows = [{"ho_ten": "A", "loai": "to_chuc"}, {}, {"loai": "ca_nhan", "mst_bn": "1"}]
    outcome = judge({**FULL, "ben_nhan": rows})
    assert outcome.errors == {
        "ben_nhan.0.mst_bn": ["Bên nhận 1: Điền mã số thuế"],
        "ben_nhan.2.ho_ten": ["Bên nhận 3: Điền họ tên"],
    }
    assert outcome.draft["ben_nhan"][1] == {}
    assert "ben_nhan.1.ho_ten" in outcome.visible


def test_a_rule_across_fields_speaks_beside_its_field_and_only_when_all_is_there():
    assert judge({**FULL, "nam": 1999}).errors == {"nam": ["Năm xây phải từ 2000 khi xin bản sao"]}
    assert "nam" not in judge({**FULL, "nam": ""}).errors
    assert "nam" not in judge({**FULL, "nam": 1999, "so_ban": ""}).errors


def test_a_warning_rule_does_not_block():
    data = copy.deepcopy(EVERYTHING)
    data["checks"] = [
        {
            "when": {"field": "so_ban", "op": "gt", "value": 10},
            "message": "Nhiều bản quá",
            "fields": ["so_ban"],
            "level": "warning",
        }
    ]
    outcome = validate(parse_definition(data), {**FULL, "so_ban": 20}, today=TODAY, lookups=LOOKUPS)
    assert outcome.is_valid
    assert outcome.warnings["so_ban"] == ["Nhiều bản quá"]


def test_what_is_no_question_of_the_form_is_dropped_and_named():
    outcome = judge({**FULL, "is_admin": True, "ben_nhan": [{"ho_ten": "A", "x\x00": 1}]})
    assert outcome.unknown == ("ben_nhan.0.x", "is_admin")
    assert "is_admin" not in outcome.answers


@pytest.mark.parametrize("junk", [None, [], "x", 3])
def test_something_that_is_no_form_at_all_is_refused(junk):
    assert judge(junk).errors


def test_a_draft_holds_nothing_a_database_would_refuse():
    draft = judge(
        {"ho_ten": "a\x00\ud800b", "so_ban": float("nan"), "ly_do": "x" * 10**6, "ngay_sinh": "hôm qua"}
    ).draft
    assert draft["ho_ten"] == "ab"
    assert draft["ngay_sinh"] == "hôm qua"
    assert len(draft["ly_do"]) == 20_000
    assert "so_ban" not in draft


POST = {
    "ho_ten": ["Lan"],
    "ngay_sinh-d": ["7"],
    "ngay_sinh-m": ["5"],
    "ngay_sinh-y": ["1984"],
    "noi_o-province": ["01"],
    "noi_o-district": ["001"],
    "noi_o-unit": ["00001"],
    "noi_o-street": ["Số 5"],
    "cccd": ["087084000999"],
}


def test_a_posted_step_is_read_into_nested_answers():
    raw = read_flat(FORM.step("nguoi_khai"), POST)
    assert raw["ngay_sinh"] == {"d": "7", "m": "5", "y": "1984"}
    assert judge(raw, only_step="nguoi_khai").answers["noi_o"] == {"unit": "00001", "street": "Số 5"}


def test_posted_rows_are_read_in_order_whatever_their_numbers():
    step = FORM.step("noi_dung")
    post = {"ben_nhan-7-ho_ten": ["B"], "ben_nhan-2-ho_ten": ["A"], "ben_nhan-2-ngay-d": ["1"], "cam_doan": ["1"]}
    raw = read_flat(step, post)
    assert [row["ho_ten"] for row in raw["ben_nhan"]] == ["A", "B"]
    assert raw["ben_nhan"][0]["ngay"] == {"d": "1"}
    assert raw["cam_doan"] is True
    assert read_flat(step, {**post, "ben_nhan-count": ["3"]})["ben_nhan"][-1]["ho_ten"] == "A"
    assert len(read_flat(step, {f"ben_nhan-{i}-ho_ten": ["x"] for i in range(500)})["ben_nhan"]) == 100


def test_one_box_saved_alone_does_not_empty_the_others():
    step = FORM.step("nguoi_khai")
    kept = {"ngay_sinh": "1984-05-07", "noi_o": {"unit": "00001", "street": "Số 5"}, "ho_ten": "Lan"}
    assert merge_flat(step, {"ngay_sinh-y": ["1985"]}, kept) == {"ngay_sinh": {"d": "7", "m": "5", "y": "1985"}}
    assert merge_flat(step, {"noi_o-street": ["Số 6"]}, kept) == {"noi_o": {"unit": "00001", "street": "Số 6"}}
    assert merge_flat(step, {"gioi_tinh": [""], "csrf": ["x"]}, kept) == {"gioi_tinh": ""}


def test_a_row_saved_alone_leaves_the_other_rows_and_a_removed_one_goes():
    step = FORM.step("noi_dung")
    merged = merge_flat(step, {"ben_nhan-1-ho_ten": ["Công ty B"]}, FULL)["ben_nhan"]
    assert [row["ho_ten"] for row in merged] == ["Trần Văn Hùng", "Công ty B"]
    assert judge({**FULL, "ben_nhan": merged}).answers["ben_nhan"][1]["ngay"] == "2026-11-01"
    assert len(merge_flat(step, {"ben_nhan-count": ["1"]}, FULL)["ben_nhan"]) == 1


def test_buttons_inside_the_form_work_without_a_script():
    step = FORM.step("noi_dung")
    rows = {"ben_nhan": [{"ho_ten": "A"}, {"ho_ten": "B"}]}
    added = pressed(step, rows, {"_add:ben_nhan": ["1"]})
    assert added is not None
    assert (added.raw["ben_nhan"][2:], added.path) == ([{}], "ben_nhan.2")
    removed = pressed(step, rows, {"_remove:ben_nhan:0": ["1"]})
    assert removed is not None
    assert removed.raw["ben_nhan"] == [{"ho_ten": "B"}]
    assert pressed(step, rows, {"_units": ["noi_o"]}).path == "noi_o"
    assert pressed(step, rows, {"_add:ho_ten": ["1"], "_remove:x:1": ["1"]}) is None


def test_a_question_that_opened_after_the_page_was_shown_is_noticed():
    step = FORM.step("noi_dung")
    shown = {"_shown": ["ly_do,mien,cam_doan"]}
    opened = visible(FORM, {"mien": ["ngheo"]}, today=TODAY)
    assert "so_so" in not_yet_seen(step, opened, shown)
    assert not_yet_seen(step, opened, {}) == []


def test_known_facts_are_offered_with_their_source_until_they_are_changed():
    account = {"full_name": "Nguyễn Thị Lan", "address": {"unit": "00004", "street": "Số 5", "scheme": "2025"}}
    offered = prefill(FORM, {"account": account})
    assert offered.answers == {"ho_ten": "Nguyễn Thị Lan", "dan_toc": "01", "noi_o": {"street": "Số 5"}}
    assert offered.provenance == {"ho_ten": "account", "dan_toc": "default", "noi_o": "account"}
    still = still_from_source(offered.provenance, offered.answers, {**offered.answers, "ho_ten": "Khác"})
    assert "ho_ten" not in still
    assert "dan_toc" in still


def test_answers_are_printed_in_words_by_step():
    told = dict(print_rows(FORM, FULL, LOOKUPS, today=TODAY))
    assert list(told) == ["Người khai", "Nội dung"]
    first, second = dict(told["Người khai"]), dict(told["Nội dung"])
    assert first["Ngày sinh"] == "07/05/1984"
    assert first["Số định danh"] == "087 084 000 999"
    assert first["Nơi cư trú"] == "Số 5, ngõ 3, phường Phúc Xá, quận Ba Đình, thành phố Hà Nội"
    assert second["Vốn"] == "150.000.000 đồng"
    assert second["Diện tích"] == "120,5"
    assert second["Thời gian cư trú"] == "từ 01/01/2001 đến 31/12/2020"
    assert second["Miễn giảm"] == "Hộ nghèo"
    assert second["Bên nhận (1)"] == "Họ tên: Trần Văn Hùng; Loại: ca_nhan"


def test_printing_survives_answers_of_another_shape():
    broken = {key: ["?", {"x": 1}] for key in FORM.by_key}
    assert print_rows(FORM, broken, LOOKUPS, today=TODAY)


def test_what_changed_is_named_by_path():
    after = copy.deepcopy(FULL)
    after["ho_ten"] = "Khác"
    after["ben_nhan"][1]["ho_ten"] = "Công ty B"
    after["ben_nhan"].append({"ho_ten": "C"})
    assert diff(FORM, FULL, after) == ["ho_ten", "ben_nhan.1.ho_ten", "ben_nhan.2"]
    assert diff(FORM, FULL, FULL) == []


def test_the_schema_names_every_question_and_what_is_required():
    schema = json_schema(FORM)
    assert set(schema["properties"]) == set(FORM.by_key)
    assert schema["required"] == ["ho_ten", "ngay_sinh", "cccd", "cam_doan"]
    assert schema["properties"]["so_so"]["x-show-if"] == {"field": "mien", "op": "eq", "value": "ngheo"}
    assert schema["additionalProperties"] is False


def test_a_step_with_nothing_to_ask_is_left_out():
    data = copy.deepcopy(EVERYTHING)
    data["steps"].insert(
        1,
        {
            "key": "them",
            "title": "Thêm",
            "show_if": {"field": "gioi_tinh", "op": "eq", "value": "Nữ"},
            "fields": [{"key": "x", "type": "text", "label": "X", "required": True}],
        },
    )
    form = parse_definition(data)
    assert "them" not in {step.key for step in visible_steps(form, FULL, today=TODAY)}
    assert "them" in {step.key for step in visible_steps(form, {**FULL, "gioi_tinh": "Nữ"}, today=TODAY)}
    assert validate(form, FULL, today=TODAY, lookups=LOOKUPS).is_valid


# --- properties

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.just("00001"), st.just("today")
)
junk = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["d", "m", "y", "unit", "street", "from", "to", "ho_ten", "loai", "\x00"]), inner
        ),
    ),
    max_leaves=8,
)
forms = st.dictionaries(
    st.sampled_from([*FORM.by_key, "unknown"]), st.one_of(junk, st.sampled_from(list(FULL.values())))
)
relaxed = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(forms)
def test_whatever_is_sent_is_judged_and_valid_answers_judge_to_themselves(raw):
    outcome = judge(raw)
    again = judge(outcome.answers)
    assert again.answers == outcome.answers
    assert set(again.errors) <= set(judge({}).errors) | set(outcome.errors) | set(again.errors)


@relaxed
@given(forms)
def test_whatever_is_sent_only_visible_questions_have_answers_and_errors(raw):
    outcome = judge(raw)
    shown = visible(FORM, outcome.answers, today=TODAY)
    assert set(outcome.answers) <= shown
    assert {path.split(".")[0] for path in outcome.errors} <= shown


@relaxed
@given(forms)
def test_a_draft_keeps_giving_the_same_answers(raw):
    outcome = judge(raw, partial=True)
    later = judge(outcome.draft, partial=True)
    assert later.draft == judge(later.draft, partial=True).draft
    assert later.answers.keys() >= outcome.answers.keys()


@relaxed
@given(forms)
def test_whatever_was_answered_can_be_printed(raw):
    print_rows(FORM, judge(raw).answers, LOOKUPS, today=TODAY)


@relaxed
@given(
    st.dictionaries(
        st.sampled_from([*POST, "ben_nhan-0-ho_ten", "ben_nhan-x-y", "mien"]), st.lists(st.text(), max_size=3)
    )
)
def test_whatever_is_posted_can_be_read_and_judged(post):
    for step in FORM.steps:
        raw = read_flat(step, post)
        assert judge(merge_flat(step, post, FULL)) is not None
        assert judge(raw) is not None


def test_deep_nesting_is_no_danger():
    deep: Any = "x"
    for _ in range(900):
        deep = [deep]
    outcome = judge(dict.fromkeys(FORM.by_key, deep))
    assert outcome.answers == {}
    assert outcome.draft == {}
