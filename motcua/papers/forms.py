"""What the law calls each paper: title and form number are labels of (regime, kind).

Sources: Thông tư 01/2018/TT-VPCP (in force 6/1/2019) and Thông tư 03/2025/TT-VPCP (15/9/2025), whose
Phụ lục I renumbers the forms. Papers without a legal form (receipt of an online submission, printed e-form)
have no label.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.acts import Paper


class Regime(StrEnum):
    """The circular a paper follows."""

    TT_01_2018 = "2018"
    TT_03_2025 = "2025"


CIRCULARS = {
    Regime.TT_01_2018: "Thông tư số 01/2018/TT-VPCP",
    Regime.TT_03_2025: "Thông tư số 03/2025/TT-VPCP",
}


@dataclass(frozen=True)
class Form:
    """Title as printed (upper case) and the form's number in its circular, '' when it has none."""

    title: str
    number: str = ""


_SHARED = {
    Paper.SUBMISSION_RECEIPT: Form("BIÊN NHẬN NỘP HỒ SƠ TRỰC TUYẾN"),
    Paper.APPOINTMENT_SLIP: Form("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "01"),
    Paper.SUPPLEMENT_NOTICE: Form("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "02"),
    Paper.HANDOVER_RECORD: Form("BIÊN BẢN BÀN GIAO KẾT QUẢ GIẢI QUYẾT HỒ SƠ"),
    Paper.RESULT: Form("VĂN BẢN KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"),
    Paper.EFORM_PRINT: Form("TỜ KHAI ĐIỆN TỬ"),
    Paper.COVER_SHEET: Form("PHIẾU GỬI GIẤY TỜ KÈM HỒ SƠ NỘP TRỰC TUYẾN"),
    Paper.PARCEL_LIST: Form("DANH SÁCH BÀN GIAO QUA BƯU CHÍNH CÔNG ÍCH"),
    Paper.POST_RECEIPT: Form("PHIẾU NHẬN HỒ SƠ QUA BƯU CHÍNH CÔNG ÍCH"),
}

FORMS: dict[Regime, dict[Paper, Form]] = {
    Regime.TT_01_2018: {
        **_SHARED,
        Paper.DECLINE_NOTICE: Form("PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ", "03"),
        Paper.STOP_NOTICE: Form("THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"),
        Paper.APOLOGY_NOTICE: Form("PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", "04"),
        Paper.CONTROL_SHEET: Form("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "05"),
        Paper.REGISTER: Form("SỔ THEO DÕI HỒ SƠ", "06"),
    },
    Regime.TT_03_2025: {
        **_SHARED,
        Paper.DECLINE_NOTICE: Form("PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "03"),
        Paper.STOP_NOTICE: Form("THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "05"),
        Paper.APOLOGY_NOTICE: Form("VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT", "04"),
        Paper.CONTROL_SHEET: Form("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "06"),
        Paper.REGISTER: Form("SỔ THEO DÕI HỒ SƠ", "07"),
    },
}

SYMBOLS = {
    Paper.APPOINTMENT_SLIP: "TPHS",
    Paper.SUPPLEMENT_NOTICE: "HDHS",
    Paper.DECLINE_NOTICE: "TC",
    Paper.STOP_NOTICE: "TB",
    Paper.APOLOGY_NOTICE: "PXL",
    Paper.HANDOVER_RECORD: "BBBG",
    Paper.PARCEL_LIST: "DSBG",
}
"""Kinds that take a running number of their agency and year, with the sign behind the stroke. A result's sign
("QĐ-UBND") comes with its act of sealing."""


def form_of(kind: Paper, regime: Regime) -> Form:
    """The form a kind has under a regime."""
    return FORMS[regime][kind]


def form_label(kind: Paper, regime: Regime) -> str:
    """The line naming the legal form, e.g. ``Mẫu số 05 – Thông tư số 01/2018/TT-VPCP``; '' for none."""
    number = form_of(kind, regime).number
    return f"Mẫu số {number} – {CIRCULARS[regime]}" if number else ""


def number_text(sequence: int, symbol: str) -> str:
    """A paper's number as NĐ 30/2020 writes it: below ten with a leading zero, a stroke, then the sign."""
    return f"{sequence:02d}/{symbol}"
