"""What each kind of paper says: frozen values with exactly the fields of its form (law.md §1.5).

``to_data()`` gives the JSON an issued paper keeps for ever; the PDF is drawn from it alone. Times must be
aware; they are written in Vietnamese local time (+07:00). Free text is kept as given and made printable when
drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum, StrEnum
from typing import Any, ClassVar

from motcua.papers.forms import Regime
from motcua.rules.acts import Channel, Outcome, Paper

VIETNAM = timezone(timedelta(hours=7))


def _plain(value: Any) -> Any:
    """A JSON-ready copy: dataclasses to dicts, tuples to lists, aware times to ISO 8601 in +07:00.

    Strings lose NUL and lone surrogates, which neither PostgreSQL nor a PDF can hold.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a paper's times must be aware")
        return value.astimezone(VIETNAM).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value.replace("\x00", "").encode(errors="ignore").decode()
    return value


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who issues the paper and where (NĐ 30/2020, phụ lục I, mục II)."""

    agency: str
    """Name in full; printed in bold capitals."""
    superior: str = ""
    """The agency directly above, '' when there is none."""
    counter: str = "Bộ phận Tiếp nhận và Trả kết quả"
    """Name of the one-stop counter or centre."""
    place: str
    """Địa danh before the date, e.g. "Quy Nhơn"."""
    address: str = ""
    phone: str = ""
    regime: Regime = Regime.TT_01_2018
    demo: bool = False
    """True in a demonstration: every page then says that the paper has no legal value."""


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Người nộp hồ sơ as the forms of TT 01/2018 name it; what is not known stays ''."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperFacts:
    """Common part of every paper."""

    kind: ClassVar[Paper]

    head: Letterhead
    code: str
    """Mã hồ sơ."""

    def to_data(self) -> dict[str, Any]:
        """The values as JSON, to be stored with the issued paper and drawn by ``render``."""
        data: dict[str, Any] = _plain(self)
        return data


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """One submitted file: the paper it stands for, its name, size in bytes, SHA-256 in hexadecimal."""

    paper: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class SubmissionReceipt(PaperFacts):
    """Proof that a dossier was filed online, answered at once with time and code (NĐ 45/2020)."""

    kind = Paper.SUBMISSION_RECEIPT

    applicant: Applicant
    procedure: str
    submitted_at: datetime
    files: tuple[FileLine, ...] = ()
    next_deadline: datetime | None = None
    next_deadline_text: str = ""
    """What must have happened by then, in plain words."""
    lookup_secret: str = ""
    """Eight characters that open the public look-up of this dossier."""
    lookup_address: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One component of the dossier and how many of each sort were handed in."""

    name: str
    originals: int = 0
    certified_copies: int = 0
    plain_copies: int = 0
    electronic: int = 0
    """Files sent online; the form has no column for them, so they stand beside the name."""


@dataclass(frozen=True, kw_only=True)
class AppointmentSlip(PaperFacts):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu 01, TT 01/2018), A5."""

    kind = Paper.APPOINTMENT_SLIP

    applicant: Applicant
    request: str
    """Nội dung yêu cầu giải quyết."""
    papers: tuple[PaperLine, ...] = ()
    sets: int = 1
    allowed_time: str
    """Time allowed by regulation with its unit, e.g. "07 ngày làm việc"."""
    accepted_at: datetime
    promised_at: datetime
    return_place: str
    """Đăng ký nhận kết quả tại."""
    register_book: str = ""
    register_number: str = ""
    officer: str
    filed_online: bool = False


@dataclass(frozen=True, kw_only=True)
class SupplementNotice(PaperFacts):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02): everything that is missing, at once."""

    kind = Paper.SUPPLEMENT_NOTICE

    applicant: Applicant
    request: str
    items: tuple[str, ...]
    reason: str
    contact_name: str
    contact_phone: str
    officer: str


@dataclass(frozen=True, kw_only=True)
class DeclineNotice(PaperFacts):
    """Phiếu từ chối tiếp nhận, giải quyết hồ sơ (Mẫu 03) with every reason."""

    kind = Paper.DECLINE_NOTICE

    applicant: Applicant
    request: str
    reasons: tuple[str, ...]
    contact_name: str
    contact_phone: str
    officer: str


@dataclass(frozen=True, kw_only=True)
class StopNotice(PaperFacts):
    """Thông báo dừng giải quyết hồ sơ (Mẫu 05, TT 03/2025): an end before the result, with every reason."""

    kind = Paper.STOP_NOTICE

    applicant: Applicant
    request: str
    reasons: tuple[str, ...]
    accepted_at: datetime | None = None
    money: str = ""
    """What becomes of fees already paid, as a sentence; '' when nothing was paid."""
    contact_name: str
    contact_phone: str
    position: str = ""
    """Title under which the leader signs; '' when a rule ends the dossier and no leader does."""
    signer: str = ""


@dataclass(frozen=True, kw_only=True)
class ApologyNotice(PaperFacts):
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả (Mẫu 04): why the promise breaks, and the one new date."""

    kind = Paper.APOLOGY_NOTICE

    applicant: Applicant
    request: str
    accepted_at: datetime
    was_due_at: datetime
    reason: str
    new_due_at: datetime
    contact_phone: str
    position: str = ""
    """Title under which the leader signs; '' when nobody had signed and the system sent it."""
    signer: str = ""


class Punctuality(StrEnum):
    """Kết quả giải quyết of one agency: before, on or after its limit."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """One hand-over: who gave and who received, at which minutes, and how the giver kept its limit."""

    giver: str
    """Agency or division giving."""
    receiver: str
    given_by: str
    given_at: datetime
    received_by: str = ""
    received_at: datetime | None = None
    punctuality: Punctuality | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ControlSheet(PaperFacts):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ (Mẫu 05 of 2018, 06 of 2025), one block per hand-over."""

    kind = Paper.CONTROL_SHEET

    lead: str
    """Cơ quan (bộ phận) giải quyết hồ sơ."""
    coordinating: tuple[str, ...] = ()
    handovers: tuple[HandOver, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResultLine:
    """One document handed over."""

    name: str
    number: str = ""
    originals: int = 1
    copies: int = 0


@dataclass(frozen=True, kw_only=True)
class HandoverRecord(PaperFacts):
    """Hand-over of the result at the counter, or to the public post (QĐ 45/2016/QĐ-TTg)."""

    kind = Paper.HANDOVER_RECORD

    applicant: Applicant
    procedure: str
    channel: Channel
    receiver_name: str
    """Person at the counter, or the post employee."""
    receiver_identity: str = ""
    """Identity paper shown, e.g. "CCCD 0520•••••789"."""
    receiver_capacity: str = ""
    """Chính chủ, được ủy quyền, nhân viên bưu chính …"""
    delivery_address: str = ""
    tracking_number: str = ""
    documents: tuple[ResultLine, ...]
    originals_checked: bool | None = None
    """Whether originals were compared at delivery; None when there was nothing to compare."""
    compared: tuple[str, ...] = ()
    """Names of the papers that were held against paper."""
    fee_settled: str = ""
    handed_at: datetime
    officer: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A label and its value; with an empty value and ``heading`` true it opens a group."""

    label: str
    value: str = ""
    heading: bool = False


@dataclass(frozen=True, kw_only=True)
class Document:
    """A stored file that is the paper itself: its id in the files room and what it was when it was given out."""

    file_id: str
    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Result(PaperFacts):
    """The document that answers the request, granted or refused, on the leader's authority."""

    kind = Paper.RESULT

    title: str
    """Tên loại, e.g. "GIẤY PHÉP XÂY DỰNG"; printed in capitals."""
    abstract: str = ""
    """Trích yếu under the title."""
    outcome: Outcome
    applicant: Applicant
    procedure: str
    bases: tuple[str, ...] = ()
    """Căn cứ ban hành, one sentence each, without "Căn cứ"."""
    rows: tuple[Row, ...] = ()
    reasons: tuple[str, ...] = ()
    """Reasons of a refusal; printed only when refused."""
    authority: str = ""
    """TM., KT., TL. … line above the position, e.g. "TM. ỦY BAN NHÂN DÂN"."""
    position: str
    leader: str
    approved_at: datetime | None = None
    sealed_at: datetime | None = None
    recipients: tuple[str, ...] = ()
    """Nơi nhận."""
    document: Document | None = None
    """A finished document drafted elsewhere: then it is the result, and nothing is set from these values."""


@dataclass(frozen=True, kw_only=True)
class Copies:
    """How many certified copies of a paper go into the envelope."""

    name: str
    copies: int = 1


@dataclass(frozen=True, kw_only=True)
class CoverSheet(PaperFacts):
    """What goes by post after an unsigned online filing, marked with the dossier's code (KT-13)."""

    kind = Paper.COVER_SHEET

    applicant: Applicant
    procedure: str
    submitted_at: datetime
    papers: tuple[Copies, ...]


@dataclass(frozen=True, kw_only=True)
class FormStep:
    """One step of the e-form with its answered rows."""

    title: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EFormPrint(PaperFacts):
    """The e-form as the applicant filled it, step by step."""

    kind = Paper.EFORM_PRINT

    title: str
    """Name of the form, e.g. "Tờ khai đăng ký khai sinh"."""
    version: str = ""
    procedure: str
    addressee: str = ""
    """Kính gửi."""
    applicant: Applicant
    steps: tuple[FormStep, ...]
    declaration: str = ""
    submitted_at: datetime | None = None
    attachments: tuple[str, ...] = ()
