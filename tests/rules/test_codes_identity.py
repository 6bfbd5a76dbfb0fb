from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.codes import (
    BadCode,
    Cccd,
    Gender,
    Grade,
    IdentityKind,
    TaxCode,
    check_cccd,
    check_cmnd,
    check_tax_code,
    errors,
    format_cccd,
    gender_of,
    parse_card_qr,
    parse_cmnd,
    parse_identity,
    parse_passport,
)
from motcua.rules.codes.tax import check_digit

REASON_PAIRS = list[tuple[str, Grade]]


def seen(number: str, birth_date: date | None = None, gender: Gender | str | None = None) -> REASON_PAIRS:
    return [(found.reason, found.grade) for found in check_cccd(number, birth_date=birth_date, gender=gender)]


def test_the_example_number_tells_province_gender_and_year() -> None:
    cccd = Cccd.parse("087084000999")
    assert (cccd.province, cccd.gender, cccd.birth_year) == ("H20", Gender.MALE, 1984)
    assert seen("087084000999", date(1984, 5, 1), "Nam") == []


@pytest.mark.parametrize("typed", ["087 084 000 999", " 087.084.000.999", "087084-000999"])
def test_grouped_numbers_are_forgiven(typed: str) -> None:
    assert str(Cccd.parse(typed)) == "087084000999"


@pytest.mark.parametrize(
    ("digit", "gender", "year"),
    [
        ("0", Gender.MALE, 1905),
        ("1", Gender.FEMALE, 1905),
        ("2", Gender.MALE, 2005),
        ("3", Gender.FEMALE, 2005),
        ("4", Gender.MALE, 2105),
        ("5", Gender.FEMALE, 2105),
        ("8", Gender.MALE, 2305),
        ("9", Gender.FEMALE, 2305),
    ],
)
def test_the_fourth_digit_tells_century_and_gender(digit: str, gender: Gender, year: int) -> None:
    cccd = Cccd.parse(f"052{digit}05012345")
    assert (cccd.gender, cccd.birth_year) == (gender, year)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("", "cccd.empty"),
        ("   ", "cccd.empty"),
        ("08708400099", "cccd.length"),
        ("0870840009990", "cccd.length"),
        ("201234567", "cccd.length"),
        ("08708400099a", "cccd.characters"),
        ("٠٨٧٠٨٤٠٠٠٩٩٩", "cccd.characters"),
        ("087084000999; DROP", "cccd.characters"),
        ("+87084000999", "cccd.characters"),
    ],
)
def test_what_cannot_be_an_identity_number_is_an_error(number: str, reason: str) -> None:
    assert seen(number) == [(reason, Grade.ERROR)]
    assert errors(check_cccd(number)) == check_cccd(number)


@pytest.mark.parametrize(
    ("number", "birth_date", "gender", "reasons"),
    [
        ("003084000999", None, None, ["cccd.province"]),
        ("000000000000", None, None, ["cccd.province"]),
        ("233084000999", None, None, ["cccd.abroad"]),
        ("087084000999", date(1985, 1, 1), None, ["cccd.birth_year"]),
        ("087084000999", date(2084, 1, 1), None, ["cccd.birth_year"]),
        ("087084000999", None, Gender.FEMALE, ["cccd.gender"]),
        ("087084000999", None, "Nữ", ["cccd.gender"]),
        ("087084000999", None, "Khác", []),
        ("087484000999", None, None, ["cccd.century"]),
        ("003084000999", date(1990, 1, 1), "Nữ", ["cccd.province", "cccd.birth_year", "cccd.gender"]),
    ],
)
def test_what_merely_looks_odd_is_a_warning(
    number: str, birth_date: date | None, gender: str | None, reasons: list[str]
) -> None:
    found = check_cccd(number, birth_date=birth_date, gender=gender)
    assert [finding.reason for finding in found] == reasons
    assert errors(found) == []


def test_a_warning_names_what_the_number_says() -> None:
    found = check_cccd("087184000999", birth_date=date(1990, 1, 1), gender="Nam")
    assert "1984" in found[0].message
    assert "Nữ" in found[1].message


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_twelve_digits_are_never_an_error(number: str) -> None:
    assert errors(check_cccd(number)) == []
    assert Cccd.parse(format_cccd(number)).number == number


def test_reading_groups() -> None:
    assert format_cccd("087084000999") == "087 084 000 999"
    assert format_cccd("201234567") == "201 234 567"
    assert format_cccd("C1234567") == "C1234567"


def test_former_numbers_and_passports() -> None:
    assert parse_cmnd("201 234 567") == "201234567"
    assert [found.reason for found in check_cmnd("20123456")] == ["cmnd.shape"]
    assert check_cmnd("201234567") == []
    assert parse_identity(" 087 084 000 999") == (IdentityKind.CCCD, "087084000999")
    assert parse_identity("201234567") == (IdentityKind.CMND, "201234567")
    assert parse_passport("c 1234567") == "C1234567"
    for bad in ("", "12345678", "0870840009991"):
        with pytest.raises(BadCode):
            parse_identity(bad)
    with pytest.raises(BadCode):
        parse_passport("1234567")


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Nam", Gender.MALE),
        (" NỮ ", Gender.FEMALE),
        ("nu", Gender.FEMALE),
        ("female", Gender.FEMALE),
        ("", None),
    ],
)
def test_gender_words(text: str, gender: Gender | None) -> None:
    assert gender_of(text) is gender


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0100112437", "0100112437"),
        ("0100233488", "0100233488"),
        ("0101243150", "0101243150"),
        ("0314409058-002", "0314409058-002"),
        ("0314409058002", "0314409058-002"),
        ("01.001.124 37", "0100112437"),
        ("087084000999", "087084000999"),
    ],
)
def test_good_tax_numbers(typed: str, kept: str) -> None:
    assert str(TaxCode.parse(typed)) == kept
    assert check_tax_code(typed) == []


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("0100233480", "mst.checksum"),
        ("0100112438", "mst.checksum"),
        ("0314409058-000", "mst.branch"),
        ("", "mst.shape"),
        ("010011243", "mst.shape"),
        ("0100112437-1", "mst.shape"),
        ("0000000000", "mst.checksum"),
        ("01001124370", "mst.shape"),
        ("MST0100112437", "mst.shape"),
    ],
)
def test_wrong_tax_numbers(typed: str, reason: str) -> None:
    assert [(found.reason, found.grade) for found in check_tax_code(typed)] == [(reason, Grade.ERROR)]


def test_a_personal_tax_number_gets_the_warnings_of_an_identity_number() -> None:
    assert TaxCode.parse("087084000999").is_personal
    assert [(found.reason, found.grade) for found in check_tax_code("003084000999")] == [
        ("cccd.province", Grade.WARNING)
    ]


@given(st.from_regex("[1-9][0-9]{8}", fullmatch=True).filter(lambda nine: bool(nine[2:].strip("0"))))
def test_exactly_one_tenth_digit_fits_unless_none_does(nine: str) -> None:
    good = [digit for digit in "0123456789" if not check_tax_code(nine + digit)]
    assert good == ([] if check_digit(nine) == 10 else [str(check_digit(nine))])


CARD = "087084000999|201234567|Nguyễn Thị Lan|15031984|Nữ|Thôn 3, xã Tân Bình, tỉnh Ví Dụ|25042021"


def test_a_chip_card_is_read_by_position() -> None:
    card = parse_card_qr(CARD)
    assert (card.cccd.number, card.old_number, card.full_name) == (
        "087084000999",
        "201234567",
        "Nguyễn Thị Lan",
    )
    assert (card.birth_date, card.gender, card.issued_on) == (
        date(1984, 3, 15),
        Gender.FEMALE,
        date(2021, 4, 25),
    )
    assert card.address == "Thôn 3, xã Tân Bình, tỉnh Ví Dụ"


def test_a_card_without_a_former_number_or_with_new_fields_is_read() -> None:
    assert parse_card_qr(CARD.replace("|201234567|", "||")).old_number is None
    assert parse_card_qr(CARD + "||Nguyễn Văn Hùng|Trần Thị Mai\r\n").cccd.number == "087084000999"
    assert parse_card_qr(CARD.replace("25042021", "")).issued_on is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "qr.shape"),
        ("https://vi.example/abc", "qr.shape"),
        ("087084000999|201234567|Lan|15031984|Nữ|Thôn 3", "qr.shape"),
        (CARD.replace("087084000999", "x"), "qr.shape"),
        (CARD.replace("Nguyễn Thị Lan", ""), "qr.shape"),
        (CARD + "|" + "x" * 1000, "qr.shape"),
        (CARD.replace("15031984", "31021984"), "qr.date"),
        (CARD.replace("15031984", "1984"), "qr.date"),
    ],
)
def test_what_is_no_card_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadCode) as caught:
        parse_card_qr(text)
    assert caught.value.reason == reason
