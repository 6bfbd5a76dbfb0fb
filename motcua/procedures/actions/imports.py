"""Taking in the national data: idempotent, record by record, with every doubt reported and nothing guessed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.audit.actions import record as audit
from motcua.procedures.actions import flat_records
from motcua.procedures.actions.digests import digest_of
from motcua.procedures.actions.national import SHAPE, BadRecord, Shape, must_be_record, read
from motcua.procedures.actions.publish import supersede
from motcua.procedures.actions.suspicions import Suspicion, suspicions
from motcua.procedures.models import (
    Defect,
    Method,
    Procedure,
    ProcedureRevision,
    Requirement,
    Sector,
    WithheldRecord,
)
from motcua.rules.people import Actor
from motcua.rules.text import fold

DAYS_BETWEEN_CRAWLS = 31
"""Another decision for a code within so many days is a contradiction rather than a change."""

UNKNOWN_SECTOR = ("KHAC", "Chưa rõ lĩnh vực")
_NUL = "\\u0000"


@dataclass(slots=True)
class Report:
    """What an import did. ``bad_lines`` are (line number, what is wrong); ``defects`` kind → (code, words) seen."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withheld: int = 0
    bad_lines: list[tuple[int, str]] = field(default_factory=list)
    defects: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def records(self) -> int:
        """Records understood."""
        return self.new + self.changed + self.same + self.withheld


def import_lines(lines: Iterable[bytes], *, source: str, by: Actor, at: datetime) -> Report:
    """Take in JSON lines (UTF-8). A bad line is noted with its number and the rest goes on.

    The same record again changes nothing; a changed one becomes a new revision from the day of `at`, and the old one
    ends. A record of a procedure worked out here is kept beside it and does not replace it. Each record is a
    transaction of its own.
    """
    report = Report()
    decisions: dict[str, str] = {}
    imported = ProcedureRevision.objects.filter(until__isnull=True, is_imported=True).order_by("pk")
    standing = dict(imported.values_list("digest", "pk"))
    same: list[int] = []
    for number, raw in _records(lines, report):
        if (revision_id := standing.get(digest_of(raw, shape=SHAPE))) is not None:
            same.append(revision_id)
            continue
        try:
            given = flat_records.structured(raw) if flat_records.is_flat(raw) else raw
            checked = must_be_record(given)
            shape = read(checked)
        except BadRecord as error:
            report.bad_lines.append((number, " ".join(error.problems)))
            continue
        found = suspicions(checked)
        found += _other_decision(shape, decisions.get(shape.code))
        decisions[shape.code] = shape.values["decision"]
        _take(shape, raw, found, report, source=source, by=by, at=at)
    _count_same(report, same)
    _note_same_names(report)
    return report


def _count_same(report: Report, revision_ids: list[int]) -> None:
    """Records that say what stands already, with the defects they had."""
    report.same += len(revision_ids)
    known = Defect.objects.filter(revision_id__in=revision_ids).exclude(code="same_name").order_by("pk")
    for kind, code, words in known.values_list("code", "revision__procedure__code", "words"):
        _tell(report, code, [(kind, words)])


def _records(lines: Iterable[bytes], report: Report) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Line number and record of every line that is one; blank lines are nothing."""
    for number, line in enumerate(lines, 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            report.bad_lines.append((number, "Dòng không phải UTF-8."))
            continue
        if not text:
            continue
        if _NUL in text or "\x00" in text:
            report.bad_lines.append((number, "Dòng có ký tự NUL."))
            continue
        try:
            record = json.loads(text)
            digest_of({"": record}).encode()
        except (ValueError, RecursionError, UnicodeEncodeError) as error:
            report.bad_lines.append((number, f"Dòng không phải JSON hợp lệ ({type(error).__name__})."))
            continue
        if not isinstance(record, Mapping):
            report.bad_lines.append((number, "Dòng phải là một đối tượng JSON."))
            continue
        yield number, record


def _other_decision(shape: Shape, before: str | None) -> list[Suspicion]:
    """The same code twice in one file with two decisions."""
    now = shape.values["decision"]
    if not before or before == now:
        return []
    return [Suspicion("two_decisions", "decision_no", f"{before} và {now}")]


@transaction.atomic
def _take(
    shape: Shape,
    raw: Mapping[str, Any],
    found: list[Suspicion],
    report: Report,
    *,
    source: str,
    by: Actor,
    at: datetime,
) -> None:
    digest = digest_of(raw, shape=SHAPE)
    procedure, is_new = Procedure.objects.get_or_create(code=shape.code, defaults={"is_local": shape.is_local})
    procedure = Procedure.objects.select_for_update(of=("self",)).get(pk=procedure.pk)
    running = procedure.revisions.order_by("-number").defer("raw").first()
    if running is not None and running.digest == digest:
        report.same += 1
        return
    if running is not None and not running.is_imported:
        WithheldRecord.objects.get_or_create(
            procedure=procedure, digest=digest, defaults={"raw": raw, "source": source[:300], "seen_at": at}
        )
        report.withheld += 1
        return
    if running is not None:
        found = [*found, *_changed_decision(running, shape, found, at)]
    revision = _new_revision(procedure, running, shape, digest, raw, source=source, by=by, at=at)
    _add_parts(revision, shape)
    settle_again(revision, running, found)
    if is_new or running is None:
        report.new += 1
    else:
        report.changed += 1
    _tell(report, shape.code, ((each.kind, each.words) for each in found))
    body = {"revision": revision.number, "digest": digest, "source": source[:300], "defects": len(found)}
    audit(subject=("procedure", shape.code), verb="import", by=by, at=at, body=body)


def _changed_decision(
    running: ProcedureRevision, shape: Shape, found: list[Suspicion], at: datetime
) -> list[Suspicion]:
    """Another decision a few days after the last import: one of the two crawls is wrong."""
    before, now = running.decision, shape.values["decision"]
    recent = running.published_at is not None and (at - running.published_at).days <= DAYS_BETWEEN_CRAWLS
    if not recent or not before or before == now or any(each.kind == "two_decisions" for each in found):
        return []
    return [Suspicion("two_decisions", "decision_no", f"{before} và {now}")]


def _new_revision(
    procedure: Procedure,
    running: ProcedureRevision | None,
    shape: Shape,
    digest: str,
    raw: Mapping[str, Any],
    *,
    source: str,
    by: Actor,
    at: datetime,
) -> ProcedureRevision:
    since, number = supersede(running, at.date())
    values = {**shape.values, "source": shape.values["source"] or source[:300]}
    return ProcedureRevision.objects.create(
        procedure=procedure,
        number=number,
        since=since,
        sector=_sector(shape),
        raw=raw,
        digest=digest,
        is_imported=True,
        published_by=by.name[:200],
        published_at=at,
        **values,
    )


def _sector(shape: Shape) -> Sector:
    """The sector by code; without one, by name; without both, the sector of what is unclear."""
    code, name = shape.sector
    if not code and name:
        same = Sector.objects.filter(name__iexact=name).order_by("pk").first()
        if same is not None:
            return same
        code = "KHAC-" + fold(name).replace(" ", "-")[:15]
    if not code:
        code, name = UNKNOWN_SECTOR
    sector, _ = Sector.objects.get_or_create(code=code, defaults={"name": name or code})
    return sector


def _add_parts(revision: ProcedureRevision, shape: Shape) -> None:
    Requirement.objects.bulk_create(
        Requirement(revision=revision, position=place, **row) for place, row in enumerate(shape.requirements, 1)
    )
    Method.objects.bulk_create(
        Method(revision=revision, position=place, **row) for place, row in enumerate(shape.methods, 1)
    )


def settle_again(revision: ProcedureRevision, before: ProcedureRevision | None, found: Iterable[Suspicion]) -> None:
    """Note what is suspicious; what a person has settled before, word for word, stays settled."""
    settled = {
        (row.code, row.where, row.words): row
        for row in (before.defects.filter(resolved_at__isnull=False) if before and before.pk else ())
    }
    rows = []
    for kind, where, words in found:
        known = settled.get((kind, where[:200], words))
        rows.append(
            Defect(
                revision=revision,
                code=kind,
                where=where[:200],
                words=words,
                resolved_at=known.resolved_at if known else None,
                resolved_by=known.resolved_by if known else "",
            )
        )
    Defect.objects.bulk_create(rows)
    revision.open_defects = sum(row.resolved_at is None for row in rows)
    revision.save(update_fields=["open_defects"])


def _tell(report: Report, code: str, found: Iterable[tuple[str, str]]) -> None:
    for kind, words in found:
        report.defects.setdefault(kind, []).append((code, words))


@transaction.atomic
def _note_same_names(report: Report) -> None:
    """Procedures in force that bear one name under several codes, each told of the others."""
    by_name: dict[str, list[ProcedureRevision]] = {}
    rows = ProcedureRevision.objects.filter(until__isnull=True).select_related("procedure").order_by("procedure__code")
    for revision in rows.only("name", "open_defects", "is_imported", "procedure__code"):
        by_name.setdefault(fold(" ".join(revision.name.split())).rstrip(". "), []).append(revision)
    known = set(Defect.objects.filter(code="same_name").values_list("revision_id", flat=True))
    for revisions in by_name.values():
        if len(revisions) < 2:
            continue
        codes = [revision.procedure.code for revision in revisions]
        for revision in revisions:
            others = [code for code in codes if code != revision.procedure.code]
            words = f"Cùng tên với {len(others)} thủ tục khác: {', '.join(others[:12])}" + (
                "…" if len(others) > 12 else ""
            )
            if revision.is_imported:
                _tell(report, revision.procedure.code, [("same_name", words)])
                if revision.pk not in known:
                    Defect.objects.create(revision=revision, code="same_name", where="name", words=words)
                    ProcedureRevision.objects.filter(pk=revision.pk).update(open_defects=revision.open_defects + 1)
