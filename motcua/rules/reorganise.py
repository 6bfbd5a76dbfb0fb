"""Bodies that merge, split, end or take another name on a day, and who takes over what (law.md §9.2).

A plan is read from plain data, checked as a whole, and refused with every fault and its place. Whether the bodies
exist is asked of the rooms; everything else is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class ReorganisationError(ValueError):
    """A plan that cannot be carried out; ``problems`` are Vietnamese sentences that name the place."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problems))


class ChangeKind(StrEnum):
    """What happens to a body."""

    MERGE = "merge"
    SPLIT = "split"
    DISSOLVE = "dissolve"
    RENAME = "rename"


@dataclass(frozen=True, slots=True)
class Target:
    """A successor by its code. With a ``name`` it is founded (or renamed), without one it stands already."""

    code: str
    name: str = ""
    tier: str = ""
    kind: str = ""
    parent: str = ""
    unit_code: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One event: ``sources`` by code, successors, and for a split which successor takes which work.

    ``shares`` names a successor's code for ``procedure:<code>``, ``division:<key>`` or ``unit:<code>`` (the unit the
    applicant lives in); what no share names goes to the first successor.
    """

    kind: ChangeKind
    sources: tuple[str, ...]
    targets: tuple[Target, ...]
    shares: Mapping[str, str] = field(default_factory=dict)

    def successor(self, *, procedure: str = "", division: str = "", unit: str = "") -> str:
        """Code of the successor for a piece of work; the procedure is asked first, then division, then unit."""
        keys = (f"procedure:{procedure}", f"division:{division}", f"unit:{unit}")
        return next((self.shares[key] for key in keys if key in self.shares), self.targets[0].code)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that happens on one day, and the decision it rests on."""

    day: date
    basis: str
    changes: tuple[Change, ...]


_SUCCESSORS: Mapping[ChangeKind, tuple[int, int]] = {
    ChangeKind.MERGE: (1, 1),
    ChangeKind.SPLIT: (2, 100),
    ChangeKind.DISSOLVE: (1, 100),
    ChangeKind.RENAME: (1, 1),
}
"""Least and most successors."""


def read_plan(data: Mapping[str, Any]) -> Plan:
    """A plan from ``{"day", "basis", "change": [{"kind", "from", "to", "shares"?}]}``. Raises `ReorganisationError`."""
    problems: list[str] = []
    day, basis = data.get("day"), str(data.get("basis") or "").strip()
    if isinstance(day, datetime) or not isinstance(day, date):
        problems.append("Thiếu ngày có hiệu lực (day) hoặc không phải ngày.")
    if not basis:
        problems.append("Thiếu căn cứ (basis): số và tên văn bản sắp xếp.")
    rows = data.get("change")
    changes: list[Change] = []
    if not isinstance(rows, list) or not rows:
        problems.append("Chưa có thay đổi nào (change).")
        rows = []
    for number, row in enumerate(rows, 1):
        change = _change(row, f"Thay đổi {number}", problems)
        if change is not None:
            changes.append(change)
    problems += _between(changes)
    if problems:
        raise ReorganisationError(problems)
    assert isinstance(day, date)
    return Plan(day, basis, tuple(changes))


def to_data(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Changes as the plain data `read_plan` reads, and nothing else that stood in what they were read from."""
    return [
        {
            "kind": change.kind.value,
            "from": list(change.sources),
            "to": [{key: value for key, value in asdict(target).items() if value} for target in change.targets],
            "shares": dict(change.shares),
        }
        for change in changes
    ]


def _change(row: Any, where: str, problems: list[str]) -> Change | None:
    if not isinstance(row, Mapping):
        problems.append(f"{where}: không đọc được.")
        return None
    try:
        kind = ChangeKind(str(row.get("kind")))
    except ValueError:
        problems.append(f"{where}: loại “{row.get('kind')}” không phải merge, split, dissolve hay rename.")
        return None
    sources = tuple(str(code) for code in _listed(row.get("from")))
    targets = tuple(target for given in _listed(row.get("to")) if (target := _target(given, where, problems)))
    given = row.get("shares") or {}
    if not isinstance(given, Mapping):
        problems.append(f"{where}: không đọc được phần chia việc (shares).")
        given = {}
    shares = {str(key): str(code) for key, code in given.items()}
    least, most = _SUCCESSORS[kind]
    if not sources or (kind != ChangeKind.MERGE and len(sources) > 1):
        problems.append(f"{where}: phải ghi đúng một cơ quan cũ (from); chỉ khi nhập mới có nhiều.")
    if not least <= len(targets) <= most:
        problems.append(f"{where}: cần {least if least == most else f'từ {least}'} cơ quan kế thừa (to).")
    if len(set(sources)) < len(sources) or len({target.code for target in targets}) < len(targets):
        problems.append(f"{where}: có cơ quan được ghi hai lần.")
    codes = {target.code for target in targets}
    if kind == ChangeKind.RENAME:
        if codes != set(sources) or not all(target.name for target in targets):
            problems.append(f"{where}: đổi tên thì giữ nguyên mã và phải ghi tên mới.")
    elif kind == ChangeKind.DISSOLVE and codes & set(sources):
        problems.append(f"{where}: cơ quan giải thể không thể tự kế thừa.")
    for key, code in shares.items():
        if code not in codes:
            problems.append(f"{where}: phần “{key}” giao cho {code}, không phải cơ quan kế thừa.")
        if key.partition(":")[0] not in ("procedure", "division", "unit"):
            problems.append(f"{where}: phần “{key}” phải bắt đầu bằng procedure:, division: hoặc unit:.")
    return Change(kind, sources, targets, shares)


def _target(given: Any, where: str, problems: list[str]) -> Target | None:
    row = {"code": given} if isinstance(given, str) else given
    if not isinstance(row, Mapping) or not row.get("code"):
        problems.append(f"{where}: cơ quan kế thừa thiếu mã (code).")
        return None
    unknown = set(row) - set(Target.__dataclass_fields__)
    if unknown:
        problems.append(f"{where}: không hiểu mục {', '.join(sorted(map(str, unknown)))} của cơ quan kế thừa.")
        return None
    return Target(**{str(key): str(value).strip() for key, value in row.items()})


def _listed(given: Any) -> list[Any]:
    return list(given) if isinstance(given, (list, tuple)) else [] if given is None else [given]


def _between(changes: Sequence[Change]) -> list[str]:
    """What is wrong between changes: a body that ends twice, a successor that ends on the same day."""
    problems: list[str] = []
    ending: dict[str, int] = {}
    for number, change in enumerate(changes, 1):
        kept = {target.code for target in change.targets}
        for code in change.sources:
            if code in ending:
                problems.append(f"Thay đổi {number}: {code} đã có trong thay đổi {ending[code]}.")
            if code not in kept:
                ending[code] = number
    for number, change in enumerate(changes, 1):
        for target in change.targets:
            if target.code in ending and ending[target.code] != number:
                problems.append(
                    f"Thay đổi {number}: cơ quan kế thừa {target.code} lại kết thúc ở thay đổi {ending[target.code]}."
                )
    return problems
