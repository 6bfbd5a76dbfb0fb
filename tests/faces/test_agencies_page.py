"""The page of agencies."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.agencies.actions import found
from motcua.agencies.models import AgencyKind, Tier
from motcua.policy.queries import calendar
from tests.acceptance.proof import accepts
from tests.rooms.catalogue_samples import BY, commune, offered

pytestmark = pytest.mark.django_db


def page(client, **query):
    response = client.get(reverse("portal:agencies"), query)
    assert response.status_code == 200
    return response.content.decode()


@accepts("BD-48", "KT-17")
def test_each_agency_publishes_address_mailbox_telephone_hours_and_account(client, at, clock):
    commune(bank_account="3511.0.1234567, Kho bạc Nhà nước Tuy Phước")
    text = page(client)
    for part in ("Thôn Phụng Sơn", "phuocson@example.vn", "0256", "7:30–11:30, 13:30–17:30", "3511.0.1234567"):
        assert part in text
    assert "Bộ phận một cửa UBND xã Phước Sơn" in text


@accepts("KT-1")
def test_all_tiers_and_kinds_of_bodies_are_there(client, at, clock):
    kinds = [
        ("H08.12", "Sở Xây dựng", AgencyKind.DEPARTMENT, Tier.PROVINCE),
        ("H08.60", "Văn phòng Đăng ký đất đai", AgencyKind.PUBLIC_SERVICE_UNIT, Tier.PROVINCE),
        ("H08.70", "Trung tâm Phục vụ hành chính công tỉnh", AgencyKind.SERVICE_CENTER, Tier.PROVINCE),
        ("H08.41", "UBND huyện Tuy Phước", AgencyKind.PEOPLES_COMMITTEE, Tier.DISTRICT),
        ("H08.41.01", "UBND xã Phước Sơn", AgencyKind.PEOPLES_COMMITTEE, Tier.COMMUNE),
    ]
    for code, name, kind, tier in kinds:
        found(code, name, kind=kind, tier=tier, since=date(2020, 1, 1), by=BY, at=at)
    text = page(client)
    assert all(name in text for _, name, _, _ in kinds)


def test_agencies_are_found_by_name_without_diacritics_and_by_tier(client, at, clock):
    commune()
    commune("H08.41.02", "UBND xã Phước Lộc")
    assert "UBND xã Phước Lộc" not in page(client, ten="phuoc son")
    assert "2 cơ quan" in page(client, cap="commune")
    assert "Không có cơ quan nào như vậy" in page(client, cap="province")


def test_only_tiers_with_agencies_in_force_are_offered(client, at, clock):
    commune()
    gone = found(
        "H08.41", "UBND huyện Tuy Phước", kind=AgencyKind.PEOPLES_COMMITTEE, tier=Tier.DISTRICT,
        since=date(2020, 1, 1), by=BY, at=at,
    )  # fmt: skip
    assert "Cấp huyện" in page(client) and "Cấp tỉnh" not in page(client)
    gone.until = at.date()
    gone.save(update_fields=["until"])
    assert "Cấp huyện" not in page(client) and "Cấp xã" in page(client)
    assert '<option value="district" selected>' in page(client, cap="district"), "what was asked for stays visible"


def test_the_agencies_that_take_a_procedure_in(client, at, clock):
    offered(at)
    commune("H08.41.02", "UBND xã Phước Lộc")
    text = page(client, **{"thu-tuc": "1.001193"})
    assert "UBND xã Phước Sơn" in text
    assert "UBND xã Phước Lộc" not in text


def test_the_page_costs_few_queries(client, at, clock, django_assert_max_num_queries):
    offered(at)
    calendar(at)  # hours and days off are kept by the process
    with django_assert_max_num_queries(12):
        page(client)
