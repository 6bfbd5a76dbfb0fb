"""A procedure's inner route: data in, typed steps out, and which legal state each step runs in.

BD-9 (phân kỳ thời gian giải quyết): each step carries its own working hours, and their sum never exceeds the
published time (BN-15, BD-40).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from motcua.rules.acts import State, StepKind
from motcua.rules.people import Role

MINUTES_PER_DAY = 480

STATE_OF_STEP: Mapping[StepKind, State] = {
    StepKind.RECEIVE: State.ACCEPTED,
    StepKind.EXAMINE: State.EXAMINING,
    StepKind.APPROVE: State.AWAITING_APPROVAL,
    StepKind.SEAL: State.AWAITING_SEAL,
    StepKind.RETURN: State.RESULT_READY,
}

ROLES_OF_STEP: Mapping[StepKind, frozenset[Role]] = {
    StepKind.RECEIVE: frozenset({Role.COUNTER_OFFICER}),
    StepKind.EXAMINE: frozenset({Role.CASE_OFFICER, Role.DIVISION_HEAD}),
    StepKind.APPROVE: frozenset({Role.LEADER, Role.DIVISION_HEAD}),
    StepKind.SEAL: frozenset({Role.RECORDS_CLERK}),
    StepKind.RETURN: frozenset({Role.COUNTER_OFFICER}),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One station of a route. ``minutes`` is its budget in working minutes; ``division`` a key within the agency."""

    index: int
    title: str
    kind: StepKind
    role: Role
    minutes: int
    division: str = ""

    @property
    def state(self) -> State:
        return STATE_OF_STEP[self.kind]


class RouteError(ValueError):
    """A route that cannot be walked; ``problems`` are Vietnamese sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problems))


def parse_route(data: Sequence[Mapping[str, Any]], *, limit_minutes: int | None = None) -> tuple[Step, ...]:
    """Typed steps from ``[{"title","kind","role","hours","division"?}]``.

    ``limit_minutes`` is the published time in working minutes; a longer route is refused (BD-40). Raises `RouteError`.
    """
    problems: list[str] = []
    steps: list[Step] = []
    for index, row in enumerate(data):
        where = f"Bước {index + 1}"
        try:
            kind, role = StepKind(row["kind"]), Role(row["role"])
            minutes = Fraction(str(row["hours"])) * 60
        except (KeyError, ValueError, ZeroDivisionError) as error:
            problems.append(f"{where}: thiếu hoặc sai thông tin ({error}).")
            continue
        if minutes.denominator != 1 or minutes < 0:
            problems.append(f"{where}: số giờ phải là số phút tròn, không âm.")
        if role not in ROLES_OF_STEP[kind]:
            problems.append(f"{where}: vai trò {role} không làm được bước loại {kind}.")
        steps.append(Step(index, str(row.get("title", "")), kind, role, int(minutes), str(row.get("division", ""))))
    problems += _shape_problems(steps, limit_minutes) if not problems else []
    if problems:
        raise RouteError(problems)
    return tuple(steps)


def _shape_problems(steps: Sequence[Step], limit_minutes: int | None) -> list[str]:
    problems = []
    kinds = [step.kind for step in steps]
    if not kinds or kinds[0] != StepKind.RECEIVE:
        problems.append("Quy trình phải bắt đầu ở bước tiếp nhận.")
    if not kinds or kinds[-1] != StepKind.RETURN:
        problems.append("Quy trình phải kết thúc ở bước trả kết quả.")
    if kinds.count(StepKind.RECEIVE) > 1 or kinds.count(StepKind.RETURN) > 1:
        problems.append("Quy trình chỉ có một bước tiếp nhận và một bước trả kết quả.")
    if StepKind.SEAL not in kinds or StepKind.APPROVE not in kinds:
        problems.append("Quy trình phải có bước ký duyệt và bước văn thư.")
    elif kinds.index(StepKind.SEAL) < kinds.index(StepKind.APPROVE):
        problems.append("Văn thư chỉ đóng dấu sau khi lãnh đạo ký duyệt.")
    total = sum(step.minutes for step in steps)
    if limit_minutes is not None and total > limit_minutes:
        problems.append(
            f"Tổng thời gian các bước là {total // 60} giờ, vượt thời hạn công bố {limit_minutes // 60} giờ."
        )
    return problems


def next_step(steps: Sequence[Step], index: int) -> Step | None:
    """The station after ``index``, or None at the end."""
    return steps[index + 1] if 0 <= index + 1 < len(steps) else None


def last_examining(steps: Sequence[Step], before: int) -> Step:
    """Where a leader's return goes: the nearest examining step before ``before`` (HY-30)."""
    return next(step for step in reversed(steps[:before]) if step.kind == StepKind.EXAMINE)
