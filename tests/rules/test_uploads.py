from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.uploads import (
    MEGABYTE,
    PAPER_TYPES,
    FileType,
    UploadFacts,
    UploadLimits,
    accepted_extensions,
    judge,
    size_words,
    type_words,
)

GOOD = UploadFacts(name="Giấy chứng sinh.pdf", size=200_000, sniffed="application/pdf", pages=1)
LIMITS = UploadLimits()
WITH_DOCX = replace(LIMITS, types=PAPER_TYPES | {FileType.DOCX})


@pytest.mark.parametrize(
    ("name", "sniffed", "limits"),
    [
        ("đơn.pdf", FileType.PDF, LIMITS),
        ("ĐƠN.PDF", FileType.PDF, LIMITS),
        ("ảnh.jpg", FileType.JPEG, LIMITS),
        ("ảnh.JPEG", "image/jpeg", LIMITS),
        ("ảnh.png", FileType.PNG, LIMITS),
        ("đơn.docx", FileType.DOCX, WITH_DOCX),
        ("C:\\quét\\đơn.pdf", FileType.PDF, LIMITS),
    ],
)
def test_an_ordinary_file_is_kept(name: str, sniffed: str, limits: UploadLimits) -> None:
    assert judge(replace(GOOD, name=name, sniffed=sniffed), limits) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"size": 0}, "rỗng (0 byte)"),
        ({"size": 10 * MEGABYTE + 1}, "nặng 10,1 MB, vượt mức 10 MB"),
        ({"size": 100 * MEGABYTE}, "nặng 100 MB"),
        ({"sniffed": "text/html"}, "không phải là loại được nhận. Hãy gửi tệp PDF, JPEG hoặc PNG"),
        ({"sniffed": "image/svg+xml", "name": "a.svg"}, "không phải là loại được nhận"),
        ({"sniffed": ""}, "không phải là loại được nhận"),
        ({"sniffed": FileType.DOCX, "name": "đơn.docx"}, "hãy lưu thành PDF"),
        ({"sniffed": "image/png"}, "thực ra là tệp PNG. Hãy đổi đuôi tên tệp thành .png"),
        ({"name": "đơn.pdf.exe"}, "không khớp với nội dung"),
        ({"name": "đơn"}, "không khớp với nội dung"),
        ({"name": "pdf"}, "không khớp với nội dung"),
        ({"encrypted": True, "broken": True}, "có mật khẩu"),
        ({"broken": True}, "Không mở được"),
        ({"active": True}, "mã lệnh hoặc tệp nhúng"),
        ({"foreign_data": True}, "lẫn dữ liệu của loại tệp khác"),
        ({"pages": 0}, "không có trang nào"),
        ({"pixels": 50_000_001}, "51 triệu điểm ảnh, nhiều nhất 50 triệu"),
        ({"unpacked": 100 * MEGABYTE + 1}, "khi mở ra quá lớn"),
        ({"same_as": "cũ.pdf"}, "giống hệt tệp “cũ.pdf”"),
    ],
)
def test_each_fault_has_one_sentence_that_says_how_to_mend_it(change: dict[str, object], words: str) -> None:
    problems = judge(replace(GOOD, **change), LIMITS)  # type: ignore[arg-type]  # a table of mixed fields
    assert len(problems) == 1
    assert words in problems[0]
    assert "Hãy " in problems[0] or "hãy " in problems[0]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (UploadLimits(files_so_far=1), "chỉ nhận một tệp"),
        (UploadLimits(max_files=3, files_so_far=3), "nhiều nhất 3 tệp"),
        (UploadLimits(max_pages=1), "có 2 trang, nhiều nhất 1 trang"),
        (UploadLimits(max_dossier_bytes=MEGABYTE, bytes_so_far=900_000), "cả hồ sơ vượt mức 1 MB"),
    ],
)
def test_limits_of_the_component_are_told(limits: UploadLimits, words: str) -> None:
    (problem,) = judge(replace(GOOD, pages=2), limits)
    assert words in problem


@pytest.mark.parametrize(
    "limits",
    [
        UploadLimits(max_files=3, files_so_far=2),
        UploadLimits(max_bytes=200_000),
        UploadLimits(max_dossier_bytes=MEGABYTE, bytes_so_far=800_000),
        UploadLimits(max_pages=1),
    ],
)
def test_exactly_at_the_limit_is_within_it(limits: UploadLimits) -> None:
    assert judge(replace(GOOD, pixels=50_000_000), limits) == []


def test_several_faults_are_told_together() -> None:
    facts = replace(GOOD, active=True, foreign_data=True, same_as="a.pdf")
    assert len(judge(facts, UploadLimits(files_so_far=1))) == 4


def test_a_disguised_name_is_shown_as_it_is() -> None:
    (problem,) = judge(replace(GOOD, name="../đơn\u202efdp.exe"), LIMITS)
    assert "“đơnfdp.exe”" in problem


def test_words_for_types_and_sizes() -> None:
    assert type_words(PAPER_TYPES) == "PDF, JPEG hoặc PNG"
    assert type_words(frozenset({FileType.PDF})) == "PDF"
    assert accepted_extensions(PAPER_TYPES) == ".pdf,.jpg,.jpeg,.jpe,.jfif,.png"
    sizes = (0, 1, 1000, 200_000, 999_999, 1_000_000, 1_500_000, 10_000_001)
    assert [size_words(size) for size in sizes] == [
        "0 byte", "1 kB", "1 kB", "200 kB", "1000 kB", "1 MB", "1,5 MB", "10,1 MB",
    ]  # fmt: skip


@given(st.text(), st.integers(-1, 10**9), st.text() | st.sampled_from(list(FileType)), st.booleans())
def test_only_listed_types_with_their_own_ending_ever_pass(name: str, size: int, sniffed: str, encrypted: bool) -> None:
    facts = UploadFacts(name=name, size=size, sniffed=sniffed, encrypted=encrypted)
    if not judge(facts, LIMITS):
        assert sniffed in PAPER_TYPES
        assert 0 < size <= LIMITS.max_bytes
        assert name.strip().lower().rpartition(".")[2] in FileType(sniffed).extensions or "\\" in name
        assert not encrypted
