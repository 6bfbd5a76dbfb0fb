import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.text import (
    Removed,
    canonical_tone,
    clean_line,
    clean_text,
    filename_safe,
    fold,
    has_forbidden,
    mask_name,
    spreadsheet_safe,
    tidy,
)

VIETNAMESE = st.text(
    alphabet=st.sampled_from(
        "aàáạảãăằắặẳẵâầấậẩẫeèéẹẻẽêềếệểễiìíịỉĩoòóọỏõôồốộổỗơờớợởỡuùúụủũưừứựửữyỳýỵỷỹđĐbcdghklmnpqrstvxABCTƯƠ -"
    )
)


ORDINARY = """
Hòa Thủy Nguyễn Thị Hường Bùi Quốc Trường Lê Đức Thuận Đặng Hoàng Giang Quý Khuyến Huỳnh
Mía Mưa Mùa Lựu Điều Thuở Huế Gì Già Giếng Yến Ngoại Xoáy Khuỷu Rượu Đắk Lắk Buôn Mã Thuột
Niê Siêu Nghiễm Phượng Quảng Tuyết
"""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nguyễn \t Thị\u00a0\u00a0Lan  ", "Nguyễn Thị Lan"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hoà"), "Nguyễn Thị Hoà"),
        ("Lan\x00\x07", "Lan"),
        ("Lan\u202egnp.exe", "Langnp.exe"),
        ("La\u200bn\ufeff", "Lan"),
        ("một\r\nhai", "một hai"),
        ("\u2066Lan\u2069", "Lan"),
        ("\ud800Lan", "Lan"),
        ("", ""),
    ],
)
def test_a_line_is_composed_trimmed_and_without_hidden_characters(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


def test_text_of_several_lines_keeps_its_paragraphs() -> None:
    assert clean_text(" một \r\n hai\u2028ba \n\n\n\n bốn\x0bnăm\n") == "một\nhai\nba\n\nbốn\nnăm"


@pytest.mark.parametrize(
    ("typed", "removed"),
    [
        ("a\x00", {Removed.CONTROL}),
        ("a\x1b[31m", {Removed.CONTROL}),
        ("a\u202e", {Removed.DIRECTION}),
        ("a\u2067b", {Removed.DIRECTION}),
        ("a\udfff", {Removed.MALFORMED}),
        ("a\U000e0041", {Removed.MALFORMED}),
        ("a\ue000", {Removed.MALFORMED}),
        ("a\u200b", {Removed.INVISIBLE}),
        ("a\u00ad", {Removed.INVISIBLE}),
        ("a\u3164", {Removed.INVISIBLE}),
        ("Đặng Thị Hường, thôn 3", set()),
        ("a\r\n\tb", set()),
    ],
)
def test_what_was_removed_is_reported(typed: str, removed: set[Removed]) -> None:
    assert tidy(typed).removed == removed
    assert has_forbidden(typed) == bool(removed - {Removed.INVISIBLE})


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)
    assert not tidy(clean_text(text), lines=True).removed
    assert "\n" not in clean_line(text)
    clean_text(text).encode()


@given(VIETNAMESE)
def test_honest_vietnamese_text_loses_only_space(text: str) -> None:
    assert clean_line(unicodedata.normalize("NFD", text)) == " ".join(text.split())
    assert not has_forbidden(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("HOÀ BÌNH", "hoa binh"),
        ("Ðà Nẵng đẹp", "da nang dep"),
        ("Thừa Thiên – Huế", "thua thien – hue"),
        ("Ødegård", "Ødegard"),
    ],
)
def test_folding_drops_accents_as_the_database_does(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(VIETNAMESE)
def test_folded_vietnamese_is_ascii_and_stays_folded(text: str) -> None:
    assert fold(text).isascii()
    assert fold(fold(text)) == fold(text)
    assert fold(canonical_tone(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà", "Hòa"),
        ("hoà bình", "hòa bình"),
        ("HOÀ", "HÒA"),
        ("Thuỷ", "Thủy"),
        ("khoẻ", "khỏe"),
        ("Tuý", "Túy"),
        ("toán", "tóan"),
        ("Quý", "Qúy"),
        ("già", "gìa"),
        ("Loan Uyển", "Loan Uyển"),
        ("hoạch", "họach"),
        ("Hoài", "Hòai"),
        ("quả", "qủa"),
        ("Lũy", "Luỹ"),
        ("xoá", "xóa"),
    ],
)
def test_two_placements_of_a_tone_are_equal(one: str, other: str) -> None:
    assert canonical_tone(one) == canonical_tone(other)


@pytest.mark.parametrize("name", ORDINARY.split())
def test_ordinary_spelling_is_left_alone(name: str) -> None:
    assert canonical_tone(name) == name


@given(st.text())
def test_placing_tones_is_idempotent_and_keeps_letters(text: str) -> None:
    placed = canonical_tone(text)
    assert canonical_tone(placed) == placed
    assert fold(placed) == fold(text)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Nguyễn Văn A", "N*** V** A"),
        ("Nguyễn Thị Lan", "N*** T** L"),
        ("Nguyễn Thị Ngọc Lan", "N*** T** L"),
        ("Trần Hùng", "T*** H"),
        ("Đỗ  đức  ánh", "Đ*** Đ** Á"),
        ("Lan", "L***"),
        ("", ""),
        ("( ) x", "**** *** X"),
    ],
)
def test_a_masked_name_shows_initials_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(
    st.lists(VIETNAMESE.filter(lambda s: s.strip(" -") != "" and " " not in s), min_size=2, max_size=2),
    VIETNAMESE,
)
def test_a_mask_never_tells_the_length_of_a_name(words: list[str], extra: str) -> None:
    family, given_name = words
    longer = given_name + extra.replace(" ", "")
    assert mask_name(f"{family} Văn {given_name}") == mask_name(f"{family} Văn {longer}")


@pytest.mark.parametrize("formula", ["=1+1", "+84905", "-2", "@SUM(A1)", "\t=1", "  =cmd|'/c calc'!A0", "＝1"])
def test_a_formula_becomes_plain_text_in_a_sheet(formula: str) -> None:
    assert spreadsheet_safe(formula) == "'" + formula


@pytest.mark.parametrize("text", ["Nguyễn Thị Lan", "", "1.001193", "a=b"])
def test_ordinary_cells_are_untouched(text: str) -> None:
    assert spreadsheet_safe(text) == text


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Giấy chứng sinh.pdf", "Giấy chứng sinh.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Lan\\ảnh thẻ.JPG", "ảnh thẻ.JPG"),
        ("/", "tep-khong-ten"),
        ("..", "tep-khong-ten"),
        (".htaccess", "htaccess"),
        ("", "tep-khong-ten"),
        ("con.pdf", "_con.pdf"),
        ('a<b>"c".png', "a_b__c_.png"),
        ("đơn\u202efdp.exe", "đơnfdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
        ("đơn.pdf. . ", "đơn.pdf"),
        (unicodedata.normalize("NFD", "đề nghị.pdf"), "đề nghị.pdf"),
    ],
)
def test_a_file_name_is_only_a_name(name: str, safe: str) -> None:
    assert filename_safe(name) == safe


def test_a_long_name_keeps_its_extension() -> None:
    safe = filename_safe("ệ" * 300 + ".pdf")
    assert safe.endswith("ệ.pdf")
    assert len(safe.encode()) <= 255


@given(st.text())
def test_any_file_name_is_short_flat_and_stable(name: str) -> None:
    safe = filename_safe(name)
    assert 0 < len(safe.encode()) <= 255
    assert not set(safe) & set('/\\<>:"|?*\x00')
    assert not safe.startswith(".")
    assert filename_safe(safe) == safe
