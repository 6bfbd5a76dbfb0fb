"""The QR code of a chip card (law.md §6): fields by position, seven or more, the former number possibly empty."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.codes import BadCode, CardQr, Gender, parse_card_qr

CARD = "052085000321|201234567|Trần Văn Tư|02031985|Nam|Thôn Đông, xã An Lành|01012022"
PARTS = CARD.split("|")


def card(**changes: str) -> str:
    names = ("cccd", "old", "name", "born", "gender", "address", "issued")
    return "|".join(changes.get(name, part) for name, part in zip(names, PARTS, strict=True))


def test_each_field_is_read_by_its_place() -> None:
    assert parse_card_qr(CARD) == CardQr(
        cccd=parse_card_qr(CARD).cccd,
        old_number="201234567",
        full_name="Trần Văn Tư",
        birth_date=date(1985, 3, 2),
        gender=Gender.MALE,
        address="Thôn Đông, xã An Lành",
        issued_on=date(2022, 1, 1),
    )
    assert parse_card_qr(CARD).cccd.number == "052085000321"


def test_the_former_number_may_be_empty_and_newer_cards_append_fields() -> None:
    assert parse_card_qr(card(old="")).old_number is None
    newer = parse_card_qr(CARD + "||Trần Văn Ba|Lê Thị Tám|con|\r\n")
    assert (newer.full_name, newer.issued_on) == ("Trần Văn Tư", date(2022, 1, 1))


@pytest.mark.parametrize("issued", ["", "1/1/2022", "31022022", "0101202"])
def test_a_date_of_issue_that_cannot_be_read_stops_nobody(issued: str) -> None:
    assert parse_card_qr(card(issued=issued)).issued_on is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "052085000321",
        "https://example.vn/khuyen-mai?a=1",
        "|".join(PARTS[:6]),
        card(cccd="05208500032"),
        card(cccd="không số"),
        card(name=" "),
        card(born="31021985"),
        card(born=""),
        "|" * 20,
        CARD + "|" + "x" * 1000,
    ],
)
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(BadCode):
        parse_card_qr(text)


@given(st.text(max_size=300))
def test_no_scan_breaks_the_reader(text: str) -> None:
    try:
        assert parse_card_qr(text).full_name
    except BadCode as bad:
        assert bad.message
