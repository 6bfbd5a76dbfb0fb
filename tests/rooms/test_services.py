"""Services of agencies: proposed by one, approved by another, in force from a day (BD-69)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft
from motcua.notifications.models import Message
from motcua.procedures.actions import offer, publish, services
from motcua.procedures.actions.services import Service
from motcua.procedures.models import Offering, ProcedureRevision, ServiceProposal
from motcua.procedures.queries import contacts_of, revision_in_force
from motcua.procedures.queries.services import offered_by, proposals_for
from motcua.rules.acts import Channel
from motcua.rules.people import Actor, Role
from tests.acceptance.proof import accepts
from tests.rooms.catalogue_samples import BY, commune, definition, simple
from tests.rooms.late import operator
from tests.rooms.test_parcels_race import at_once

pytestmark = pytest.mark.django_db

CODE = "1.001193"
ALL = (Channel.COUNTER, Channel.ONLINE, Channel.POST)
LATER = date(2026, 12, 1)


class Province:
    """A commune whose leader is Quang, the operator Oánh, and one whole procedure of level 4."""

    def __init__(self, cast: Any, at: datetime) -> None:
        self.cast, self.at = cast, at
        self.agency, self.counter = commune("H08.51.01")
        self.revision = publish(definition(), by=BY, at=at)
        self.head = cast.post(cast.quang_account, Role.LEADER, self.agency)
        self.keeper = operator(cast)

    def service(self, level: int = 4, mode: str = "full", channels: Any = ALL) -> Service:
        return Service(self.counter.pk, level, mode, tuple(channels))

    def propose(self, service: Any = "whole", *, since: date = LATER, by: Actor | None = None, **given: Any) -> Any:
        wanted = self.service() if service == "whole" else service
        given = {"reason": "Quyết định 12/QĐ-UBND", "agency_id": self.agency.pk, **given}
        return services.propose(given.pop("code", CODE), wanted, since=since, by=by or self.head, at=self.at, **given)

    def offered(self, day: date) -> Offering | None:
        return offered_by(self.agency.pk, self.revision.procedure_id, on=day)


@pytest.fixture
def province(cast: Any, at: datetime) -> Province:
    return Province(cast, at)


@accepts("BD-69")
def test_nothing_is_offered_before_the_second_person_approves_and_then_from_the_day_asked_for(
    province: Province, at: datetime
) -> None:
    row = province.propose()
    assert (row.kind, row.state, Offering.objects.count()) == ("start", "open", 0)
    (asked,) = Message.objects.filter(recipient_account_id=province.keeper.account_id)
    assert "Bắt đầu cung cấp ở mức độ 4 (Toàn trình), nhận trực tiếp, trực tuyến" in asked.body
    services.approve(row.pk, by=province.keeper, at=at)
    row.refresh_from_db()
    assert (row.state, row.effective, row.decided_by_name) == ("approved", LATER, province.keeper.name)
    assert contacts_of(province.revision.procedure_id, on=LATER - timedelta(days=1)) == []
    assert [one.agency_id for one in contacts_of(province.revision.procedure_id, on=LATER)] == [province.agency.pk]
    (told,) = Message.objects.filter(recipient_account_id=province.head.account_id)
    assert "Đã chấp thuận, áp dụng từ 01/12/2026" in told.body
    verbs = list(Event.objects.filter(subject_id=CODE).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["publish", "propose_service", "approve_service"]


@accepts("BD-69")
def test_what_was_asked_for_a_day_gone_by_holds_from_the_approval(province: Province, at: datetime) -> None:
    row = province.propose(since=at.date())
    services.approve(row.pk, by=province.keeper, at=at + timedelta(days=3))
    offering = Offering.objects.get()
    assert offering.since == at.date() + timedelta(days=3)


@accepts("BD-69")
def test_the_proposer_never_decides_even_when_he_runs_the_portal(province: Province, at: datetime) -> None:
    both = province.cast.post(province.cast.quang_account, Role.OPERATOR, province.agency)
    row = province.propose(by=both)
    for act in (lambda: services.approve(row.pk, by=both, at=at),
                lambda: services.send_back(row.pk, reason="x", by=both, at=at)):  # fmt: skip
        with pytest.raises(Refusal, match="người thứ hai"):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceProposal.objects.filter(pk=row.pk).update(state="approved", decided_by_id=both.account_id)
    assert services.approve(row.pk, by=province.keeper, at=at).state == "approved"


@accepts("BD-69")
def test_only_who_answers_for_the_agency_proposes_and_only_the_operator_decides(
    province: Province, at: datetime
) -> None:
    cast = province.cast
    for actor in (cast.minh, cast.lan, province.keeper, cast.post(cast.oanh_account, Role.LEADER, cast.other_commune)):
        with pytest.raises(Refusal) as no:
            province.propose(by=actor)
        assert no.value.status == 403
    row = province.propose()
    for actor in (cast.minh, cast.lan, province.head):
        with pytest.raises(Refusal) as no:
            services.approve(row.pk, by=actor, at=at)
        assert no.value.status == 403
    with pytest.raises(Refusal, match="Chỉ cơ quan đề nghị"):
        services.withdraw(row.pk, by=province.keeper, at=at)


@accepts("BD-69", "BD-23", "BN-1")
def test_what_is_not_whole_is_neither_proposed_nor_approved(province: Province, at: datetime) -> None:
    row = province.propose()
    ProcedureRevision.objects.update(steps_text="")
    with pytest.raises(Refusal, match="Trình tự thực hiện"):
        services.approve(row.pk, by=province.keeper, at=at)
    services.withdraw(row.pk, by=province.head, at=at)
    with pytest.raises(Refusal, match="Trình tự thực hiện"):
        province.propose()
    ProcedureRevision.objects.update(steps_text="Nộp, xem, trả.")
    province.counter.phone = province.agency.phone = ""
    province.counter.save()
    province.agency.save()
    with pytest.raises(Refusal, match="Nơi tiếp nhận: chưa có điện thoại"):
        province.propose()
    assert not Offering.objects.exists()


@accepts("BD-69")
@pytest.mark.parametrize(
    ("service", "field", "words"),
    [
        ({"level": 1, "mode": "information", "channels": (Channel.COUNTER,)}, "service_level", "mức độ 2"),
        ({"level": 3, "mode": "full"}, "service_mode", "không đi với mức độ 3"),
        ({"level": 4, "channels": (Channel.ONLINE,)}, "channels", "không ai bị buộc"),
        ({"level": 4, "channels": (Channel.COUNTER,)}, "channels", "phải nhận trực tuyến"),
        ({"level": 2, "mode": "information"}, "channels", "chưa nhận trực tuyến được"),
    ],
)
def test_a_level_against_the_rules_is_refused_with_its_reason(
    province: Province, service: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Refusal) as no:
        province.propose(province.service(**service))
    assert words in no.value.field_errors[field][0]
    assert not ServiceProposal.objects.exists()


@accepts("BD-69")
def test_never_above_the_published_level_nor_at_another_tier_nor_what_a_ministry_runs(
    province: Province, at: datetime
) -> None:
    publish(simple("2.000111", "Xác nhận"), by=BY, at=at)
    with pytest.raises(Refusal) as no:
        province.propose(province.service(2, "information", (Channel.COUNTER,)), code="2.000111")
    assert "công bố ở mức độ 1" in no.value.field_errors["service_level"][0]
    publish(simple("2.000222", "Cấp tỉnh", tiers=["province"]), by=BY, at=at)
    publish(simple("2.000333", "Của bộ", external_url="https://example.gov.vn/x"), by=BY, at=at)
    for code in ("2.000222", "2.000333"):
        with pytest.raises(Refusal) as no:
            province.propose(province.service(1, "information", (Channel.COUNTER,)), code=code)
        assert no.value.field_errors["procedure"]


@accepts("BD-69")
def test_a_past_day_no_reason_a_foreign_counter_and_nothing_new_are_refused(province: Province, at: datetime) -> None:
    _, other = commune("H08.51.02", "UBND xã Bình Yên")
    for given, field in (
        ({"since": at.date() - timedelta(days=1)}, "since"),
        ({"reason": "  "}, "reason"),
        ({"service": Service(other.pk, 4, "full", ALL)}, "counter"),
        ({"service": None}, "procedure"),
    ):
        with pytest.raises(Refusal) as no:
            province.propose(**given)
        assert field in no.value.field_errors
    offer(CODE, agency=province.agency, counter=province.counter, since=date(2026, 1, 2), by=BY, at=at)
    with pytest.raises(Refusal) as no:
        province.propose()
    assert "không có gì thay đổi" in no.value.field_errors["service_level"][0]
    province.propose(None)
    with pytest.raises(Refusal, match="Đang có một đề nghị"):
        province.propose(province.service(3, "partial"))


@accepts("BD-69")
def test_a_lower_level_holds_at_this_agency_only_and_from_its_day(province: Province, at: datetime) -> None:
    offer(CODE, agency=province.agency, counter=province.counter, since=date(2026, 1, 2), by=BY, at=at)
    row = province.propose(province.service(2, "information", (Channel.COUNTER,)))
    assert row.kind == "change"
    services.approve(row.pk, by=province.keeper, at=at)
    before, after = province.offered(LATER - timedelta(days=1)), province.offered(LATER)
    assert before is not None and after is not None
    revision = revision_in_force(CODE, on=at.date())
    assert (before.level_of(revision), after.level_of(revision), after.takes("online")) == (4, 2, False)
    assert contacts_of(revision.procedure_id, on=LATER, online=True) == []
    assert draft.start(revision, before, applicant=province.cast.lan_account, by=province.cast.lan, at=at)
    with pytest.raises(Refusal, match="chưa nhận hồ sơ của thủ tục theo cách này"):
        draft.start(revision, after, applicant=province.cast.lan_account, by=province.cast.lan, at=at)


@accepts("BD-69")
def test_a_dossier_is_handled_at_the_level_its_agency_offers(province: Province, at: datetime) -> None:
    offer(CODE, agency=province.agency, counter=province.counter, since=date(2026, 1, 2), by=BY, at=at)
    row = province.propose(province.service(3, "partial"), since=at.date())
    services.approve(row.pk, by=province.keeper, at=at)
    offering = province.offered(at.date())
    assert offering is not None
    revision = revision_in_force(CODE, on=at.date())
    begun = draft.start(revision, offering, applicant=province.cast.lan_account, by=province.cast.lan, at=at)
    assert (revision.service_level, begun.service_level) == (4, 3)


@accepts("BD-69")
def test_a_service_stops_from_its_day_and_what_was_to_begin_later_never_does(province: Province, at: datetime) -> None:
    offer(CODE, agency=province.agency, counter=province.counter, since=date(2026, 1, 2), by=BY, at=at)
    later = province.propose(province.service(3, "partial"), since=LATER + timedelta(days=30))
    services.approve(later.pk, by=province.keeper, at=at)
    services.approve(province.propose(None).pk, by=province.keeper, at=at)
    assert province.offered(LATER - timedelta(days=1)) is not None
    assert province.offered(LATER) is None
    assert province.offered(LATER + timedelta(days=60)) is None


@accepts("BD-69")
def test_what_goes_back_says_why_and_may_be_proposed_again(province: Province, at: datetime) -> None:
    row = province.propose()
    with pytest.raises(Refusal) as no:
        services.send_back(row.pk, reason=" ", by=province.keeper, at=at)
    assert no.value.field_errors["words"]
    services.send_back(row.pk, reason="Chưa có người trực", by=province.keeper, at=at)
    (told,) = Message.objects.filter(recipient_account_id=province.head.account_id)
    assert "Trả lại" in told.body and "Chưa có người trực" in told.body
    for act in (services.approve, services.withdraw):
        with pytest.raises(Refusal, match="không còn chờ"):
            act(row.pk, by=province.keeper if act is services.approve else province.head, at=at)
    assert not Offering.objects.exists()
    assert province.propose().pk != row.pk


@accepts("BD-69")
def test_both_sides_read_the_same_list_and_others_nothing(province: Province) -> None:
    row = province.propose()
    for actor in (province.head, province.keeper):
        assert list(proposals_for(actor)) == [row]
    assert not proposals_for(province.cast.binh).exists()


@pytest.mark.django_db(transaction=True)
@accepts("BD-69")
def test_of_approving_and_taking_back_at_once_only_one_happens(province: Province, at: datetime) -> None:
    row = province.propose()
    told = at_once(
        lambda: services.approve(row.pk, by=province.keeper, at=at),
        lambda: services.withdraw(row.pk, by=province.head, at=at),
    )
    assert told[0] == "done" and "không còn chờ quyết định" in told[1]
    row.refresh_from_db()
    assert Offering.objects.exists() == (row.state == "approved")


@pytest.mark.django_db(transaction=True)
@accepts("BD-69")
def test_of_approving_and_returning_at_once_only_one_happens(province: Province, at: datetime) -> None:
    row = province.propose()
    second = province.cast.post(province.cast.officer("van", "Lý Thị Vân"), Role.OPERATOR, province.cast.commune)
    told = at_once(
        lambda: services.approve(row.pk, by=province.keeper, at=at),
        lambda: services.send_back(row.pk, reason="Thiếu người", by=second, at=at),
    )
    assert told[0] == "done" and "không còn chờ quyết định" in told[1]
    row.refresh_from_db()
    assert Offering.objects.exists() == (row.state == "approved")
    assert Message.objects.filter(kind="service_decided").count() == 1
