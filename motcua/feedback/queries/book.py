"""The case book as a table to take away, for inspection. It never says who reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from motcua.feedback.models import Case
from motcua.rules.worktime import VIETNAM

HEADINGS = (
    "Số vụ việc",
    "Nhận lúc",
    "Loại vi phạm",
    "Cơ quan",
    "Tình trạng",
    "Hạn trả lời",
    "Quá hạn",
    "Kết thúc lúc",
    "Người xác minh",
    "Cơ quan nhận chuyển",
    "Hồ sơ liên quan",
    "Nội dung báo",
    "Trả lời",
    "SHA-256 chứng cứ",
)
LONGEST = 5_000
"""Lines of one file; a province has a few hundred cases a year."""


def lines_of(cases: Iterable[Case], *, at: datetime) -> Iterator[tuple[str, ...]]:
    """A line of texts per case, in the order of `HEADINGS`."""
    for case in cases:
        yield (
            case.number,
            _moment(case.received_at),
            case.kind_words,
            case.agency.name if case.agency else "",
            case.state_words,
            _moment(case.due_at),
            "Quá hạn" if case.is_late(at) else "",
            _moment(case.closed_at),
            case.handler_name,
            case.passed_to,
            case.dossier_code,
            case.account,
            case.answer,
            case.evidence_sha256,
        )


def _moment(at: datetime | None) -> str:
    return at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") if at else ""
