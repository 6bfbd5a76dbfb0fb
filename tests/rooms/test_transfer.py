"""A dossier that came to the wrong agency goes to the right one: the code stays, the limit begins anew."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import Agency, AgencyKind, OneStopCounter, Tier
from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft, intake, submit
from motcua.dossiers.actions import transfer as transferring
from motcua.dossiers.models import Dossier, Promise
from motcua.dossiers.queries import Narrowing, Tab, dossier_of, offers, visible_to, work_page
from motcua.notifications.models import Message
from motcua.procedures.models import Offering
from motcua.rules.acts import State, Verdict
from motcua.rules.lifecycle import Granted
from motcua.rules.people import Actor, Role
from tests.acceptance.proof import accepts
from tests.cast import SINCE, Cast

HOUR = timedelta(hours=1)
REASON = "Người nộp thường trú tại xã Bình Yên."
ITEMS = [f"field:{key}" for key in ("ho_ten", "so_dinh_danh", "so_ban", "uy_quyen")]


@pytest.fixture
def elsewhere(cast: Cast) -> Offering:
    """The other commune takes the same procedure in, at a counter of its own."""
    counter = OneStopCounter.objects.create(
        host=cast.other_commune, name="Bộ phận một cửa xã Bình Yên", address="Thôn Tây", phone="0256 300 0303"
    )
    counter.serves.add(cast.other_commune)
    _ = cast.oanh
    return Offering.objects.create(
        procedure=cast.revision.procedure, agency=cast.other_commune, counter=counter, since=SINCE
    )


def hand(cast: Cast, code: str | None, to: int, at: datetime, *, reason: str = REASON) -> Dossier:
    return transferring.transfer(str(code), to=to, reason=reason, by=cast.minh, at=at)


def test_the_code_stays_and_the_other_counter_takes_it_in(cast: Cast, elsewhere: Offering, at: datetime) -> None:
    code = str(cast.submitted().code)
    done = hand(cast, code, elsewhere.agency_id, at + HOUR)
    assert (done.code, done.state) == (code, State.SUBMITTED)
    assert (done.agency_id, done.counter_id) == (elsewhere.agency_id, elsewhere.counter_id)
    assert done.transferred_from == cast.commune
    assert intake.decline(code, reasons=["Không đủ."], by=cast.oanh, at=at + 2 * HOUR).state == State.DECLINED


def test_the_acceptance_limit_begins_anew_and_both_countings_are_kept(
    cast: Cast, elsewhere: Offering, at: datetime
) -> None:
    found = cast.submitted()
    done = hand(cast, found.code, elsewhere.agency_id, at + 2 * HOUR)
    assert found.acceptance_due_at == at + timedelta(days=1)
    assert done.acceptance_due_at == done.due_at
    # Wednesday 11:00 and eight working hours: half an hour more before noon, four in the afternoon, the rest tomorrow.
    assert done.acceptance_due_at is not None
    assert done.acceptance_due_at.astimezone(at.tzinfo).strftime("%d/%m %H:%M") == "19/11 11:00"
    first, second = done.promises.filter(what=Promise.What.ACCEPTANCE).order_by("pk")
    assert (first.due_at, second.due_at) == (at + timedelta(days=1), done.acceptance_due_at)
    assert "xã An Lành" in second.reason
    assert sum(span["minutes"] for span in second.explanation if span["counted"]) == 480


def test_a_later_pause_counts_on_from_the_transfer(cast: Cast, elsewhere: Offering, at: datetime) -> None:
    code = str(cast.submitted().code)
    hand(cast, code, elsewhere.agency_id, at + 2 * HOUR)
    intake.judge(
        code,
        {**dict.fromkeys(ITEMS, (Verdict.OK, "")), "paper:giay-chung-minh": (Verdict.WRONG, "Mờ.")},
        by=cast.oanh,
        at=at + 2 * HOUR,
    )
    intake.request_supplement(code, by=cast.oanh, at=at + 2 * HOUR)
    draft.attach(code, "giay-chung-minh", cast.paper("moi.pdf"), by=cast.lan, at=at + 24 * HOUR)
    answered = submit.supplement(code, by=cast.lan, at=at + 24 * HOUR)
    # Nothing of the new eight hours was used: they run from Thursday 09:00.
    assert answered.acceptance_due_at == at + timedelta(days=2)


def test_the_old_counter_sees_it_and_may_do_nothing(cast: Cast, elsewhere: Offering, at: datetime) -> None:
    code = str(cast.submitted().code)
    hand(cast, code, elsewhere.agency_id, at)
    found = dossier_of(code, cast.minh)
    assert offers(found, cast.minh, at=at) == {}
    for act in (intake.accept,):
        with pytest.raises(Refusal) as caught:
            act(code, by=cast.minh, at=at)
        assert caught.value.status == 403
    assert visible_to(cast.oanh).filter(code=code).exists()
    assert any(isinstance(answer, Granted) for answer in offers(found, cast.oanh, at=at).values())


def test_the_applicant_is_told_where_it_is_now_and_by_when(cast: Cast, elsewhere: Offering, at: datetime) -> None:
    code = str(cast.submitted().code)
    hand(cast, code, elsewhere.agency_id, at)
    letter = Message.objects.get(subject_ref=code, kind="transferred", channel="email")
    for said in ("xã An Lành", "xã Bình Yên", "Thôn Tây", "0256 300 0303", REASON, "không đổi", "19/11/2026"):
        assert said in letter.body
    dossier = Dossier.objects.get(code=code)
    entry = dossier.timeline.get(act="transfer")
    assert entry.is_public and entry.unit_name == "Ủy ban nhân dân xã An Lành"
    event = Event.objects.get(subject_id=str(dossier.public_id), verb="transfer")
    assert event.body["from_agency"] == "H08.41.01" and event.body["to_agency"] == "H08.41.02"


def test_the_new_counter_judges_for_itself(cast: Cast, elsewhere: Offering, at: datetime) -> None:
    code = str(cast.submitted().code)
    intake.judge(code, {"paper:giay-chung-minh": (Verdict.WRONG, "Mờ.")}, by=cast.minh, at=at)
    assert hand(cast, code, elsewhere.agency_id, at).findings.count() == 0


def test_places_that_cannot_take_it_are_refused_with_the_reason(cast: Cast, elsewhere: Offering, at: datetime) -> None:
    dossier = cast.submitted()
    assert [place.agency for place in transferring.places_of(dossier, at=at)] == [cast.other_commune]
    for to, said in ((cast.commune.pk, "chính cơ quan này"), (10**9, "không nhận thủ tục này")):
        with pytest.raises(Refusal) as caught:
            hand(cast, dossier.code, to, at)
        assert said in caught.value.field_errors["to"][0]
    with pytest.raises(Refusal) as caught:
        hand(cast, dossier.code, elsewhere.agency_id, at, reason=" ")
    assert "reason" in caught.value.field_errors
    assert Dossier.objects.get(code=dossier.code).agency == cast.commune


@pytest.mark.parametrize("ended", ["agency", "offering"])
def test_what_has_ended_takes_nothing_in(cast: Cast, elsewhere: Offering, at: datetime, ended: str) -> None:
    code = cast.submitted().code
    row = elsewhere.agency if ended == "agency" else elsewhere
    row.until = date(2026, 11, 18)
    row.save()
    with pytest.raises(Refusal) as caught:
        hand(cast, code, elsewhere.agency_id, at)
    assert "to" in caught.value.field_errors


def test_only_its_own_counter_hands_it_on_and_only_before_acceptance(
    cast: Cast, elsewhere: Offering, at: datetime
) -> None:
    code = str(cast.submitted().code)
    for stranger in (cast.oanh, cast.ha, cast.quang, cast.lan, cast.dung):
        with pytest.raises(Refusal) as caught:
            transferring.transfer(code, to=elsewhere.agency_id, reason=REASON, by=stranger, at=at)
        assert caught.value.status == 403
    intake.accept(code, by=cast.minh, at=at)
    with pytest.raises(Refusal) as caught:
        hand(cast, code, elsewhere.agency_id, at)
    assert caught.value.status == 409


# --- handed on more than once


@pytest.fixture
def third(cast: Cast, elsewhere: Offering) -> tuple[Offering, Actor]:
    """A third commune that takes the procedure in too, and its counter officer."""
    agency = Agency.objects.create(
        code="H08.41.03",
        name="Ủy ban nhân dân xã Cát Tường",
        kind=AgencyKind.PEOPLES_COMMITTEE,
        tier=Tier.COMMUNE,
        since=SINCE,
    )
    counter = OneStopCounter.objects.create(host=agency, name="Bộ phận một cửa xã Cát Tường")
    counter.serves.add(agency)
    place = Offering.objects.create(procedure=cast.revision.procedure, agency=agency, counter=counter, since=SINCE)
    return place, cast.post(cast.officer("xuan", "Hoàng Thị Xuân"), Role.COUNTER_OFFICER, agency)


def twice(cast: Cast, first: Offering, second: Offering, at: datetime) -> str:
    code = str(cast.submitted().code)
    hand(cast, code, first.agency_id, at)
    transferring.transfer(code, to=second.agency_id, reason=REASON, by=cast.oanh, at=at + HOUR)
    return code


def listed(actor: Actor, tab: Tab, at: datetime) -> list[str]:
    page = work_page(actor, tab, narrowing=Narrowing(), number=1, at=at)
    assert page.total == len(page.lines)
    return [line.code for line in page.lines]


@accepts("BN-10")
def test_every_counter_it_came_to_goes_on_seeing_where_it_is_and_may_do_nothing(
    cast: Cast, elsewhere: Offering, third: tuple[Offering, Actor], at: datetime
) -> None:
    place, xuan = third
    code = twice(cast, elsewhere, place, at)
    for actor in (cast.minh, cast.oanh):
        found = dossier_of(code, actor)
        assert (found.agency.name, found.state) == ("Ủy ban nhân dân xã Cát Tường", State.SUBMITTED)
        assert offers(found, actor, at=at) == {}
        assert listed(actor, Tab.ELSEWHERE, at) == listed(actor, Tab.ALL, at) == [code]
        assert listed(actor, Tab.MINE, at) == listed(actor, Tab.DONE, at) == []
    for stranger in (cast.ha, cast.quang, cast.dung):
        assert not visible_to(stranger).filter(code=code).exists()
    intake.decline(code, reasons=["Không đủ."], by=xuan, at=at + 2 * HOUR)
    for actor in (cast.minh, cast.oanh):
        assert listed(actor, Tab.DONE, at) == [code] and listed(actor, Tab.ELSEWHERE, at) == []


def test_whoever_took_it_in_for_another_agency_keeps_sight_of_it_too(
    cast: Cast, elsewhere: Offering, third: tuple[Offering, Actor], at: datetime
) -> None:
    place, _ = third
    code = str(cast.submitted().code)
    Dossier.objects.filter(code=code).update(agency=elsewhere.agency, taken_in_by=cast.commune)
    transferring.transfer(code, to=place.agency_id, reason=REASON, by=cast.oanh, at=at)
    assert visible_to(cast.minh).filter(code=code).exists()
    assert listed(cast.minh, Tab.ALL, at) == [code]


def test_handed_back_it_stands_once_in_each_list(
    cast: Cast, elsewhere: Offering, third: tuple[Offering, Actor], at: datetime
) -> None:
    place, xuan = third
    code = twice(cast, elsewhere, place, at)
    transferring.transfer(code, to=cast.commune.pk, reason=REASON, by=xuan, at=at + 2 * HOUR)
    assert Dossier.objects.get(code=code).earlier_hands == [cast.other_commune.pk]
    for actor in (cast.minh, cast.oanh, xuan):
        assert listed(actor, Tab.ALL, at) == [code]
    assert listed(cast.minh, Tab.MINE, at) == [code] and listed(cast.minh, Tab.ELSEWHERE, at) == []


def test_those_handed_on_twice_before_this_was_kept_are_found_in_the_record(
    cast: Cast, elsewhere: Offering, third: tuple[Offering, Actor], at: datetime
) -> None:
    code = twice(cast, elsewhere, third[0], at)
    Dossier.objects.filter(code=code).update(earlier_hands=None)
    with connection.cursor() as cursor:
        cursor.execute(import_module("motcua.dossiers.migrations.0016_earlier_hands").FROM_THE_RECORD)
    assert Dossier.objects.get(code=code).earlier_hands == [cast.commune.pk]


def test_earlier_hands_are_asked_of_their_index(cast: Cast, elsewhere: Offering, at: datetime) -> None:
    with CaptureQueriesContext(connection) as queries:
        listed(cast.minh, Tab.ALL, at)
    assert any('"earlier_hands" @> ' in query["sql"] for query in queries.captured_queries)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "dossier_earlier_hands" in Dossier.objects.filter(earlier_hands__contains=[cast.commune.pk]).explain()
