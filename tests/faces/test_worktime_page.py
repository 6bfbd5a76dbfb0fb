"""The public calculator."""

import pytest
from django.urls import reverse

from motcua.policy.actions import load_built_in_days
from motcua.rules.people import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def days(at, clock):
    load_built_in_days(by=Actor.system("tests"), at=at)


def ask(client, **query):
    asked = {"ngay": "13/02/2026", "gio": "16:30", "so": "8", "don_vi": "working_hours"} | query
    return client.get(reverse("portal:worktime"), asked)


def test_the_page_begins_with_now(client, days):
    text = client.get(reverse("portal:worktime")).content.decode()
    assert 'value="18/11/2026"' in text
    assert "Kết thúc" not in text


def test_an_answer_comes_with_every_span(client, days):
    text = ask(client).content.decode()
    assert "Vì sao là ngày" in text
    assert "Thứ Sáu 13/02, 16:30–17:30" in text
    assert "không tính" in text


def test_working_days_are_due_at_closing(client, days):
    text = ask(client, ngay="18/11/2026", gio="09:00", so="3", don_vi="working_days").content.decode()
    assert "Thứ Hai 23/11/2026" in text
    assert "17:30" in text


def test_within_the_day_has_a_cutoff(client, days):
    asked = {"ngay": "18/11/2026", "so": "1", "don_vi": "working_days", "nhan_sau": "15:00"}
    assert "Thứ Tư 18/11/2026" in ask(client, gio="14:59", **asked).content.decode()
    assert "Thứ Năm 19/11/2026" in ask(client, gio="15:00", **asked).content.decode()


def test_a_decimal_comma_is_understood(client, days):
    assert ask(client, so="1,5").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ngay": "31/02/2026"}, "Ngày chưa đúng"),
        ({"ngay": ""}, "Điền ngày bắt đầu"),
        ({"gio": "25:00"}, "Giờ chưa đúng"),
        ({"so": "tám"}, "Thời hạn phải là một con số"),
        ({"so": "-1"}, "Thời hạn không thể âm"),
        ({"so": "NaN"}, "Thời hạn phải là một con số"),
        ({"so": "99999999"}, "Thời hạn"),
        ({"so": "1.5", "don_vi": "working_days"}, ""),
        ({"don_vi": "năm"}, "Chọn một đơn vị"),
        ({"nhan_sau": "x"}, "Giờ chưa đúng"),
        ({"nhan_sau": "15:00"}, ""),
        ({"ngay": "01/01/0001", "so": "1"}, ""),
        ({"ngay": "31/12/9999", "so": "100"}, ""),
        ({"ngay": "\x0018/11/2026"}, "Ngày"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_kept(client, days, wrong, words):
    response = ask(client, **wrong)
    text = response.content.decode()
    if words:
        assert response.status_code == 422
        assert words in text
        assert "govuk-error-summary" in text
    assert response.status_code in (200, 422)


def test_a_long_explanation_keeps_beginning_and_end(client, days):
    text = ask(client, so="900", don_vi="working_hours").content.decode()
    assert "khoảng ở giữa" in text
    assert len(text) < 60_000
