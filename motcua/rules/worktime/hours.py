"""Office hours: intervals of a day and the seasons they hold in (set per province and season by the
provincial committee)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

from motcua.rules.worktime.errors import WorktimeError

MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Interval:
    """Work is done from `opens` (included) to `closes` (excluded for what begins, included for what ends).
    Whole minutes."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        for moment in (self.opens, self.closes):
            if moment.second or moment.microsecond or moment.tzinfo is not None:
                raise WorktimeError(f"Giờ {moment.isoformat()} phải là giờ và phút tròn, không kèm múi giờ.")
        if self.opens >= self.closes:
            raise WorktimeError(f"Giờ mở cửa {self.opens:%H:%M} phải trước giờ đóng cửa {self.closes:%H:%M}.")


@dataclass(frozen=True, slots=True)
class SeasonHours:
    """The intervals of a working day from `first` to `last` (month, day), both included; the season may
    wrap the new year."""

    intervals: tuple[Interval, ...]
    first: MonthDay = (1, 1)
    last: MonthDay = (12, 31)

    def __post_init__(self) -> None:
        if not self.intervals:
            raise WorktimeError("Lịch không có khung giờ làm việc nào.")
        for earlier, later in zip(self.intervals, self.intervals[1:], strict=False):
            if later.opens < earlier.closes:
                raise WorktimeError(
                    f"Khung giờ bắt đầu lúc {later.opens:%H:%M} chồng lên khung trước hoặc xếp sai thứ tự "
                    f"(khung trước đóng lúc {earlier.closes:%H:%M})."
                )
        for month, day in (self.first, self.last):
            _leap_day(month, day)

    def holds_on(self, month_day: MonthDay) -> bool:
        """Whether this season contains the day of the year."""
        if self.first <= self.last:
            return self.first <= month_day <= self.last
        return month_day >= self.first or month_day <= self.last

    @property
    def minutes(self) -> int:
        """Working minutes of one day of this season."""
        return sum(_minute(each.closes) - _minute(each.opens) for each in self.intervals)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _leap_day(month: int, day: int) -> date:
    try:
        return date(2024, month, day)
    except ValueError:
        raise WorktimeError(f"Ngày {day}/{month} không có trong năm.") from None


def office_hours(*intervals: tuple[str, str]) -> SeasonHours:
    """All-year hours from texts: `office_hours(("07:30", "11:30"), ("13:30", "17:30"))`."""
    return SeasonHours(
        tuple(Interval(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in intervals)
    )


@lru_cache(maxsize=64)
def checked(seasons: tuple[SeasonHours, ...]) -> tuple[SeasonHours, ...]:
    """The seasons, if together they hold on every day of the year exactly once. Raises WorktimeError naming
    the first bad day."""
    if len(seasons) == 1 and (seasons[0].first, seasons[0].last) == ((1, 1), (12, 31)):
        return seasons
    for offset in range(366):
        day = date(2024, 1, 1) + timedelta(days=offset)
        found = sum(season.holds_on((day.month, day.day)) for season in seasons)
        if found != 1:
            problem = "Không có" if found == 0 else "Có nhiều hơn một"
            raise WorktimeError(f"{problem} giờ làm việc cho ngày {day:%d/%m}.")
    return seasons


def season_of(seasons: Sequence[SeasonHours], day: date) -> SeasonHours:
    """The season a day belongs to; `seasons` has been checked."""
    if len(seasons) == 1:
        return seasons[0]
    month_day = (day.month, day.day)
    return next(season for season in seasons if season.holds_on(month_day))
