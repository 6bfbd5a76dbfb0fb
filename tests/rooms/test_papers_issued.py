"""Issuing, continuing and voiding papers."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.base.errors import Refusal
from motcua.papers import actions, queries
from motcua.papers.facts import ControlSheet
from motcua.papers.models import IssuedPaper, PaperSeries
from motcua.rules.acts import Paper
from motcua.rules.people import Actor
from tests.rooms.paper_samples import CODE, SAMPLES

AGENCY = "H08.31.15"
MINH = Actor(account_id=7, name="Trần Văn Minh")


def issue(kind: Paper, at: datetime, *, agency: str = AGENCY, number: str = "", symbol: str = "") -> IssuedPaper:
    return actions.issue(
        kind, subject=CODE, agency_code=agency, data=SAMPLES[kind], by=MINH, at=at, number=number, symbol=symbol
    )


@pytest.mark.django_db
def test_issuing_keeps_what_the_paper_says(at: datetime) -> None:
    paper = issue(Paper.APPOINTMENT_SLIP, at)
    paper.refresh_from_db()
    assert paper.data == SAMPLES[Paper.APPOINTMENT_SLIP].to_data()
    assert (paper.number, paper.issued_at, paper.issued_by_name) == ("01/TPHS", at, "Trần Văn Minh")
    assert len(paper.token) == 16
    assert paper.name == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"


@pytest.mark.django_db
def test_issuing_costs_two_statements_and_draws_nothing(at: datetime, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        issue(Paper.APPOINTMENT_SLIP, at)
    with django_assert_num_queries(1):
        issue(Paper.SUBMISSION_RECEIPT, at)


@pytest.mark.django_db
def test_each_agency_kind_and_year_counts_for_itself(at: datetime) -> None:
    numbers = [issue(Paper.APPOINTMENT_SLIP, at).number for _ in range(10)]
    assert numbers[0] == "01/TPHS" and numbers[-1] == "10/TPHS"
    assert issue(Paper.SUPPLEMENT_NOTICE, at).number == "01/HDHS"
    assert issue(Paper.DECLINE_NOTICE, at).number == "01/TC"
    assert issue(Paper.APPOINTMENT_SLIP, at, agency="H08.12").number == "01/TPHS"
    last_night = datetime(2026, 12, 31, 23, 59, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert issue(Paper.APPOINTMENT_SLIP, last_night).number == "11/TPHS"
    assert issue(Paper.APPOINTMENT_SLIP, last_night + timedelta(minutes=2)).number == "01/TPHS"


@pytest.mark.django_db
def test_kinds_without_a_legal_series_have_no_number(at: datetime) -> None:
    for kind in (Paper.SUBMISSION_RECEIPT, Paper.CONTROL_SHEET, Paper.EFORM_PRINT):
        assert issue(kind, at).number == ""


@pytest.mark.django_db
def test_a_result_takes_a_given_number_or_its_agencys_own_series(at: datetime) -> None:
    assert issue(Paper.RESULT, at, number="118/GPXD").number == "118/GPXD"
    assert issue(Paper.RESULT, at, symbol="QĐ-UBND").number == "01/QĐ-UBND"
    assert issue(Paper.RESULT, at, symbol="QĐ-UBND").number == "02/QĐ-UBND"


@pytest.mark.django_db
def test_one_number_is_never_on_two_papers(at: datetime) -> None:
    issue(Paper.RESULT, at, number="118/GPXD")
    with pytest.raises(IntegrityError), transaction.atomic():
        issue(Paper.RESULT, at, number="118/GPXD")


@pytest.mark.django_db
def test_facts_of_another_kind_are_refused(at: datetime) -> None:
    with pytest.raises(ValueError, match="does not describe"):
        actions.issue(
            Paper.RESULT, subject=CODE, agency_code=AGENCY, data=SAMPLES[Paper.DECLINE_NOTICE], by=MINH, at=at
        )


@pytest.mark.django_db(transaction=True)
def test_a_series_has_no_gap_under_two_connections_and_roll_backs(at: datetime) -> None:
    start = threading.Barrier(2)
    numbers: list[str] = []
    failures: list[BaseException] = []

    def work(spoil: bool) -> None:
        start.wait()
        try:
            for turn in range(12):
                try:
                    with transaction.atomic():
                        number = issue(Paper.APPOINTMENT_SLIP, at).number
                        if spoil and turn % 3 == 0:
                            raise InterruptedError
                    numbers.append(number)
                except InterruptedError:
                    continue
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(spoil,)) for spoil in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(numbers) == [f"{n:02d}/TPHS" for n in range(1, 21)]
    assert PaperSeries.objects.get(symbol="TPHS").last == 20


@pytest.mark.django_db
def test_papers_of_a_dossier_come_oldest_first(at: datetime) -> None:
    slip = issue(Paper.APPOINTMENT_SLIP, at + timedelta(hours=1))
    receipt = issue(Paper.SUBMISSION_RECEIPT, at)
    assert queries.of(CODE) == [receipt, slip]
    assert queries.latest(CODE, Paper.APPOINTMENT_SLIP) == slip
    assert queries.of("H08.31.15-261118-9999") == []


@pytest.mark.django_db
def test_a_token_leads_to_its_paper_and_nothing_else_does(at: datetime) -> None:
    paper = issue(Paper.APPOINTMENT_SLIP, at)
    assert queries.by_token(paper.token) == paper
    assert queries.by_token("") is queries.by_token("x" * 16) is queries.by_token("a\x00b") is None
    assert paper.check_url.endswith(paper.token) and "Lan" not in paper.check_url


@pytest.mark.django_db
def test_the_pdf_is_drawn_from_the_row_and_always_the_same(at: datetime) -> None:
    paper = issue(Paper.APPOINTMENT_SLIP, at)
    first = queries.pdf(paper)
    again = queries.by_token(paper.token)
    assert again is not None and queries.pdf(again) == first
    assert actions.keep_digest(paper) == sha256(first).hexdigest()
    again.refresh_from_db()
    assert again.sha256 == sha256(first).hexdigest()


@pytest.mark.django_db
def test_voiding_needs_a_reason_and_happens_once(at: datetime) -> None:
    paper = issue(Paper.DECLINE_NOTICE, at)
    valid = queries.pdf(paper)
    with pytest.raises(Refusal) as no_reason:
        actions.void(paper, "  ", by=MINH, at=at)
    assert "reason" in no_reason.value.field_errors
    void = actions.void(paper, "Ghi nhầm tên\x00", by=MINH, at=at)
    assert void.is_void and void.void_reason == "Ghi nhầm tên" and queries.pdf(void) != valid
    assert queries.latest(CODE, Paper.DECLINE_NOTICE) is None
    assert queries.of(CODE) == [void]
    with pytest.raises(Refusal) as twice:
        actions.void(paper, "Lần nữa", by=MINH, at=at)
    assert twice.value.status == 409
    assert issue(Paper.DECLINE_NOTICE, at).number == "02/TC"


@pytest.mark.django_db
def test_only_the_control_sheet_grows(at: datetime) -> None:
    sheet = issue(Paper.CONTROL_SHEET, at)
    facts = SAMPLES[Paper.CONTROL_SHEET]
    assert isinstance(facts, ControlSheet)
    longer = replace(facts, handovers=facts.handovers * 2)
    grown = actions.refresh(sheet, data=longer, by=MINH, at=at + timedelta(days=1))
    assert len(grown.data["handovers"]) == 8 and grown.token == sheet.token and grown.issued_at == at
    slip = issue(Paper.APPOINTMENT_SLIP, at)
    with pytest.raises(ValueError, match="never changed"):
        actions.refresh(slip, data=SAMPLES[Paper.APPOINTMENT_SLIP], by=MINH, at=at)
