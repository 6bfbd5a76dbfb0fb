"""A dossier's way through the offices, station by station, with the present place marked: drawn for officers with names
and times, for citizens with units only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers.facts import route_of
from motcua.dossiers.facts.promises import budget_of
from motcua.dossiers.models import Consultation, Dossier, StepRun
from motcua.dossiers.queries.timing import length_words
from motcua.policy.queries import calendar
from motcua.rules import words
from motcua.rules.acts import State
from motcua.rules.route import Step
from motcua.rules.worktime import VIETNAM, working_minutes

DONE, NOW, AHEAD = "done", "now", "todo"


@dataclass(frozen=True, slots=True)
class Branch:
    """Something beside a station: an opinion asked, a part of a joint dossier."""

    title: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A station for `ui/components/route.html` and `ui/components/way.html`; ``when`` is from and to, for officers."""

    title: str
    who: str
    note: str
    state: str
    when: str = ""
    branches: tuple[Branch, ...] = ()


def way_of(dossier: Dossier, *, at: datetime, named: bool) -> list[Stop]:
    """The whole route. ``named`` tells people and times; without it only units and days. Of a dossier that ended before
    its result the last station says so, and those after it that they will not come. Reads steps, consultations and
    parts as they were fetched with the dossier.
    """
    runs = {run.index: run for run in sorted(dossier.steps.all(), key=lambda run: run.pk)}
    asked = _opinions(dossier, named=named)
    here = dossier.step_index if dossier.step_index is not None else (None if dossier.is_closed else 0)
    finished = dossier.state == State.DELIVERED
    stops = []
    for step in route_of(dossier):
        state = DONE if finished or (here is not None and step.index < here) else AHEAD
        if here == step.index and not dossier.is_closed:
            state = NOW
        branches = (*asked.get(step.index, ()), *_parts(dossier, step, named=named))
        if dossier.is_closed and not finished and (here is None or step.index >= here):
            stops.append(_not_to_the_end(dossier, step, runs.get(step.index), branches, is_last=here == step.index))
            continue
        stops.append(_stop(dossier, step, runs.get(step.index), state, branches, at=at, named=named))
    return stops


def _stop(
    dossier: Dossier,
    step: Step,
    run: StepRun | None,
    state: str,
    branches: tuple[Branch, ...],
    *,
    at: datetime,
    named: bool,
) -> Stop:
    if state == AHEAD:
        who = words.ROLES[step.role] if named else ""
        return Stop(step.title, who, length_words(budget_of(dossier, step.minutes)), AHEAD, branches=branches)
    if not named:
        return Stop(step.title, _unit(dossier, run), _told(run, state), state, branches=branches)
    who = (run.holder_name if run else "") if state == DONE else _who(dossier, run)
    return Stop(step.title, who, _spent(run, state, at), state, _when(run), branches)


def _not_to_the_end(
    dossier: Dossier, step: Step, run: StepRun | None, branches: tuple[Branch, ...], *, is_last: bool
) -> Stop:
    if not is_last:
        return Stop(step.title, "", "Không thực hiện", AHEAD)
    ended = f"Hồ sơ kết thúc ở bước này, {_moment(dossier.closed_at)}" if dossier.closed_at else ""
    return Stop(step.title, _unit(dossier, run), ended, DONE, branches=branches)


def _who(dossier: Dossier, run: StepRun | None) -> str:
    if run is None:
        return str(dossier.counter.name)
    return f"{run.holder_name}, {run.unit_name}" if run.holder_name else run.unit_name


def _unit(dossier: Dossier, run: StepRun | None) -> str:
    return run.unit_name if run else dossier.counter.name


def _told(run: StepRun | None, state: str) -> str:
    """What a citizen reads: since when it is here, or when it was done."""
    if run is None:
        return ""
    if state == NOW:
        return f"Từ {_moment(run.given_at)}"
    return f"Xong {_moment(run.finished_at)}" if run.finished_at else ""


def _spent(run: StepRun | None, state: str, at: datetime) -> str:
    """Time used of the time given, as an officer reads it."""
    if run is None:
        return "Đang chờ tiếp nhận" if state == NOW else ""
    used = run.used_minutes
    if state == DONE:
        return f"xong sau {length_words(used)} / {length_words(run.budget_minutes)}"
    if run.running_since is not None and at > run.running_since:
        used += working_minutes(calendar(at, agency_id=run.agency_id), run.running_since, at)
    return f"Đang ở đây: {length_words(used)} / {length_words(run.budget_minutes)}"


def _when(run: StepRun | None) -> str:
    if run is None:
        return ""
    return f"{_moment(run.given_at)} – {_moment(run.finished_at)}" if run.finished_at else f"từ {_moment(run.given_at)}"


def _moment(at: datetime) -> str:
    local = at.astimezone(VIETNAM)
    return f"{local:%H:%M} {local:%d/%m}"


def _opinions(dossier: Dossier, *, named: bool) -> dict[int, tuple[Branch, ...]]:
    """Opinions by the station that asked; a citizen learns who was asked, not what was said."""
    found: dict[int, tuple[Branch, ...]] = {}
    index_of = {run.pk: run.index for run in dossier.steps.all()}
    for row in sorted(dossier.consultations.all(), key=lambda row: row.pk):
        if row.answered_at is not None and row.agrees is None:
            continue  # taken back before anybody answered
        branch = Branch(f"Ý kiến: {row.unit_name}", _opinion_words(row, named=named), NOW if _is_open(row) else DONE)
        index = index_of[row.run_id]
        found[index] = (*found.get(index, ()), branch)
    return found


def _is_open(row: Consultation) -> bool:
    return row.answered_at is None


def _opinion_words(row: Consultation, *, named: bool) -> str:
    if _is_open(row):
        return f"chờ trả lời, hạn {_moment(row.due_at)}" if named else "đang chờ trả lời"
    if not named:
        return "đã trả lời"
    said = "đồng ý" if row.agrees else "không đồng ý"
    assert row.answered_at is not None
    late = ", trễ hạn" if row.answered_at > row.due_at else ""
    return f"{said}{late}, {row.answered_by_name or row.opinion}"


def _parts(dossier: Dossier, step: Step, *, named: bool) -> tuple[Branch, ...]:
    """Parts opened at the station that may open them."""
    wanted = {part.procedure for part in step.parts}
    if not wanted:
        return ()
    rows: list[Any] = [row for row in dossier.children.all() if row.revision.procedure.code in wanted]
    return tuple(
        Branch(
            f"{row.code}: {row.revision.title}, {row.agency.name}"
            if named
            else f"{row.revision.title}, {row.agency.name}",
            row.state_words,
            DONE if row.result_at is not None or row.is_closed else NOW,
        )
        for row in sorted(rows, key=lambda row: row.pk)
    )
