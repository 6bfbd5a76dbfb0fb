"""The portal's home."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.figures import told
from motcua.procedures.actions import publish
from tests.acceptance.proof import accepts
from tests.rooms.catalogue_samples import BY, offered, simple

pytestmark = pytest.mark.django_db


def home(client):
    response = client.get(reverse("portal:home"))
    assert response.status_code == 200
    return response.content.decode()


def finished(revision, at, *, count, late=0, submitted=None):
    """Dossiers with a result last month, `late` of them after the promised moment."""
    offering = revision.procedure.offerings.first()
    start = at.replace(day=1) - timedelta(days=20)
    for number in range(count):
        result = start + timedelta(hours=number)
        promised = result - timedelta(hours=1) if number < late else result + timedelta(hours=1)
        Dossier.objects.create(
            revision=revision, agency=offering.agency, counter=offering.counter, channel="online", state="result_ready",
            code=f"{offering.agency.code}-261001-{number:04d}", created_at=start, saved_at=start,
            submitted_at=submitted or start, promised_at=promised, result_at=result,
        )  # fmt: skip


@accepts("KT-2", "KT-3")
def test_a_visitor_can_search_look_up_and_find_by_life_event(client, at, clock):
    offered(at)
    text = home(client)
    assert f'action="{reverse("portal:procedures")}"' in text
    assert f'action="{reverse("portal:lookup")}"' in text
    assert reverse("portal:life_event", args=["sinh-con"]) in text
    assert reverse("portal:procedure", args=["1.001193"]) in text
    assert "Tất cả 1 thủ tục" in text


def test_numbers_are_shown_only_when_they_are_real(client, at, clock):
    offered(at)
    text = home(client)
    assert "đúng hẹn đến đâu" not in text
    assert "Thủ tục nộp được trên mạng" in text


def test_punctuality_of_last_month_comes_from_dossiers(client, at, clock):
    finished(offered(at), at, count=50, late=10)
    text = home(client)
    assert "Tháng 10/2026, chúng tôi làm đúng hẹn đến đâu" in text
    assert "40 trong 50 hồ sơ" in text
    assert "80 %" in text.replace("80,0", "80").replace("<small>", "").replace("\u00a0", " ")
    assert "Thủ tục nhiều người làm" in text


def test_small_cells_are_not_told():
    assert told(216, 213, 3).late is None
    assert (told(216, 213, 3).used, told(216, 213, 3).on_time) == (220, 210)
    assert told(3, 3, 0).used is None
    assert told(10, 10, 0) == told(10, 10, 0)
    assert told(10, 10, 0).rate == 100.0
    assert told(216, 213, 3).rate is None


@accepts("BD-22")
def test_a_service_of_level_3_or_more_shows_use_punctuality_and_delay(client, at, clock):
    finished(offered(at), at, count=60, late=12)
    text = client.get(reverse("portal:procedure", args=["1.001193"])).content.decode()
    assert "Số lần sử dụng</dt><dd>60" in text
    assert "Đúng hẹn</dt><dd>48" in text
    assert "Trễ hẹn</dt><dd>12" in text


@accepts("BD-22")
def test_few_delays_are_told_as_few(client, at, clock):
    finished(offered(at), at, count=60, late=2)
    text = client.get(reverse("portal:procedure", args=["1.001193"])).content.decode()
    assert "Trễ hẹn</dt><dd>dưới 5" in text
    assert "khoảng 60" in text


def test_a_life_event_lists_its_procedures(client, at, clock):
    offered(at)
    publish(simple("2.000111", "Cấp thẻ bảo hiểm y tế", life_events=["sinh-con"]), by=BY, at=at)
    text = client.get(reverse("portal:life_event", args=["sinh-con"])).content.decode()
    assert text.index("Đăng ký khai sinh</a>") < text.index("Cấp thẻ bảo hiểm y tế</a>")
    assert client.get(reverse("portal:life_event", args=["khong-co"])).status_code == 404


def test_an_empty_portal_still_answers(client, at: datetime, clock):
    assert "Bạn cần làm việc gì?" in home(client)


def test_the_home_costs_few_queries(client, at, clock, django_assert_max_num_queries):
    offered(at)
    with django_assert_max_num_queries(12):
        home(client)


@accepts("BD-20", "BD-26", "KT-3")
def test_the_guide_is_open_to_all_and_detailed(client, at, clock):
    text = client.get(reverse("portal:guide")).content.decode()
    for part in ("Tìm thủ tục", "Mở tài khoản", "Điền và nộp hồ sơ", "Khi phải bổ sung", "Theo dõi", "Mức độ 4"):
        assert part in text
    assert "Trong 8 giờ làm việc" in text
