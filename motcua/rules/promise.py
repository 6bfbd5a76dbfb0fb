"""How long is promised, from when it counts, and why the clock stood: what a date is derived from.

NĐ 61/2018 điều 17–19, NĐ 45/2020 điều 10; the counting itself is `rules.worktime`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from motcua.rules.acts import AfterSupplement
from motcua.rules.worktime import (
    VIETNAM,
    Calendar,
    Due,
    Pause,
    Reason,
    Span,
    Unit,
    due,
    is_working_day,
    working_minutes,
)


class Waiting(StrEnum):
    """Why the clock stood."""

    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    OUTAGE = "outage"


WAITING_WORDS = {
    Waiting.SUPPLEMENT: "Chờ người nộp bổ sung",
    Waiting.PAYMENT: "Chờ người nộp thực hiện nghĩa vụ tài chính",
    Waiting.OUTAGE: "Hệ thống ngừng hoạt động",
}
RESUMED_WORDS = {
    Waiting.SUPPLEMENT: "Ngày nhận bổ sung không tính, đếm tiếp từ ngày sau (Bộ luật Dân sự, điều 147)",
    Waiting.PAYMENT: "Ngày nộp tiền không tính, đếm tiếp từ ngày sau (Bộ luật Dân sự, điều 147)",
    Waiting.OUTAGE: "Ngày hệ thống ngừng hoạt động không tính, đếm tiếp từ ngày sau",
}


@dataclass(frozen=True, slots=True)
class Stand:
    """One time the clock stood; ``words`` is the recorded reason of an outage. ``end`` None: it stands still."""

    start: datetime
    end: datetime | None
    why: Waiting = Waiting.SUPPLEMENT
    words: str = ""

    @property
    def reason(self) -> str:
        """In words, as an explanation shows it."""
        return f"{WAITING_WORDS[self.why]}: {self.words}" if self.words else WAITING_WORDS[self.why]

    def to_data(self) -> list[str]:
        """As a dossier keeps a closed one: ``[from, to, why, words]``."""
        if self.end is None:
            raise ValueError("the clock still stands")
        instants = (self.start.astimezone(VIETNAM).isoformat(), self.end.astimezone(VIETNAM).isoformat())
        return [*instants, self.why.value, self.words]


def stands_from(rows: Iterable[Sequence[str]]) -> tuple[Stand, ...]:
    """What a dossier keeps, read back; a row without reason was a supplement's."""
    return tuple(
        Stand(
            datetime.fromisoformat(row[0]),
            datetime.fromisoformat(row[1]),
            Waiting(row[2]) if len(row) > 2 else Waiting.SUPPLEMENT,
            row[3] if len(row) > 3 else "",
        )
        for row in rows
    )


def promised_amount(amount: int, *, percent: int, online: bool, same_day: bool = False) -> int:
    """The time promised, in the unit of the published time: never more than that, at least one unit of it.

    An agency may promise online dossiers ``percent`` of the published time (BD-41); what is left over of a unit falls
    away. A procedure settled within the day cannot be shorter.
    """
    if not online or same_day or percent >= 100 or amount < 1:
        return amount
    return max(1, amount * max(percent, 1) // 100)


def counting_start(start: datetime, stands: Iterable[Stand], after: AfterSupplement) -> datetime:
    """From when the time counts: from ``start``, or anew from the last supplement where the procedure says so."""
    if after is not AfterSupplement.RESET:
        return start
    answers = [stand.end for stand in stands if stand.why is Waiting.SUPPLEMENT and stand.end is not None]
    return max([start, *answers])


def counted(
    calendar: Calendar, *, start: datetime, amount: int, unit: Unit, cutoff: str, stands: Sequence[Stand]
) -> Due:
    """`rules.worktime.due` with every stand of the clock told by its own reason.

    An outage without a minute of working time in it stops nothing: night and days off count by no rule.
    """
    from_time = time.fromisoformat(cutoff) if cutoff else None
    kept = [stand for stand in stands if _stops(calendar, stand)]
    found = due(
        calendar,
        start=start,
        amount=amount,
        unit=unit,
        pauses=[Pause(stand.start, stand.end) for stand in kept],
        same_day_cutoff=from_time,
    )
    return Due(found.at, tuple(_named(span, kept) for span in found.explanation))


def _stops(calendar: Calendar, stand: Stand) -> bool:
    if stand.why is not Waiting.OUTAGE or stand.end is None:
        return True
    return working_minutes(calendar, stand.start, stand.end) > 0


def _named(span: Span, stands: Sequence[Stand]) -> Span:
    """A span in which the clock stood, or began to count again, in the words of what held it up."""
    if span.reason is Reason.AWAITING:
        held = [stand.reason for stand in stands if stand.start < span.end and (stand.end or span.end) > span.start]
        return span._replace(words="; ".join(dict.fromkeys(held)) or span.words)
    if span.reason is Reason.RESUMPTION_DAY:
        ended = [stand for stand in stands if stand.end is not None and stand.end <= span.end]
        last = max(ended, key=lambda stand: stand.end or stand.start, default=None)
        if last is None:
            return span
        return span._replace(words=RESUMED_WORDS[last.why] + (f" ({last.words})" if last.words else ""))
    return span


def net_minutes(calendar: Calendar, start: datetime, end: datetime, stands: Iterable[Stand] = ()) -> int:
    """Working minutes from ``start`` to ``end``, those in which the clock stood left out; 0 when ``end`` is first."""
    if end <= start:
        return 0
    pieces = sorted(
        (max(stand.start, start), min(stand.end or end, end))
        for stand in stands
        if stand.start < end and (stand.end or end) > start
    )
    total, reached = working_minutes(calendar, start, end), start
    for begin, finish in pieces:
        if finish > max(begin, reached):
            total -= working_minutes(calendar, max(begin, reached), finish)
            reached = finish
    return max(total, 0)


def lost_minutes(
    calendar: Calendar, start: datetime, end: datetime, *, outage: Stand, stands: Iterable[Stand] = ()
) -> int:
    """Working minutes an outage took from what was done between ``start`` and ``end``; none while the clock stood."""
    begin, finish = max(start, outage.start), min(end, outage.end or end)
    return net_minutes(calendar, begin, finish, stands)


def days_until(calendar: Calendar, since: datetime, day: date) -> int | None:
    """How many working days after ``since`` end at the closing of ``day``; None for a day that is off or too early."""
    first = calendar.next_opening(since).date()
    if day < first or not is_working_day(calendar, day):
        return None
    return sum(is_working_day(calendar, first + timedelta(days=ahead)) for ahead in range(1, (day - first).days + 1))


def next_date(calendar: Calendar, *, was_due: datetime, at: datetime, minutes_left: int) -> date:
    """A new day that can be kept: the work that is left, in whole working days, after the old date or after today.

    NĐ 61/2018 điều 19: one new date only, so it leaves room for every station still to come.
    """
    days = max(1, -(-minutes_left // 480))
    return due(calendar, start=max(was_due, at), amount=days, unit=Unit.WORKING_DAYS).at.date()
