"""The script of a form in a real browser: the same conditions as the server, rows, lists of an address."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from motcua.eforms.queries import RoomLookups
from motcua.eforms.render import render_step
from motcua.portal.units import units_below
from motcua.rules.eforms import parse_definition, validate, visible
from tests.rules.eform_samples import FULL, LOOKUPS, TODAY, everything
from tests.rules.test_eforms_definition import CASES, DATES, form

SCRIPT = Path(__file__).resolve().parents[2] / "motcua" / "ui" / "static" / "ui" / "js" / "eform.js"
HOME = "http://form.test/"


@pytest.fixture
def open_form(new_page: Callable[..., Any]) -> Callable[..., Any]:
    """Opens a page with this HTML and the script, answered from memory: no server stands behind it."""

    def opened(html: str, **options: Any) -> Any:
        page = new_page(**options)
        document = (
            '<!doctype html><html lang="vi"><title>Tờ khai</title><form method="post">'
            f'{html}</form><script type="module" src="/eform.js"></script></html>'
        )

        def answer(route: Any) -> None:
            path = route.request.url.removeprefix(HOME)
            if path.startswith("dia-chi/"):
                parent, _slash, query = path.removeprefix("dia-chi/").partition("/")
                response = units_below(RequestFactory().get("/x" + query), parent)
                route.fulfill(body=response.content.decode(), content_type="application/json")
            elif path == "eform.js":
                route.fulfill(body=SCRIPT.read_text(encoding="utf-8"), content_type="text/javascript")
            else:
                route.fulfill(body=document, content_type="text/html; charset=utf-8")

        page.route(f"{HOME}**", answer)
        page.goto(HOME)
        return page

    return opened


def step_html(raw: dict[str, Any]) -> str:
    view = render_step(everything(), "noi_dung", raw, lookups=RoomLookups(), today=TODAY)
    return render_to_string("eforms/step.html", {"step": view})


def test_server_and_browser_agree_on_every_condition(open_form):
    page = open_form("")
    types = {field["key"]: field["type"] for field in DATES}
    script = """async ([condition, answers, types, today]) => {
        const { holds, comparable } = await import("/eform.js");
        const look = (key) => ({ type: types[key], answer: comparable(types[key], answers[key]) });
        return holds(condition, look, today);
    }"""
    for condition, answers, expected in CASES:
        here = page.evaluate(script, [condition, answers, types, TODAY.isoformat()])
        definition = parse_definition(form(*DATES, {"key": "z", "type": "text", "label": "Z", "show_if": condition}))
        there = "z" in visible(definition, answers, today=TODAY)
        assert (here, there) == (expected, expected), condition


@pytest.mark.parametrize(
    "written", ["today", "today-18y", "today+3m", "today-1m", "today+30d", "2024-02-29", "2023-02-29"]
)
def test_server_and_browser_agree_on_days(open_form, written):
    from datetime import date

    from motcua.rules.eforms.moments import parse_day

    page = open_form("")
    for today in ("2024-02-29", "2026-12-31", "2026-03-31"):
        here = page.evaluate('async ([w, t]) => (await import("/eform.js")).readDay(w, t)', [written, today])
        there = parse_day(written, date.fromisoformat(today))
        assert here == (there.isoformat() if there else None)


def test_server_and_browser_read_typed_numbers_alike(open_form):
    page = open_form("")
    for kind, typed in [
        ("money", "15.000.000 đồng"),
        ("integer", "1 500"),
        ("decimal", "1.250,5"),
        ("decimal", "12.5"),
    ]:
        here = page.evaluate('async ([k, t]) => (await import("/eform.js")).readNumber(k, t)', [kind, typed])
        definition = parse_definition(form({"key": "n", "type": kind, "label": "N"}))
        there = validate(definition, {"n": typed}, today=TODAY, lookups=LOOKUPS).answers["n"]
        assert here == str(there)


def test_a_question_opens_and_closes_at_once(open_form):
    page = open_form(step_html({}))
    question = page.locator("#q-so_so")
    assert question.is_hidden()
    page.get_by_role("checkbox", name="Hộ nghèo").check()
    assert question.is_visible()
    assert "so_so" in page.locator("[name=_shown]").input_value().split(",")
    page.get_by_role("checkbox", name="Hộ nghèo").uncheck()
    assert question.is_hidden()


def test_rows_are_added_removed_and_numbered_anew(open_form):
    page = open_form(step_html({"ben_nhan": [{"ho_ten": "A"}, {"ho_ten": "B"}]}))
    page.get_by_role("button", name="Thêm dòng").click()
    assert page.evaluate("document.activeElement.name") == "ben_nhan-2-ho_ten"
    page.locator("[name='ben_nhan-2-ho_ten']").fill("C")
    assert page.get_by_role("button", name="Thêm dòng").is_hidden()  # three at most
    page.get_by_role("button", name="Xóa dòng Bên nhận 1").click()
    sent = page.evaluate("[...new FormData(document.forms[0])].filter(([n]) => n.startsWith('ben_nhan'))")
    names = dict(sent)
    assert (names["ben_nhan-count"], names["ben_nhan-0-ho_ten"], names["ben_nhan-1-ho_ten"]) == ("2", "B", "C")
    assert "ben_nhan-2-ho_ten" not in names
    assert page.locator("#f-ben_nhan legend[data-row-title]").all_inner_texts() == ["Bên nhận 1", "Bên nhận 2"]
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_a_condition_inside_a_row_looks_at_its_own_row(open_form):
    page = open_form(step_html({"ben_nhan": [{"ho_ten": "A"}, {"ho_ten": "B"}]}))
    page.locator("[name='ben_nhan-1-loai'][value='to_chuc']").check()
    assert page.locator("#q-ben_nhan-1-mst_bn").is_visible()
    assert page.locator("#q-ben_nhan-0-mst_bn").is_hidden()


def test_the_lists_of_an_address_follow_the_choice(open_form):
    view = render_step(everything(), "nguoi_khai", FULL, lookups=RoomLookups(), today=TODAY)
    page = open_form(render_to_string("eforms/step.html", {"step": view}))
    assert page.get_by_role("button", name="Hiện danh sách").is_hidden()
    page.locator("[name='noi_o-province']").select_option("52")
    page.wait_for_function("document.querySelector(\"[name='noi_o-district']\").length > 1")
    assert page.locator("[name='noi_o-unit'] option").count() == 1
    page.locator("[name='noi_o-district']").select_option("540")
    page.wait_for_function("document.querySelector(\"[name='noi_o-unit']\").length > 1")
    assert "Xã Nhơn Lý" in page.locator("[name='noi_o-unit']").inner_text()


def test_without_script_the_page_offers_buttons_instead(open_form):
    view = render_step(everything(), "nguoi_khai", FULL, lookups=RoomLookups(), today=TODAY)
    page = open_form(render_to_string("eforms/step.html", {"step": view}), javascript=False)
    assert page.get_by_role("button", name="Hiện danh sách").is_visible()


def test_the_units_below_are_answered_as_json_and_nonsense_is_refused(rf):
    listed = json.loads(units_below(rf.get("/?scheme=2025&level=province"), "01").content)
    assert {"code": "00004", "name": "Phường Ba Đình"} in listed["units"]
    assert json.loads(units_below(rf.get("/"), "x' OR 1=1").content)["units"] == []
    assert units_below(rf.get("/?scheme=1990"), "01").status_code == 400
    assert units_below(rf.post("/"), "01").status_code == 405
