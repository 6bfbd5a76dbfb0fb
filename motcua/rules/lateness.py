"""When which bell rings for a dossier: warnings before a limit, the apology before a broken promise, reminders.

NĐ 61/2018 điều 19 (an apology and one new date before the promise is broken), QĐ 766/QĐ-TTg. Pure: what has rung and
what is due is given, so that the same function rings and foretells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.rules.policy import Policy
from motcua.rules.promise import net_minutes
from motcua.rules.worktime import VIETNAM, Calendar, WorktimeError, add_working_minutes


class Bell(StrEnum):
    """What rings. Of those due at the same moment the earlier one here rings first."""

    ACCEPTANCE_WARNING = "acceptance_warning"
    ACCEPTANCE_SOON = "acceptance_soon"
    ACCEPTANCE_LATE = "acceptance_late"
    ACCEPTANCE_STILL_LATE = "acceptance_still_late"
    OPINION_WARNING = "opinion_warning"
    OPINION_SOON = "opinion_soon"
    OPINION_LATE = "opinion_late"
    STEP_WARNING = "step_warning"
    STEP_SOON = "step_soon"
    RESULT_WARNING = "result_warning"
    RESULT_SOON = "result_soon"
    APOLOGY_DRAFT = "apology_draft"
    APOLOGY_SEND = "apology_send"
    STEP_LATE = "step_late"
    LATE_AGAIN = "late_again"
    STILL_LATE = "still_late"
    ANSWER_REMINDER = "answer_reminder"
    ANSWER_OVER = "answer_over"


BELL_WORDS: Mapping[Bell, str] = {
    Bell.ACCEPTANCE_WARNING: "Nhắc sắp hết hạn tiếp nhận",
    Bell.ACCEPTANCE_SOON: "Nhắc lần cuối trước hạn tiếp nhận",
    Bell.ACCEPTANCE_LATE: "Quá hạn tiếp nhận, báo lãnh đạo",
    Bell.ACCEPTANCE_STILL_LATE: "Vẫn chưa tiếp nhận, báo lên cấp cao hơn nữa",
    Bell.OPINION_WARNING: "Nhắc nơi được hỏi ý kiến sắp hết hạn trả lời",
    Bell.OPINION_SOON: "Nhắc nơi được hỏi ý kiến lần cuối trước hạn trả lời",
    Bell.OPINION_LATE: "Quá hạn trả lời ý kiến, báo người hỏi và lãnh đạo",
    Bell.STEP_WARNING: "Nhắc sắp hết hạn của bước",
    Bell.STEP_SOON: "Nhắc lần cuối trước hạn của bước",
    Bell.RESULT_WARNING: "Nhắc sắp đến ngày hẹn trả",
    Bell.RESULT_SOON: "Nhắc lần cuối trước ngày hẹn trả",
    Bell.APOLOGY_DRAFT: "Tự soạn phiếu xin lỗi, trình lãnh đạo ký",
    Bell.APOLOGY_SEND: "Gửi phiếu xin lỗi và hẹn lại cho người nộp",
    Bell.STEP_LATE: "Quá hạn của bước, báo lãnh đạo",
    Bell.LATE_AGAIN: "Quá cả ngày hẹn lại, báo lên cấp trên",
    Bell.STILL_LATE: "Vẫn chưa có kết quả, báo lên cấp cao hơn nữa",
    Bell.ANSWER_REMINDER: "Nhắc người nộp bổ sung",
    Bell.ANSWER_OVER: "Hết hạn bổ sung",
}

_ORDER = {bell: place for place, bell in enumerate(Bell)}
DRAFT_BEFORE_MINUTES = 480
"""An apology lies ready one working day before the date it is about (NĐ 61/2018 điều 19: before the due date)."""

MOST_ESCALATIONS = 10
"""How often one broken limit is carried upward after the first time; whoever has not answered by then never will."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Something due, and the working minutes given for it (times the clock stood left out)."""

    due_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Asked:
    """An opinion nobody has given yet: its key, the hours of the unit that was asked, its limit."""

    key: int
    hours: Calendar
    limit: Limit


@dataclass(frozen=True, slots=True)
class Running:
    """What runs for a dossier at a moment; None is not running. ``hours`` counts the dossier's limits, ``step_hours``
    that of its present step (another agency may work in other hours)."""

    hours: Calendar
    step_hours: Calendar
    policy: Policy
    acceptance: Limit | None = None
    step: Limit | None = None
    result: Limit | None = None
    answer_by: datetime | None = None
    asked: tuple[Asked, ...] = ()
    apology_drafted: bool = False
    apology_signed: bool = False
    new_due_at: datetime | None = None
    """The date the drafted apology names."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A bell and when it rings; ``due_at`` is the limit it belongs to: for each limit a bell rings once.

    ``of`` tells apart those of one kind at one limit: the key of the opinion, or the number of the escalation.
    """

    bell: Bell
    due_at: datetime
    at: datetime
    of: int = 0

    @property
    def key(self) -> tuple[Bell, datetime, int]:
        return (self.bell, self.due_at, self.of)


Rung = frozenset[tuple[Bell, datetime, int]]


def before(calendar: Calendar, due_at: datetime, minutes: int) -> datetime:
    """The instant from which ``minutes`` working minutes are left until ``due_at``, UTC+7.

    Raises `WorktimeError` when there is not so much working time in the year before.
    """
    end, left = due_at.astimezone(VIETNAM), timedelta(minutes=minutes)
    for ordinal in range(end.toordinal(), end.toordinal() - 367, -1):
        for opens, closes in reversed(calendar.day(ordinal).opens):
            until = min(closes, end)
            if until - opens >= left:
                return until - left
            left -= max(until - opens, timedelta())
    raise WorktimeError("Lịch không có giờ làm việc nào trong một năm trước hạn này.")


def rings_of(running: Running) -> list[Ring]:
    """Every bell of what runs now, in the order they ring."""
    found = [
        *_of_acceptance(running),
        *_of_asked(running),
        *_of_step(running),
        *_of_result(running),
        *_of_answer(running),
    ]
    return sorted(found, key=lambda ring: (ring.at, _ORDER[ring.bell], ring.of))


def next_ring(running: Running, rung: Rung) -> Ring | None:
    """The first bell that has not rung."""
    return next((ring for ring in rings_of(running) if ring.key not in rung), None)


def coming(
    running: Running, rung: Rung, *, until: datetime, new_date: Callable[[Running, Ring], datetime]
) -> Iterator[Ring]:
    """What will ring up to ``until`` if nobody does anything; ``new_date`` says which date an apology would name."""
    while (ring := next_ring(running, rung)) is not None and ring.at <= until:
        yield ring
        rung |= {ring.key}
        running = after(running, ring, new_date)


def after(running: Running, ring: Ring, new_date: Callable[[Running, Ring], datetime]) -> Running:
    """What runs once the bell has rung and done its work."""
    match ring.bell:
        case Bell.APOLOGY_DRAFT:
            return replace(running, apology_drafted=True, new_due_at=running.new_due_at or new_date(running, ring))
        case Bell.APOLOGY_SEND:
            promised = running.new_due_at
            if promised is None or promised <= ring.at:
                promised = new_date(running, ring)
            given = net_minutes(running.hours, ring.at, promised)
            result = Limit(promised, max(1, given))
            return replace(running, apology_drafted=True, apology_signed=True, result=result)
        case Bell.ANSWER_OVER:
            return replace(running, answer_by=None)
        case _:
            return running


def _warnings(calendar: Calendar, limit: Limit, policy: Policy, early: Bell, last: Bell) -> Iterator[Ring]:
    """At a share of the limit's time, and shortly before it; a limit no longer than the latter has the former only."""
    share = limit.minutes * (100 - policy.warn_at_percent) // 100
    if policy.warn_at_percent < 100:
        yield Ring(early, limit.due_at, before(calendar, limit.due_at, share))
    if 0 < policy.warn_minutes_before < limit.minutes:
        yield Ring(last, limit.due_at, before(calendar, limit.due_at, policy.warn_minutes_before))


def _of_acceptance(running: Running) -> Iterator[Ring]:
    if (limit := running.acceptance) is not None:
        yield from _warnings(running.hours, limit, running.policy, Bell.ACCEPTANCE_WARNING, Bell.ACCEPTANCE_SOON)
        yield Ring(Bell.ACCEPTANCE_LATE, limit.due_at, limit.due_at)
        yield from _still(running, limit, Bell.ACCEPTANCE_STILL_LATE)


def _of_asked(running: Running) -> Iterator[Ring]:
    for asked in running.asked:
        limit = asked.limit
        warnings = _warnings(asked.hours, limit, running.policy, Bell.OPINION_WARNING, Bell.OPINION_SOON)
        for ring in (*warnings, Ring(Bell.OPINION_LATE, limit.due_at, limit.due_at)):
            yield replace(ring, of=asked.key)


def _still(running: Running, limit: Limit, bell: Bell) -> Iterator[Ring]:
    """Upward once more after every so many working days, for as long as the calendar reaches, and not for ever."""
    if not running.policy.escalate_again_days:
        return
    moment = limit.due_at
    for number in range(1, MOST_ESCALATIONS + 1):
        try:
            moment = add_working_minutes(running.hours, moment, running.policy.escalate_again_days * 480)
        except WorktimeError:
            return
        yield Ring(bell, limit.due_at, moment, of=number)


def _of_step(running: Running) -> Iterator[Ring]:
    if (limit := running.step) is not None:
        yield from _warnings(running.step_hours, limit, running.policy, Bell.STEP_WARNING, Bell.STEP_SOON)
        yield Ring(Bell.STEP_LATE, limit.due_at, limit.due_at)


def _of_result(running: Running) -> Iterator[Ring]:
    limit = running.result
    if limit is None:
        return
    yield from _warnings(running.hours, limit, running.policy, Bell.RESULT_WARNING, Bell.RESULT_SOON)
    if running.apology_signed:
        yield Ring(Bell.LATE_AGAIN, limit.due_at, limit.due_at)
        yield from _still(running, limit, Bell.STILL_LATE)
        return
    if not running.apology_drafted:
        ahead = min(DRAFT_BEFORE_MINUTES, limit.minutes // 4)
        yield Ring(Bell.APOLOGY_DRAFT, limit.due_at, before(running.hours, limit.due_at, ahead))
    yield Ring(Bell.APOLOGY_SEND, limit.due_at, limit.due_at)


def _of_answer(running: Running) -> Iterator[Ring]:
    if running.answer_by is None:
        return
    if days := running.policy.supplement_reminder_days:
        yield Ring(Bell.ANSWER_REMINDER, running.answer_by, before(running.hours, running.answer_by, days * 480))
    # An answer that comes at the very moment is in time (counting rule 12).
    yield Ring(Bell.ANSWER_OVER, running.answer_by, running.answer_by + timedelta(minutes=1))
