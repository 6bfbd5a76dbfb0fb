"""The post between citizens and one-stop counters: where an envelope may go next, and by when it must be there.

QĐ 45/2016/QĐ-TTg (taking dossiers in and returning results through the public post); the 24 hours inside
the province (BD-81) are elapsed hours, not working hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class Way(StrEnum):
    """Which way an envelope goes."""

    TO_CITIZEN = "to_citizen"
    TO_COUNTER = "to_counter"


class ParcelState(StrEnum):
    """Where an envelope is."""

    READY = "ready"
    HANDED_OVER = "handed_over"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    RETURNED = "returned"
    LOST = "lost"
    CANCELLED = "cancelled"


class ListState(StrEnum):
    """A hand-over list is filled, closed by who gives, confirmed by who receives."""

    OPEN = "open"
    CLOSED = "closed"
    CONFIRMED = "confirmed"


class CaseState(StrEnum):
    """A lost dossier's case (BD-82): opened, compensation recorded, help to redo it, closed with words."""

    OPENED = "opened"
    COMPENSATED = "compensated"
    HELPED = "helped"
    CLOSED = "closed"


class Reporter(StrEnum):
    """Who says that an envelope is lost."""

    CLERK = "clerk"
    COUNTER = "counter"
    CITIZEN = "citizen"
    CARRIER = "carrier"


ON_THE_ROAD = frozenset({ParcelState.HANDED_OVER, ParcelState.IN_TRANSIT})
"""In the hands of the post."""

ENDED = frozenset({ParcelState.DELIVERED, ParcelState.RETURNED, ParcelState.LOST, ParcelState.CANCELLED})
"""Nothing further is expected of this envelope; the matter may go out again in a new one."""

LIVE = frozenset(ParcelState) - ENDED

FOLLOWING: Mapping[ParcelState, frozenset[ParcelState]] = {
    ParcelState.READY: frozenset({ParcelState.HANDED_OVER, ParcelState.LOST, ParcelState.CANCELLED}),
    ParcelState.HANDED_OVER: frozenset(
        {ParcelState.IN_TRANSIT, ParcelState.DELIVERED, ParcelState.RETURNED, ParcelState.LOST}
    ),
    ParcelState.IN_TRANSIT: frozenset({ParcelState.DELIVERED, ParcelState.RETURNED, ParcelState.LOST}),
    ParcelState.DELIVERED: frozenset(),
    ParcelState.RETURNED: frozenset(),
    ParcelState.LOST: frozenset(),
    ParcelState.CANCELLED: frozenset(),
}

NEXT_OF_CASE: Mapping[CaseState, frozenset[CaseState]] = {
    CaseState.OPENED: frozenset({CaseState.COMPENSATED}),
    CaseState.COMPENSATED: frozenset({CaseState.HELPED}),
    CaseState.HELPED: frozenset({CaseState.CLOSED}),
    CaseState.CLOSED: frozenset(),
}

STATE_WORDS: Mapping[ParcelState, str] = {
    ParcelState.READY: "Chờ bàn giao",
    ParcelState.HANDED_OVER: "Bưu chính đã nhận",
    ParcelState.IN_TRANSIT: "Đang chuyển",
    ParcelState.DELIVERED: "Đã phát",
    ParcelState.RETURNED: "Không phát được, đã chuyển hoàn",
    ParcelState.LOST: "Thất lạc",
    ParcelState.CANCELLED: "Không gửi nữa",
}

WAY_WORDS: Mapping[Way, str] = {
    Way.TO_CITIZEN: "Kết quả gửi người dân",
    Way.TO_COUNTER: "Hồ sơ gửi bộ phận một cửa",
}

LIST_WORDS: Mapping[ListState, str] = {
    ListState.OPEN: "Đang lập",
    ListState.CLOSED: "Bên giao đã chốt, chờ bên nhận đếm",
    ListState.CONFIRMED: "Hai bên đã xác nhận",
}

CASE_WORDS: Mapping[CaseState, str] = {
    CaseState.OPENED: "Mới mở, chờ ghi bồi thường",
    CaseState.COMPENSATED: "Đã ghi bồi thường, chờ hỗ trợ làm lại",
    CaseState.HELPED: "Đang hỗ trợ làm lại",
    CaseState.CLOSED: "Đã kết thúc",
}

REPORTER_WORDS: Mapping[Reporter, str] = {
    Reporter.CLERK: "Nhân viên bưu chính",
    Reporter.COUNTER: "Bộ phận một cửa",
    Reporter.CITIZEN: "Người dân",
    Reporter.CARRIER: "Hệ thống của bưu chính",
}


def may_become(now: ParcelState, then: ParcelState) -> bool:
    """Whether an envelope may pass from one state to the other; staying where it is counts as no passage."""
    return then in FOLLOWING[now]


def delivery_due(ready_at: datetime, *, is_inside: bool, within_hours: int) -> datetime | None:
    """By when a result sent by post must be there: so many elapsed hours after it was ready, inside the province only
    (BD-81). ``within_hours`` is the policy's; 0 means no limit of the province's. None: the carrier's own rule holds.
    """
    return ready_at + timedelta(hours=within_hours) if is_inside and within_hours > 0 else None


def is_late(due_at: datetime | None, *, arrived_at: datetime | None, at: datetime) -> bool:
    """Whether the limit has passed: at the moment of delivery, or now while it is still on its way."""
    return due_at is not None and (arrived_at or at) > due_at
