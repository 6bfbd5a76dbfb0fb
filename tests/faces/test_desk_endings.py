"""Stopping, handing on, correcting and withdrawing at the desk and through the API: forms, refusals, what is left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from motcua.accounts.actions import issue_token
from motcua.agencies.models import OneStopCounter
from motcua.dossiers.actions import intake
from motcua.dossiers.models import Dossier
from motcua.papers.queries import latest
from motcua.procedures.models import Offering
from motcua.rules.acts import Paper, State
from tests.cast import SINCE, Cast
from tests.rooms.test_correct import at_counter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def as_(client: Any, cast: Cast) -> Any:
    for name in ("minh", "ha", "quang", "oanh"):
        getattr(cast, name)

    def sign_in(name: str) -> Any:
        client.force_login(getattr(cast, f"{name}_account"))
        return client

    return sign_in


@pytest.fixture
def elsewhere(cast: Cast) -> Offering:
    counter = OneStopCounter.objects.create(host=cast.other_commune, name="Bộ phận một cửa xã Bình Yên")
    counter.serves.add(cast.other_commune)
    return Offering.objects.create(
        procedure=cast.revision.procedure, agency=cast.other_commune, counter=counter, since=SINCE
    )


def address(code: str, act: str) -> str:
    return reverse("desk:act", args=[code, act])


def accepted(cast: Cast, at: datetime) -> str:
    code = str(cast.submitted().code)
    intake.accept(code, by=cast.minh, at=at)
    return code


def test_a_leader_stops_at_the_desk_and_the_citizen_opens_the_notice(cast: Cast, at: datetime, as_: Any) -> None:
    code = accepted(cast, at)
    leader = as_("quang")
    assert "Dừng giải quyết" in leader.get(reverse("desk:dossier", args=[code])).content.decode()
    assert leader.get(address(code, "stop")).status_code == 200
    answer = leader.post(address(code, "stop"), {"reasons": " "})
    assert answer.status_code == 422 and "error-summary" in answer.content.decode()
    reasons = "Tòa án đang thụ lý.\nNgười nộp đã nộp nơi khác."
    assert leader.post(address(code, "stop"), {"reasons": reasons}).status_code == 302
    assert Dossier.objects.get(code=code).state == State.STOPPED
    notice = latest(code, Paper.STOP_NOTICE)
    assert notice is not None and notice.data["reasons"] == reasons.splitlines()

    client = leader
    client.force_login(cast.lan_account)
    page = client.get(reverse("portal:dossier", args=[code])).content.decode()
    assert "Đã dừng giải quyết" in page and "Tòa án đang thụ lý." in page
    link = reverse("portal:paper", args=[code, notice.pk])
    assert link in page
    assert client.get(link)["Content-Type"] == "application/pdf"


def test_a_counter_hands_a_dossier_on_and_goes_on_reading_it(
    cast: Cast, at: datetime, as_: Any, elsewhere: Offering
) -> None:
    code = str(cast.submitted().code)
    minh = as_("minh")
    page = minh.get(address(code, "transfer")).content.decode()
    assert "Ủy ban nhân dân xã Bình Yên" in page and ">Ủy ban nhân dân xã An Lành</option>" not in page
    assert minh.post(address(code, "transfer"), {"to": "", "reason": ""}).status_code == 422
    given = {"to": elsewhere.agency_id, "reason": "Người nộp ở xã Bình Yên."}
    assert minh.post(address(code, "transfer"), given).status_code == 302
    page = minh.get(reverse("desk:dossier", args=[code])).content.decode()
    assert "Ở bước này bạn không có việc phải làm với hồ sơ." in page
    assert minh.post(address(code, "accept")).status_code == 403
    assert code in minh.get(reverse("desk:worklist") + "?nhom=elsewhere").content.decode()
    assert code not in minh.get(reverse("desk:worklist")).content.decode()
    assert code in as_("oanh").get(reverse("desk:worklist")).content.decode()


def test_an_intake_is_corrected_on_a_form_that_shows_what_stands(cast: Cast, at: datetime, as_: Any) -> None:
    code = at_counter(cast, at)
    minh = as_("minh")
    page = minh.get(address(code, "correct")).content.decode()
    assert 'value="Nguyễn Thị Mai"' in page and "Giấy tờ chứng minh: bản chính" in page
    standing = {
        "name": "Nguyễn Thị Mai", "identity": "052190000999", "phone": "0905111222", "email": "mai@example.vn",
        "address": "Thôn Đông", "return_channel": "counter", "return_address": "",
        "originals-giay-chung-minh": "1", "copies-giay-chung-minh": "0", "originals-van-ban-uy-quyen": "",
        "copies-van-ban-uy-quyen": "",
    }  # fmt: skip
    answer = minh.post(address(code, "correct"), {**standing, "reason": "Ghi nhầm."})
    assert answer.status_code in (409, 422) and "không có gì để sửa" in answer.content.decode()
    answer = minh.post(address(code, "correct"), {**standing, "phone": "abc", "reason": "Ghi nhầm."})
    assert answer.status_code == 422 and 'id="id_phone' in answer.content.decode()
    wanted = {**standing, "phone": "0905111333", "originals-giay-chung-minh": "2", "reason": "Ghi nhầm."}
    assert minh.post(address(code, "correct"), wanted).status_code == 302
    done = Dossier.objects.get(code=code)
    assert (done.applicant_phone, done.received["giay-chung-minh"]["originals"]) == ("0905111333", 2)
    page = minh.get(reverse("desk:dossier", args=[code])).content.decode()
    assert "Đã hủy" in page and "02/TPHS" in page


def test_what_was_declared_online_is_not_on_the_form_to_correct(cast: Cast, at: datetime, as_: Any) -> None:
    code = accepted(cast, at)
    page = as_("minh").get(address(code, "correct")).content.decode()
    assert 'name="phone"' in page
    assert 'name="name"' not in page and 'name="identity"' not in page and "originals-" not in page


def test_the_counter_must_say_why_it_withdraws(cast: Cast, at: datetime, as_: Any) -> None:
    code = accepted(cast, at)
    minh = as_("minh")
    assert minh.post(address(code, "withdraw"), {"reason": ""}).status_code == 422
    assert minh.post(address(code, "withdraw"), {"reason": "Bà Lan đề nghị."}).status_code == 302
    assert Dossier.objects.get(code=code).state == State.WITHDRAWN


@pytest.mark.parametrize("name", ["ha", "minh", "oanh"])
def test_others_cannot_even_open_the_page_to_stop(cast: Cast, at: datetime, as_: Any, name: str) -> None:
    code = accepted(cast, at)
    officer = as_(name)
    for answer in (officer.get(address(code, "stop")), officer.post(address(code, "stop"), {"reasons": "x"})):
        assert answer.status_code in (403, 404)
    assert Dossier.objects.get(code=code).state == State.EXAMINING


def test_the_same_through_the_api(cast: Cast, at: datetime, client: Any, as_: Any, elsewhere: Offering) -> None:
    code, moved, mended = accepted(cast, at), str(cast.submitted().code), at_counter(cast, at)
    bearer = {
        name: f"Bearer {issue_token(getattr(cast, f'{name}_account'), name='máy', at=at)}" for name in ("quang", "minh")
    }

    def act(name: str, dossier: str, act: str, **details: Any) -> Any:
        path = f"/api/v1/dossiers/{dossier}/acts/{act}"
        return client.post(path, details, content_type="application/json", headers={"authorization": bearer[name]})

    assert act("quang", code, "stop", reasons=["Tòa án đang thụ lý."]).json()["state"] == "stopped"
    answer = act("minh", moved, "transfer", to="H99.99", reason="Sai nơi.")
    assert answer.status_code == 422 and "to" in answer.json()["field_errors"]
    assert act("minh", moved, "transfer", to="H08.41.02", reason="Sai nơi.").status_code == 200
    assert act("minh", mended, "correct", phone="0905111333", reason="Ghi nhầm.").status_code == 200
    assert Dossier.objects.get(code=mended).applicant_phone == "0905111333"
    assert act("minh", mended, "stop", reasons=["x"]).status_code == 403
