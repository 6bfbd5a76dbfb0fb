"""Judging single answers: what is taken, what is refused, and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.rules.eforms import validate
from tests.rules.eform_samples import LOOKUPS, TODAY, one_field


def judge(value: Any, **field: Any) -> tuple[Any, str]:
    """(kept value, first message) of one question."""
    outcome = validate(one_field(**field), {"k": value}, today=TODAY, lookups=LOOKUPS)
    return outcome.answers.get("k"), next((said[0] for said in outcome.errors.values()), "")


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ({"type": "text"}, "  Nguye\u0302\u0303n   Văn  A ", "Nguyễn Văn A"),
        ({"type": "long_text"}, "một\r\nhai  ba", "một\nhai ba"),
        ({"type": "text"}, 12, "12"),
        ({"type": "integer"}, "1.500", 1500),
        ({"type": "integer"}, 0, 0),
        ({"type": "money"}, "15.000.000 đồng", 15_000_000),
        ({"type": "money"}, "15 000 000", 15_000_000),
        ({"type": "money"}, 1.0, 1),
        ({"type": "decimal"}, "120,5", "120.5"),
        ({"type": "decimal"}, "1.250,50", "1250.5"),
        ({"type": "decimal"}, "1.250", "1250"),
        ({"type": "decimal"}, "12.5", "12.5"),
        ({"type": "decimal"}, 12.5, "12.5"),
        ({"type": "decimal"}, "0", "0"),
        ({"type": "decimal", "min": -5}, "-0", "0"),
        ({"type": "decimal", "min": -5}, "-0,5", "-0.5"),
        ({"type": "date"}, {"d": "7", "m": "5", "y": "1984"}, "1984-05-07"),
        ({"type": "date"}, "7/5/1984", "1984-05-07"),
        ({"type": "date"}, "1984-05-07", "1984-05-07"),
        ({"type": "date"}, "29/02/2024", "2024-02-29"),
        ({"type": "year"}, "1988", 1988),
        ({"type": "time"}, "6 giờ 40", "06:40"),
        ({"type": "time"}, "23h05", "23:05"),
        ({"type": "date_range", "open_end": True}, {"from": "1/1/2001", "to": ""}, {"from": "2001-01-01"}),
        ({"type": "cccd"}, "087 084 000 999", "087084000999"),
        ({"type": "cmnd"}, "201 234 567", "201234567"),
        ({"type": "id_number"}, "c1234567", "C1234567"),
        ({"type": "id_number"}, "0100112437", "0100112437"),
        ({"type": "mst"}, "0314409058-002", "0314409058-002"),
        ({"type": "phone"}, "+84 912 345 678", "0912345678"),
        ({"type": "email"}, " Lan@Vidu.VN ", "Lan@vidu.vn"),
        ({"type": "address"}, {"province": "01", "district": "001", "unit": "00001"}, {"unit": "00001"}),
        ({"type": "unit"}, {"unit": "00001"}, "00001"),
        ({"type": "unit", "level": "agency"}, "H08.1", "H08.1"),
        ({"type": "catalogue", "catalogue": "dan_toc"}, "02", "02"),
        ({"type": "multi_choice", "options": ["a", "b"]}, ["b", "a", "a"], ["a", "b"]),
        ({"type": "multi_choice", "options": ["a", "b"]}, "b", ["b"]),
        ({"type": "file"}, ["f1", "f1", "f2"], ["f1", "f2"]),
        ({"type": "declaration"}, "on", True),
        ({"type": "group", "fields": [{"key": "a", "type": "text", "label": "A"}]}, [{}, {"a": " x "}], [{"a": "x"}]),
    ],
)
def test_an_answer_is_taken_in_its_one_true_form(field, given, kept):
    assert judge(given, **field) == (kept, "")


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ({"type": "text"}, "a\x00b", "ký tự ẩn"),
        ({"type": "text"}, "a\u202eb", "ký tự ẩn"),
        ({"type": "text"}, ["a"], "phải là chữ"),
        ({"type": "text"}, True, "phải là chữ"),
        ({"type": "text", "max_length": 5}, "dài quá rồi", "dài 11 ký tự, tối đa 5"),
        ({"type": "text"}, "x" * 1_000_000, "tối đa 200"),
        ({"type": "text"}, "\u200b", "chỉ có ký tự ẩn"),
        ({"type": "text", "pattern": "[A-Z]{2}", "pattern_words": "gồm hai chữ hoa"}, "ab", "Câu hỏi gồm hai chữ hoa"),
        ({"type": "integer"}, "hai", "số nguyên"),
        ({"type": "integer"}, "1,5", "số nguyên"),
        ({"type": "integer"}, 10**400, "số nguyên"),
        ({"type": "integer"}, "-1", "không được là số âm"),
        ({"type": "integer", "min": 1}, "0", "phải từ 1 trở lên"),
        ({"type": "money", "max": 1000000}, "2.000.000", "không được quá 1.000.000 đồng"),
        ({"type": "decimal"}, "1,234", "tối đa 2 chữ số sau dấu phẩy"),
        ({"type": "decimal"}, "nan", "phải là một số"),
        ({"type": "decimal"}, float("inf"), "phải là một số"),
        ({"type": "date"}, {"d": "31", "m": "2", "y": "2024"}, "tháng 2 năm 2024 chỉ có 29 ngày"),
        ({"type": "date"}, {"d": "1", "m": "13", "y": "2024"}, "tháng chỉ từ 1 đến 12"),
        ({"type": "date"}, {"d": "1", "m": "", "y": "2024"}, "còn thiếu tháng"),
        ({"type": "date"}, {"d": "1", "m": "1", "y": "24"}, "bốn chữ số"),
        ({"type": "date"}, "2024-W01-1", "ngày/tháng/năm"),
        ({"type": "date", "max": "today"}, "15/12/2026", "ở sau hôm nay (02/12/2026)"),
        ({"type": "date", "max": "today-18y"}, "03/12/2008", "phải từ 02/12/2008 trở về trước"),
        ({"type": "date", "min": "today"}, "1/12/2026", "ở trước hôm nay"),
        ({"type": "year"}, "3000", "không được sau năm 2026"),
        ({"type": "year"}, "88", "bốn chữ số"),
        ({"type": "time"}, "25:00", "00:00 đến 23:59"),
        ({"type": "date_range"}, {"from": "2020-01-02", "to": "2020-01-01"}, "phải sau hoặc bằng"),
        ({"type": "date_range"}, {"from": "2020-01-02"}, "còn thiếu “đến ngày”"),
        ({"type": "cccd"}, "08708400099", "đúng 12 chữ số"),
        ({"type": "mst"}, "0100233480", "không khớp"),
        ({"type": "id_number"}, "12", "số định danh cá nhân (12 chữ số)"),
        ({"type": "phone"}, "12", "Số di động có 10 chữ số"),
        ({"type": "email"}, "a@b\nBcc: c@d.vn", "chưa đúng"),
        ({"type": "address"}, {"province": "01", "district": "", "unit": ""}, "Chọn quận, huyện"),
        ({"type": "address"}, {"unit": "99999"}, "không có trong danh mục"),
        ({"type": "address"}, {"province": "52", "unit": "00001"}, "Chọn lại xã, phường"),
        ({"type": "address"}, {"unit": "00001", "scheme": "2025"}, "Chọn tỉnh, thành phố"),
        ({"type": "address", "street": "required"}, {"unit": "00001"}, "số nhà, đường"),
        ({"type": "address"}, "Hà Nội", "cần tên xã, phường"),
        ({"type": "unit", "level": "district"}, {"province": "52"}, "Chọn quận, huyện"),
        ({"type": "choice", "options": ["a"]}, "b", "không có trong các mục"),
        ({"type": "choice", "options": ["a"]}, {"x": "a"}, "không có trong các mục"),
        ({"type": "multi_choice", "options": ["a"]}, ["a", "<script>"], "không nằm trong"),
        ({"type": "catalogue", "catalogue": "dan_toc"}, "=1+1", "Chọn lại câu hỏi trong danh mục"),
        ({"type": "file"}, ["../../etc/passwd"], "không còn trên hệ thống"),
        ({"type": "file", "max_items": 1}, ["f1", "f2"], "nhiều nhất 1 tệp"),
        ({"type": "declaration"}, "no", "cam đoan"),
        ({"type": "group", "fields": [{"key": "a", "type": "text", "label": "A"}]}, "x", "danh sách"),
        (
            {"type": "group", "max_items": 1, "fields": [{"key": "a", "type": "text", "label": "A"}]},
            [{"a": "x"}, {"a": "y"}],
            "nhiều nhất 1 mục, hiện có 2",
        ),
    ],
)
def test_a_wrong_answer_is_refused_in_words_that_help(field, given, words):
    kept, message = judge(given, **field)
    assert words in message
    if field["type"] != "group":
        assert kept is None


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ({"type": "text"}, "Điền câu hỏi"),
        ({"type": "choice", "options": ["a"]}, "Chọn câu hỏi"),
        ({"type": "file"}, "Tải lên câu hỏi"),
        ({"type": "declaration"}, "Đánh dấu vào ô “Câu hỏi”"),
        ({"type": "group", "fields": [{"key": "a", "type": "text", "label": "A"}]}, "Thêm ít nhất một mục"),
        ({"type": "text", "missing": "Ghi tên bệnh viện"}, "Ghi tên bệnh viện"),
    ],
)
@pytest.mark.parametrize("nothing", [None, "", "   ", [], {}, {"d": "", "m": "", "y": ""}])
def test_a_required_answer_that_is_missing_is_asked_for(kind, words, nothing):
    assert words in judge(nothing, required=True, **kind)[1]


def test_a_birth_year_that_differs_from_the_identity_number_is_only_a_warning():
    from tests.rules.eform_samples import FULL, everything

    outcome = validate(everything(), {**FULL, "ngay_sinh": "1990-01-01"}, today=TODAY, lookups=LOOKUPS)
    assert outcome.is_valid
    assert "năm sinh là 1984" in outcome.warnings["cccd"][0]
