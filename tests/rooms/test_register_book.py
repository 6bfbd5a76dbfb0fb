"""The register of dossiers (Mẫu 06) and the control sheet (Mẫu 05), compared with the acts done."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from motcua.agencies.models import OneStopCounter
from motcua.dossiers.actions import approve, deliver, examine, fees, intake, issue
from motcua.dossiers.facts.control import control_sheet
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.register import register_page, register_pdf
from motcua.papers.queries import latest
from motcua.reception.actions import enter
from motcua.reception.models import RegisterEntry
from motcua.rules.acts import Channel, Outcome, Paper
from tests.acceptance.proof import accepts
from tests.cast import Cast

HOUR = timedelta(hours=1)


def accepted(cast: Cast, at: datetime) -> str:
    code = str(cast.submitted().code)
    intake.accept(code, by=cast.minh, at=at)
    return code


def delivered(cast: Cast, at: datetime) -> str:
    """Drafted after one hour, approved after two, sealed at 15:00 (two working hours later), handed over next day."""
    code = accepted(cast, at)
    examine.draft_result(code, outcome=Outcome.GRANTED, title="Trích lục", body="Cấp.", by=cast.ha, at=at + HOUR)
    examine.propose(code, by=cast.ha, at=at + HOUR)
    approve.approve(code, by=cast.quang, at=at + 2 * HOUR)
    issue.seal(code, by=cast.thu, at=at + 6 * HOUR)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at + 24 * HOUR)
    handed = {"receiver_name": "Nguyễn Thị Lan", "originals_checked": True, "form_signed": True}
    deliver.deliver(code, channel=Channel.COUNTER, **handed, by=cast.minh, at=at + 24 * HOUR)
    return code


def test_acceptance_writes_the_next_line_and_the_slip_says_which(cast: Cast, at: datetime) -> None:
    codes = [accepted(cast, at) for _ in range(2)]
    entries = RegisterEntry.objects.order_by("number")
    assert [(one.subject, one.book, one.number_text) for one in entries] == [
        (codes[0], "2026", "0001"),
        (codes[1], "2026", "0002"),
    ]
    slip = latest(codes[1], Paper.APPOINTMENT_SLIP)
    assert slip is not None
    assert (slip.data["register_book"], slip.data["register_number"]) == ("2026", "0002")
    assert enter(cast.counter.pk, codes[0], at=at + HOUR).number == 1
    assert enter(cast.counter.pk, "H08.41.01-270104-0001", at=at.replace(year=2027)).number_text == "0001"


def test_a_line_says_what_the_acts_did(cast: Cast, at: datetime) -> None:
    code = delivered(cast, at)
    page = register_page(cast.counter, cast.minh, since=at.date(), until=at.date())
    (line,) = page.lines
    found = Dossier.objects.select_related("handover").get(code=code)
    assert (line.number, line.code, line.applicant) == ("0001", code, "Nguyễn Thị Lan")
    assert (line.accepted_at, line.promised_at, line.returned_at) == (at, found.promised_at, at + 24 * HOUR)
    assert (line.lead, line.receiver, line.note) == (cast.commune.name, "Nguyễn Thị Lan", "Trước hạn")
    assert line.channel == "Trực tiếp tại bộ phận một cửa" and line.sets == 1
    drawn = PdfReader(BytesIO(register_pdf(cast.counter, cast.minh, since=at.date(), until=at.date(), at=at)))
    text = " ".join("".join(page.extract_text() for page in drawn.pages).split())
    assert "SỔ THEO DÕI HỒ SƠ" in text and "0001" in text and "Trước hạn" in text
    width, height = drawn.pages[0].mediabox[2:]
    assert (round(width), round(height)) == (842, 595)


def test_the_register_is_read_in_pages_by_days_and_only_by_those_who_see_the_dossiers(cast: Cast, at: datetime) -> None:
    codes = [accepted(cast, at) for _ in range(5)]
    days = {"since": at.date(), "until": at.date()}
    first = register_page(cast.counter, cast.minh, **days, size=3)
    second = register_page(cast.counter, cast.minh, **days, size=3, after=first.after)
    assert [line.code for line in (*first.lines, *second.lines)] == codes
    assert first.after and not second.after
    tomorrow = at.date() + timedelta(days=1)
    assert not register_page(cast.counter, cast.minh, since=tomorrow, until=tomorrow).lines
    for stranger in (cast.oanh, cast.dung):
        assert not register_page(cast.counter, stranger, **days).lines
    assert len(register_page(cast.counter, cast.quang, **days).lines) == 5


def test_a_page_of_the_register_costs_two_queries(
    cast: Cast, at: datetime, django_assert_num_queries: type[CaptureQueriesContext]
) -> None:
    _ = cast.minh, [accepted(cast, at) for _ in range(3)]
    counter = OneStopCounter.objects.select_related("host").get(pk=cast.counter.pk)
    with django_assert_num_queries(2):  # type: ignore[operator]
        register_page(counter, cast.minh, since=at.date(), until=at.date())


@accepts("HY-27")
def test_the_control_sheet_has_a_block_for_every_hand_over_and_ends_with_the_result(cast: Cast, at: datetime) -> None:
    code = delivered(cast, at)
    blocks = control_sheet(Dossier.objects.get(code=code)).handovers
    counter, commune, division = cast.counter.name, cast.commune.name, cast.division.name
    assert [(one.giver, one.receiver) for one in blocks] == [
        (counter, division),
        (division, commune),
        (commune, commune),
        (commune, counter),
        (counter, "Nguyễn Thị Lan"),
    ]
    assert [one.given_by for one in blocks] == [
        "Lê Quang Minh", "Phạm Thu Hà", "Võ Minh Quang", "Hồ Thị Thu", "Lê Quang Minh",
    ]  # fmt: skip
    # Forwarded in the minute of acceptance: nothing lies at the counter (HY-27).
    assert [one.given_at for one in blocks] == [at, at + HOUR, at + 2 * HOUR, at + 6 * HOUR, at + 24 * HOUR]
    assert [one.punctuality for one in blocks] == ["early", "early", "early", "on_time", "early"]
    assert [one.received_by for one in blocks] == [
        "Phạm Thu Hà", "Võ Minh Quang", "Hồ Thị Thu", "Lê Quang Minh", "Nguyễn Thị Lan",
    ]  # fmt: skip
    assert all(one.received_at is not None and one.received_at >= one.given_at for one in blocks)


@pytest.mark.parametrize(("days", "outcome"), [(0, "early"), (3, "on_time"), (9, "late")])
def test_the_last_block_says_how_the_promise_was_kept(cast: Cast, at: datetime, days: int, outcome: str) -> None:
    code = delivered(cast, at)
    found = Dossier.objects.select_related("handover", "counter").get(code=code)
    found.result_at = at + timedelta(days=days) if days != 3 else found.promised_at
    assert control_sheet(found).handovers[-1].punctuality == outcome


@pytest.mark.django_db(transaction=True)
def test_no_number_of_the_register_is_given_twice_over_many_connections(cast: Cast, at: datetime) -> None:
    counter, gate = cast.counter.pk, threading.Barrier(4)

    def write(number: int) -> None:
        gate.wait()
        try:
            enter(counter, f"H08.41.01-261118-{number:04d}", at=at)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(RegisterEntry.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, 3, 4]
