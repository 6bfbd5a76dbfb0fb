"""What one may not do with electronic dealings, and what becomes of a report of it: kinds, states, words.

The first six kinds are the forbidden acts of the law on electronic transactions (Luật 51/2005/QH11 điều 9, since
1/7/2024 Luật 20/2023/QH15 điều 6); the seventh is any other breach, kept for inspection (acceptance BD-13…BD-19).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What is reported, in the order of the law."""

    CHOICE = "choice"
    TRAFFIC = "traffic"
    DATA = "data"
    SOFTWARE = "software"
    UNLAWFUL_USE = "unlawful_use"
    IMPERSONATION = "impersonation"
    OTHER = "other"


class CaseState(StrEnum):
    """How far a case is; the last three end it."""

    NEW = "new"
    VERIFYING = "verifying"
    HANDLED = "handled"
    TRANSFERRED = "transferred"
    UNFOUNDED = "unfounded"


class Accused(StrEnum):
    """Of whom the reporter speaks; decides who of the agency may not see the case."""

    OFFICER = "officer"
    OTHER = "other"
    UNKNOWN = "unknown"


class Thing(StrEnum):
    """What was reported, as far as the system holds it."""

    DOSSIER = "dossier"
    PAPER = "paper"
    MESSAGE = "message"
    PAGE = "page"
    NONE = "none"


class Entry(StrEnum):
    """What a line of a case's log tells of."""

    REPORTED = "reported"
    GIVEN = "given"
    TAKEN = "taken"
    NOTED = "noted"
    ACCUSED = "accused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind as a citizen reads it, with an example from daily life."""

    title: str
    example: str


KIND_WORDS: Mapping[Kind, KindWords] = {
    Kind.CHOICE: KindWords(
        "Cản trở việc chọn giao dịch điện tử", "Ví dụ: ép nộp bản giấy dù thủ tục nộp được trực tuyến, hoặc ngược lại."
    ),
    Kind.TRAFFIC: KindWords(
        "Cản trở, ngăn chặn trái phép việc gửi, nhận dữ liệu",
        "Ví dụ: chặn, giữ lại hồ sơ hoặc tin nhắn của người khác.",
    ),
    Kind.DATA: KindWords(
        "Sửa, xóa, giả mạo, sao chép, tiết lộ dữ liệu trái phép",
        "Ví dụ: giấy tờ giả, hồ sơ bị sửa, thông tin cá nhân bị lộ.",
    ),
    Kind.SOFTWARE: KindWords("Phát tán phần mềm độc hại, phá hoại hệ thống", "Ví dụ: tệp có mã độc, trang giả mạo."),
    Kind.UNLAWFUL_USE: KindWords(
        "Dùng hồ sơ, tin nhắn điện tử để làm việc trái pháp luật", "Ví dụ: khai khống để trục lợi, tin nhắn lừa đảo."
    ),
    Kind.IMPERSONATION: KindWords(
        "Gian lận, mạo danh, dùng trái phép chữ ký điện tử của người khác",
        "Ví dụ: người khác đứng tên bạn nộp hồ sơ, ký số thay bạn.",
    ),
    Kind.OTHER: KindWords("Vi phạm khác", "Việc khác trái quy định về dịch vụ công trực tuyến."),
}

STATE_WORDS: Mapping[CaseState, str] = {
    CaseState.NEW: "Mới",
    CaseState.VERIFYING: "Đang xác minh",
    CaseState.HANDLED: "Đã xử lý",
    CaseState.TRANSFERRED: "Đã chuyển cơ quan có thẩm quyền",
    CaseState.UNFOUNDED: "Không đủ căn cứ",
}

ENDED: frozenset[CaseState] = frozenset({CaseState.HANDLED, CaseState.TRANSFERRED, CaseState.UNFOUNDED})

NEXT: Mapping[CaseState, frozenset[CaseState]] = {
    CaseState.NEW: frozenset({CaseState.VERIFYING}),
    CaseState.VERIFYING: ENDED,
    **dict.fromkeys(ENDED, frozenset()),
}
"""No case ends that nobody took up, and none that has ended begins again: that is a new report."""

ACCUSED_WORDS: Mapping[Accused, str] = {
    Accused.OFFICER: "Cán bộ, công chức, nhân viên",
    Accused.OTHER: "Người nộp hồ sơ hoặc người khác",
    Accused.UNKNOWN: "Không rõ là ai",
}

THING_WORDS: Mapping[Thing, str] = {
    Thing.DOSSIER: "Một hồ sơ",
    Thing.PAPER: "Một giấy tờ có mã QR",
    Thing.MESSAGE: "Một tin nhắn trong hộp thư của tôi",
    Thing.PAGE: "Một trang của cổng này",
    Thing.NONE: "Việc khác",
}

ENTRY_WORDS: Mapping[Entry, str] = {
    Entry.REPORTED: "Tiếp nhận báo vi phạm",
    Entry.GIVEN: "Giao cơ quan xác minh",
    Entry.TAKEN: "Nhận xác minh",
    Entry.NOTED: "Ghi việc đã làm",
    Entry.ACCUSED: "Ghi người bị báo",
    Entry.CLOSED: "Kết thúc",
}

_NEW_LAW = date(2024, 7, 1)
_CLAUSE_OF_2005: Mapping[Kind, int] = {kind: number for number, kind in enumerate(Kind, 1) if kind is not Kind.OTHER}


def basis_of(kind: Kind, *, on: date) -> str:
    """The article of law a kind breaks, as it stood on a day; the law of 2005 had no article for other breaches."""
    if on >= _NEW_LAW:
        return "Luật Giao dịch điện tử 20/2023/QH15, điều 6"
    if kind is Kind.OTHER:
        return "Quy định khác của pháp luật"
    return f"Luật Giao dịch điện tử 51/2005/QH11, điều 9 khoản {_CLAUSE_OF_2005[kind]}"


def shuts_out_handlers(accused: Accused) -> bool:
    """Whether whoever dealt with the reported dossier may not see the case: always, unless somebody else is meant."""
    return accused is not Accused.OTHER
