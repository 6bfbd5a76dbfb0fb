"""The ten national statuses of a dossier, as exchanged with the national portal (law.md §2.4).

Which of our states shows as which status: `rules.national_status`.
"""

from enum import IntEnum
from typing import Final


class NationalStatus(IntEnum):
    """The number sent as `TrangThaiHoSo`; `label` is its official name."""

    REGISTERED = 1
    ACCEPTED = 2
    NOT_ACCEPTED = 3
    IN_PROGRESS = 4
    SUPPLEMENT_REQUESTED = 5
    PAYMENT_REQUESTED = 6
    WITHDRAWN = 7
    STOPPED = 8
    FINISHED = 9
    RESULT_DELIVERED = 10

    @property
    def label(self) -> str:
        """The official Vietnamese name."""
        return _LABELS[self.value]

    @property
    def is_terminal(self) -> bool:
        """Whether nothing more is expected after it (9 still waits for the result to be handed over)."""
        return self in {self.NOT_ACCEPTED, self.WITHDRAWN, self.STOPPED, self.RESULT_DELIVERED}


_LABELS: Final = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung giấy tờ",
    6: "Yêu cầu thực hiện nghĩa vụ tài chính",
    7: "Công dân yêu cầu rút hồ sơ",
    8: "Dừng xử lý",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}
