"""Every form of every page, filled with what nobody should send: a plain answer, nothing lost, nothing active."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.faces.hostile import siege, told
from tests.faces.standing import Standing

pytestmark = pytest.mark.usefixtures("clock")


def test_forms_of_a_visitor(standing: Standing) -> None:
    visitor = siege()
    for name in ("home", "procedures", "agencies", "worktime", "lookup", "verify_paper"):
        assert visitor.storm(reverse(f"portal:{name}")), name
    for name in ("login", "signup", "signup_organisation", "reset_password"):
        assert visitor.storm(reverse(f"account_{name}")), name
    asked = visitor.client.post(reverse("portal:lookup"), {"ask": "052190000123", "_code": "1"})
    assert asked.status_code == 302
    assert visitor.storm(asked["Location"])
    assert not visitor.faults, told(visitor)


def test_forms_by_which_people_tell_the_offices(standing: Standing, cast: Cast) -> None:
    for name in ("report", "report_follow", "guide"):
        one = siege()
        assert one.storm(reverse(f"portal:{name}")), name
        assert not one.faults, told(one)
    minh = siege(cast.minh_account)
    assert minh.storm(reverse("desk:case_report", args=[standing.codes["submitted"]]))
    assert not minh.faults, told(minh)


def test_forms_of_a_citizen(standing: Standing, cast: Cast) -> None:
    lan = siege(cast.lan_account)
    key, codes = standing.draft, standing.codes
    pages = [
        reverse("portal:start", args=["2.000635"]),
        reverse("portal:fill", args=[key, "nguoi_yeu_cau"]),
        reverse("portal:fill", args=[key, "noi_dung"]),
        reverse("portal:receive", args=[key]),
        reverse("portal:supplement", args=[codes["awaiting_supplement"]]),
        reverse("portal:withdraw", args=[codes["submitted"]]),
        reverse("portal:profile"),
        reverse("account_contact"),
    ]
    for page in pages:
        assert lan.storm(page), page
    for name in ("papers", "review", "discard"):
        assert lan.storm(reverse(f"portal:{name}", args=[key])), name
    assert lan.storm(reverse("account_change_password"))
    assert not lan.faults, told(lan)


ACTS = {
    "accept": ("minh", "submitted"),
    "decline": ("minh", "submitted"),
    "withdraw": ("minh", "submitted"),
    "request-supplement": ("minh", "judged"),
    "collect-fee": ("minh", "result_ready"),
    "deliver": ("minh", "paid"),
    "assign": ("binh", "examining"),
    "draft-result": ("ha", "examining"),
    "propose-supplement": ("ha", "doubted"),
    "propose": ("ha", "drafted"),
    "approve": ("quang", "awaiting_approval"),
    "send-back": ("quang", "awaiting_approval"),
    "seal": ("thu", "awaiting_seal"),
}


def test_forms_of_the_desk(standing: Standing, cast: Cast) -> None:
    officers = {login: siege(getattr(cast, f"{login}_account")) for login in ("minh", "ha", "binh", "quang", "thu")}
    for act, (login, state) in ACTS.items():
        assert officers[login].storm(reverse("desk:act", args=[standing.codes[state], act])), act
    for page in (reverse("desk:worklist"), reverse("desk:dossier", args=[standing.codes["submitted"]])):
        assert officers["minh"].storm(page), page
    for one in officers.values():
        assert not one.faults, told(one)


def test_forms_of_the_counter(standing: Standing, cast: Cast) -> None:
    minh, key = siege(cast.minh_account), standing.walk_in
    for page in (
        reverse("desk:counter_begin", args=["2.000635"]),
        reverse("desk:counter_fill", args=[key, "nguoi_yeu_cau"]),
        reverse("desk:counter_papers", args=[key]),
        reverse("desk:counter_finish", args=[key]),
    ):
        assert minh.storm(page), page
    for page in (reverse("desk:counter"), reverse("desk:undelivered")):
        minh.storm(page)
    assert not minh.faults, told(minh)
