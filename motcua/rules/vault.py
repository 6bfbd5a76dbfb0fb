"""The vault (kho dữ liệu điện tử cá nhân): which paper given once may be used again, and until when.

What was supplied successfully once is not asked for again "nếu còn giá trị sử dụng" (BN-7, HY-6: QĐ 13/2018/QĐ-UBND); a
dossier may refer to the person's own store (HY-9; NĐ 45/2020/NĐ-CP).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Origin(StrEnum):
    """How a paper came into the vault."""

    ENCLOSED = "enclosed"
    """Handed in with a dossier that was accepted."""
    RESULT = "result"
    """The electronic result of a dossier."""
    UPLOADED = "uploaded"
    """Put in by its owner; no office has looked at it."""


ORIGINS = {
    Origin.ENCLOSED: "Đã nộp trong hồ sơ",
    Origin.RESULT: "Kết quả giải quyết hồ sơ",
    Origin.UPLOADED: "Bạn tự tải lên",
}

SUPPLIED = frozenset({Origin.ENCLOSED, Origin.RESULT})
"""What an office has had before: these are the papers "đã cung cấp một lần thành công"."""


class Wrong(StrEnum):
    """What an officer may find wrong with a paper that is used again."""

    NOT_THIS_PERSON = "not_this_person"
    NOT_THIS_PAPER = "not_this_paper"
    OUTDATED = "outdated"
    UNREADABLE = "unreadable"
    REVOKED = "revoked"


WRONGS = {
    Wrong.NOT_THIS_PERSON: "Giấy không phải của người nộp hoặc của người trong tờ khai",
    Wrong.NOT_THIS_PAPER: "Không phải loại giấy mà thủ tục này cần",
    Wrong.OUTDATED: "Nội dung đã thay đổi hoặc giấy đã hết giá trị",
    Wrong.UNREADABLE: "Tệp mờ, thiếu trang, không đọc được",
    Wrong.REVOKED: "Giấy đã bị thu hồi, hủy bỏ hoặc được cấp lại",
}


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper that several procedures ask for. ``months``: how long it holds from the day it was issued, where
    law says so (``basis``); ``single``: a person has one at a time, so a newer one takes the place of the older.
    """

    code: str
    title: str
    months: int | None = None
    single: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper of a vault as the rules see it."""

    kind: str = ""
    origin: Origin = Origin.UPLOADED
    valid_until: date | None = None
    """The last day on which it may be used; None while nobody and no law names one."""
    superseded_at: datetime | None = None
    wrong_reason: str = ""
    is_readable: bool = True


def after_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month (BLDS 2015 điều 148 khoản 4)."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day(kind: PaperKind | None, *, issued_on: date | None, handed_on: date, stated: date | None) -> date | None:
    """The last day the paper may be used: what its owner states, but never later than the law's term allows.

    A paper whose day of issue nobody wrote down was issued on the day it was handed in at the latest, so the term is
    counted from then.
    """
    if kind is None or kind.months is None:
        return stated
    by_law = after_months(min(issued_on or handed_on, handed_on), kind.months)
    return min(stated, by_law) if stated else by_law


def why_unusable(paper: Kept, *, today: date) -> str:
    """Why a paper of the vault cannot be used again, in words; empty when it can."""
    if paper.wrong_reason:
        return f"Cán bộ đã ghi giấy này là sai: {paper.wrong_reason}"
    if paper.valid_until is not None and paper.valid_until < today:
        return f"Đã hết giá trị từ ngày {paper.valid_until:%d/%m/%Y}."
    if paper.superseded_at is not None:
        return f"Đã có giấy mới thay thế từ ngày {paper.superseded_at:%d/%m/%Y}."
    if not paper.is_readable:
        return "Tệp đang chờ quét mã độc hoặc đã bị chặn, chưa dùng được."
    return ""


def fits(asked: str, kept: str) -> bool:
    """Whether a paper of kind ``kept`` may be given for a component of kind ``asked``: for an unknown kind its owner
    vouches, two known ones must be the same. Names are never compared.
    """
    return not asked or not kept or asked == kept


def is_offered(asked: str, kept: str) -> bool:
    """Whether it is offered by itself: the component's kind is known and it is that kind."""
    return bool(asked) and asked == kept


def takes_place_of(kind: PaperKind | None, *, number: str, old_number: str) -> bool:
    """Whether a newly kept paper makes an older one of the same kind void: a person has one at a time, or both bear the
    same number.
    """
    return kind is not None and (kind.single or bool(number and number == old_number))


@dataclass(frozen=True, slots=True)
class Reused:
    """A paper of the vault as it stands in a dossier: pinned when it was taken, whatever becomes of the vault."""

    code: str
    """The dossier it was first given in; empty when its owner put it into the vault."""
    origin: Origin
    handed_on: date
    kind: str = ""
    valid_until: date | None = None
    verified_by: str = ""
    number: str = ""
    issuer: str = ""
    wrong: str = ""
    """Why an officer found it wrong, in this dossier."""


def must_not_be_asked_for(paper: Reused, *, asked: str, today: date) -> bool:
    """Whether an officer may not ask for this paper again: an office has had it, it is the kind that is asked for, it
    still holds, and nobody has found it wrong with a reason (BN-7, HY-6; the same rule as HY-26 for signed ones).
    """
    return (
        paper.origin in SUPPLIED
        and is_offered(asked, paper.kind)
        and not paper.wrong
        and (paper.valid_until is None or paper.valid_until >= today)
    )


def where_from(paper: Reused) -> str:
    """Where a reused paper comes from, in one sentence for officers and for its owner."""
    day = f"{paper.handed_on:%d/%m/%Y}"
    if paper.origin is Origin.UPLOADED:
        said = f"Dùng lại từ kho giấy tờ của người nộp, tải lên ngày {day}, chưa cơ quan nào kiểm tra"
    elif paper.origin is Origin.RESULT:
        said = f"Dùng lại kết quả của hồ sơ {paper.code} ngày {day}"
    else:
        said = f"Dùng lại giấy đã nộp trong hồ sơ {paper.code} ngày {day}"
    if paper.verified_by:
        said += f", {paper.verified_by} đã kiểm tra"
    return f"{said}, {until_words(paper.valid_until)}."


def until_words(day: date | None, *, today: date | None = None) -> str:
    """ "còn giá trị đến 01/05/2027"; of a paper that holds no more by ``today``, until when it did."""
    if day is None:
        return "không ghi thời hạn"
    return f"{'có' if today is not None and day < today else 'còn'} giá trị đến {day:%d/%m/%Y}"
