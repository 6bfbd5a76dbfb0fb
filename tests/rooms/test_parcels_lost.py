"""A lost dossier (BD-82): opened by whoever notices, compensated, redone, closed with words; all in the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import posting
from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message
from motcua.parcels import actions as post
from motcua.parcels.models import LostCase, Parcel
from motcua.parcels.queries import cases_of, live_parcel
from motcua.rules.acts import Channel, State
from motcua.rules.parcels import CaseState, ParcelState, Reporter, Way
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.test_trip import to_ready

HOUR = timedelta(hours=1)


@pytest.fixture
def lost(cast: Cast, at: datetime) -> Parcel:
    """An envelope nobody can find; its case is open."""
    _ = cast.post_office, cast.tam
    cast.return_channel = Channel.POST
    parcel = Parcel.objects.get(ref=to_ready(cast, at))
    posting.report_lost(parcel.number, account="Túi thư rơi trên đường.", by=cast.tam, at=at + HOUR)
    return Parcel.objects.get()


def refused(act: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as no, transaction.atomic():
        act()
    return no.value


@accepts("BD-82")
def test_a_lost_dossier_is_compensated_redone_and_closed_with_words_to_the_citizen(cast, at, lost):
    number = lost.number
    assert (lost.state, lost.ended_at) == (ParcelState.LOST, at + HOUR)
    assert Message.objects.filter(subject_ref=lost.ref, kind="parcel_lost").exists()
    case = posting.compensate(
        number, [("Phí cấp bản sao", 16_000), ("Cước gửi", 30_000)], by=cast.tam, at=at + 2 * HOUR
    )
    assert [(row.name, row.amount) for row in case.compensations.all()] == [
        ("Phí cấp bản sao", 16_000),
        ("Cước gửi", 30_000),
    ]
    posting.help_redo(
        number,
        new_papers="Xin lại giấy chứng minh tại UBND xã",
        is_duplicate_asked=True,
        contact="Trần Thị Tâm, 0256 300 0000",
        by=cast.tam,
        at=at + 3 * HOUR,
    )
    closed = posting.close_case(number, words="Bản mới đã gửi, tiền đã trả.", by=cast.tam, at=at + 4 * HOUR)
    assert (closed.state, closed.closed_at) == (CaseState.CLOSED, at + 4 * HOUR)
    told = Message.objects.get(subject_ref=lost.ref, kind="parcel_case_closed", channel="portal")
    assert "46.000 đồng" in told.body and "Bản mới đã gửi, tiền đã trả." in told.body

    verbs = (
        Event.objects.filter(subject_kind="parcel", subject_id=number).order_by("seq").values_list("verb", flat=True)
    )
    assert list(verbs) == ["make", "lose", "open_case", "compensate", "help_redo", "close_case"]
    assert Dossier.objects.get(code=lost.ref).state == State.RESULT_READY  # the result still has to reach the citizen


@accepts("BD-82")
def test_after_a_loss_the_duplicate_goes_out_in_an_envelope_of_its_own(cast, at, lost):
    assert live_parcel(lost.ref, Way.TO_CITIZEN) is None
    again = posting.send_result(Dossier.objects.get(code=lost.ref), by=cast.minh, at=at + 5 * HOUR)
    assert again is not None and again.number != lost.number
    assert again.state == ParcelState.READY


@accepts("BD-82")
def test_no_step_is_skipped_and_none_is_empty(cast, at, lost):
    number = lost.number
    assert refused(lambda: posting.close_case(number, words="Xong", by=cast.tam, at=at)).status == 409
    for wrong in ([], [("", 5000)], [("Phí", 0)], [("Phí", -1)], [("Phí", 10**10)]):
        assert (
            "items" in refused(lambda wrong=wrong: posting.compensate(number, wrong, by=cast.tam, at=at)).field_errors
        )
    posting.compensate(number, [("Phí", 16_000)], by=cast.tam, at=at)
    assert refused(lambda: posting.compensate(number, [("Phí", 1)], by=cast.tam, at=at)).status == 409
    empty = {"new_papers": " ", "is_duplicate_asked": False, "contact": ""}
    assert set(refused(lambda: posting.help_redo(number, **empty, by=cast.tam, at=at)).field_errors) == {
        "new_papers",
        "contact",
    }
    posting.help_redo(number, new_papers="", is_duplicate_asked=True, contact="Tâm", by=cast.tam, at=at)
    assert "words" in refused(lambda: posting.close_case(number, words=" ", by=cast.tam, at=at)).field_errors


@accepts("BD-82")
def test_clerk_counter_and_citizen_can_say_that_it_is_lost_and_there_is_one_case(cast, at, lost):
    dossier = Dossier.objects.get(code=lost.ref)
    case = posting.citizen_reports_lost(
        dossier, lost.number, account="Tôi chưa nhận được.", by=cast.lan, at=at + 2 * HOUR
    )
    assert case.reporter == Reporter.CLERK and LostCase.objects.count() == 1  # the first one stands
    assert Message.objects.filter(kind="parcel_lost", channel="portal").count() == 1

    other = Parcel.objects.get(ref=to_ready(cast, at))
    theirs = Dossier.objects.get(code=other.ref)
    assert (
        refused(lambda: posting.citizen_reports_lost(dossier, other.number, account="?", by=cast.lan, at=at)).status
        == 404
    )  # an envelope of another dossier
    posting.citizen_reports_lost(theirs, other.number, account="Tôi chưa nhận được.", by=cast.lan, at=at)
    assert LostCase.objects.get(parcel=other).reporter == Reporter.CITIZEN
    third = Parcel.objects.get(ref=to_ready(cast, at))
    posting.report_lost(third.number, account="Không có trong túi.", by=cast.minh, at=at)
    assert LostCase.objects.get(parcel=third).reporter == Reporter.COUNTER


def test_what_has_arrived_cannot_be_lost_and_a_strangers_case_does_not_exist(cast, at, lost):
    parcel = Parcel.objects.get(ref=to_ready(cast, at))
    Parcel.objects.filter(pk=parcel.pk).update(state="delivered", received_by="Lan", ended_at=at)
    assert refused(lambda: posting.report_lost(parcel.number, account="?", by=cast.tam, at=at)).status == 409
    assert list(cases_of(cast.minh)) == list(cases_of(cast.tam)) == [lost.lost_case]
    assert not cases_of(cast.oanh).exists()
    assert refused(lambda: posting.compensate(lost.number, [("Phí", 1)], by=cast.oanh, at=at)).status == 404


def test_a_lost_envelope_leaves_the_list_it_stood_on(cast, at, lost):
    parcel = Parcel.objects.get(ref=to_ready(cast, at))
    post.place(parcel.number, is_inside=True, by=cast.minh, at=at)
    found = post.open_list(
        Way.TO_CITIZEN, unit=cast.post_office, counter=cast.counter, agency=cast.commune, by=cast.minh, at=at
    )
    post.add(found.number, parcel.number, by=cast.minh, at=at)
    posting.report_lost(parcel.number, account="Rách bì, mất ruột.", by=cast.minh, at=at)
    assert not found.lines.exists()
