"""Consent to keep data for the next time: one purpose each, never assumed, taken back at any time (HY-12).

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: explicit, for one purpose each, revocable, and provable.
What was agreed to is kept by the version of its wording; a wording is never changed, a new one is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What data may be kept for."""

    PAPERS = "papers"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person agrees to, word for word. ``version`` never comes twice for a purpose."""

    version: str
    title: str
    text: str


WORDINGS: Mapping[Purpose, tuple[Wording, ...]] = {
    Purpose.PAPERS: (
        Wording(
            "2026-11",
            "Giữ giấy tờ để dùng lại",
            "Tôi đồng ý để cổng dịch vụ công giữ giấy tờ tôi đã nộp và kết quả điện tử trong kho giấy tờ của tôi, chỉ "
            "để tôi dùng lại khi làm thủ tục sau. Tôi có thể rút lại sự đồng ý bất cứ lúc nào; khi đó giấy tờ trong "
            "kho bị xóa ngay, hồ sơ đã nộp không bị ảnh hưởng.",
        ),
    ),
    Purpose.ANSWERS: (
        Wording(
            "2026-11",
            "Giữ câu trả lời để điền sẵn tờ khai",
            "Tôi đồng ý để cổng dịch vụ công giữ những điều tôi đã khai, chỉ để điền sẵn tờ khai của tôi lần sau. Tôi "
            "có thể rút lại sự đồng ý bất cứ lúc nào; khi đó câu trả lời đã giữ bị xóa ngay, hồ sơ đã nộp không bị ảnh "
            "hưởng.",
        ),
    ),
}
"""The last of each purpose is the one people are asked with."""


def current(purpose: Purpose) -> Wording:
    """The wording a person is asked with now."""
    return WORDINGS[purpose][-1]


def wording(purpose: Purpose, version: str) -> Wording | None:
    """The wording of this version; None when there never was one."""
    return next((one for one in WORDINGS[purpose] if one.version == version), None)
