"""What an archivist decides about a package: to keep it beyond its term, and which term its procedure has."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from motcua.agencies.models import Agency
from motcua.archive.facts import KEY, may_propose
from motcua.archive.models import Hold, Package
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.policy.actions import add_clause
from motcua.rules.people import Actor, Role
from motcua.rules.retention import Term, ends_on
from motcua.rules.text import clean_line

_NOT_YOURS = "Chỉ người làm lưu trữ của cơ quan làm được việc này."


@transaction.atomic
def place(code: str, *, reason: str, by: Actor, at: datetime) -> Hold:
    """Keep a package whatever its term says, because of a case or a complaint. A list it stands on spares it."""
    package = locked(code)
    must_keep(by, package.agency_id)
    words = clean_line(reason)[:500]
    if not words:
        raise Refusal(field_errors={"reason": ["Hãy ghi vụ việc, khiếu nại hoặc yêu cầu phải giữ lại."]})
    if package.holds.filter(lifted_at__isnull=True).exists():
        raise Refusal("Hồ sơ này đang được giữ lại.", status=409)
    hold = Hold.objects.create(package=package, reason=words, placed_by_name=by.name, placed_at=at)
    record(subject=package.subject, verb="hold", by=by, at=at, body={"reason": words}, role=Role.ARCHIVIST)
    return hold


@transaction.atomic
def lift(code: str, *, reason: str, by: Actor, at: datetime) -> Hold:
    """The case is over: the term alone counts again."""
    package = locked(code)
    must_keep(by, package.agency_id)
    words = clean_line(reason)[:500]
    if not words:
        raise Refusal(field_errors={"lift_reason": ["Hãy ghi vì sao không cần giữ lại nữa."]})
    hold = Hold.objects.select_for_update(of=("self",)).filter(package=package, lifted_at__isnull=True).first()
    if hold is None:
        raise Refusal("Hồ sơ này không còn được giữ lại.", status=409)
    hold.lifted_by_name, hold.lifted_at, hold.lift_reason = by.name, at, words
    hold.save(update_fields=["lifted_by_name", "lifted_at", "lift_reason"])
    record(subject=package.subject, verb="lift_hold", by=by, at=at, body={"reason": words}, role=Role.ARCHIVIST)
    return hold


@transaction.atomic
def confirm_term(procedure: str, term: str, *, agency: Agency, basis: str, by: Actor, at: datetime) -> int:
    """Say how long the dossiers of a procedure are kept in an agency: a clause from today on, and the term of packages
    for which nobody had said one. Answers how many of these there were; terms once confirmed are never shortened so.
    """
    must_keep(by, agency.pk)
    words = clean_line(basis)[:300]
    if not words:
        raise Refusal(field_errors={"basis": ["Hãy ghi danh mục hồ sơ hoặc văn bản quy định thời hạn này."]})
    if term not in set(Term):
        raise Refusal(field_errors={"term": ["Hãy chọn một thời hạn."]})
    add_clause(
        KEY, term, since=localtime(at).date(), basis=words, agency=agency, procedure_code=procedure, by=by, at=at
    )
    waiting = Package.objects.select_for_update(of=("self",)).filter(
        agency=agency, procedure_code=procedure, term_confirmed=False, destroyed_at__isnull=True
    )
    rows = list(waiting.order_by("pk"))
    for row in rows:
        row.term, row.term_basis, row.term_confirmed = term, words, True
        row.ends_on = ends_on(Term(term), localtime(row.closed_at).date())
        row.save(update_fields=["term", "term_basis", "term_confirmed", "ends_on"])
    body = {"term": term, "basis": words, "packages": len(rows)}
    subject = ("archive", f"{agency.code}/{procedure}")
    record(subject=subject, verb="confirm_term", by=by, at=at, body=body, role=Role.ARCHIVIST)
    return len(rows)


def locked(code: str) -> Package:
    """The package of this code, locked; refused once it is destroyed."""
    package = Package.objects.select_for_update(of=("self",)).filter(code=code).first()
    if package is None:
        raise Refusal("Không tìm thấy hồ sơ lưu trữ này.", status=404)
    if package.destroyed_at is not None:
        raise Refusal("Hồ sơ này đã hủy.", status=409)
    return package


def must_keep(by: Actor, agency_id: int) -> None:
    """Raises `Refusal` (403) for whoever does not keep the agency's archive."""
    if not may_propose(by, agency_id):
        raise Refusal(_NOT_YOURS, status=403)
