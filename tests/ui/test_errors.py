"""Refusals and faults: plain words, the right status, nothing of our insides on the screen."""

from __future__ import annotations

import logging
import re

import pytest
from django.test import Client


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 422, 429])
def test_a_refusal_becomes_a_page_with_its_words_and_status(room: Client, status: int) -> None:
    response = room.get(f"/tu-choi/{status}/")
    assert response.status_code == status
    assert "Hồ sơ này đã có người tiếp nhận." in response.content.decode()
    assert response.headers.get("Retry-After") == ("30" if status == 429 else None)


def test_a_script_gets_the_same_refusal_as_json(room: Client) -> None:
    response = room.get("/tu-choi/409/", headers={"accept": "application/json"})
    assert response.status_code == 409
    assert response.json() == {"messages": ["Hồ sơ này đã có người tiếp nhận."], "field_errors": {}}


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 422, 429, 500])
def test_every_fault_page_says_that_nothing_was_lost_and_what_to_do(room: Client, status: int) -> None:
    page = room.get(f"/loi/{status}/").content.decode()
    assert re.search(r"không có gì bị mất|chưa có gì bị mất|vẫn còn nguyên", page, re.IGNORECASE)
    assert 'href="/"' in page


def test_a_page_that_does_not_exist_is_told_calmly(room: Client) -> None:
    response = room.get("/khong-co/")
    assert response.status_code == 404
    assert "Không tìm thấy trang này" in response.content.decode()


def test_an_incident_shows_a_code_that_the_log_knows_and_no_trace(
    room: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="motcua.incident"):
        response = room.get("/hong/")
    page = response.content.decode()
    found = re.search(r"SC-[0-9A-F]{4}-[0-9A-F]{4}", page)
    assert response.status_code == 500
    assert found
    assert found[0] in caplog.text
    assert "bí mật của nhà bếp" not in page
    assert "Traceback" not in page


def test_the_way_back_is_only_ever_one_of_our_own_pages(room: Client) -> None:
    own = room.get("/loi/409/", headers={"referer": "http://testserver/ho-so/1/"}).content.decode()
    foreign = room.get("/loi/409/", headers={"referer": "https://la.example/x"}).content.decode()
    assert 'href="/ho-so/1/"' in own
    assert "la.example" not in foreign
