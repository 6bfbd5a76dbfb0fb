"""A step of a form as HTML: what a person without script gets."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.template.loader import render_to_string

from motcua.eforms.queries import RoomLookups
from motcua.eforms.reading import sections
from motcua.eforms.render import render_step
from motcua.rules.eforms import parse_definition, read_flat, validate
from tests.rules.eform_samples import FULL, TODAY, everything

FORM = everything()
LOOKUPS = RoomLookups(catalogues={"agencies": {"H08.1": "UBND phường Lê Lợi"}}, files={"f1": "anh-3x4.jpg"})


def page(step: str, raw: dict[str, Any], **more: Any) -> str:
    view = render_step(FORM, step, raw, lookups=LOOKUPS, today=TODAY, **more)
    return render_to_string("eforms/summary.html", {"step": view}) + render_to_string(
        "eforms/step.html", {"step": view}
    )


def judged(step: str, raw: dict[str, Any]) -> str:
    outcome = validate(FORM, raw, today=TODAY, lookups=LOOKUPS, only_step=step)
    return page(step, outcome.draft, errors=outcome.errors, warnings=outcome.warnings)


def posted(html: str) -> dict[str, list[str]]:
    """What a browser would send for this page (without the row kept for the script)."""
    html = re.sub(r"<template.*?</template>", "", html, flags=re.S)
    data: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", html):
        name = re.search(r'name="([^"]*)"', tag)
        if name and (("checkbox" not in tag and "radio" not in tag) or " checked" in tag) and "file" not in tag:
            value = re.search(r' value="([^"]*)"', tag)
            data.setdefault(name[1], []).append(value[1] if value else "")
    for name, inner in re.findall(r'<select [^>]*name="([^"]*)".*?>(.*?)</select>', html, flags=re.S):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        data[name] = [chosen[1] if chosen else ""]
    for name, inner in re.findall(r'<textarea [^>]*name="([^"]*)".*?>\n?(.*?)</textarea>', html, flags=re.S):
        data[name] = [inner]
    return data


@pytest.mark.parametrize("step", ["nguoi_khai", "noi_dung"])
def test_what_is_shown_and_sent_back_is_what_was_answered(step):
    data = posted(page(step, FULL))
    again = validate(FORM, {**FULL, **read_flat(FORM.step(step), data)}, today=TODAY, lookups=LOOKUPS)
    assert again.errors == {}
    assert again.answers == FULL


@pytest.mark.parametrize("step", ["nguoi_khai", "noi_dung"])
@pytest.mark.parametrize("raw", [FULL, {}, dict.fromkeys(FULL, "<script>alert(1)</script>")])
def test_every_control_has_a_label_and_every_id_stands_once(step, raw):
    html = judged(step, raw)
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    labels = set(re.findall(r' for="([^"]*)"', html))
    for tag in re.findall(r"<(?:input|select|textarea) [^>]*>", html):
        if 'type="hidden"' not in tag:
            assert re.search(r' id="([^"]*)"', tag)[1] in labels
    for refs in re.findall(r'aria-describedby="([^"]*)"', html):
        assert set(refs.split()) <= set(ids)
    assert set(re.findall(r'href="#([^"]*)"', html)) <= set(ids)


@pytest.mark.parametrize("raw", [FULL, dict.fromkeys(FULL, '"><script>alert(1)</script>')])
def test_no_page_carries_script_style_or_unescaped_answers(raw):
    html = judged("nguoi_khai", raw) + judged("noi_dung", raw)
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", html)


def test_every_error_is_told_twice_beside_the_field_and_in_the_summary():
    html = judged("nguoi_khai", {"ngay_sinh": {"d": "15", "m": "12", "y": "2026"}})
    assert html.count("Ngày sinh 15/12/2026 ở sau hôm nay (02/12/2026)") == 2
    assert 'href="#f-ngay_sinh"' in html
    assert 'value="15"' in html
    assert "Cần sửa 3 chỗ" in html


def test_an_address_begun_shows_the_next_list():
    html = page("nguoi_khai", {"noi_o": {"province": "52", "district": "540", "unit": "00001"}})
    assert '<option value="540" selected>Thành phố Quy Nhơn' in html
    assert "Xã Nhơn Lý" in html
    assert '<option value="00001" selected>' not in html
    assert 'name="_units" value="noi_o"' in html


def test_a_conditional_question_is_there_but_hidden_until_its_condition_holds():
    hidden = re.search(r'<div class="mc-question" id="q-so_so"[^>]*>', page("noi_dung", {}))[0]
    shown = re.search(r'<div class="mc-question" id="q-so_so"[^>]*>', page("noi_dung", {"mien": ["ngheo"]}))[0]
    assert hidden.endswith(" hidden>")
    assert not shown.endswith(" hidden>")
    assert "data-show-if=" in shown
    assert "Cập nhật câu hỏi" in page("noi_dung", {})
    assert "Cập nhật câu hỏi" not in page("nguoi_khai", {})


def test_answers_of_other_steps_that_matter_here_are_known_to_the_page():
    form = parse_definition(
        {
            "title": "T",
            "steps": [
                {"key": "a", "title": "A", "fields": [{"key": "n", "type": "integer", "label": "N"}]},
                {
                    "key": "b",
                    "title": "B",
                    "fields": [
                        {"key": "z", "type": "text", "label": "Z", "show_if": {"field": "n", "op": "gt", "value": 3}}
                    ],
                },
            ],
        }
    )
    view = render_step(form, "b", {"n": "5"}, lookups=LOOKUPS, today=TODAY)
    assert json.loads(view.known) == {"n": {"type": "integer", "answer": 5}}
    assert view.fields[0].is_shown


def test_an_officers_words_and_the_source_stand_beside_the_answer():
    html = page("nguoi_khai", FULL, marks={"ho_ten": "Viết đủ chữ đệm"}, provenance={"ho_ten": "account"})
    assert "Viết đủ chữ đệm" in html
    assert "Từ tài khoản" in html


def test_answers_to_read_have_a_link_to_change_each_section():
    told = sections(FORM, FULL, lookups=LOOKUPS, today=TODAY, edit_url=lambda key: f"/sua/{key}/", marks={"von": "Sai"})
    html = render_to_string("eforms/answers.html", {"sections": told})
    assert 'href="/sua/noi_dung/"' in html
    assert "087 084 000 999" in html
    assert "Công ty A" in html
    assert "Sai" in html
    assert "Sửa" not in render_to_string(
        "eforms/answers.html", {"sections": sections(FORM, FULL, lookups=LOOKUPS, today=TODAY)}
    )
