"""The list of procedures: search, filters with counts, pages."""

import pytest
from django.urls import reverse

from motcua.policy.queries import policy_at
from motcua.procedures.actions import offer, publish
from tests.acceptance.proof import accepts
from tests.rooms.catalogue_samples import BY, commune, offered, simple

pytestmark = pytest.mark.django_db
LAND = {"code": "G13-TN02", "name": "Đất đai"}


@pytest.fixture
def catalogue(at, clock):
    offered(at)
    publish(simple("2.000111", "Xác nhận tình trạng hôn nhân"), by=BY, at=at)
    publish(
        simple("1.012783", "Đăng ký đất đai lần đầu", sector=LAND, tiers=["province"], audience=["organisation"]),
        by=BY,
        at=at,
    )
    agency, counter = commune("H08.41.02", "UBND xã Phước Lộc")
    offer("2.000111", agency=agency, counter=counter, by=BY, at=at)


def listed(client, **query):
    response = client.get(reverse("portal:procedures"), query)
    assert response.status_code == 200
    text = response.content.decode()
    return [
        code for code in ("1.001193", "2.000111", "1.012783") if reverse("portal:procedure", args=[code]) in text
    ], text


@accepts("BN-2", "BD-3", "BD-26", "BD-20")
def test_everybody_sees_the_whole_list_with_levels(client, catalogue):
    codes, text = listed(client)
    assert len(codes) == 3
    assert "3 thủ tục" in text
    assert "Toàn trình trực tuyến" in text
    assert "Mức độ 4 (1)" in text
    assert "Mức độ 1 (2)" in text


@accepts("HY-7", "BD-21", "BN-3")
@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"linh-vuc": "G13-TN02"}, ["1.012783"]),
        ({"cap": "commune"}, ["1.001193", "2.000111"]),
        ({"cap": "province"}, ["1.012783"]),
        ({"muc-do": "4"}, ["1.001193"]),
        ({"hinh-thuc": "information"}, ["2.000111", "1.012783"]),
        ({"doi-tuong": "organisation"}, ["1.012783"]),
        ({"truc-tuyen": "1"}, ["1.001193"]),
        ({"tim": "hon nhan", "cap": "commune"}, ["2.000111"]),
    ],
)
def test_each_filter_narrows_the_list(client, catalogue, query, codes):
    assert listed(client, **query)[0] == codes


@accepts("HY-7")
def test_the_list_of_one_agency(client, catalogue):
    from motcua.agencies.models import Agency

    agency = Agency.objects.get(code="H08.41.02")
    codes, text = listed(client, **{"co-quan": str(agency.pk)})
    assert codes == ["2.000111"]
    assert "UBND xã Phước Lộc (1)" in text


def test_counts_say_what_a_further_choice_would_leave(client, catalogue):
    _, text = listed(client, **{"linh-vuc": "G15-TP07"})
    assert "Hộ tịch (2)" in text
    assert "Đất đai (1)" in text
    assert "Cấp xã (2)" in text
    assert "Cấp tỉnh" not in text


def test_a_chosen_filter_can_be_taken_away(client, catalogue):
    _, text = listed(client, **{"linh-vuc": "G15-TP07", "tim": "khai sinh"})
    assert f'{reverse("portal:procedures")}?tim=khai+sinh"' in text


def test_nothing_found_says_what_to_do(client, catalogue):
    _, text = listed(client, tim="zzzzqqqq")
    assert "Không tìm thấy thủ tục nào" in text
    assert "Xem tất cả thủ tục" in text


def test_a_near_miss_is_offered_and_said_to_be_one(client, catalogue):
    codes, text = listed(client, tim="khai sinh cho mèo")
    assert codes == ["1.001193"]
    assert "Không có thủ tục nào khớp hết" in text


@pytest.mark.parametrize(
    "query",
    [
        {"tim": "<script>alert(1)</script>"},
        {"tim": "\u202ekhai\x00sinh"},
        {"tim": "x" * 5000},
        {"trang": "-1"},
        {"trang": "999999999999999999999"},
        {"muc-do": "9"},
        {"co-quan": "' OR 1=1"},
        {"tim": "%_' \" \\ ( & | ! :*"},
    ],
)
def test_odd_input_gets_a_calm_answer(client, catalogue, query):
    _, text = listed(client, **query)
    assert "<script>alert" not in text


def test_pages_of_25(client, at, clock):
    for number in range(30):
        publish(simple(f"2.0005{number:02d}", f"Thủ tục số {number}"), by=BY, at=at)
    text = client.get(reverse("portal:procedures")).content.decode()
    assert text.count('class="mc-rows__title"') == 25
    second = client.get(reverse("portal:procedures"), {"trang": "2", "tim": "so"}).content.decode()
    assert second.count('class="mc-rows__title"') == 5
    assert "?tim=so&amp;trang=1" in second


def test_the_list_costs_few_queries(client, catalogue, at, django_assert_max_num_queries):
    policy_at(at)  # clauses are kept by the process
    with django_assert_max_num_queries(12):
        listed(client, tim="khai sinh")
