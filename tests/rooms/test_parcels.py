"""Results by post: the envelope, its 24 hours, the lists by which it changes hands, the proof that it arrived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from motcua.agencies.models import Agency, OneStopCounter
from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.actions import deliver, fees, posting
from motcua.dossiers.models import Dossier, TimelineEntry
from motcua.notifications.models import Message
from motcua.papers.queries import latest, pdf
from motcua.parcels import actions as post
from motcua.parcels.models import HandoverList, ListLine, Parcel
from motcua.parcels.queries import live_parcel, overdue, parcel_of, parcels_of, punctuality
from motcua.policy.actions import add_clause
from motcua.rules.acts import Channel, Paper, State
from motcua.rules.parcels import ParcelState, Way
from motcua.rules.people import Actor, Role
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.test_trip import to_ready

HOUR = timedelta(hours=1)


@pytest.fixture
def ready(cast: Cast, at: datetime) -> Callable[[], Parcel]:
    """Makes dossiers whose result goes by post: the envelope waits at Minh's counter, fees paid."""
    _ = cast.post_office, cast.tam
    cast.return_channel = Channel.POST
    stated = {"since": at.date(), "basis": "Quyết định 44/2019/QĐ-UBND", "by": Actor.system("test"), "at": at}
    add_clause("post_returns_within_hours", 24, **stated)

    def make() -> Parcel:
        code = to_ready(cast, at)
        fees.collect(code, receipt_number="0001", by=cast.minh, at=at + 3 * HOUR)
        return Parcel.objects.get(ref=code)

    return make


def outward(cast: Cast, at: datetime) -> HandoverList:
    return post.open_list(
        Way.TO_CITIZEN, unit=cast.post_office, counter=cast.counter, agency=cast.commune, by=cast.minh, at=at
    )


def hand_over(cast: Cast, parcel: Parcel, at: datetime) -> Parcel:
    """From the counter to the post, both sides agreeing."""
    post.place(parcel.number, is_inside=True, by=cast.minh, at=at)
    found = outward(cast, at)
    posting.scan(found.number, parcel.ref, by=cast.minh, at=at)
    posting.close_list(found.number, by=cast.minh, at=at)
    posting.confirm_list(found.number, counted=1, by=cast.tam, at=at)
    return Parcel.objects.get(pk=parcel.pk)


def refused(act: Callable[[], object]) -> Refusal:
    """What is said, and nothing of what was begun stays."""
    with pytest.raises(Refusal) as no, transaction.atomic():
        act()
    return no.value


@accepts("BD-81")
def test_inside_the_province_the_post_has_24_elapsed_hours_from_the_moment_the_result_is_ready(cast, at, ready):
    parcel = ready()
    sealed = Dossier.objects.get(code=parcel.ref).result_at
    assert parcel.ready_at == sealed == at + 2 * HOUR
    assert parcel.due_at is None  # nobody knows yet where the address lies

    inside = post.place(parcel.number, is_inside=True, by=cast.minh, at=at + 5 * HOUR)
    assert inside.due_at == sealed + timedelta(hours=24)  # not later because somebody answered late

    outside = post.place(parcel.number, is_inside=False, by=cast.minh, at=at + 5 * HOUR)
    assert outside.due_at is None  # the carrier's own rule


@accepts("BD-81")
def test_what_is_not_there_in_time_is_overdue_to_clerk_counter_and_operator(cast, at, ready):
    parcel = hand_over(cast, ready(), at + 4 * HOUR)
    in_time, too_late = parcel.due_at, parcel.due_at + timedelta(minutes=1)
    for actor in (cast.tam, cast.minh):
        assert not overdue(parcels_of(actor), in_time).exists()
        assert list(overdue(parcels_of(actor), too_late)) == [parcel]
    (unit,) = punctuality(at=too_late)
    assert (unit.unit, unit.under_way, unit.overdue, unit.delivered_late) == ("Bưu cục An Lành", 1, 1, 0)

    posting.arrived(parcel.number, post.Proof("Nguyễn Thị Lan"), by=cast.tam, at=too_late)
    (unit,) = punctuality(at=too_late)
    assert (unit.under_way, unit.overdue, unit.delivered_late) == (0, 0, 1)


@accepts("BD-81")
def test_an_address_of_the_applicants_own_known_commune_is_inside_without_asking(cast, at, ready, settings):
    account = cast.lan_account
    account.address = {"unit": "21553", "street": "Thôn Đông", "scheme": "legacy"}
    account.save()
    from motcua.dossiers.facts.post import is_inside
    from motcua.eforms.queries import RoomLookups

    words = RoomLookups().unit_words("21553", level="commune", scheme="legacy")
    found = Dossier(applicant=account, return_address=f"Thôn Đông, {words}")
    assert is_inside(found) is True
    settings.SITE = {**settings.SITE, "unit_code": "01"}
    assert is_inside(found) is False
    found.return_address = "Một nơi khác"
    assert is_inside(found) is None


@accepts("BD-83", "BN-18")
def test_results_go_to_the_post_on_a_list_both_sides_confirm(cast, at, ready):
    first, second = ready(), ready()
    found = outward(cast, at + 4 * HOUR)
    number = found.number
    for parcel in (first, second):
        post.place(parcel.number, is_inside=True, by=cast.minh, at=at)
    posting.scan(number, first.ref, by=cast.minh, at=at)  # the code on the envelope
    posting.scan(number, second.number.lower(), by=cast.minh, at=at)  # or the envelope's own

    again = refused(lambda: posting.scan(number, first.ref, by=cast.minh, at=at))
    assert "đã có trong danh sách này" in again.messages[0]
    unknown = refused(lambda: posting.scan(number, "H08.41.01-261118-9999", by=cast.minh, at=at))
    assert "không có bưu gửi nào mang mã này" in unknown.messages[0]
    early = refused(lambda: posting.confirm_list(number, counted=2, by=cast.tam, at=at))
    assert early.status == 409

    posting.close_list(number, by=cast.minh, at=at + 5 * HOUR)
    assert refused(lambda: posting.scan(number, first.ref, by=cast.minh, at=at)).status == 409
    miscounted = refused(lambda: posting.confirm_list(number, counted=1, by=cast.tam, at=at))
    assert "Danh sách có 2 bưu gửi, bạn đếm được 1" in miscounted.messages[0]
    assert refused(lambda: posting.confirm_list(number, counted=2, by=cast.minh, at=at)).status == 403  # not the giver

    done = posting.confirm_list(number, counted=2, by=cast.tam, at=at + 6 * HOUR)
    assert (done.closed_by_name, done.confirmed_by_name) == ("Lê Quang Minh", "Trần Thị Tâm")
    assert {one.state for one in Parcel.objects.all()} == {ParcelState.HANDED_OVER}
    assert Message.objects.filter(subject_ref=first.ref, kind="parcel_sent").exists()

    drawn = PdfReader(BytesIO(pdf(latest(number, Paper.PARCEL_LIST))))
    text = "".join("".join(page.extract_text().split()) for page in drawn.pages)  # a code may be broken over two lines
    for words in (number, first.ref, second.ref, "Bưu cục An Lành", "đã đếm đủ 02 bưu gửi", "Trần Thị Tâm"):
        assert "".join(words.split()) in text
    verbs = Event.objects.filter(subject_kind="parcel_list", subject_id=number).order_by("seq")
    assert list(verbs.values_list("verb", flat=True)) == ["open_list", "add", "add", "close_list", "confirm_list"]


def test_a_list_with_a_wrong_count_is_opened_again_by_its_giver(cast, at, ready):
    parcel = ready()
    post.place(parcel.number, is_inside=False, by=cast.minh, at=at)
    found = outward(cast, at)
    assert refused(lambda: posting.close_list(found.number, by=cast.minh, at=at)).messages == [
        "Danh sách chưa có bưu gửi nào."
    ]
    posting.scan(found.number, parcel.ref, by=cast.minh, at=at)
    first = posting.close_list(found.number, by=cast.minh, at=at)
    assert refused(lambda: post.reopen(found.number, by=cast.tam, at=at)).status == 403
    post.reopen(found.number, by=cast.minh, at=at)
    post.remove(found.number, parcel.number, by=cast.minh, at=at)
    posting.scan(found.number, parcel.ref, by=cast.minh, at=at)
    posting.close_list(found.number, by=cast.minh, at=at)
    first.refresh_from_db()
    assert first.is_void
    posting.confirm_list(found.number, counted=1, by=cast.tam, at=at)
    assert refused(lambda: post.reopen(found.number, by=cast.minh, at=at)).status == 409


def test_an_envelope_stands_on_one_open_list_only(cast, at, ready):
    parcel = ready()
    post.place(parcel.number, is_inside=True, by=cast.minh, at=at)
    one, other = outward(cast, at), outward(cast, at)
    posting.scan(one.number, parcel.ref, by=cast.minh, at=at)
    no = refused(lambda: posting.scan(other.number, parcel.ref, by=cast.minh, at=at))
    assert no.messages == [f"{parcel.ref}: đã nằm trong danh sách {one.number}."]
    with pytest.raises(IntegrityError), transaction.atomic():
        ListLine.objects.create(list=other, parcel=parcel, added_at=at, added_by_name="x")


def test_nothing_is_handed_over_unpaid_or_before_it_is_known_where_it_goes(cast, at):
    _ = cast.post_office, cast.tam
    cast.return_channel = Channel.POST
    parcel = Parcel.objects.get(ref=to_ready(cast, at))
    found = outward(cast, at)
    assert (
        "trong hay ngoài tỉnh"
        in refused(lambda: posting.scan(found.number, parcel.ref, by=cast.minh, at=at)).messages[0]
    )
    post.place(parcel.number, is_inside=True, by=cast.minh, at=at)
    unpaid = refused(lambda: posting.scan(found.number, parcel.ref, by=cast.minh, at=at))
    assert "chưa nộp" in unpaid.messages[0]
    assert not found.lines.exists()


@accepts("KT-20")
def test_a_registered_result_is_delivered_only_against_a_signature(cast, at, ready):
    parcel = hand_over(cast, ready(), at + 4 * HOUR)
    Parcel.objects.update(is_registered=True)
    unsigned = post.Proof("Nguyễn Văn Hòa", "Chồng", is_signed=False)
    no = refused(lambda: posting.arrived(parcel.number, unsigned, by=cast.tam, at=at + 9 * HOUR))
    assert "is_signed" in no.field_errors
    assert Dossier.objects.get(code=parcel.ref).state == State.RESULT_READY
    with pytest.raises(IntegrityError), transaction.atomic():
        Parcel.objects.update(state="delivered", received_by="Ai đó")

    signed = post.Proof("Nguyễn Văn Hòa", "Chồng", is_signed=True)
    done = posting.arrived(parcel.number, signed, by=cast.tam, at=at + 9 * HOUR)
    assert (done.received_by, done.relation, done.receipt_signed) == ("Nguyễn Văn Hòa", "Chồng", True)
    dossier = Dossier.objects.get(code=parcel.ref)
    assert dossier.handover.receipt_signed
    assert dossier.handover.parcel_number == parcel.number


@accepts("BD-1", "BD-83")
def test_what_the_clerk_delivers_is_on_the_dossiers_timeline_and_the_citizen_is_told(cast, at, ready):
    parcel = hand_over(cast, ready(), at + 4 * HOUR)
    posting.arrived(parcel.number, post.Proof("Nguyễn Thị Lan"), by=cast.tam, at=at + 9 * HOUR)
    dossier = Dossier.objects.get(code=parcel.ref)
    assert (dossier.state, dossier.closed_at) == (State.DELIVERED, at + 9 * HOUR)
    entry = TimelineEntry.objects.get(dossier=dossier, act="deliver")
    assert (entry.by_name, entry.note) == ("Trần Thị Tâm", "Qua bưu chính công ích")
    assert Message.objects.filter(subject_ref=parcel.ref, kind="delivered").exists()
    again = refused(lambda: posting.arrived(parcel.number, post.Proof("Ai đó"), by=cast.tam, at=at + 10 * HOUR))
    assert again.status == 409


def test_while_the_post_has_a_result_the_counter_cannot_hand_it_over_a_second_time(cast, at, ready):
    parcel = hand_over(cast, ready(), at + 4 * HOUR)

    def at_the_counter() -> object:
        return deliver.deliver(
            parcel.ref,
            channel=Channel.COUNTER,
            receiver_name="Nguyễn Thị Lan",
            originals_checked=True,
            form_signed=True,
            by=cast.minh,
            at=at + 8 * HOUR,
        )

    assert "đang ở bưu chính" in refused(at_the_counter).messages[0]
    posting.returned(parcel.number, reason="Ba lần không gặp người nhận", by=cast.tam, at=at + 7 * HOUR)
    assert Message.objects.filter(subject_ref=parcel.ref, kind="parcel_returned").exists()
    at_the_counter()
    assert Dossier.objects.get(code=parcel.ref).state == State.DELIVERED


def test_an_envelope_still_waiting_gives_way_to_the_counter(cast, at, ready):
    parcel = ready()
    deliver.deliver(
        parcel.ref,
        channel=Channel.COUNTER,
        receiver_name="Nguyễn Thị Lan",
        originals_checked=True,
        form_signed=True,
        by=cast.minh,
        at=at + 8 * HOUR,
    )
    assert live_parcel(parcel.ref, Way.TO_CITIZEN) is None
    assert Parcel.objects.get().state == ParcelState.CANCELLED


@accepts("BD-81")
def test_the_counter_cannot_say_that_a_waiting_envelope_was_delivered(cast, at, ready):
    parcel = ready()

    def by_the_counter() -> object:
        return deliver.deliver(
            parcel.ref,
            channel=Channel.POST,
            receiver_name="Nguyễn Thị Lan",
            parcel_number="EB1",
            by=cast.minh,
            at=at + 8 * HOUR,
        )

    assert "đưa vào danh sách bàn giao" in refused(by_the_counter).messages[0]
    assert Parcel.objects.get().state == ParcelState.READY
    assert Dossier.objects.get(code=parcel.ref).state == State.RESULT_READY


@accepts("BD-1")
def test_a_clerk_reaches_the_envelopes_of_his_own_post_office_only(cast, at, ready):
    parcel = ready()
    elsewhere = Agency.objects.create(
        code="H08.99.02", name="Bưu cục khác", kind="post", tier="commune", since=cast.commune.since
    )
    stranger = cast.post(cast.officer("bich", "Lý Thị Bích"), Role.POSTAL_CLERK, elsewhere)
    assert list(parcels_of(cast.tam)) == [parcel]
    for actor in (stranger, cast.oanh, cast.ha, cast.lan):
        assert not parcels_of(actor).exists()
        assert refused(lambda actor=actor: parcel_of(parcel.number, actor)).status == 404
    found = outward(cast, at)
    assert refused(lambda: posting.confirm_list(found.number, counted=0, by=stranger, at=at)).status == 404
    assert (
        refused(
            lambda: post.open_list(
                Way.TO_CITIZEN, unit=cast.post_office, counter=cast.counter, agency=cast.commune, by=cast.tam, at=at
            )
        ).status
        == 404
    )


def test_only_a_post_office_can_serve_a_counter(cast, at):
    other = OneStopCounter.objects.create(host=cast.other_commune, name="Quầy khác")
    assert refused(lambda: post.serve(cast.commune, other, by=cast.minh, at=at))


def test_without_a_post_office_nothing_of_this_happens(cast, at):
    cast.return_channel = Channel.POST
    to_ready(cast, at)
    assert not Parcel.objects.exists()
