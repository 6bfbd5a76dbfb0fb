"""Time left and why, as both citizen and officer read it: badges, the present state, the explanation of a date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.dossiers.facts.papers import allowed_time
from motcua.dossiers.facts.promises import APOLOGY, SHORTER, Counting, measured_by, stands_of
from motcua.dossiers.models import Dossier, Promise
from motcua.policy.queries import calendar
from motcua.rules.acts import INTAKE_STATES, State
from motcua.rules.promise import net_minutes, stands_from
from motcua.rules.worktime import Due, time_left, to_json, urgency, words, working_minutes

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
    date = measured_by(dossier)
    return date is None or (dossier.result_at or now) <= date


def punctuality_words(dossier: Dossier) -> str:
    """How the result kept its promise."""
    date = measured_by(dossier)
    if date is None or dossier.result_at is None:
        return "Đã xong"
    if dossier.result_at > date:
        late = working_minutes(calendar(dossier.result_at, agency_id=dossier.agency_id), date, dossier.result_at)
        return f"Xong trễ {length_words(late)}"
    day = timedelta(hours=8)
    return "Xong trước hạn" if date - dossier.result_at > day else "Xong đúng hạn"


def used_and_total(dossier: Dossier, *, now: datetime) -> tuple[int, int]:
    """Working minutes used since acceptance and in all until the promised date, pauses left out."""
    if dossier.accepted_at is None or dossier.promised_at is None:
        return 0, 0
    hours = calendar(now, agency_id=dossier.agency_id)
    end = min(dossier.result_at or now, max(now, dossier.accepted_at))
    used = net_minutes(hours, dossier.accepted_at, end, stands_of(dossier))
    total = net_minutes(hours, dossier.accepted_at, dossier.promised_at, stands_from(dossier.pauses))
    return used, max(total, 1)


def length_words(minutes: int) -> str:
    """Working minutes as "1 ngày 3 giờ"."""
    days, rest = divmod(abs(minutes), 480)
    parts = [(days, "ngày"), (rest // 60, "giờ"), (rest % 60, "phút")]
    return " ".join(f"{count} {name}" for count, name in [part for part in parts if part[0]][:2]) or "0 phút"


def why(promise: Promise) -> Why:
    """The kept explanation of a promise as lines to read."""
    return Why(
        due_at=promise.due_at,
        lead=_lead(promise),
        spans=tuple(span_line(span) for span in promise.explanation),
    )


def _lead(promise: Promise) -> str:
    """From when, how long, and on what that time stands; then why the date was counted anew."""
    inputs = promise.inputs
    start = _moment(datetime.fromisoformat(inputs["start"]))
    given = allowed_time(inputs["amount"], inputs["unit"], inputs["same_day_cutoff"]).lower()
    basis = inputs.get("basis")
    if basis == APOLOGY:
        days = given if inputs["amount"] else "trong ngày"
        said = f"Cơ quan đã xin lỗi và hẹn lại một lần: {days}, tính từ {start}."
    else:
        verb = "nộp" if promise.what == Promise.What.ACCEPTANCE else "tiếp nhận"
        anew = any(row[1] == inputs["start"] for row in inputs["pauses"])
        said = f"Tính từ lúc {'nhận bổ sung' if anew else verb} {start}, thời hạn {given}."
    if basis == SHORTER:
        published = allowed_time(inputs["published"], inputs["unit"], "").lower()
        said += f" Thời hạn công bố là {published}; cơ quan rút ngắn cho hồ sơ nộp trực tuyến."
    return f"{said} {promise.reason}." if promise.reason and basis != APOLOGY else said


def rederive(promise: Promise) -> Due:
    """The date counted once more from what the promise kept, in the calendar as it was known when it was made.

    For whoever doubts a date: it equals the stored one, or the record was tampered with (`is_derivable`).
    """
    counting = Counting.from_data(promise.inputs, agency_id=promise.dossier.agency_id)
    return counting.count(calendar(promise.made_at, agency_id=counting.agency_id))


def is_derivable(promise: Promise) -> bool:
    """Whether the stored date and its stored explanation follow from the stored inputs."""
    found = rederive(promise)
    return found.at == promise.due_at and to_json(found)["explanation"] == promise.explanation


@dataclass(frozen=True, slots=True)
class Stood:
    """One time the clock stood, for the pages: from when, until when (None: still), why."""

    start: datetime
    end: datetime | None
    words: str


def stood(dossier: Dossier) -> list[Stood]:
    """Every time the clock stood and why, oldest first; the present one last, without end."""
    return [Stood(stand.start, stand.end, stand.reason) for stand in stands_of(dossier)]


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
