"""Rows of the catalogue as plain values for the rules: what stands of a procedure today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from motcua.procedures.models import Defect, Method, ProcedureRevision, Requirement
from motcua.rules.completeness import Doubt, Part, Published

_TEXTS: Mapping[Part, str] = {
    Part.NAME: "name",
    Part.STEPS: "steps_text",
    Part.SUBJECTS: "subjects",
    Part.EXECUTING: "executing",
    Part.RESULT: "results",
    Part.BASES: "legal_bases",
    Part.DECISION: "decision",
    Part.SECTOR: "sector__code",
}
_COLUMNS = (
    "pk", "procedure_id", "procedure__code", "short_name", "number", "service_level", "service_mode", "tiers",
    "time_unit", "time_words", "eform_id", "route", *_TEXTS.values(),
)  # fmt: skip
UNKNOWN_SECTOR = "KHAC"
"""Sector of what came without one."""


@dataclass(frozen=True, slots=True)
class Known:
    """A procedure in force and what stands of it."""

    revision_id: int
    procedure_id: int
    code: str
    title: str
    level: int
    mode: str
    tiers: tuple[str, ...]
    published: Published


def known_of(procedures: Collection[int], *, on: date) -> dict[int, Known]:
    """By procedure id, what is in force on a day of these procedures. Four queries."""
    revisions = list(ProcedureRevision.objects.in_force(on).filter(procedure_id__in=procedures).values(*_COLUMNS))
    ids = [row["pk"] for row in revisions]
    papers = _by_revision(
        Requirement.objects.filter(revision_id__in=ids).exclude(need=Requirement.Need.NOTE),
        "position", "is_eform", "form_names",
    )  # fmt: skip
    ways = _by_revision(
        Method.objects.filter(revision_id__in=ids), "position", "way", "time_unit", "time_words", "fees"
    )
    doubts = _by_revision(
        Defect.objects.filter(revision_id__in=ids, resolved_at__isnull=True), "code", "where", "words"
    )
    return {
        row["procedure_id"]: Known(
            revision_id=row["pk"],
            procedure_id=row["procedure_id"],
            code=row["procedure__code"],
            title=row["short_name"] or row["name"],
            level=row["service_level"],
            mode=row["service_mode"],
            tiers=tuple(row["tiers"]),
            published=_published(row, papers.get(row["pk"], []), ways.get(row["pk"], []), doubts.get(row["pk"], [])),
        )
        for row in revisions
    }


def _by_revision(rows: QuerySet[Any], *columns: str) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows.order_by("revision_id", columns[0], "pk").values("revision_id", *columns):
        found.setdefault(row["revision_id"], []).append(row)
    return found


def _published(
    row: Mapping[str, Any],
    papers: list[dict[str, Any]],
    ways: list[dict[str, Any]],
    doubts: list[dict[str, Any]],
) -> Published:
    there = {part for part, column in _TEXTS.items() if row[column]}
    if row["sector__code"] == UNKNOWN_SECTOR:
        there.discard(Part.SECTOR)
    there |= {Part.WAYS} if ways else set()
    there |= {Part.PAPERS} if papers else set()
    has_time = row["time_unit"] or row["time_words"] or any(way["time_unit"] or way["time_words"] for way in ways)
    there |= {Part.TIME} if has_time else set()
    blank = [form for paper in papers if not (paper["is_eform"] and row["eform_id"]) for form in paper["form_names"]]
    has_file = {form["name"] for form in blank if form["url"]}
    return Published(
        there=frozenset(there),
        level=row["service_level"],
        has_form=row["eform_id"] is not None or any(paper["form_names"] for paper in papers),
        online={
            "eform": row["eform_id"] is not None,
            "route": bool(row["route"]),
            "time": bool(row["time_unit"]),
            "methods": any(way["way"] == Method.Way.ONLINE for way in ways),
        },
        blank_forms=tuple(dict.fromkeys(form["name"] for form in blank if form["name"] not in has_file)),
        unknown_fees=tuple(dict.fromkeys(_unknown_fees(ways))),
        doubts=tuple(Doubt(one["code"], one["where"], one["words"]) for one in doubts),
    )


def _unknown_fees(ways: list[dict[str, Any]]) -> list[str]:
    labels = dict(Method.Way.choices)
    return [
        f"nộp {str(labels[way['way']]).lower()}"
        for way in ways
        if any(fee["amount"] is None and not fee["note"] for fee in way["fees"])
    ]
