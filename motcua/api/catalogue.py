"""The catalogue: finding procedures, and everything one procedure says. Needs no token."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from motcua.api.problems import problems
from motcua.base.errors import Refusal
from motcua.eforms.queries import definition
from motcua.procedures.models import ProcedureRevision, Requirement
from motcua.procedures.queries import (
    Catalogue,
    Contact,
    Entry,
    catalogue,
    contacts_of,
    fees_in_words,
    revision_in_force,
    search,
    time_in_words,
)
from motcua.rules.codes import BadCode, ProcedureCode
from motcua.rules.eforms import json_schema
from motcua.ui import clock

router = Router(tags=["Danh mục thủ tục"])


class Named(Schema):
    """A code with its name."""

    code: str
    name: str


class ProcedureRow(Schema):
    """One procedure as lists show it. `accepts_online`: it may be filed through this API; `ministry`: the ministry in
    whose own system it is filed instead, empty for none."""

    code: str
    title: str
    name: str
    summary: str
    sector: Named
    tiers: list[str]
    service_level: int
    service_mode: str
    time: str
    fee: str
    accepts_online: bool
    external_url: str
    ministry: str


class ProcedurePage(Schema):
    """One page of what was found; `counts` tells for each filter and value how many it would leave."""

    total: int
    page: int
    size: int
    exact: bool
    items: list[ProcedureRow]
    elsewhere: list[ProcedureRow]
    counts: dict[str, dict[str, int]]


class Asked(Schema):
    """What to look for, narrowed by filters."""

    q: str = Field("", max_length=500, description="Từ cần tìm; thiếu dấu hay khác dấu vẫn tìm được.")
    sector: str = Field("", max_length=40, description="Mã lĩnh vực")
    agency: str = Field("", max_length=40, description="Mã định danh cơ quan tiếp nhận")
    tier: Literal["", "province", "district", "commune"] = ""
    level: Literal["", "1", "2", "3", "4"] = ""
    mode: Literal["", "full", "partial", "information"] = ""
    audience: Literal["", "person", "organisation"] = ""
    event: str = Field("", max_length=40, description="Sự kiện trong đời, như sinh-con")
    online: bool = Field(False, description="Chỉ những thủ tục nộp trực tuyến được")
    page: int = Field(1, ge=1, le=10_000)
    size: int = Field(25, ge=1, le=100)


class FormName(Schema):
    """A blank form to download."""

    name: str
    url: str


class RequirementView(Schema):
    """A component of the dossier. Files are sent under `key`; `case` names the case that asks for it, empty for all."""

    key: str
    name: str
    case: str
    group: str
    need: str
    condition: Any = None
    condition_words: str
    originals: int
    copies: int
    max_files: int
    allowed_types: list[str]
    is_eform: bool
    forms: list[FormName]


class MethodView(Schema):
    """A way of filing with its own time and amounts (đồng)."""

    way: str
    time_amount: int | None
    time_unit: str
    time_words: str
    note: str
    fees: list[dict[str, Any]]


class TimeView(Schema):
    """How long it takes after acceptance."""

    amount: int | None
    unit: str
    same_day_cutoff: str
    words: str


class FeesView(Schema):
    """Fee rules as the system computes them, and in one breath."""

    words: str
    rules: list[dict[str, Any]]


class OfferingView(Schema):
    """An agency that takes the procedure in; `agency` is the code to file with."""

    agency: str
    name: str
    counter: str
    address: str
    phone: str
    email: str


class StepView(Schema):
    """A step of the route with its hours."""

    title: str
    kind: str
    role: str
    hours: float


class FormView(Schema):
    """The e-form of this revision: answers are an object that fits `answers_schema` (JSON Schema 2020-12)."""

    title: str
    version: int
    answers_schema: dict[str, Any]


class ProcedureView(Schema):
    """Everything a procedure says (NĐ 63/2010 điều 8 khoản 2)."""

    code: str
    revision: int
    since: date
    title: str
    name: str
    summary: str
    decision: str
    sector: Named
    tiers: list[str]
    subjects: list[dict[str, Any]]
    audience: list[str]
    executing: str
    authority: str
    coordinating: str
    place: str
    steps_text: str
    conditions: str
    results: list[dict[str, Any]]
    result_title: str
    legal_bases: list[dict[str, Any]]
    copies_of_dossier: int
    cases: list[dict[str, Any]]
    service_level: int
    service_mode: str
    accepts_online: bool
    external_url: str
    ministry: str
    time: TimeView
    fees: FeesView
    requirements: list[RequirementView]
    methods: list[MethodView]
    route: list[StepView]
    offerings: list[OfferingView]
    eform: FormView | None
    open_defects: int


@router.get(
    "",
    auth=None,
    operation_id="list_procedures",
    summary="Tìm và liệt kê thủ tục đang có hiệu lực",
    response={200: ProcedurePage, **problems()},
)
def list_procedures(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Không có từ cần tìm thì theo thứ tự chữ cái; có thì kết quả khớp nhất đứng trước."""
    at = clock.now()
    book = catalogue(at)
    found = search(asked.q, _filters(asked, book), at=at)
    begin = (asked.page - 1) * asked.size
    return {
        "total": len(found.entries),
        "page": asked.page,
        "size": asked.size,
        "exact": found.exact,
        "items": [_row(entry) for entry in found.entries[begin : begin + asked.size]],
        "elsewhere": [_row(entry) for entry in found.elsewhere],
        "counts": {
            facet: {_facet_value(facet, value, book): number for value, number in counts.items()}
            for facet, counts in found.counts.items()
        },
    }


@router.get(
    "/{code}",
    auth=None,
    operation_id="read_procedure",
    summary="Một thủ tục với tất cả bộ phận, kể cả lược đồ tờ khai",
    response={200: ProcedureView, **problems(404)},
)
def read_procedure(request: HttpRequest, code: str) -> dict[str, Any]:
    """Bản đang có hiệu lực hôm nay."""
    at = clock.now()
    try:
        wanted = ProcedureCode.parse(code).text
    except BadCode:
        raise Refusal(_("Không có thủ tục nào mang mã này đang có hiệu lực."), status=404) from None
    revision = revision_in_force(wanted, on=at.date())
    return procedure_view(revision, contacts_of(revision.procedure_id, on=at.date()), at)


def _filters(asked: Asked, book: Catalogue) -> dict[str, str]:
    """The search's filters; agencies are known by their codes outside and by ids inside."""
    agency = next((str(pk) for pk, (code, _name) in book.agencies.items() if code == asked.agency), "none")
    return {
        "sector": asked.sector,
        "agency": agency if asked.agency else "",
        "tier": asked.tier,
        "level": asked.level,
        "mode": asked.mode,
        "audience": asked.audience,
        "event": asked.event,
        "online": "1" if asked.online else "",
    }


def _facet_value(facet: str, value: str, book: Catalogue) -> str:
    return book.agencies[int(value)][0] if facet == "agency" else value


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "title": entry.title,
        "name": entry.name,
        "summary": entry.summary,
        "sector": {"code": entry.sector_code, "name": entry.sector_name},
        "tiers": list(entry.tiers),
        "service_level": entry.level,
        "service_mode": entry.mode,
        "time": entry.time_words,
        "fee": entry.fee_words,
        "accepts_online": entry.accepts_online,
        "external_url": entry.external_url,
        "ministry": entry.ministry,
    }


def procedure_view(revision: ProcedureRevision, contacts: list[Contact], at: datetime) -> dict[str, Any]:
    """All parts of a revision as plain values."""
    plain = (
        "since", "title", "name", "summary", "decision", "tiers", "subjects", "executing", "authority", "coordinating",
        "steps_text", "conditions", "results", "result_title", "legal_bases", "copies_of_dossier", "cases",
        "service_level", "service_mode", "external_url", "open_defects",
    )  # fmt: skip
    entry = catalogue(at).by_code.get(revision.procedure.code)
    audience = {"person": revision.audience_person, "organisation": revision.audience_organisation}
    return {
        **{name: getattr(revision, name) for name in plain},
        "code": revision.procedure.code,
        "accepts_online": entry is not None and entry.accepts_online,
        "ministry": entry.ministry if entry else "",
        "revision": revision.number,
        "sector": {"code": revision.sector.code, "name": revision.sector.name},
        "audience": [name for name, is_for in audience.items() if is_for],
        "place": revision.place_words,
        "time": {
            "amount": revision.time_amount,
            "unit": revision.time_unit,
            "same_day_cutoff": revision.same_day_cutoff,
            "words": revision.time_words
            or time_in_words(revision.time_amount, revision.time_unit, revision.same_day_cutoff),
        },
        "fees": {
            "words": revision.fee_words or fees_in_words(revision.fees, on=at.date()),
            "rules": revision.fees,
        },
        "requirements": [_requirement(row) for row in revision.requirements.all()],
        "methods": [
            {
                "way": row.way,
                "time_amount": row.time_amount,
                "time_unit": row.time_unit,
                "time_words": row.time_words,
                "note": row.note,
                "fees": row.fees,
            }
            for row in revision.methods.all()
        ],
        "route": [{key: step[key] for key in ("title", "kind", "role", "hours")} for step in revision.route],
        "offerings": [
            {
                "agency": one.agency_code,
                "name": one.agency,
                "counter": one.counter,
                "address": one.address,
                "phone": one.phone,
                "email": one.email,
            }
            for one in contacts
        ],
        "eform": _form(revision),
    }


def _requirement(row: Requirement) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": row.name,
        "case": row.case,
        "group": row.group,
        "need": row.need,
        "condition": row.condition,
        "condition_words": row.condition_words,
        "originals": row.originals,
        "copies": row.copies,
        "max_files": row.max_files,
        "allowed_types": row.allowed_types,
        "is_eform": row.is_eform,
        "forms": [{"name": one.get("name", ""), "url": one.get("url", "")} for one in row.form_names],
    }


def _form(revision: ProcedureRevision) -> dict[str, Any] | None:
    if revision.eform_id is None:
        return None
    form = definition(revision.eform_id)
    return {"title": form.title, "version": revision.eform_id, "answers_schema": json_schema(form)}
