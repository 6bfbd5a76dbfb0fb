"""Agencies supply what is missing of their procedures, and it is taken into the catalogue by another (BN-1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from motcua.accounts.models import Account
from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.notifications.models import Message
from motcua.procedures.actions import offer, publish
from motcua.procedures.actions.supplies import settle, supply
from motcua.procedures.models import Defect, InformationSupply, ProcedureRevision
from motcua.procedures.queries import completeness_of, revision_in_force
from motcua.rules.people import Role
from tests.acceptance.proof import accepts
from tests.faces.getting_in import said
from tests.rooms.catalogue_samples import BY, definition
from tests.rooms.test_services import CODE, Province

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def province(cast: Any, at: datetime) -> Province:
    found = Province(cast, at)
    offer(CODE, agency=found.agency, counter=found.counter, by=BY, at=at)
    return found


def lacks(province: Province, **columns: Any) -> None:
    ProcedureRevision.objects.update(**columns)


def sent(province: Province, part: str, words: str) -> InformationSupply:
    return supply(CODE, part, words, agency_id=province.agency.pk, by=province.head, at=province.at)


def gaps(province: Province, at: datetime) -> list[str]:
    return [gap.part.value for gap in completeness_of([province.agency.pk], on=at.date())[0].lines[0].gaps]


@accepts("BN-1", "BD-8")
def test_what_an_agency_supplies_becomes_part_of_a_new_revision_once_another_takes_it_in(
    province: Province, at: datetime
) -> None:
    lacks(province, steps_text="")
    row = sent(province, "steps", "Bước 1: nộp.\nBước 2: nhận.")
    assert gaps(province, at) == ["steps"]  # nothing changes by itself
    (asked,) = Message.objects.filter(recipient_account_id=province.keeper.account_id)
    assert "Trình tự thực hiện" in asked.body
    before = revision_in_force(CODE, on=at.date())
    settle(row.pk, taken=True, answer="Đúng quyết định 163/QĐ-BTP", by=province.keeper, at=at)
    after = revision_in_force(CODE, on=at.date())
    assert (gaps(province, at), after.steps_text) == ([], "Bước 1: nộp.\nBước 2: nhận.")
    assert (after.pk != before.pk, before.number + 1, before.accepts_online) == (
        True,
        after.number,
        after.accepts_online,
    )
    assert [one.key for one in after.requirements.all()] == [one.key for one in before.requirements.all()]
    assert after.methods.count() == 2
    (told,) = Message.objects.filter(recipient_account_id=province.head.account_id)
    assert "Đã cập nhật" in told.body and "Đúng quyết định" in told.body
    verbs = set(Event.objects.filter(subject_id=CODE).values_list("verb", flat=True))
    assert {"supply_information", "settle_information", "amend"} <= verbs
    publish(definition(), by=BY, at=at)
    assert gaps(province, at) == []  # the definition it came from does not undo it


@accepts("BN-1")
@pytest.mark.parametrize(
    ("part", "column", "empty", "value"),
    [
        ("subjects", "subjects", [], [{"code": "", "name": "Cá nhân"}, {"code": "", "name": "Tổ chức"}]),
        ("bases", "legal_bases", [], [{"code": "Cá nhân", "name": ""}, {"code": "Tổ chức", "name": ""}]),
        ("executing", "executing", "", "Cá nhân Tổ chức"),
    ],
)
def test_lists_come_line_by_line_and_short_texts_in_one(
    province: Province, at: datetime, part: str, column: str, empty: Any, value: Any
) -> None:
    lacks(province, **{column: empty})
    settle(sent(province, part, "Cá nhân\n\nTổ chức").pk, taken=True, answer="Đúng", by=province.keeper, at=at)
    assert getattr(revision_in_force(CODE, on=at.date()), column) == value
    assert gaps(province, at) == []


@accepts("BN-1")
def test_papers_ways_forms_and_fees_come_as_rows(province: Province, at: datetime) -> None:
    """What is no text of its own: lines become components, ways of filing, addresses of forms, words of a fee."""
    revision = province.revision
    revision.requirements.all().delete()
    revision.methods.all().delete()
    with pytest.raises(Refusal, match="mở đầu bằng Trực tiếp"):
        settle(sent(province, "ways", "Gặp ai cũng được").pk, taken=True, answer="Đúng", by=province.keeper, at=at)
    InformationSupply.objects.all().delete()
    for part, words in (
        ("papers", "Giấy chứng sinh\n\nVăn bản ủy quyền"),
        ("ways", "Trực tiếp: tại Ủy ban nhân dân xã\nTrực tuyến: trên cổng\nQua bưu chính công ích"),
    ):
        settle(sent(province, part, words).pk, taken=True, answer="Đúng", by=province.keeper, at=at)
    now = revision_in_force(CODE, on=at.date())
    assert [row.name for row in now.requirements.order_by("position")] == ["Giấy chứng sinh", "Văn bản ủy quyền"]
    assert [(row.way, row.note) for row in now.methods.order_by("position")] == [
        ("counter", "tại Ủy ban nhân dân xã"), ("online", "trên cổng"), ("post", ""),
    ]  # fmt: skip
    assert gaps(province, at) == []
    now.requirements.filter(position=1).update(form_names=[{"name": "Mẫu 01", "url": ""}])
    now.methods.filter(way="counter").update(fees=[{"kind": "fee", "amount": None, "note": ""}])
    assert gaps(province, at) == ["forms", "fees"]
    with pytest.raises(Refusal, match="địa chỉ https"):
        settle(sent(province, "forms", "javascript:x").pk, taken=True, answer="Đúng", by=province.keeper, at=at)
    InformationSupply.objects.filter(part="forms").delete()
    for part, words in (("forms", "https://xa.example/mau-01.pdf"), ("fees", "10.000 đồng (TT 281/2016/TT-BTC)")):
        settle(sent(province, part, words).pk, taken=True, answer="Đúng", by=province.keeper, at=at)
    now = revision_in_force(CODE, on=at.date())
    assert gaps(province, at) == []
    assert now.requirements.get(position=1).form_names[0]["url"] == "https://xa.example/mau-01.pdf"
    assert now.methods.get(way="counter").fees[0]["note"] == "10.000 đồng (TT 281/2016/TT-BTC)"


@accepts("BN-1")
def test_a_doubt_is_settled_with_what_was_supplied(province: Province, at: datetime) -> None:
    revision = province.revision
    Defect.objects.create(revision=revision, code="times_differ", where="methods", words="1 hay 3 ngày")
    lacks(province, open_defects=1)
    row = sent(province, "time", "01 ngày làm việc cho mọi cách nộp")
    settle(row.pk, taken=True, answer="Theo quyết định công bố", by=province.keeper, at=at)
    revision.refresh_from_db()
    assert (gaps(province, at), revision.open_defects) == ([], 0)
    assert "01 ngày làm việc" in Event.objects.get(verb="resolve_defect").body["finding"]


@accepts("BN-1")
def test_what_is_not_taken_in_changes_nothing_and_the_agency_is_told_why(province: Province, at: datetime) -> None:
    lacks(province, steps_text="")
    row = sent(province, "steps", "Nộp.")
    with pytest.raises(Refusal, match="đang chờ"):
        sent(province, "steps", "Nộp lại.")
    settle(row.pk, taken=False, answer="Chưa khớp quyết định", by=province.keeper, at=at)
    assert gaps(province, at) == ["steps"]
    assert "Chưa cập nhật" in Message.objects.get(kind="information_settled").body
    with pytest.raises(Refusal, match="đã được xử lý"):
        settle(row.pk, taken=True, answer="x", by=province.keeper, at=at)
    assert sent(province, "steps", "Nộp, xem, trả.").pk != row.pk


@accepts("BN-1")
def test_who_may_supply_and_take_in_and_what_is_refused(province: Province, at: datetime) -> None:
    lacks(province, steps_text="")
    for actor in (province.keeper, province.cast.minh, province.cast.lan):
        with pytest.raises(Refusal) as no:
            supply(CODE, "steps", "x", agency_id=province.agency.pk, by=actor, at=at)
        assert no.value.status == 403
    for part, words in (("fees", "x"), ("steps", "  "), ("steps", "x" * 20_001)):
        with pytest.raises(Refusal):
            sent(province, part, words)
    both = province.cast.post(province.cast.quang_account, Role.OPERATOR, province.agency)
    row = supply(CODE, "steps", "Nộp.", agency_id=province.agency.pk, by=both, at=at)
    for actor, words in ((both, "Đúng"), (province.cast.minh, "Đúng"), (province.keeper, " ")):
        with pytest.raises(Refusal):
            settle(row.pk, taken=True, answer=words, by=actor, at=at)
    publish(definition(summary="Khác"), by=BY, at=at + timedelta(days=1))
    with pytest.raises(Refusal, match="công bố lại"):
        settle(row.pk, taken=True, answer="Đúng", by=province.keeper, at=at + timedelta(days=1))
    row.refresh_from_db()
    assert row.settled_at is None


@accepts("BN-1")
def test_the_agency_supplies_and_the_operator_takes_in_on_the_page(province: Province, client: Any) -> None:
    lacks(province, steps_text="")
    page = reverse("desk:completeness_of", args=[province.agency.pk])
    client.force_login(province.cast.quang_account)
    assert "Cung cấp phần còn thiếu" in said(client.get(page))
    given = {"thu-tuc": CODE, "phan": "steps", "noi-dung": "Nộp, xem, trả."}
    assert client.post(page, given).status_code == 302
    assert "Chờ đơn vị vận hành cổng" in said(client.get(page))
    client.force_login(Account.objects.get(pk=province.keeper.account_id))
    row = InformationSupply.objects.get()
    assert client.post(page, {"cung-cap": row.pk, "tra-loi": "", "nhan": "1"}).status_code == 422
    assert client.post(page, {"cung-cap": row.pk, "tra-loi": "Đúng", "nhan": "1"}).status_code == 302
    shown = said(client.get(page))
    assert "Đã cập nhật" in shown and "cơ quan chưa xác nhận" in shown
