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
    intake = _Intake(report, source[:300], by, at, set(Procedure.objects.values_list("code", flat=True)))
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
        found = [*suspicions(checked), *_other_decision(shape, decisions.get(shape.code))]
        decisions[shape.code] = shape.values["decision"]
        intake.take(shape, raw, found)
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


@dataclass(slots=True)
class _Intake:
    """One import under way. ``codes`` are the procedures known: a new one need not be looked for."""

    report: Report
    source: str
    by: Actor
    at: datetime
    codes: set[str]
    sectors: dict[tuple[str, str], Sector] = field(default_factory=dict)

    @transaction.atomic
    def take(self, shape: Shape, raw: Mapping[str, Any], found: list[Suspicion]) -> None:
        """One record: a revision with its parts and defects, unless it says what stands or what we do not replace."""
        digest = digest_of(raw, shape=SHAPE)
        procedure, running = self._procedure(shape)
        if running is not None and running.digest == digest:
            self.report.same += 1
            return
        if running is not None and not running.is_imported:
            WithheldRecord.objects.get_or_create(
                procedure=procedure, digest=digest, defaults={"raw": raw, "source": self.source, "seen_at": self.at}
            )
            self.report.withheld += 1
            return
        if running is not None:
            found = [*found, *_changed_decision(running, shape, found, self.at)]
        defects = _defects(running, found)
        open_defects = sum(row.resolved_at is None for row in defects)
        revision = self._revision(procedure, running, shape, digest, raw, open_defects)
        _add_parts(revision, shape, defects)
        if running is None:
            self.report.new += 1
        else:
            self.report.changed += 1
        _tell(self.report, shape.code, ((each.kind, each.words) for each in found))
        body = {"revision": revision.number, "digest": digest, "source": self.source, "defects": len(found)}
        audit(subject=("procedure", shape.code), verb="import", by=self.by, at=self.at, body=body)

    def _procedure(self, shape: Shape) -> tuple[Procedure, ProcedureRevision | None]:
        """The procedure, locked, and its latest revision."""
        if shape.code not in self.codes:
            self.codes.add(shape.code)
            procedure, is_new = Procedure.objects.get_or_create(code=shape.code, defaults={"is_local": shape.is_local})
            if is_new:
                return procedure, None
        procedure = Procedure.objects.select_for_update(of=("self",)).get(code=shape.code)
        return procedure, procedure.revisions.order_by("-number").defer("raw").first()

    def _revision(
        self,
        procedure: Procedure,
        running: ProcedureRevision | None,
        shape: Shape,
        digest: str,
        raw: Mapping[str, Any],
        open_defects: int,
    ) -> ProcedureRevision:
        since, number = supersede(running, self.at.date())
        return ProcedureRevision.objects.create(
            procedure=procedure,
            number=number,
            since=since,
            sector=self._sector(*shape.sector),
            raw=raw,
            digest=digest,
            is_imported=True,
            published_by=self.by.name[:200],
            published_at=self.at,
            open_defects=open_defects,
            **{**shape.values, "source": shape.values["source"] or self.source},
        )

    def _sector(self, code: str, name: str) -> Sector:
        """The sector by code; without one, by name; without both, the sector of what is unclear."""
        known = self.sectors.get((code, name))
        if known is None:
            known = self.sectors[code, name] = _sector(code, name)
        return known


def _sector(code: str, name: str) -> Sector:
    if not code and name:
        same = Sector.objects.filter(name__iexact=name).order_by("pk").first()
        if same is not None:
            return same
        code = "KHAC-" + fold(name).replace(" ", "-")[:15]
    if not code:
        code, name = UNKNOWN_SECTOR
    sector, _ = Sector.objects.get_or_create(code=code, defaults={"name": name or code})
    return sector


def _changed_decision(
    running: ProcedureRevision, shape: Shape, found: list[Suspicion], at: datetime
) -> list[Suspicion]:
    """Another decision a few days after the last import: one of the two crawls is wrong."""
    before, now = running.decision, shape.values["decision"]
    recent = running.published_at is not None and (at - running.published_at).days <= DAYS_BETWEEN_CRAWLS
    if not recent or not before or before == now or any(each.kind == "two_decisions" for each in found):
        return []
    return [Suspicion("two_decisions", "decision_no", f"{before} và {now}")]


def _add_parts(revision: ProcedureRevision, shape: Shape, defects: list[Defect]) -> None:
    Requirement.objects.bulk_create(
        Requirement(revision=revision, position=place, **row) for place, row in enumerate(shape.requirements, 1)
    )
    Method.objects.bulk_create(
        Method(revision=revision, position=place, **row) for place, row in enumerate(shape.methods, 1)
    )
    for defect in defects:
        defect.revision = revision
    Defect.objects.bulk_create(defects)


def _defects(before: ProcedureRevision | None, found: Iterable[Suspicion]) -> list[Defect]:
    """What is suspicious, to be kept; what a person has settled before, word for word, stays settled."""
    settled = {
        (row.code, row.where, row.words): row
        for row in (before.defects.filter(resolved_at__isnull=False).order_by("pk") if before else ())
    }
    rows = []
    for kind, where, words in found:
        known = settled.get((kind, where[:200], words))
        rows.append(
            Defect(
                code=kind,
                where=where[:200],
                words=words,
                resolved_at=known.resolved_at if known else None,
                resolved_by=known.resolved_by if known else "",
            )
        )
    return rows


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
