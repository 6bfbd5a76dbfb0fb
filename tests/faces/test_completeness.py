"""Completeness of what is published (BN-1): the report of each agency, its pages, checks, reminders, files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from motcua.base.errors import Refusal
from motcua.notifications.models import Message
from motcua.procedures.actions import check_information, offer, publish, remind
from motcua.procedures.models import Defect, InformationCheck, Method, ProcedureRevision, Requirement
from motcua.procedures.queries import completeness_of
from motcua.procedures.queries.completeness import without_taker
from motcua.rules.completeness import Part, Supplier
from motcua.rules.people import Role
from tests.acceptance.proof import accepts
from tests.faces.getting_in import said
from tests.rooms.catalogue_samples import BY, commune, definition, simple
from tests.rooms.late import operator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def two(cast: Any, at: Any) -> Any:
    """Two communes; the first takes in two procedures, the second one of them. Quang leads the first."""
    first, counter = commune("H08.51.01")
    second, other = commune("H08.51.02", "UBND xã Bình Yên", phone="")
    other.phone = ""
    other.save()
    publish(definition(), by=BY, at=at)
    publish(simple("2.000111", "Xác nhận"), by=BY, at=at)
    for code in ("1.001193", "2.000111"):
        offer(code, agency=first, counter=counter, by=BY, at=at)
    offer("1.001193", agency=second, counter=other, by=BY, at=at)
    cast.first, cast.second = first, second
    cast.head = cast.post(cast.quang_account, Role.LEADER, first)
    cast.keeper = operator(cast)
    return cast


def report(agency: Any, at: Any) -> Any:
    return completeness_of([agency.pk], on=at.date())[0]


@accepts("BN-1")
def test_each_agency_has_its_own_count_of_whole_and_lacking_procedures(two: Any, at: Any) -> None:
    first, second = report(two.first, at), report(two.second, at)
    assert (first.total, first.whole, first.lacking) == (2, 2, 0)
    assert (second.total, second.whole, second.lacking) == (1, 0, 1)
    assert second.by_part == {Part.PLACE: 1}
    assert second.lines[0].gaps[0].words == "Chưa có điện thoại."
    assert [one.agency_id for one in completeness_of(on=at.date())] == [two.second.pk, two.first.pk]


@accepts("BN-1")
@pytest.mark.parametrize(
    ("column", "part", "supplier"),
    [
        ("steps_text", Part.STEPS, Supplier.AGENCY),
        ("subjects", Part.SUBJECTS, Supplier.AGENCY),
        ("executing", Part.EXECUTING, Supplier.AGENCY),
        ("results", Part.RESULT, Supplier.AGENCY),
        ("legal_bases", Part.BASES, Supplier.AGENCY),
        ("decision", Part.DECISION, Supplier.OPERATOR),
    ],
)
def test_every_part_the_law_names_is_asked_for_and_who_supplies_it(
    two: Any, at: Any, column: str, part: Part, supplier: Supplier
) -> None:
    empty: Any = [] if column in ("subjects", "results", "legal_bases") else ""
    ProcedureRevision.objects.filter(procedure__code="2.000111").update(**{column: empty})
    (lacking,) = [line for line in report(two.first, at).lines if line.gaps]
    assert [(gap.part, gap.supplier) for gap in lacking.gaps] == [(part, supplier)]


@accepts("BN-1")
def test_papers_ways_time_forms_and_fees_are_parts_too(two: Any, at: Any) -> None:
    revision = ProcedureRevision.objects.get(procedure__code="2.000111")
    Requirement.objects.filter(revision=revision).delete()
    Method.objects.filter(revision=revision).delete()
    ProcedureRevision.objects.filter(pk=revision.pk).update(time_unit="", time_words="")
    line = report(two.first, at).lines[0]
    assert [gap.part for gap in line.gaps] == [Part.WAYS, Part.PAPERS, Part.TIME]
    Method.objects.create(revision=revision, way="counter", time_words="3 ngày", fees=[
        {"kind": "fee", "amount": None, "note": ""}
    ])  # fmt: skip
    Requirement.objects.create(revision=revision, key="don", name="Đơn", form_names=[{"name": "Mẫu 1", "url": ""}])
    line = report(two.first, at).lines[0]
    assert [(gap.part, gap.words) for gap in line.gaps] == [
        (Part.FORMS, "Chưa có tệp của “Mẫu 1”."),
        (Part.FEES, "Chưa có mức thu: nộp trực tiếp."),
        (Part.ONLINE, "Thủ tục có mẫu đơn, tờ khai phải ít nhất ở mức độ 2."),
    ]


@accepts("BN-1")
def test_what_nobody_has_verified_counts_as_missing_until_it_is_settled(two: Any, at: Any) -> None:
    revision = ProcedureRevision.objects.get(procedure__code="2.000111")
    doubt = Defect.objects.create(revision=revision, code="times_differ", where="methods", words="3 hay 5 ngày")
    assert report(two.first, at).by_part == {Part.TIME: 1}
    doubt.resolved_at = at
    doubt.save()
    assert report(two.first, at).lacking == 0


@accepts("BN-1")
def test_an_agency_confirms_only_what_is_whole_and_anew_after_a_change(two: Any, at: Any) -> None:
    check_information("1.001193", agency_id=two.first.pk, by=two.head, at=at)
    check_information("1.001193", agency_id=two.first.pk, by=two.head, at=at)
    assert (InformationCheck.objects.count(), report(two.first, at).checked) == (1, 1)
    publish(definition(since="2026-11-18", summary="Khác"), by=BY, at=at)
    assert report(two.first, at).checked == 0
    ProcedureRevision.objects.filter(procedure__code="2.000111").update(steps_text="")
    with pytest.raises(Refusal, match="Trình tự thực hiện: chưa có nội dung"):
        check_information("2.000111", agency_id=two.first.pk, by=two.head, at=at)
    for actor, agency, status in ((two.head, two.second, 403), (two.keeper, two.first, 403), (two.lan, two.first, 403)):
        with pytest.raises(Refusal) as no:
            check_information("1.001193", agency_id=agency.pk, by=actor, at=at)
        assert no.value.status == status


@accepts("BN-1")
def test_the_operator_reminds_an_agency_once_a_day_and_its_leaders_read_what_is_missing(two: Any, at: Any) -> None:
    leader = two.post(two.oanh_account, Role.LEADER, two.second)
    remind(two.second.pk, by=two.keeper, at=at)
    (letter,) = Message.objects.filter(recipient_account_id=leader.account_id)
    assert "1.001193 Đăng ký khai sinh: nơi tiếp nhận" in letter.body
    for agency, actor, when, status in (
        (two.second, two.keeper, at + timedelta(hours=23), 409),
        (two.first, two.keeper, at, 409),
        (two.second, leader, at, 403),
    ):
        with pytest.raises(Refusal) as no:
            remind(agency.pk, by=actor, at=when)
        assert no.value.status == status
    assert remind(two.second.pk, by=two.keeper, at=at + timedelta(hours=25)).told == 1


def test_procedures_no_agency_has_offered_are_counted_for_the_province(two: Any, at: Any) -> None:
    publish(simple("2.000222", "Chưa ai nhận"), by=BY, at=at)
    publish(simple("2.000333", "Của bộ", external_url="https://example.gov.vn/x"), by=BY, at=at)
    assert without_taker(at.date()) == 1


@accepts("BN-1")
def test_the_leader_reads_his_agency_and_the_operator_every_one(
    two: Any, at: Any, client: Any, django_assert_max_num_queries: Any
) -> None:
    client.force_login(two.quang_account)
    own = reverse("desk:completeness_of", args=[two.first.pk])
    assert client.get(reverse("desk:completeness")).headers["Location"] == own
    with django_assert_max_num_queries(20):
        page = client.get(own)
    assert "Đăng ký khai sinh" in said(page) and "Đã kiểm tra, đúng và đủ" in page.content.decode()
    assert client.post(own, {"thu-tuc": "1.001193"}).status_code == 302
    assert "Quang đã kiểm tra" in said(client.get(own))
    assert client.get(reverse("desk:completeness_of", args=[two.second.pk])).status_code == 404
    from motcua.accounts.models import Account

    client.force_login(Account.objects.get(pk=two.keeper.account_id))
    with django_assert_max_num_queries(20):
        page = client.get(reverse("desk:completeness"))
    assert "UBND xã Bình Yên" in said(page) and "Nơi tiếp nhận: 1" in said(page)
    other = reverse("desk:completeness_of", args=[two.second.pk])
    assert "Ai cung cấp: Cơ quan thực hiện thủ tục" in said(client.get(other))
    client.post(other, {"nhac": "1"})
    assert "còn thiếu 1 thủ tục" in said(client.get(other))
    client.force_login(two.minh_account)
    assert two.minh and client.get(reverse("desk:completeness")).status_code == 404


@accepts("BN-1")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_is_taken_away_as_a_file(two: Any, client: Any, kind: str) -> None:
    client.force_login(two.quang_account)
    answer = client.get(reverse("desk:completeness_file", args=[kind]))
    assert answer.status_code == 200
    if kind == "csv":
        assert "Đầy đủ" in answer.content.decode("utf-8-sig")
    else:
        assert answer.content[:2] == b"PK"
    foreign = reverse("desk:completeness_file", args=[kind]) + f"?co-quan={two.second.pk}"
    assert client.get(foreign).status_code == 404
    assert client.get(reverse("desk:completeness_file", args=["pdf"])).status_code == 404
