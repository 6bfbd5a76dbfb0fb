"""Addresses made up by hostile people: places in the path and values of the query."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.faces.hostile import CANARY, TEXTS, siege, told
from tests.faces.routes import routes
from tests.faces.standing import Standing

IN_PATHS = ("nul", "bidi", "template", "huge-number", "surrogate", "sql")
IN_QUERIES = ("nul", "decomposed", "broken-out", "huge-number", "superscript", "tsquery")
QUERIES = {
    "portal:procedures": "tim linh-vuc co-quan cap muc-do hinh-thuc doi-tuong truc-tuyen trang",
    "portal:agencies": "ten cap thu-tuc trang",
    "portal:worktime": "ngay gio so don_vi nhan_sau",
    "portal:rules": "ngay",
    "portal:home": "tim q",
    "portal:report": "loai ma",
    "portal:guide": "cam-on",
    "account_login": "next",
    "account_signup": "next",
    "desk:worklist": "nhom tim trang thu-tuc tinh-trang han kenh",
    "desk:undelivered": "trang",
    "desk:counter": "tim",
    "sandbox:mail": "to den",
    "sandbox:sms": "to den",
}


def test_texts_in_every_place_of_every_address(standing: Standing, cast: Cast) -> None:
    """Each route with a place for text, as visitor, applicant and officer."""
    people = [siege(), siege(cast.lan_account), siege(cast.minh_account)]
    asked = 0
    for route in routes():
        if route.namespace == "api" or not any(kind in {"str", "slug"} for kind in route.places.values()):
            continue
        asked += 1
        for name in IN_PATHS:
            text = TEXTS[name].encode("utf-8", "surrogatepass")[:3000]
            path = route.path_with({"str": quote(text, safe=""), "slug": "a", "uuid": str(uuid4()), "int": "9" * 40})
            for one in people:
                one.get(path, name)
    assert asked > 15
    for one in people:
        assert not one.faults, told(one)


def test_texts_in_every_query(standing: Standing, cast: Cast) -> None:
    visitor, lan, minh = siege(), siege(cast.lan_account), siege(cast.minh_account)
    for name, keys in QUERIES.items():
        one = minh if name.startswith("desk:") else visitor
        for text in IN_QUERIES:
            one.get(reverse(name), text, dict.fromkeys(keys.split(), TEXTS[text]))
    for text in IN_QUERIES:
        code = standing.codes["submitted"]
        minh.get(reverse("desk:dossier", args=[code]), text, {"giay": TEXTS[text], "in": TEXTS[text]})
        visitor.get(reverse("portal:units", args=["52"]), text, {"level": TEXTS[text], "scheme": "legacy"})
        lan.get(reverse("portal:inbox"), text, {"trang": TEXTS[text]})
    for one in (visitor, lan, minh):
        assert not one.faults, told(one)


def test_what_was_searched_for_stays_in_the_box(standing: Standing) -> None:
    visitor = siege()
    for page, key in ((reverse("portal:procedures"), "tim"), (reverse("portal:agencies"), "ten")):
        answer = visitor.get(page, "search", {key: f"{CANARY} <b>giấy tờ</b>"})
        assert f"{CANARY} &lt;b&gt;giấy tờ&lt;/b&gt;" in answer.content.decode(), page


@pytest.mark.parametrize(
    "path",
    [
        "/%c0%ae%c0%ae/",
        "/ho-so/%ff%fe/",
        "/..%2f..%2fetc/passwd",
        "/static/%2e%2e/%2e%2e/keys.json",
        "/%00",
        "//example.org/%2f..",
    ],
)
def test_crooked_addresses(path: str, db: Any) -> None:
    visitor = siege()
    answer = visitor.get(path, "crooked")
    assert answer.status_code in {301, 302, 400, 404}
    assert not visitor.faults, told(visitor)
