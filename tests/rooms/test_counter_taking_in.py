"""What comes over the counter: paper scanned before acceptance (BN-9), and taking in for another agency."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from motcua.agencies.models import Agency, AgencyKind, OneStopCounter, Tier
from motcua.base.errors import Refusal
from motcua.dossiers.actions import approve, deliver, digitise, draft, elsewhere, examine, fees, intake, issue, submit
from motcua.dossiers.actions.applicant import WalkIn
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Narrowing, Tab, offers, visible_to, work_page
from motcua.papers.queries import latest
from motcua.parcels.actions import serve
from motcua.parcels.models import Parcel
from motcua.parcels.queries import parcels_of
from motcua.policy.models import Clause
from motcua.policy.queries import forget
from motcua.reception.models import RegisterEntry
from motcua.rules.acts import Act, Channel, Outcome, Paper, State
from motcua.rules.lifecycle import Granted, Refused
from motcua.rules.people import Actor, Role
from tests.acceptance.proof import accepts
from tests.cast import SINCE, Cast

HOUR = timedelta(hours=1)
PERSON = WalkIn("Trần Văn Tư", "052085000321", "", "", "Thôn Đông")


def rule(key: str) -> None:
    Clause.objects.create(key=key, value=True, since=date(2018, 1, 1), basis="Thử")
    forget()


def brought(cast: Cast, at: datetime, *, scan: bool = False) -> str:
    """A walk-in whose paper was handed over; with or without its picture."""
    begun = draft.start(
        cast.revision, cast.offering, applicant=None, channel=Channel.COUNTER, walk_in=PERSON, by=cast.minh, at=at
    )
    return filled(cast, begun, cast.minh, at, scan=scan)


def filled(cast: Cast, begun: Dossier, by: Actor, at: datetime, *, scan: bool = True, returned: str = "counter") -> str:
    key = str(begun.public_id)
    draft.fill(key, {"so_ban": "2", "uy_quyen": "khong"}, by=by, at=at)
    draft.receive_papers(key, {"giay-chung-minh": (1, 0)}, by=by, at=at)
    if scan:
        draft.attach(key, "giay-chung-minh", cast.paper(by=by), by=by, at=at)
    draft.choose_return(key, channel=returned, address="Thôn Đông", by=by, at=at)
    return str(submit.submit(key, declared=True, by=by, at=at).code)


@accepts("BN-9")
def test_where_the_province_says_so_paper_is_scanned_before_acceptance(cast: Cast, at: datetime) -> None:
    rule("counter_papers_digitised")
    code = brought(cast, at)
    with pytest.raises(Refusal, match="chưa được số hóa: Giấy tờ chứng minh"):
        intake.accept(code, by=cast.minh, at=at)
    assert isinstance(offers(Dossier.objects.get(code=code), cast.minh, at=at)[Act.ACCEPT], Refused)
    for stranger in (cast.oanh, cast.ha, cast.lan):
        with pytest.raises(Refusal):
            digitise.digitise(code, "giay-chung-minh", cast.paper(by=stranger), by=stranger, at=at)
    with pytest.raises(Refusal, match="không nhận bản giấy"):
        digitise.digitise(code, "van-ban-uy-quyen", cast.paper(by=cast.minh), by=cast.minh, at=at)
    digitise.digitise(code, "giay-chung-minh", cast.paper(by=cast.minh), by=cast.minh, at=at)
    intake.accept(code, by=cast.minh, at=at)
    assert Dossier.objects.get(code=code).state == State.EXAMINING
    slip = latest(code, Paper.APPOINTMENT_SLIP)
    assert slip is not None
    line = next(row for row in slip.data["papers"] if row["name"] == "Giấy tờ chứng minh")
    assert (line["originals"], line["electronic"]) == (1, 1)


@accepts("BN-8")
def test_elsewhere_paper_over_the_counter_is_enough_and_may_be_scanned_later(cast: Cast, at: datetime) -> None:
    code = brought(cast, at)
    intake.accept(code, by=cast.minh, at=at)
    digitise.digitise(code, "giay-chung-minh", cast.paper(by=cast.minh), by=cast.minh, at=at + HOUR)
    assert Dossier.objects.get(code=code).enclosures.count() == 1


# --- phi địa giới


@pytest.fixture
def elsewhere_counter(cast: Cast) -> OneStopCounter:
    """The other commune's counter, where Oanh sits; it serves that commune only."""
    counter = OneStopCounter.objects.create(host=cast.other_commune, name="Bộ phận một cửa xã Bình Yên")
    counter.serves.add(cast.other_commune)
    _ = cast.oanh
    return counter


def taken_in(cast: Cast, counter: OneStopCounter, at: datetime, *, returned: str = "counter") -> str:
    begun = elsewhere.start(
        cast.revision, cast.offering, counter=counter, applicant=None, walk_in=PERSON, by=cast.oanh, at=at
    )
    return filled(cast, begun, cast.oanh, at, returned=returned)


def test_a_counter_takes_in_for_another_agency_only_where_the_province_says_so(
    cast: Cast, at: datetime, elsewhere_counter: OneStopCounter
) -> None:
    with pytest.raises(Refusal, match="chưa cho tiếp nhận thay"):
        taken_in(cast, elsewhere_counter, at)
    rule("counter_takes_in_for_others")
    details = {"applicant": None, "walk_in": PERSON, "at": at}
    with pytest.raises(Refusal, match="không tiếp nhận ở quầy"):
        elsewhere.start(cast.revision, cast.offering, counter=elsewhere_counter, by=cast.minh, **details)
    with pytest.raises(Refusal, match="ngay tại quầy"):
        elsewhere.start(cast.revision, cast.offering, counter=cast.counter, by=cast.minh, **details)
    assert not Dossier.objects.exists()


@accepts("HY-27", "BN-10")
def test_what_was_taken_in_elsewhere_goes_to_the_competent_agency_and_comes_back(
    cast: Cast, at: datetime, elsewhere_counter: OneStopCounter
) -> None:
    rule("counter_takes_in_for_others")
    code = taken_in(cast, elsewhere_counter, at)
    intake.accept(code, by=cast.oanh, at=at)
    found = Dossier.objects.get(code=code)
    assert (found.agency, found.counter, found.taken_in_by) == (cast.commune, elsewhere_counter, cast.other_commune)
    assert found.state == State.EXAMINING and found.step_division == cast.division
    slip = latest(code, Paper.APPOINTMENT_SLIP)
    assert slip is not None
    assert slip.data["head"]["agency"] == cast.other_commune.name and cast.commune.name in slip.data["request"]
    assert slip.data["return_place"] == elsewhere_counter.name
    assert RegisterEntry.objects.get(subject=code).counter == elsewhere_counter
    examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp.", by=cast.ha, at=at + HOUR)
    examine.propose(code, by=cast.ha, at=at + HOUR)
    approve.approve(code, by=cast.quang, at=at + HOUR)
    issue.seal(code, by=cast.thu, at=at + HOUR)
    fees.collect(code, receipt_number="0001", by=cast.oanh, at=at + HOUR)
    deliver.deliver(code, channel=Channel.COUNTER, receiver_name="Trần Văn Tư", by=cast.oanh, at=at + HOUR)
    assert Dossier.objects.get(code=code).state == State.DELIVERED


def test_what_was_taken_in_elsewhere_goes_by_post_from_the_counter_that_took_it_in(
    cast: Cast, at: datetime, elsewhere_counter: OneStopCounter
) -> None:
    rule("counter_takes_in_for_others")
    serve(cast.post_office, elsewhere_counter, by=Actor.system("test"), at=at)
    code = taken_in(cast, elsewhere_counter, at, returned="post")
    intake.accept(code, by=cast.oanh, at=at)
    examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp.", by=cast.ha, at=at + HOUR)
    examine.propose(code, by=cast.ha, at=at + HOUR)
    approve.approve(code, by=cast.quang, at=at + HOUR)
    issue.seal(code, by=cast.thu, at=at + HOUR)
    parcel = Parcel.objects.get()
    assert (parcel.counter, parcel.agency) == (elsewhere_counter, cast.other_commune)
    assert list(parcels_of(cast.oanh)) == [parcel] == list(parcels_of(cast.tam))
    assert not parcels_of(cast.minh).exists()  # it does not lie at Minh's counter


@accepts("BN-10")
def test_the_two_counters_see_it_and_nobody_else(cast: Cast, at: datetime, elsewhere_counter: OneStopCounter) -> None:
    rule("counter_takes_in_for_others")
    code = taken_in(cast, elsewhere_counter, at)
    here = {"counter": elsewhere_counter}
    colleague = cast.post(cast.officer("kha", "Đỗ Kha"), Role.COUNTER_OFFICER, cast.other_commune, **here)
    third = OneStopCounter.objects.create(host=cast.other_commune, name="Quầy thứ hai của xã Bình Yên")
    neighbour = cast.post(cast.officer("nga", "Lý Nga"), Role.COUNTER_OFFICER, cast.other_commune, counter=third)
    borrowed = cast.post(cast.officer("yen", "Hồ Yên"), Role.COUNTER_OFFICER, cast.commune, **here)
    boss = cast.post(cast.officer("son", "Tạ Sơn"), Role.LEADER, cast.other_commune)
    own = cast.post(cast.officer("tam", "Vũ Tâm"), Role.COUNTER_OFFICER, cast.commune, counter=cast.counter)
    everybody = {"oanh": cast.oanh, "kha": colleague, "minh": cast.minh, "tam": own, "quang": cast.quang}
    strangers = {"nga": neighbour, "son": boss, "dung": cast.dung, "lan": cast.lan, "ha": cast.ha}
    for name, actor in {**everybody, **strangers, "yen": borrowed}.items():
        expected = name not in strangers
        assert visible_to(actor).filter(code=code).exists() == expected, name
        listed = {line.code for line in _mine(actor, at)} if actor.is_officer else set()
        assert (code in listed) == (expected and name != "quang"), name
        answer = offers(Dossier.objects.get(code=code), actor, at=at).get(Act.ACCEPT)
        assert isinstance(answer, Granted) == (expected and name != "quang"), name


def _mine(actor: Actor, at: datetime) -> tuple:
    return work_page(actor, Tab.MINE, narrowing=Narrowing(), number=1, at=at).lines


@accepts("BN-10")
def test_at_a_centre_of_many_agencies_each_officer_sees_only_the_own_agencys(cast: Cast, at: datetime) -> None:
    """A post names agency and centre: neither alone is enough."""
    cast.counter.serves.add(cast.other_commune)
    code = brought(cast, at)
    other = cast.post(cast.officer("kha", "Đỗ Kha"), Role.COUNTER_OFFICER, cast.other_commune, counter=cast.counter)
    second = OneStopCounter.objects.create(host=cast.commune, name="Quầy hai")
    away = cast.post(cast.officer("nga", "Lý Nga"), Role.COUNTER_OFFICER, cast.commune, counter=second)
    for stranger in (other, away):
        assert not visible_to(stranger).filter(code=code).exists()
        with pytest.raises(Refusal) as refused:
            intake.accept(code, by=stranger, at=at)
        assert refused.value.status == 403
    intake.accept(code, by=cast.minh, at=at)
    assert Dossier.objects.get(code=code).state == State.EXAMINING


def found_by_name(actor: Actor, tab: Tab, at: datetime, text: str = "nguyen thi lan") -> list[str]:
    return [line.code for line in work_page(actor, tab, narrowing=Narrowing(text=text), number=1, at=at).lines]


def test_a_name_is_found_by_the_counter_that_took_it_in_and_by_the_competent_one(
    cast: Cast, at: datetime, elsewhere_counter: OneStopCounter
) -> None:
    rule("counter_takes_in_for_others")
    code = taken_in(cast, elsewhere_counter, at)
    name = Dossier.objects.get(code=code).applicant_name
    third = cast.post(cast.officer("nga", "Lý Nga"), Role.COUNTER_OFFICER, agency_of("H08.41.03"))
    for actor in (cast.oanh, cast.minh):
        assert found_by_name(actor, Tab.ALL, at, name) == found_by_name(actor, Tab.MINE, at, name) == [code]
        assert found_by_name(actor, Tab.ALL, at, f"{name} khác") == []
    for stranger in (third, cast.ha):
        assert found_by_name(stranger, Tab.ALL, at, name) == []


def test_a_name_is_found_by_every_counter_that_handed_it_on(cast: Cast, at: datetime) -> None:
    code = str(cast.submitted().code)
    rows = Dossier.objects.filter(code=code)
    rows.update(agency=agency_of("H08.41.03"), transferred_from=cast.other_commune, earlier_hands=[cast.commune.pk])
    for actor in (cast.minh, cast.oanh):
        assert found_by_name(actor, Tab.ELSEWHERE, at) == [code]
    assert found_by_name(cast.quang, Tab.ALL, at) == []


def agency_of(code: str) -> Agency:
    return Agency.objects.create(
        code=code,
        name="Ủy ban nhân dân xã Cát Tường",
        kind=AgencyKind.PEOPLES_COMMITTEE,
        tier=Tier.COMMUNE,
        since=SINCE,
    )
