"""What papers say, before anything is drawn."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from motcua.papers.facts import AppointmentSlip
from motcua.papers.forms import FORMS, SYMBOLS, Regime, form_label, form_of, number_text
from motcua.papers.glyphs import MISSING, drawable, printable
from motcua.rules.acts import Paper
from tests.rooms.paper_samples import SAMPLES

SLIP = SAMPLES[Paper.APPOINTMENT_SLIP]


def test_every_kind_has_facts_and_a_form_in_both_regimes() -> None:
    assert {kind: type(sample).kind for kind, sample in SAMPLES.items()} == {kind: kind for kind in Paper}
    assert all(set(FORMS[regime]) == set(Paper) for regime in Regime)


@pytest.mark.parametrize(
    ("kind", "in_2018", "in_2025"),
    [
        (Paper.APPOINTMENT_SLIP, "Mẫu số 01", "Mẫu số 01"),
        (Paper.SUPPLEMENT_NOTICE, "Mẫu số 02", "Mẫu số 02"),
        (Paper.DECLINE_NOTICE, "Mẫu số 03", "Mẫu số 03"),
        (Paper.CONTROL_SHEET, "Mẫu số 05", "Mẫu số 06"),
    ],
)
def test_the_forms_number_is_a_label_of_regime_and_kind(kind: Paper, in_2018: str, in_2025: str) -> None:
    assert form_label(kind, Regime.TT_01_2018) == f"{in_2018} – Thông tư số 01/2018/TT-VPCP"
    assert form_label(kind, Regime.TT_03_2025) == f"{in_2025} – Thông tư số 03/2025/TT-VPCP"


def test_a_kind_without_a_legal_form_has_no_label() -> None:
    assert form_label(Paper.SUBMISSION_RECEIPT, Regime.TT_01_2018) == ""
    assert form_of(Paper.SUBMISSION_RECEIPT, Regime.TT_01_2018).title == "BIÊN NHẬN NỘP HỒ SƠ TRỰC TUYẾN"


@pytest.mark.parametrize(
    ("sequence", "kind", "text"),
    [
        (7, Paper.APPOINTMENT_SLIP, "07/TPHS"),
        (12, Paper.SUPPLEMENT_NOTICE, "12/HDHS"),
        (1234, Paper.DECLINE_NOTICE, "1234/TC"),
    ],
)
def test_numbers_below_ten_take_a_leading_zero(sequence: int, kind: Paper, text: str) -> None:
    assert number_text(sequence, SYMBOLS[kind]) == text


@pytest.mark.parametrize("kind", list(Paper))
def test_data_is_json_with_every_field(kind: Paper) -> None:
    data = SAMPLES[kind].to_data()
    assert json.loads(json.dumps(data)) == data
    assert set(data) == {field.name for field in fields(SAMPLES[kind])}


def test_times_are_kept_in_vietnamese_time() -> None:
    assert isinstance(SLIP, AppointmentSlip)
    slip = replace(SLIP, accepted_at=datetime(2026, 11, 18, 2, 42, tzinfo=UTC))
    assert slip.to_data()["accepted_at"] == "2026-11-18T09:42:00+07:00"


def test_a_naive_time_is_refused() -> None:
    assert isinstance(SLIP, AppointmentSlip)
    with pytest.raises(ValueError, match="aware"):
        replace(SLIP, accepted_at=datetime(2026, 11, 18, 9, 42)).to_data()


def test_what_a_database_cannot_hold_is_left_out_of_the_data() -> None:
    assert isinstance(SLIP, AppointmentSlip)
    assert replace(SLIP, officer="Trần\x00 Văn\ud800 Minh").to_data()["officer"] == "Trần Văn Minh"


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("Nguyễn Thị Lan – “số 5”", "Nguyễn Thị Lan – “số 5”"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("vui 😀👨‍👩‍👧 👍🏽", f"vui {MISSING} {MISSING}"),
        ("مرحبا", MISSING),
        ("ＡＢＣ ①", "ABC 1"),
        ("abc\u202ecba\u202c\u200b", "abccba"),
        ("một\r\nhai\u2028ba\tbốn\u00a0năm", "một\nhai\nba bốn năm"),
        ("\x00\x07", ""),
        ("#emph[x] $a$ @ref", "#emph[x] $a$ @ref"),
    ],
)
def test_text_is_fitted_to_the_typeface(typed: str, drawn: str) -> None:
    assert printable(typed).replace("\u00a0", " ") == drawn


def test_the_typeface_draws_all_of_vietnamese() -> None:
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy" + "".join("àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
    assert not [letter for letter in letters + letters.upper() if ord(letter) not in drawable()]
