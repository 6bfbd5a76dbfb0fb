"""What can go wrong when time is counted. Every message is Vietnamese and may be shown to a person as it
stands."""

from datetime import datetime


class WorktimeError(ValueError):
    """The question cannot be answered as asked: a bad amount, a bad pause, a bad calendar. `str(error)`
    says what and where."""


class NoWorkingDay(WorktimeError):
    """The calendar has no working day within a year of the day asked for."""


class DueUnknown(WorktimeError):
    """The applicant is still awaited (a pause without end), so no due instant exists yet. `since` is when
    the clock stopped."""

    def __init__(self, since: datetime) -> None:
        super().__init__(f"Chưa có hạn: đang chờ người nộp bổ sung từ {since:%H:%M} ngày {since:%d/%m/%Y}.")
        self.since = since
