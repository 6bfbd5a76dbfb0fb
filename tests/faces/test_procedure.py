"""The page of one procedure."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.policy.queries import policy_at
from motcua.procedures.actions import offer, publish
from motcua.procedures.models import ProcedureRevision
from tests.acceptance.proof import accepts
from tests.rooms.catalogue_samples import BY, commune, definition, offered, simple

pytestmark = pytest.mark.django_db


def page_of(client, code="1.001193"):
    response = client.get(reverse("portal:procedure", args=[code]))
    assert response.status_code == 200
    return response.content.decode()


def in_order(text, *parts):
    places = [text.find(part) for part in parts]
    assert -1 not in places, dict(zip(parts, places, strict=True))
    assert places == sorted(places)


@accepts("BD-4", "BD-25", "BD-26", "KT-3", "BN-3")
def test_anyone_reads_every_part_in_the_order_a_person_asks(client, at, clock):
    offered(at)
    text = page_of(client)
    in_order(
        text, "Bao lâu", "Trong ngày", "Nhận từ 15 giờ", "Bao nhiêu tiền", "Miễn phí nếu đúng hạn", "Ở đâu",
        "UBND xã nơi cha hoặc mẹ cư trú", "Mức độ dịch vụ", "Toàn trình trực tuyến", "Dịch vụ mức độ 4", "Nộp hồ sơ",
        "Giấy tờ cần nộp (thành phần hồ sơ)", "Luôn cần", "Giấy chứng sinh", "Văn bản ủy quyền", "Tùy trường hợp",
        "Không phải nộp, chỉ xuất trình", "Từ lúc nộp đến khi có kết quả", "Thẩm định: 4 giờ làm việc",
        "Cách nộp, thời hạn và phí", "Bạn nhận được gì", "Giấy khai sinh", "Trình tự thực hiện",
        "Yêu cầu, điều kiện", "trách nhiệm các bên", "Công dân Việt Nam", "Ủy ban nhân dân cấp xã",
        "Cơ quan quản lý dữ liệu dân cư", "Căn cứ pháp lý (1 văn bản)", "60/2014/QH13", "163/QĐ-BTP",
    )  # fmt: skip


@accepts("BD-25")
def test_the_responsibilities_of_all_parties_are_told(client, at, clock):
    offered(at)
    text = page_of(client)
    for party in ("Người nộp: khai đúng", "Bộ phận một cửa: kiểm tra", "Cơ quan giải quyết: giải quyết", "Bưu chính"):
        assert party in text


@accepts("KT-11", "KT-18")
def test_each_fee_says_when_it_is_paid(client, at, clock):
    offered(at)
    assert "8.000 đ mỗi bản<br>Nộp khi nhận kết quả<br>Căn cứ: TT 281/2016/TT-BTC" in page_of(client)


@accepts("BD-5")
def test_the_form_can_be_printed_blank_and_named_forms_are_listed(client, at, clock):
    papers = definition()["requirements"]
    papers[1] |= {"form_names": [{"name": "Mẫu số 01", "url": ""}]}
    offered(at, requirements=papers)
    text = page_of(client)
    address = reverse("portal:blank_form", args=["1.001193"])
    assert address in text
    assert "Mẫu số 01" in text
    blank = client.get(address).content.decode()
    assert "Họ tên trẻ" in blank
    assert "Số bản sao" in blank


def test_what_may_not_be_filed_online_has_no_button(client, at, clock):
    publish(simple("2.000111", "Xác nhận tình trạng"), by=BY, at=at)
    text = page_of(client, "2.000111")
    assert "chưa nộp được trên mạng" in text
    assert reverse("portal:start", args=["2.000111"]) not in text


def test_a_defect_takes_the_button_away_and_is_told(client, at, clock):
    revision = offered(at)
    ProcedureRevision.objects.filter(pk=revision.pk).update(open_defects=2)
    text = page_of(client)
    assert reverse("portal:start", args=["1.001193"]) not in text
    assert "còn 2 điểm cơ quan đang xác minh" in text


@accepts("CB-20")
def test_what_a_ministry_runs_is_linked_to_and_not_in_our_list(client, at, clock):
    publish(simple("2.000222", "Cấp hộ chiếu", external_url="https://example.gov.vn/ho-chieu"), by=BY, at=at)
    publish(simple("2.000111", "Xác nhận tình trạng"), by=BY, at=at)
    assert 'href="https://example.gov.vn/ho-chieu"' in page_of(client, "2.000222")
    listed = client.get(reverse("portal:procedures")).content.decode()
    assert "Cấp hộ chiếu" not in listed
    assert "1 thủ tục" in listed
    searched = client.get(reverse("portal:procedures"), {"tim": "ho chieu"}).content.decode()
    assert "Làm trên cổng của bộ, ngành" in searched


def test_the_contacts_of_agencies_that_take_it_in_are_there(client, at, clock):
    offered(at)
    text = page_of(client)
    assert "UBND xã Phước Sơn" in text
    assert "0256\u00a03000\u00a0113" in text or "02563000113" in text or "0256\u00a0300\u00a00113" in text


def test_many_places_lead_to_the_list_of_agencies(client, at, clock):
    offered(at)
    for number in range(2, 8):
        agency, counter = commune(f"H08.41.{number:02d}", f"UBND xã số {number}")
        offer("1.001193", agency=agency, counter=counter, by=BY, at=at - timedelta(days=1))
    assert f"{reverse('portal:agencies')}?thu-tuc=1.001193" in page_of(client)


def test_an_unknown_code_is_404_in_plain_words(client, at, clock):
    response = client.get(reverse("portal:procedure", args=["9.999999"]))
    assert response.status_code == 404
    assert "Không có thủ tục nào mang mã này" in response.content.decode()


def test_the_page_costs_few_queries(client, at, clock, django_assert_max_num_queries):
    offered(at)
    policy_at(at)  # clauses are kept by the process
    with django_assert_max_num_queries(12):
        page_of(client)
