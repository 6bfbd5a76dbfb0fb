"""Dated clauses before they are taken in: each alone, each beside those of its scope, and all of them together.

One key has at most one value in one scope on one day. A later clause without a word about the earlier one closes it;
two that claim the same day contradict each other and are refused, with the place where each is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby, pairwise, product
from typing import Any

from motcua.rules.policy import Policy, PolicyError, typed_value

FIELDS = ("key", "value", "since", "until", "basis", "agency", "procedure")
LONGEST_BASIS = 300
_YEARS = range(1990, 2101)
_PROCEDURE = re.compile(r"[0-9]\.[0-9]{6}(\.[A-Z0-9.]{1,30})?")
_NEEDED = ("key", "value", "since", "basis")


@dataclass(frozen=True, slots=True)
class Stated:
    """A clause as a decision states it. ``until`` is the first day it no longer holds; None: for good, so far."""

    key: str
    value: Any
    since: date
    basis: str
    until: date | None = None
    agency: str = ""
    """Code of the agency it is for; empty: the whole province."""
    procedure: str = ""
    """Code of the procedure it is for; empty: all of them."""
    place: str = ""
    """Where it is written, for whoever has to mend it."""

    @property
    def scope(self) -> tuple[str, str, str]:
        """Clauses of one scope speak of the same thing."""
        return (self.key, self.agency, self.procedure)

    @property
    def identity(self) -> tuple[str, str, str, date]:
        """One clause begins in a scope on a day."""
        return (*self.scope, self.since)


def read_clauses(rows: Sequence[Mapping[str, Any]]) -> tuple[Stated, ...]:
    """The clauses of a preset's ``[[clause]]`` tables. Raises `PolicyError` with every problem of every row."""
    if not isinstance(rows, (list, tuple)) or not all(isinstance(row, Mapping) for row in rows):
        raise PolicyError("clause: mỗi khoản là một bảng riêng, mở đầu bằng [[clause]].")
    found, problems = [], []
    for number, row in enumerate(rows, 1):
        place = f"khoản thứ {number} ({row.get('key', 'không có key')})"
        faults = [f"{place}: {fault}" for fault in _faults(row)]
        problems += faults
        if not faults:
            found.append(Stated(**row, place=place))
    if problems:
        raise PolicyError(*problems)
    return tuple(found)


def check_clause(clause: Stated) -> None:
    """One clause alone. Raises `PolicyError`."""
    row = {name: getattr(clause, name) for name in FIELDS if getattr(clause, name) is not None}
    if faults := _faults(row):
        raise PolicyError(*(f"{clause.place or clause.key}: {fault}" for fault in faults))


def settle(clauses: Iterable[Stated]) -> tuple[Stated, ...]:
    """The clauses with their ends: an open one ends where the next of its scope begins.

    Raises `PolicyError` naming both places when two claim the same day, or when values contradict each other.
    """
    settled: list[Stated] = []
    problems: list[str] = []
    ordered = sorted(clauses, key=lambda clause: clause.identity)
    for _, group in groupby(ordered, key=lambda clause: clause.scope):
        one_scope = list(group)
        for earlier, later in pairwise(one_scope):
            if fault := _clash(earlier, later):
                problems.append(fault)
            settled.append(replace(earlier, until=earlier.until or later.since))
        settled.append(one_scope[-1])
    problems += [] if problems else _contradictions(settled)
    if problems:
        raise PolicyError(*problems)
    return tuple(settled)


def reopened(clauses: Iterable[Stated]) -> Iterator[Stated]:
    """Standing clauses without the ends that the next of their scope brought; `settle` finds those anew."""
    standing = list(clauses)
    begin = {(clause.scope, clause.since) for clause in standing}
    for clause in standing:
        yield replace(clause, until=None) if (clause.scope, clause.until) in begin else clause


def _faults(row: Mapping[str, Any]) -> list[str]:
    """What is wrong with one row, each fault a sentence without its place."""
    faults = [f"không có mục nào tên là {name}." for name in row if name not in FIELDS]
    faults += [f"thiếu mục {name}." for name in _NEEDED if row.get(name) in (None, "")]
    if faults:
        return faults
    try:
        typed_value(row["key"], row["value"])
    except PolicyError as error:
        faults += error.problems
    faults += _date_faults(row["since"], row.get("until"))
    if not isinstance(row["basis"], str) or not 5 <= len(row["basis"].strip()) <= LONGEST_BASIS:
        faults.append(f"căn cứ (basis) phải nêu tên văn bản, từ 5 đến {LONGEST_BASIS} ký tự.")
    for name in ("agency", "procedure"):
        if not isinstance(row.get(name, ""), str):
            faults.append(f"{name} phải là mã, viết trong dấu nháy.")
    procedure = row.get("procedure", "")
    if isinstance(procedure, str) and procedure and not _PROCEDURE.fullmatch(procedure):
        faults.append(f"{procedure!r} không phải mã thủ tục.")
    return faults


def _date_faults(since: Any, until: Any) -> list[str]:
    for name, day in (("since", since), ("until", until)):
        if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
            return [f"{name} phải là một ngày, ví dụ 2018-06-20."]
        if day is not None and day.year not in _YEARS:
            return [f"{name} là năm {day.year}, ngoài khoảng {_YEARS[0]}–{_YEARS[-1]}."]
    if until is not None and since >= until:
        return [f"ngày hết hiệu lực {until:%d/%m/%Y} phải sau ngày bắt đầu {since:%d/%m/%Y}."]
    return []


def _clash(earlier: Stated, later: Stated) -> str:
    """Why two neighbours of one scope cannot both stand; empty when they can."""
    if earlier.since == later.since:
        return f"{earlier.place} và {later.place}: cùng bắt đầu ngày {later.since:%d/%m/%Y} trong một phạm vi."
    if earlier.until is not None and earlier.until > later.since:
        return (
            f"{later.place}: bắt đầu ngày {later.since:%d/%m/%Y} khi {earlier.place} còn hiệu lực "
            f"đến ngày {earlier.until:%d/%m/%Y}."
        )
    return ""


_MUST_AGREE = frozenset({"supplement_reminder_days", "supplement_answer_days"})
"""Keys whose values can contradict each other."""


def _contradictions(clauses: Sequence[Stated]) -> list[str]:
    """Days from which values cannot all be true: the province's, or else what an agency or a procedure has of it.

    Asked of every day on which a clause begins or ends, for an end brings the wider value back.
    """
    related = [clause for clause in clauses if clause.key in _MUST_AGREE]
    agencies, procedures = ({""} | {getattr(clause, name) for clause in related} for name in ("agency", "procedure"))
    for agency, procedure in product(sorted(agencies), sorted(procedures)):
        here = [clause for clause in related if clause.agency in ("", agency) and clause.procedure in ("", procedure)]
        days = sorted({day for clause in here for day in (clause.since, clause.until) if day is not None})
        faults = ((day, _contradiction([clause for clause in here if _holds(clause, day)])) for day in days)
        scope = " ".join(filter(None, (agency, procedure)))
        if found := [f"Từ ngày {day:%d/%m/%Y}{scope and f' ({scope})'}: {fault}" for day, fault in faults if fault]:
            return found
    return []


def _contradiction(held: Iterable[Stated]) -> str:
    """What is wrong with values that hold on one day, the narrowest of each key; empty when nothing is."""
    narrowing = sorted(held, key=lambda clause: (bool(clause.procedure), bool(clause.agency)))
    policy = Policy.from_data({clause.key: clause.value for clause in narrowing})
    if policy.supplement_reminder_days >= policy.supplement_answer_days:
        return (
            f"nhắc bổ sung trước {policy.supplement_reminder_days} ngày làm việc (supplement_reminder_days) nhưng chỉ "
            f"có {policy.supplement_answer_days} ngày để bổ sung (supplement_answer_days)."
        )
    return ""


def _holds(clause: Stated, day: date) -> bool:
    return clause.since <= day and (clause.until is None or day < clause.until)
