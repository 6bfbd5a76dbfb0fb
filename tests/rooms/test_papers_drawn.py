"""The PDF of each kind: what is on it, and that it is the archival, accessible file it claims to be."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from motcua.papers.facts import Applicant, AppointmentSlip, DeclineNotice
from motcua.papers.forms import Regime
from motcua.papers.render import Voided, render
from motcua.rules.acts import Paper
from tests.rooms.paper_samples import ISSUED_AT, NUMBERS, SAMPLES, VERIFY_URL

A4, A5 = (210, 297), (148, 210)

SAID = {
    Paper.SUBMISSION_RECEIPT: (
        "BIÊN NHẬN NỘP HỒ SƠ TRỰC TUYẾN",
        "H08.31.15-261118-0007",
        "K7PM2XQ9",
        "09 giờ 05 phút 00 giây, ngày 18 tháng 11 năm 2026",
        "10 giờ 05 phút, ngày 18 tháng 11 năm 2026",
        "don-de-nghi.pdf",
        "IMG_20261117_093011.jpg",
        "180 KB",
        "2,3 MB",
        *(line.sha256 for line in SAMPLES[Paper.SUBMISSION_RECEIPT].files),  # type: ignore[attr-defined]
    ),
    Paper.APPOINTMENT_SLIP: (
        "ỦY BAN NHÂN DÂN PHƯỜNG GHỀNH RÁNG",
        "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
        "Số: 07/TPHS",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Ghềnh Ráng, ngày 18 tháng 11 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H08.31.15-261118-0007",
        "(Liên: Lưu/giao)",
        "Tiếp nhận hồ sơ của: Nguyễn Thị Lan",
        "Địa chỉ: Số 12 đường Trần Văn Kỷ",
        "Số điện thoại: 0905 000 123",
        "Email: lan.nguyen@example.vn",
        "Nội dung yêu cầu giải quyết: Cấp giấy phép xây dựng mới",
        "Thành phần hồ sơ nộp gồm",
        "Bản chính",
        "Bản sao chứng thực",
        "Bản chụp",
        "Giấy tờ chứng minh quyền sử dụng đất",
        "Số lượng hồ sơ: 2 (bộ)",
        "Thời gian giải quyết hồ sơ theo quy định là: 07 ngày làm việc",
        "Thời gian nhận hồ sơ: 09 giờ 42 phút, ngày 18 tháng 11 năm 2026",
        "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 30 phút, ngày 30 tháng 11 năm 2026",
        "Đăng ký nhận kết quả tại: Bộ phận Tiếp nhận và Trả kết quả",
        "Vào Sổ theo dõi hồ sơ, Quyển số: 03",
        "Số thứ tự: 0147",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Trần Văn Minh",
        "2 liên",
        "bưu chính công ích",
        "Bản điện tử do cơ quan, tổ chức ký số",
        "Mẫu số 01",
    ),
    Paper.SUPPLEMENT_NOTICE: (
        "Số: 03/HDHS",
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Hồ sơ của: Nguyễn Thị Lan",
        "Nội dung yêu cầu giải quyết:",
        "Địa chỉ:",
        "Số điện thoại:",
        "Email:",
        "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:",
        "chụp lại trang 3 và trang 4 cho rõ chữ",
        "Lý do: Hồ sơ chưa đủ thành phần",
        "liên hệ với Trần Văn Minh, số điện thoại 0256 3000 111",
        "NGƯỜI HƯỚNG DẪN",
    ),
    Paper.DECLINE_NOTICE: (
        "Số: 02/TC",
        "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ",
        "không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau",
        "Công trình thuộc địa bàn phường Trần Phú",
        "liên hệ với Trần Văn Minh, số điện thoại 0256 3000 111",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ),
    Paper.CONTROL_SHEET: (
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "Mã hồ sơ: H08.31.15-261118-0007",
        "Cơ quan (bộ phận) giải quyết hồ sơ: Bộ phận Địa chính – Xây dựng",
        "Cơ quan phối hợp giải quyết hồ sơ: Phòng Quản lý đô thị",
        "TÊN CƠ QUAN",
        "THỜI GIAN GIAO, NHẬN HỒ SƠ",
        "KẾT QUẢ GIẢI QUYẾT HỒ SƠ",
        "GHI CHÚ",
        "Giao: 10 giờ 05 phút, ngày 18 tháng 11 năm 2026",
        "Nhận: 10 giờ 20 phút, ngày 18 tháng 11 năm 2026",
        "Người giao",
        "Người nhận",
        "Trước hạn",
        "Đúng hạn",
        "Quá hạn",
        "Chậm 45 phút",
        "Mẫu số 05",
    ),
    Paper.HANDOVER_RECORD: (
        "Số: 11/BBBG",
        "BIÊN BẢN BÀN GIAO KẾT QUẢ",
        "Đặng Hoài Nam",
        "RB 123 456 789 VN",
        "07/GPXD",
        "75.000 đ",
        "đã được đối chiếu",
    ),
    Paper.REGISTER: (
        "SỔ THEO DÕI HỒ SƠ",
        "Quyển số: 2026 – từ ngày 16/11/2026 đến ngày 20/11/2026, 1 hồ sơ",
        "0147",
        "Nguyễn Thị Lan",
        "12 Trần Văn Kỷ",
        "09:42 18/11/2026",
        "17:30 30/11/2026",
        "10:15 30/11/2026",
        "Nguyễn Văn Lâm",
        "Trả trước hạn",
    ),
    Paper.PARCEL_LIST: (
        "Số: 05/DSBG",
        "DANH SÁCH BÀN GIAO QUA BƯU CHÍNH CÔNG ÍCH",
        "Mã danh sách: H08.31.15-261118-0007",
        "Bưu cục Ghềnh Ráng",
        "BG4H7TQ2KM",
        "đã đếm đủ 02 bưu gửi",
        "Trần Thị Tâm",
    ),
    Paper.POST_RECEIPT: (
        "PHIẾU NHẬN HỒ SƠ QUA BƯU CHÍNH CÔNG ÍCH",
        "H08.31.15-261118-0007",
        "Số bưu gửi: BG4H7TQ2KM",
        "Nơi nhận: Bưu cục Ghềnh Ráng",
        "Người gửi: Nguyễn Thị Lan",
        "Số 12 đường Trần Văn Kỷ",
        "Chuyển đến: Bộ phận Tiếp nhận và Trả kết quả",
        "Cấp giấy phép xây dựng mới",
        "Bản vẽ thiết kế xây dựng",
        "Trần Thị Tâm",
        "được bồi thường",
    ),
    Paper.RESULT: (
        "Số: 07/GPXD",
        "GIẤY PHÉP XÂY DỰNG",
        "Căn cứ Luật Xây dựng ngày 18 tháng 6 năm 2014;",
        "chấp thuận",
        "Tổng diện tích sàn: 231,0 m²",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Phạm Quang",
        "27/11/2026 16:40:00 +07:00",
        "Nơi nhận:",
        "- Lưu: VT, hồ sơ.",
    ),
    Paper.STOP_NOTICE: (
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "Kính gửi: Nguyễn Thị Lan",
        "1. Tòa án nhân dân thành phố đang thụ lý tranh chấp",
        "2. Quyết định số 12/2026/QĐ-BPKCTT",
        "75.000 đồng",
        "Tiếp nhận lúc: 09 giờ 42 phút",
        "0256 3000 111",
        "CHỦ TỊCH",
        "Võ Minh Quang",
    ),
    Paper.APOLOGY_NOTICE: (
        "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
        "Kính gửi: Nguyễn Thị Lan",
        "09 giờ 42 phút, ngày 18 tháng 11 năm 2026",
        "H08.31.15-261118-0007",
        "Thời gian hẹn trả kết quả: 17 giờ 30 phút, ngày 27 tháng 11 năm 2026",
        "Phải chờ ý kiến phối hợp của Phòng Quản lý đô thị",
        "17 giờ 30 phút, ngày 02 tháng 12 năm 2026",
        "0256 3000 111",
        "CHỦ TỊCH",
        "Võ Minh Quang",
    ),
    Paper.COVER_SHEET: (
        "PHIẾU GỬI GIẤY TỜ KÈM HỒ SƠ NỘP TRỰC TUYẾN",
        "H08.31.15-261118-0007",
        "Người gửi: Nguyễn Thị Lan",
        "Gửi đến: Bộ phận Tiếp nhận và Trả kết quả",
        "01 Hàn Mặc Tử",
        "bản sao có chứng thực",
        "Giấy tờ chứng minh quyền sử dụng đất",
        "Bản vẽ thiết kế xây dựng",
    ),
    Paper.EFORM_PRINT: (
        "TỜ KHAI ĐĂNG KÝ KHAI SINH",
        "Kính gửi: Ủy ban nhân dân phường Ghềnh Ráng",
        "1. Người yêu cầu",
        "Trần Nguyễn Bảo An",
        "(không khai)",
        "Tôi cam đoan",
        "giay-chung-sinh.pdf",
    ),
}


def draw(kind: Paper, data: dict[str, Any] | None = None, **options: Any) -> bytes:
    options = {"number": NUMBERS.get(kind, ""), "qr_url": VERIFY_URL, "issued_at": ISSUED_AT} | options
    return render(kind, data or SAMPLES[kind].to_data(), **options)


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    """All text in reading order, spaces and line ends made one space."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read(pdf).pages))


def squeezed(text: str) -> str:
    """Without any space: long runs and table cells break anywhere."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("kind", list(Paper))
def test_every_field_of_the_form_is_on_the_paper(kind: Paper) -> None:
    text = squeezed(words(draw(kind)))
    assert [said for said in SAID[kind] if squeezed(said) not in text] == []


@pytest.mark.parametrize("kind", list(Paper))
def test_a_paper_is_archival_accessible_and_in_one_typeface(kind: Paper) -> None:
    pdf = read(draw(kind))
    xmp = pdf.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    assert re.search(r"pdfaid:part\W*2\b", xmp) and re.search(r"pdfaid:conformance\W*A\b", xmp)
    assert re.search(r"pdfuaid:part\W*1\b", xmp)
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith("vi")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None and pdf.metadata.title and "H08.31.15-261118-0007" in pdf.metadata.title
    fonts: set[str] = set()
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in (descriptor := inner["/FontDescriptor"]) or "/FontFile3" in descriptor
            fonts.add(str(inner["/BaseFont"]).partition("+")[2])
    assert fonts and all(name.startswith("Tinos") for name in fonts)


@pytest.mark.parametrize("kind", list(Paper))
def test_the_slip_and_the_receipt_of_the_post_are_a5_and_the_others_are_a4(kind: Paper) -> None:
    for page in read(draw(kind)).pages:
        size = tuple(round(float(side) / 72 * 25.4) for side in (page.mediabox.width, page.mediabox.height))
        if kind is Paper.REGISTER:
            size = size[::-1]  # lies, so that its thirteen columns can be read
        assert size == (A5 if kind in (Paper.APPOINTMENT_SLIP, Paper.POST_RECEIPT) else A4)


@pytest.mark.parametrize("kind", list(Paper))
def test_an_ordinary_paper_fits_one_page(kind: Paper) -> None:
    assert len(read(draw(kind)).pages) == 1


def test_the_same_paper_is_the_same_bytes_in_every_thread() -> None:
    kinds = list(Paper) * 2
    with ThreadPoolExecutor(2) as pool:
        drawn = list(pool.map(draw, kinds))
    assert drawn[: len(Paper)] == drawn[len(Paper) :] == [draw(kind) for kind in Paper]


def test_what_people_type_stays_literal() -> None:
    typed = r"#emph[Lan] $x^2$ @ref *đậm* _n_ `c` <nhãn> ~ \ // /* */"
    slip = SAMPLES[Paper.DECLINE_NOTICE]
    assert isinstance(slip, DeclineNotice)
    data = replace(
        slip, applicant=Applicant(name=typed, address="+ mục\n- gạch\n= đầu đề"), reasons=("/ x: y", "\"a\" 'b' -- ...")
    ).to_data()
    text = squeezed(words(draw(Paper.DECLINE_NOTICE, data)))
    for expected in (typed, "+ mục - gạch = đầu đề", "/ x: y", "\"a\" 'b' -- ..."):
        assert squeezed(expected) in text


HOSTILE = (
    "",
    " \n ",
    "a" * 600,
    "từ " * 200,
    "ễ" * 90,
    "e\u0302\u0301\u0323" * 40,
    "😀👨‍👩‍👧 مرحبا 中文 שלום",
    "\x00\x1b\u202e\u200b\ufeff\ud800\ufffe\U0010ffff\u2028",
    "\u0301",
    "+ a\n- b\n= c\n1. d\n/ e: f",
)
KEPT = {"regime", "outcome", "channel", "punctuality"}


def soiled(value: Any, text: str) -> Any:
    """The data with every free text replaced."""
    if isinstance(value, str):
        return value if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:+]+", value) else text
    if isinstance(value, list):
        return [soiled(item, text) for item in value]
    if isinstance(value, dict):
        return {key: item if key in KEPT else soiled(item, text) for key, item in value.items()}
    return value


@pytest.mark.parametrize("kind", list(Paper))
def test_no_text_breaks_a_paper(kind: Paper) -> None:
    for text in HOSTILE:
        pdf = draw(kind, soiled(SAMPLES[kind].to_data(), text), number=text)
        assert pdf.startswith(b"%PDF-")


def test_a_paper_without_rows_is_still_a_paper() -> None:
    for kind, facts in SAMPLES.items():
        bare = {key: [] if isinstance(value, list) else value for key, value in facts.to_data().items()}
        assert draw(kind, bare).startswith(b"%PDF-")


def test_a_long_name_stays_on_the_sheet_and_copies_whole() -> None:
    slip = SAMPLES[Paper.APPOINTMENT_SLIP]
    assert isinstance(slip, AppointmentSlip)
    name = "Nguyễn" * 50
    pdf = read(draw(Paper.APPOINTMENT_SLIP, replace(slip, applicant=Applicant(name=name)).to_data()))
    ends: list[float] = []

    def visit(text: str, _cm: Any, tm: Any, _font: Any, _size: Any) -> None:
        if text.strip():
            ends.append(float(tm[4]))

    text = "".join(page.extract_text(visitor_text=visit) for page in pdf.pages)
    assert max(ends) < float(pdf.pages[0].mediabox.width)
    assert name in squeezed(text)


def test_a_void_paper_says_so_in_words_and_across_the_page() -> None:
    text = words(draw(Paper.DECLINE_NOTICE, void=Voided(ISSUED_AT, "Ghi nhầm tên")))
    assert "Giấy này đã bị hủy lúc 09 giờ 05 phút" in text and "Lý do: Ghi nhầm tên" in text
    assert "ĐÃ HỦY" in text


def test_a_reprint_is_marked() -> None:
    assert "Bản in lại" in words(draw(Paper.APPOINTMENT_SLIP, reprint=True))
    assert "Bản in lại" not in words(draw(Paper.APPOINTMENT_SLIP))


def test_both_copies_of_the_slip_come_in_one_file() -> None:
    pages = [page.extract_text() for page in read(draw(Paper.APPOINTMENT_SLIP, copies=("Lưu", "Giao"))).pages]
    assert len(pages) == 2
    assert "(Liên: Lưu)" in pages[0] and "(Liên: Giao)" in pages[1]


def test_the_qr_leads_to_the_check_page_and_says_so_to_a_screen_reader() -> None:
    pdf = read(draw(Paper.APPOINTMENT_SLIP))
    alternatives = [
        str(item["/Alt"])
        for number in range(1, len(pdf.xref[0]) + 1)
        if isinstance(item := pdf.get_object(pypdf.generic.IndirectObject(number, 0, pdf)), dict) and "/Alt" in item
    ]
    assert [text for text in alternatives if VERIFY_URL in text]


def test_the_new_regime_renames_and_renumbers_the_forms() -> None:
    facts = SAMPLES[Paper.CONTROL_SHEET]
    data = replace(facts, head=replace(facts.head, regime=Regime.TT_03_2025)).to_data()
    assert "Mẫu số 06 – Thông tư số 03/2025/TT-VPCP" in words(draw(Paper.CONTROL_SHEET, data))


def test_every_demonstration_paper_says_that_it_has_no_legal_value() -> None:
    for kind, facts in SAMPLES.items():
        assert "không có giá trị pháp lý" in words(draw(kind))
        real = replace(facts, head=replace(facts.head, demo=False)).to_data()
        assert "trình diễn" not in words(draw(kind, real))
