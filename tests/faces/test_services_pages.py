"""Pages of the agencies' services: proposing, deciding, the list, and what citizens see of it (BD-69)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from motcua.accounts.models import Account
from motcua.procedures.actions import services
from motcua.procedures.models import Offering, ProcedureRevision, ServiceProposal
from motcua.rules.acts import Channel
from tests.acceptance.proof import accepts
from tests.faces.getting_in import said
from tests.rooms.test_services import CODE, Province

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def province(cast: Any, at: datetime) -> Province:
    return Province(cast, at)


def given(province: Province, **changes: Any) -> dict[str, Any]:
    return {
        "agency": province.agency.pk, "want": "offer", "counter": province.counter.pk, "service_level": "3",
        "service_mode": "partial", "channels": ["counter", "online"], "since": "2026-11-18",
        "reason": "Quyết định 12/QĐ-UBND", **changes,
    }  # fmt: skip


@accepts("BD-69")
def test_an_agency_proposes_and_the_office_of_the_province_approves_on_their_pages(
    province: Province, client: Any, django_assert_max_num_queries: Any
) -> None:
    client.force_login(province.cast.quang_account)
    found = client.get(reverse("desk:services") + "?tim=khai sinh")
    assert reverse("desk:service_propose", args=[CODE]) in found.content.decode()
    address = reverse("desk:service_propose", args=[CODE])
    with django_assert_max_num_queries(20):
        assert "Chưa cung cấp" in said(client.get(address))
    bad = client.post(address, given(province, service_mode="full"))
    assert bad.status_code == 422 and "không đi với mức độ 3" in said(bad)
    ProcedureRevision.objects.update(executing="")
    bad = client.post(address, given(province))
    assert bad.status_code == 422 and "Cơ quan thực hiện: chưa có nội dung" in said(bad)
    ProcedureRevision.objects.update(executing="Ủy ban nhân dân cấp xã")
    sent = client.post(address, given(province))
    row = ServiceProposal.objects.get()
    page = reverse("desk:service", args=[row.pk])
    assert sent.headers["Location"] == page
    assert "Chấp thuận" not in client.get(page).content.decode()
    client.force_login(Account.objects.get(pk=province.keeper.account_id))
    assert client.get(address).status_code == 404
    with django_assert_max_num_queries(20):
        assert "Chờ đơn vị vận hành cổng" in said(client.get(reverse("desk:services")))
    empty = client.post(page, {"tra-lai": "1", "words": ""})
    assert empty.status_code == 422 and "Hãy ghi lý do" in said(empty)
    assert client.post(page, {"duyet": "1", "words": ""}).status_code == 302
    assert "Đã chấp thuận" in said(client.get(page)) and Offering.objects.get().service_level == 3
    again = client.post(page, {"tra-lai": "1", "words": "Thôi"})
    assert again.status_code == 409
    client.force_login(province.cast.minh_account)
    assert province.cast.minh and client.get(reverse("desk:services")).status_code == 404


@accepts("BD-69")
def test_citizens_file_on_the_network_only_where_the_agency_offers_it(
    province: Province, client: Any, at: datetime
) -> None:
    low = services.propose(
        CODE, province.service(2, "information", (Channel.COUNTER,)), agency_id=province.agency.pk, since=at.date(),
        reason="Chưa có chữ ký số", by=province.head, at=at,
    )  # fmt: skip
    services.approve(low.pk, by=province.keeper, at=at)
    page = client.get(reverse("portal:procedure", args=[CODE]))
    assert reverse("portal:start", args=[CODE]) not in page.content.decode()
    high = services.propose(
        CODE, province.service(), agency_id=province.agency.pk, since=at.date(), reason="Đã có", by=province.head, at=at
    )
    services.approve(high.pk, by=province.keeper, at=at)
    page = client.get(reverse("portal:procedure", args=[CODE]))
    assert reverse("portal:start", args=[CODE]) in page.content.decode()
