"""Two hands at once, each over a connection of its own: no envelope on two lists, none delivered twice."""

from __future__ import annotations

from datetime import datetime

import pytest

from motcua.dossiers.actions import fees, posting
from motcua.dossiers.models import TimelineEntry
from motcua.parcels import actions as post
from motcua.parcels.models import HandoverList, ListLine, Parcel
from motcua.rules.acts import Channel
from motcua.rules.parcels import Way
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.at_once import at_once
from tests.rooms.test_trip import to_ready

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def parcel(cast: Cast, at: datetime) -> Parcel:
    _ = cast.post_office, cast.tam
    cast.return_channel = Channel.POST
    code = to_ready(cast, at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at)
    return post.place(Parcel.objects.get().number, is_inside=True, by=cast.minh, at=at)


def a_list(cast: Cast, at: datetime) -> HandoverList:
    return post.open_list(
        Way.TO_CITIZEN, unit=cast.post_office, counter=cast.counter, agency=cast.commune, by=cast.minh, at=at
    )


@accepts("BD-83")
def test_two_scanners_cannot_put_one_envelope_on_two_lists(cast, at, parcel):
    first, second = a_list(cast, at), a_list(cast, at)
    told = at_once(
        lambda: posting.scan(first.number, parcel.ref, by=cast.minh, at=at),
        lambda: posting.scan(second.number, parcel.ref, by=cast.minh, at=at),
    )
    assert told[0] == "done" and "đã nằm trong danh sách" in told[1]
    assert ListLine.objects.filter(parcel=parcel, is_pending=True).count() == 1


def test_a_list_confirmed_twice_at_once_changes_hands_once(cast, at, parcel):
    found = a_list(cast, at)
    posting.scan(found.number, parcel.ref, by=cast.minh, at=at)
    posting.close_list(found.number, by=cast.minh, at=at)
    confirm = lambda: posting.confirm_list(found.number, counted=1, by=cast.tam, at=at)  # noqa: E731
    told = at_once(confirm, confirm)
    assert told[0] == "done" and "đã được xác nhận" in told[1]
    assert parcel.events.filter(words__startswith="Bưu chính đã nhận").count() == 1


def test_clerk_and_carrier_who_report_a_delivery_at_once_end_the_dossier_once(cast, at, parcel):
    found = a_list(cast, at)
    posting.scan(found.number, parcel.ref, by=cast.minh, at=at)
    posting.close_list(found.number, by=cast.minh, at=at)
    posting.confirm_list(found.number, counted=1, by=cast.tam, at=at)
    proof = post.Proof("Nguyễn Thị Lan", "Chính người nhận", True)
    report = post.Report(id="r1", number=parcel.number, status="delivered", sequence=1, proof=proof)
    from motcua.rules.people import Actor

    told = at_once(
        lambda: posting.arrived(parcel.number, proof, by=cast.tam, at=at),
        lambda: posting.hear(report, by=Actor.system("Hệ thống bưu chính"), at=at),
    )
    assert told[0] == "done"
    assert TimelineEntry.objects.filter(dossier__code=parcel.ref, act="deliver").count() == 1
