"""The Vietnamese ways of writing money, days, numbers and sizes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template

from motcua.ui.templatetags import mc

EVENING_UTC = datetime(2026, 12, 1, 18, 5, tzinfo=UTC)  # 01:05 on Wednesday the 2nd in Việt Nam
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (15000, f"15.000{NBSP}đ"),
        (0, f"0{NBSP}đ"),
        (1_250_000, f"1.250.000{NBSP}đ"),
        (None, ""),
        ("", ""),
        ("miễn", "miễn"),
    ],
)
def test_money_is_grouped_by_dots_and_whole(value: object, written: str) -> None:
    assert mc.vnd(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(1234567, "1.234.567"), (Decimal("254.4"), "254,4"), (-3, "−3"), (None, ""), ("x", "x")]
)
def test_numbers_use_the_comma_for_decimals(value: object, written: str) -> None:
    assert mc.number(value) == written


def test_a_moment_is_told_on_vietnams_clock() -> None:
    assert mc.moment(EVENING_UTC) == "01:05 ngày 02/12/2026"
    assert mc.hour(EVENING_UTC) == "01:05"
    assert mc.day(EVENING_UTC) == "02/12/2026"
    assert mc.weekday_day(EVENING_UTC) == "thứ Tư 02/12/2026"
    assert mc.machine(EVENING_UTC) == "2026-12-02T01:05:00+07:00"


def test_a_plain_date_needs_no_clock() -> None:
    assert mc.day(date(2026, 12, 6)) == "06/12/2026"
    assert mc.weekday_day(date(2026, 12, 6)) == "Chủ nhật 06/12/2026"


def test_nothing_is_written_for_nothing() -> None:
    for write in (mc.moment, mc.hour, mc.day, mc.weekday_day, mc.machine, mc.phone, mc.cccd, mc.size):
        assert write(None) == ""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0912345067", "0912 345 067"),
        ("+84912345067", "0912 345 067"),
        ("02563000116", "0256 300 0116"),
        ("115", "115"),
    ],
)
def test_telephone_numbers_are_grouped(value: str, written: str) -> None:
    assert mc.phone(value).replace(NBSP, " ") == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("027195004216", "027 195 004 216"),
        ("123456789", "123 456 789"),
        ("*********216", "*** *** *** 216"),
        ("B1234567", "B1234567"),
    ],
)
def test_identity_numbers_are_grouped_by_three(value: str, written: str) -> None:
    assert mc.cccd(value).replace(NBSP, " ") == written


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0 B"), (860_000, "840 KB"), (4_300_000, "4,1 MB"), (20 * 1024 * 1024, "20 MB")]
)
def test_sizes_are_rounded_the_way_people_say_them(value: int, written: str) -> None:
    assert mc.size(value).replace(NBSP, " ") == written


def test_a_bar_is_never_wider_than_the_whole() -> None:
    assert mc.percent(27, 56) == "48.2%"
    assert mc.percent(60, 56) == "100.0%"
    assert mc.percent(1, 0) == "0.0%"


class _Form(forms.Form):
    name = forms.CharField(label="Họ tên", help_text="Có đủ dấu")
    place = forms.ChoiceField(
        label="Sinh ở đâu?", choices=[("a", "Bệnh viện"), ("b", "Nơi khác")], widget=forms.RadioSelect
    )


def test_a_faulty_field_points_at_its_hint_and_error_and_keeps_what_was_typed() -> None:
    form = _Form({"name": "", "place": "z"})
    html = Template('{% include "ui/components/form_field.html" with field=form.name only %}').render(
        Context({"form": form})
    )
    assert 'aria-describedby="id_name-goi-y id_name-loi"' in html
    assert 'id="id_name-goi-y"' in html
    assert 'id="id_name-loi"' in html
    assert 'aria-invalid="true"' in html
    assert "govuk-input--error" in html


def test_the_summary_leads_to_the_first_choice_of_a_group_and_names_the_field() -> None:
    faults = mc.form_faults(_Form({"name": "Lan", "place": "z"}))
    assert [fault.href for fault in faults] == ["#id_place_0"]
    assert faults[0].text.startswith("Sinh ở đâu? ")
