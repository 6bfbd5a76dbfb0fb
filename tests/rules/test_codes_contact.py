import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.codes import (
    BadCode,
    check_email,
    check_phone,
    format_phone,
    is_mobile,
    parse_email,
    parse_phone,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912345678", "0912345678"),
        ("0912 345 678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("+84912345678", "0912345678"),
        ("+84 (0) 912-345-678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("0387654321", "0387654321"),
        ("02563822123", "02563822123"),
        ("(0256) 3822123", "02563822123"),
        ("+842438251234", "02438251234"),
        ("842438251234", "02438251234"),
        ("0243825123", "0243825123"),
    ],
)
def test_vietnamese_numbers_are_kept_as_digits_from_nought(typed: str, kept: str) -> None:
    assert parse_phone(typed) == kept
    assert check_phone(typed) == []


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "phone.shape"),
        ("912345678", "phone.shape"),
        ("09123456789", "phone.shape"),
        ("0412345678", "phone.shape"),
        ("091234567", "phone.shape"),
        ("0912345678;0987654321", "phone.shape"),
        ("+1 202 555 0100", "phone.shape"),
        ("09123\n45678", "phone.shape"),
        ("٠٩١٢٣٤٥٦٧٨", "phone.shape"),
        ("01212345678", "phone.old"),
        ("0912345678\r\nBcc", "phone.shape"),
        ("19001022", "phone.shape"),
    ],
)
def test_other_numbers_are_refused_with_a_reason(typed: str, reason: str) -> None:
    assert [found.reason for found in check_phone(typed)] == [reason]


@given(st.from_regex("0[35789][0-9]{8}", fullmatch=True), st.sampled_from(["", " ", ".", "-"]))
def test_every_way_of_writing_a_mobile_number_is_the_same_number(phone: str, gap: str) -> None:
    tail = gap.join([phone[1:4], phone[4:7], phone[7:]])
    assert {parse_phone(start + tail) for start in ("0", "+84", "84", "0084", "+840")} == {phone}
    assert parse_phone(format_phone(phone)) == phone
    assert is_mobile(phone)


def test_numbers_are_grouped_for_reading() -> None:
    assert format_phone("0912345678") == "0912 345 678"
    assert format_phone("02438251234") == "024 3825 1234"
    assert format_phone("02563822123") == "0256 382 2123"
    assert format_phone("113") == "113"
    assert not is_mobile("02563822123")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("lan@vidu.vn", "lan@vidu.vn"),
        (" Nguyen.Thi+dvc@VIDU.Gov.VN ", "Nguyen.Thi+dvc@vidu.gov.vn"),
        ("o'neil_1@a-b.example", "o'neil_1@a-b.example"),
    ],
)
def test_ordinary_addresses_are_kept(typed: str, kept: str) -> None:
    assert parse_email(typed) == kept
    assert check_email(typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "lan",
        "lan@",
        "@vidu.vn",
        "lan@vidu",
        "lan@@vidu.vn",
        "lan..thi@vidu.vn",
        ".lan@vidu.vn",
        "lan@-vidu.vn",
        "lan@vidu..vn",
        "lan thi@vidu.vn",
        "lan@vidu.vn\r\nBcc: a@b.vn",
        "lan@vidu.vn\n",
        "la\x00n@vidu.vn",
        "lân@vidu.vn",
        "lan@127.0.0.1",
        '"lan"@vidu.vn',
        "lan@vidu.vn,b@vidu.vn",
        "<lan@vidu.vn>",
        "a" * 65 + "@vidu.vn",
        "a@" + "b." * 130 + "vn",
    ],
)
def test_strange_addresses_are_refused(typed: str) -> None:
    with pytest.raises(BadCode) as caught:
        parse_email(typed)
    assert caught.value.reason.startswith("email.")


@given(st.text())
def test_no_address_breaks_a_header(text: str) -> None:
    if not check_email(text):
        assert parse_email(text).isascii()
        assert parse_email(text).isprintable()
