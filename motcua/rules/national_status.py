"""The ten status codes of the national portal as a pure projection of our states (law.md §2.4).

Ours are richer; nothing stores a national code, so none can contradict where the dossier stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from motcua.rules.acts import State


class NationalStatus(IntEnum):
    """Codes that provincial systems report to the national portal."""

    REGISTERED = 1
    ACCEPTED = 2
    NOT_ACCEPTED = 3
    IN_PROGRESS = 4
    SUPPLEMENT_ASKED = 5
    PAYMENT_ASKED = 6
    WITHDRAWN = 7
    STOPPED = 8
    FINISHED = 9
    RETURNED = 10


class NationalClock(IntEnum):
    """What the national figures take the clock to do in a status."""

    NONE = 0
    RUNNING = 1
    PAUSED = 2
    STOPPED = 3


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """Name as published, whether nothing follows, and the clock."""

    name: str
    terminal: bool
    clock: NationalClock


STATUSES: Mapping[NationalStatus, StatusFacts] = {
    NationalStatus.REGISTERED: StatusFacts("Mới đăng ký", False, NationalClock.NONE),
    NationalStatus.ACCEPTED: StatusFacts("Được tiếp nhận", False, NationalClock.RUNNING),
    NationalStatus.NOT_ACCEPTED: StatusFacts("Không được tiếp nhận", True, NationalClock.NONE),
    NationalStatus.IN_PROGRESS: StatusFacts("Đang xử lý", False, NationalClock.RUNNING),
    NationalStatus.SUPPLEMENT_ASKED: StatusFacts("Yêu cầu bổ sung giấy tờ", False, NationalClock.PAUSED),
    NationalStatus.PAYMENT_ASKED: StatusFacts("Yêu cầu thực hiện nghĩa vụ tài chính", False, NationalClock.PAUSED),
    NationalStatus.WITHDRAWN: StatusFacts("Công dân yêu cầu rút hồ sơ", True, NationalClock.STOPPED),
    NationalStatus.STOPPED: StatusFacts("Dừng xử lý", True, NationalClock.STOPPED),
    NationalStatus.FINISHED: StatusFacts("Đã xử lý xong", False, NationalClock.STOPPED),
    NationalStatus.RETURNED: StatusFacts("Đã trả kết quả", True, NationalClock.STOPPED),
}

_PROJECTION: Mapping[State, NationalStatus] = {
    State.SUBMITTED: NationalStatus.REGISTERED,
    State.AWAITING_SUPPLEMENT: NationalStatus.SUPPLEMENT_ASKED,
    State.AWAITING_PAYMENT: NationalStatus.PAYMENT_ASKED,
    State.DECLINED: NationalStatus.NOT_ACCEPTED,
    State.ACCEPTED: NationalStatus.ACCEPTED,
    State.EXAMINING: NationalStatus.IN_PROGRESS,
    State.AWAITING_APPROVAL: NationalStatus.IN_PROGRESS,
    State.AWAITING_SEAL: NationalStatus.IN_PROGRESS,
    State.RESULT_READY: NationalStatus.FINISHED,
    State.DELIVERED: NationalStatus.RETURNED,
    State.WITHDRAWN: NationalStatus.WITHDRAWN,
    State.STOPPED: NationalStatus.STOPPED,
}


def national_status(state: State) -> NationalStatus | None:
    """The national code of a state; None for a draft, which nobody but its writer knows of."""
    return _PROJECTION.get(state)


def status_words(status: NationalStatus) -> str:
    """Code and name as lists show them: "4 – Đang xử lý"."""
    return f"{status.value} – {STATUSES[status].name}"
