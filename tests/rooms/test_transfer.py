"""A dossier that came to the wrong agency goes to the right one: the code stays, the limit begins anew."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from motcua.agencies.models import OneStopCounter
from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft, intake, submit
from motcua.dossiers.actions import transfer as transferring
from motcua.dossiers.models import Dossier, Promise
from motcua.dossiers.queries import dossier_of, offers, visible_to
from motcua.notifications.models import Message
from motcua.procedures.models import Offering
from motcua.rules.acts import State, Verdict
from motcua.rules.lifecycle import Granted
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
