"""The public page of the rules in force: by theme, on any day, and what changed when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from motcua.policy.actions import load_preset
from motcua.policy.models import Clause
from motcua.rules.people import Actor
from motcua.rules.policy import KEYS
from motcua.rules.policy_words import KEY_WORDS, Theme
from tests.cast import Cast
from tests.rooms.catalogue_samples import offered
from tests.rooms.test_presets import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
BY = Actor.system("test")


def page(client: Any, day: str = "", status: int = 200) -> str:
    response = client.get(reverse("portal:rules"), {"ngay": day} if day else {})
    assert response.status_code == status
    return response.content.decode()


def part(text: str, heading: str) -> str:
    """What stands under a heading's anchor, up to the next section."""
    return text.split(f'id="{heading}"', 1)[1].split("<section", 1)[0]


def clause(key: str, value: Any, since: date, **more: Any) -> Clause:
    return Clause.objects.create(key=key, value=value, since=since, basis="Quyết định thử", **more)


def test_every_key_is_told_under_its_theme_with_basis_and_without_logging_in(client: Any) -> None:
    text = page(client)
    for theme in Theme:
        told = part(text, theme.name.lower())
        for key in KEYS:
            assert (escape(KEY_WORDS[key].label) in told) == (KEY_WORDS[key].theme == theme)
    assert "Cơ quan trả lời trong 8 giờ làm việc kể từ khi nộp" in text
    assert escape(KEY_WORDS["acceptance_within_hours"].basis) in text
    assert "Tỉnh chưa có quy định riêng nào" in text


def test_a_clause_is_told_with_its_sentence_its_day_and_its_basis(client: Any, at: Any) -> None:
    load_preset(read("bac-ninh"), by=BY, at=at)
    told = part(page(client), "intake")
    assert "trong 1 giờ làm việc" in told and "Từ ngày 20/06/2018." in told and "13/2018/QĐ-UBND" in told
    assert "trong 8 giờ" not in told


def test_another_day_shows_the_rules_of_that_day(client: Any, at: Any) -> None:
    load_preset(read("bac-ninh"), by=BY, at=at)
    assert "trong 8 giờ" in part(page(client, "19/06/2018"), "intake")
    assert "trong 1 giờ" in part(page(client, "20/06/2018"), "intake")
    assert "Ngày 19/06/2018" in page(client, "19/06/2018") and "Hôm nay" not in page(client, "19/06/2018")


def test_what_changed_is_told_by_day_with_what_held_before_and_what_comes(client: Any, at: Any) -> None:
    ahead = at.date() + timedelta(days=30)
    clause("acceptance_within_hours", 4, date(2020, 1, 1), until=ahead)
    clause("acceptance_within_hours", 2, ahead)
    clause("supplement_rounds", 3, date(2020, 1, 1), until=date(2021, 1, 1))
    history = page(client).split('id="thay-doi"', 1)[1]
    places = [history.index(f"Từ ngày {day}") for day in (f"{ahead:%d/%m/%Y}", "01/01/2021", "01/01/2020")]
    assert places == sorted(places), "the latest first"
    first = history[places[0] : places[1]]
    assert "Sắp có hiệu lực" in first and "trong 2 giờ" in first and "Trước đó: Cơ quan trả lời trong 4 giờ" in first
    ended = history[places[1] : places[2]]
    assert "yêu cầu bổ sung 1 lần" in ended and "Trước đó: Cán bộ chỉ được yêu cầu bổ sung 3 lần" in ended
    assert "Sắp có hiệu lực" not in ended and "Trước đó: Cơ quan trả lời trong 8 giờ" in history[places[2] :]


def test_a_rule_of_one_agency_or_procedure_says_for_whom(client: Any, cast: Cast) -> None:
    clause("acceptance_within_hours", 2, date(2020, 1, 1), agency=cast.commune)
    clause("acceptance_within_hours", 3, date(2020, 1, 1), procedure_code="1.001193")
    told = part(page(client), "intake")
    assert "Riêng Ủy ban nhân dân xã An Lành" in told and "Riêng thủ tục 1.001193" in told
    assert "trong 8 giờ" in told, "the others still go by the province"


def test_a_day_that_is_none_is_answered_with_how_to_write_one(client: Any) -> None:
    text = page(client, "31/02/2026", status=422)
    assert "Điền theo dạng ngày/tháng/năm" in text and "Hôm nay, ngày 18/11/2026" in text


def test_the_page_needs_no_script_and_is_linked_from_every_footer_and_the_guide(client: Any) -> None:
    address = reverse("portal:rules")
    home, guide = (client.get(reverse(name)).content.decode() for name in ("portal:home", "portal:guide"))
    assert f'href="{address}"' in home.split("<footer", 1)[1]
    assert f'href="{address}"' in guide.split("<footer", 1)[0]


def test_the_page_costs_few_queries_however_many_clauses(
    client: Any, at: Any, django_assert_max_num_queries: Any
) -> None:
    load_preset(read("kon-tum"), by=BY, at=at)
    with django_assert_max_num_queries(10):
        page(client)


def test_levels_or_modes_whichever_the_law_of_the_day_knows(client: Any, at: Any) -> None:
    offered(at)
    told = {
        reverse("portal:procedure", args=["1.001193"]): "Dịch vụ mức độ",
        reverse("portal:guide"): "Dịch vụ mức độ 3",
        reverse("portal:procedures"): 'name="muc-do"',
    }
    for address, level in told.items():
        assert level in client.get(address).content.decode(), address
    load_preset(read("hien-hanh"), by=BY, at=at)
    for address, level in told.items():
        assert level not in client.get(address).content.decode(), address
    assert "Dịch vụ toàn trình" in client.get(reverse("portal:guide")).content.decode()


def test_what_only_some_provinces_ask_of_files_and_signatures_is_told_only_there(client: Any, at: Any) -> None:
    offered(at)
    addresses = reverse("portal:procedure", args=["1.001193"]), reverse("portal:guide")
    separate, signed = "Mỗi giấy tờ phải gửi thành một tệp riêng", "bản giấy có chứng thực, ghi mã hồ sơ"
    for address in addresses:
        text = client.get(address).content.decode()
        assert separate not in text and signed not in text, address
    load_preset(read("kon-tum"), by=BY, at=at)
    procedure, guide = (client.get(address).content.decode() for address in addresses)
    assert separate in procedure and separate in guide and signed in guide
    assert "Phí, lệ phí: trực tuyến; tại điểm bưu điện xã" in guide
