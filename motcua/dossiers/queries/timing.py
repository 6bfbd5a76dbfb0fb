"""Time left and why, as both citizen and officer read it: badges, the present state, the explanation of a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.dossiers.facts.papers import allowed_time
from motcua.dossiers.models import Dossier, Promise
from motcua.policy.queries import calendar
from motcua.rules.acts import INTAKE_STATES, State
from motcua.rules.worktime import time_left, urgency, words, working_minutes

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class Badge:
    """A deadline in words and urgency (ok, soon, late, wait, done) for `ui/components/due.html`."""

    words: str
    urgency: str


@dataclass(frozen=True, slots=True)
class SpanLine:
    """One line of "vì sao là ngày này" for `ui/components/spans.html`."""

    counted: bool
    amount: str
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why a date is what it is: the date, how it was counted, and in which words."""

    due_at: datetime
    lead: str
    spans: tuple[SpanLine, ...]


def badge(due_at: datetime | None, *, now: datetime, agency_id: int) -> Badge | None:
    """Working time left until ``due_at`` in the hours of the agency; None when nothing is due."""
    if due_at is None:
        return None
    left = time_left(calendar(now, agency_id=agency_id), now=now, due_at=due_at)
    return Badge(words(left), urgency(left).value)


def main_badge(dossier: Dossier, *, now: datetime) -> Badge:
    """The one deadline a citizen cares about in the dossier's present state."""
    state = State(dossier.state)
    if state in (State.DELIVERED, State.RESULT_READY):
        return Badge(punctuality_words(dossier), "done" if is_in_time(dossier, now) else "late")
    if dossier.is_closed:
        return Badge("Đã kết thúc", "done")
    if dossier.paused_at is not None:
        return Badge("Đồng hồ đang dừng", "wait")
    due_at = dossier.acceptance_due_at if state in INTAKE_STATES else dossier.promised_at
    return badge(due_at, now=now, agency_id=dossier.agency_id) or Badge("Chưa tính hạn", "wait")


def is_in_time(dossier: Dossier, now: datetime) -> bool:
    """Whether the result came (or can still come) by the promised date; exactly then is in time (rule 12)."""
    return dossier.promised_at is None or (dossier.result_at or now) <= dossier.promised_at


def punctuality_words(dossier: Dossier) -> str:
    """How the result kept its promise."""
    if dossier.promised_at is None or dossier.result_at is None:
        return "Đã xong"
    if dossier.result_at > dossier.promised_at:
        late = working_minutes(
            calendar(dossier.result_at, agency_id=dossier.agency_id), dossier.promised_at, dossier.result_at
        )
        return f"Xong trễ {length_words(late)}"
    day = timedelta(hours=8)
    return "Xong trước hạn" if dossier.promised_at - dossier.result_at > day else "Xong đúng hạn"


def used_and_total(dossier: Dossier, *, now: datetime) -> tuple[int, int]:
    """Working minutes used since acceptance and in all until the promised date, pauses left out."""
    if dossier.accepted_at is None or dossier.promised_at is None:
        return 0, 0
    hours = calendar(now, agency_id=dossier.agency_id)
    waited = [(datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in dossier.pauses]
    if dossier.paused_at is not None:
        waited.append((dossier.paused_at, max(now, dossier.paused_at)))
    end = min(dossier.result_at or now, max(now, dossier.accepted_at))
    used = _net(hours, dossier.accepted_at, end, waited)
    return used, max(_net(hours, dossier.accepted_at, dossier.promised_at, waited), 1)


def _net(hours: Any, start: datetime, end: datetime, waited: Iterable[tuple[datetime, datetime]]) -> int:
    gross = working_minutes(hours, start, end) if end > start else 0
    for begin, finish in waited:
        inside, out = max(begin, start), min(finish, end)
        if out > inside:
            gross -= working_minutes(hours, inside, out)
    return max(gross, 0)


def length_words(minutes: int) -> str:
    """Working minutes as "1 ngày 3 giờ"."""
    days, rest = divmod(abs(minutes), 480)
    parts = [(days, "ngày"), (rest // 60, "giờ"), (rest % 60, "phút")]
    return " ".join(f"{count} {name}" for count, name in [part for part in parts if part[0]][:2]) or "0 phút"


def why(promise: Promise) -> Why:
    """The kept explanation of a promise as lines to read."""
    inputs = promise.inputs
    published = allowed_time(inputs["amount"], inputs["unit"], inputs["same_day_cutoff"])
    start = datetime.fromisoformat(inputs["start"])
    verb = "Tính từ lúc nộp" if promise.what == Promise.What.ACCEPTANCE else "Tính từ lúc tiếp nhận"
    return Why(
        due_at=promise.due_at,
        lead=f"{verb} {_moment(start)}, thời hạn {published.lower()}.",
        spans=tuple(span_line(span) for span in promise.explanation),
    )


def span_line(span: Mapping[str, Any]) -> SpanLine:
    """A kept span (`rules.worktime.to_json`) as a line: days for spans of days, hours within a day."""
    start, end = datetime.fromisoformat(span["start"]), datetime.fromisoformat(span["end"])
    if span["counted"]:
        amount = f"{span['days']} ngày" if span["days"] else length_words(span["minutes"])
    else:
        amount = ""
    last = end - timedelta(microseconds=1)
    if start.date() == last.date():
        whole = span["days"] or (start.hour == 0 and end - start == timedelta(days=1))
        when = _day(start) if whole else f"{_day(start)}, {start:%H:%M}–{end:%H:%M}"
    else:
        when = f"{_day(start)} đến {_day(last).lower()}"
    return SpanLine(counted=bool(span["counted"]), amount=amount, when=when, words=str(span["words"]))


def _day(moment: datetime) -> str:
    return f"{WEEKDAYS[moment.weekday()]} {moment:%d/%m}"


def _moment(moment: datetime) -> str:
    local = moment.astimezone(moment.tzinfo)
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"
