"""Lists as files: exactly the rows and columns that were shown, at once when short, by a worker when long.

Every export is audited with what was asked and how many rows left the house; its file is kept for two days and says
inside who took it and when (promises §5: exports are limited, marked, logged).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from motcua.accounts.models import Account
from motcua.agencies.queries import actor_of
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.models import ExportRun
from motcua.dossiers.queries.columns import Cell
from motcua.dossiers.queries.exports import is_still_open, posts_said
from motcua.dossiers.queries.narrowing import Narrowing
from motcua.dossiers.queries.trays import Tab
from motcua.dossiers.queries.worklist import Line, all_lines, ids_of
from motcua.files.sheets import csv_bytes, xlsx_bytes
from motcua.rules.people import Actor

AT_ONCE = 1000
"""Rows up to which a file is made while one waits."""

MOST_ROWS = 50_000
KEPT = timedelta(days=2)
_MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Table:
    """What a list shows: the question, the columns with their headings, the words of choices. The run keeps it."""

    tab: Tab
    narrowing: Narrowing
    columns: Sequence[str]
    headings: Sequence[str]
    said: Mapping[str, Mapping[str, str]]
    title: str

    def to_data(self) -> dict[str, Any]:
        return {
            "tab": self.tab.value,
            "narrowing": self.narrowing.to_data(),
            "columns": list(self.columns),
            "headings": list(map(str, self.headings)),
            "said": {key: dict(one) for key, one in self.said.items()},
            "title": str(self.title),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Table:
        return cls(
            Tab(data["tab"]), Narrowing.from_data(data["narrowing"]), data["columns"], data["headings"], data["said"],
            data["title"],
        )  # fmt: skip


def ask(kind: str, table: Table, *, by: Actor, at: datetime) -> ExportRun:
    """An export: made now when it has at most `AT_ONCE` rows, otherwise left to a worker. Raises `Refusal`."""
    if kind not in ("xlsx", "csv"):
        raise Refusal("Chỉ xuất được XLSX hoặc CSV.", status=400)
    if by.account_id is None:
        raise Refusal("Chỉ cán bộ mới xuất được danh sách.", status=403)
    ids = ids_of(by, table.tab, narrowing=table.narrowing, at=at, most=AT_ONCE + 1)
    asked = table.to_data()
    with transaction.atomic():
        run = ExportRun.objects.create(account_id=by.account_id, by_name=by.name, kind=kind, asked=asked, asked_at=at)
        filters = {key: value for key, value in asked["narrowing"].items() if key not in ("text", "typed")}
        body = {"kind": kind, "list": table.tab.value, "filters": filters, "columns": asked["columns"]}
        record(subject=("export", str(run.pk)), verb="export_asked", by=by, at=at, body=body)
        if len(ids) <= AT_ONCE:
            _make(run, table, ids, by, at)
    return run


def make_next(*, at: datetime) -> bool:
    """Make the file that waits longest, unless another worker has it in hand. False when none waits."""
    waiting = ExportRun.objects.filter(finished_at__isnull=True).order_by("asked_at")
    key = waiting.filter(tries__lt=_MOST_TRIES).values_list("pk", flat=True).first()
    if key is None:
        return False
    ExportRun.objects.filter(pk=key).update(tries=F("tries") + 1)  # a file that breaks the worker is not tried for ever
    with transaction.atomic():
        run = waiting.select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
        if run is None:
            return False
        account = run.account
        assert isinstance(account, Account)
        by = actor_of(account, at=at)
        if not by.is_officer:
            ExportRun.objects.filter(pk=key).update(finished_at=at)
            return True
        table = Table.from_data(run.asked)
        _make(run, table, ids_of(by, table.tab, narrowing=table.narrowing, at=at, most=MOST_ROWS), by, at)
    return True


def _make(run: ExportRun, table: Table, ids: Sequence[int], by: Actor, at: datetime) -> None:
    counted = _Counted(all_lines(by, ids, at, columns=table.columns, said=table.said))
    rows = ([_value(cell) for cell in line.cells] for line in counted)
    if run.kind == "csv":
        run.content = csv_bytes(table.headings, rows)
    else:
        taken = timezone.localtime(at).strftime("%H:%M ngày %d/%m/%Y")
        about = [("Danh sách", table.title), ("Người xuất", by.name), ("Lúc", taken), ("Mã lần xuất", str(run.pk))]
        run.content = xlsx_bytes(table.headings, rows, title=table.title, about=about)
    run.rows, run.finished_at, run.asked = counted.number, at, {**run.asked, "posts": posts_said(by)}
    run.save(update_fields=["content", "rows", "finished_at", "asked"])
    record(subject=("export", str(run.pk)), verb="export_made", by=by, at=at, body={"rows": counted.number})


class _Counted:
    """Lines on their way into a file, counted."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines, self.number = lines, 0

    def __iter__(self) -> Iterator[Line]:
        for line in self.lines:
            self.number += 1
            yield line


def _value(cell: Cell) -> str | date | None:
    if cell.day is not None:
        return timezone.localtime(cell.day).date()
    return cell.due.words if cell.due is not None else cell.text


def taken(run: ExportRun, *, by: Actor, at: datetime) -> bytes:
    """The file's bytes; taking it is an event of its own. Raises `Refusal` 404 before it is made, after two days,
    and once a post that opened it has ended."""
    if run.content is None:
        raise Refusal("Tệp này chưa có hoặc đã được xóa sau hai ngày. Hãy xuất lại.", status=404)
    if not is_still_open(run, by):
        raise Refusal("Tệp này được xuất khi bạn giữ vị trí công tác nay không còn giữ.", status=404)
    with transaction.atomic():
        record(subject=("export", str(run.pk)), verb="export_taken", by=by, at=at, body={"rows": run.rows})
    return bytes(run.content)


def forget(*, at: datetime) -> None:
    """Wipe files and searched words after two days; that there was an export stays in the audit."""
    ExportRun.objects.filter(asked_at__lt=at - KEPT).delete()
