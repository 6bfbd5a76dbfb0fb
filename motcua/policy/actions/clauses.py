"""Stating a clause and ending one. What held on a day stays readable for ever: nothing is deleted or overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from motcua.agencies.models import Agency
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.policy import queries
from motcua.policy.facts import stated
from motcua.policy.models import Clause
from motcua.rules.clauses import Stated, check_clause, reopened, settle
from motcua.rules.people import Actor
from motcua.rules.policy import PolicyError, typed_value

_LOCK = 0x706F6C69
"""Advisory lock: clauses are taken in one at a time, so that two cannot overlap unseen."""


@transaction.atomic
def add_clause(
    key: str,
    value: Any,
    *,
    since: date,
    basis: str,
    until: date | None = None,
    agency: Agency | None = None,
    procedure_code: str = "",
    by: Actor,
    at: datetime,
) -> Clause:
    """A clause that holds from ``since`` on; an open earlier one of the same scope ends there.

    Raises `Refusal` for an unknown key, an impossible value, a beginning in the past, dates that overlap.
    """
    if isinstance(since, date) and since < at.date():
        raise Refusal(
            f"Khoản mới không thể bắt đầu từ ngày {since:%d/%m/%Y} đã qua; hồ sơ đã nộp giữ quy định ngày nộp."
        )
    code = agency.code if agency else ""
    new = Stated(key, value, since, basis, until, code, procedure_code, place=f"khoản mới ({key})")
    try:
        check_clause(new)
        take_in([new], by=by, at=at)
    except PolicyError as error:
        raise Refusal(error.problems) from error
    return Clause.objects.get(key=key, agency=agency, procedure_code=procedure_code, since=since)


@transaction.atomic
def end_clause(clause: Clause, *, until: date, basis: str, by: Actor, at: datetime) -> Clause:
    """The clause holds no more from ``until`` on, and the next wider scope or the national default takes its place.

    ``basis`` is what ended it. Raises `Refusal` for a day that has passed, one outside the clause's own time, or one
    from which what then holds contradicts itself.
    """
    _one_at_a_time()
    locked = Clause.objects.select_for_update(of=("self",)).get(pk=clause.pk)
    if locked.until == until:
        return locked
    if until <= at.date():
        raise Refusal("Một khoản chỉ có thể hết hiệu lực từ ngày mai trở đi.")
    if until <= locked.since:
        raise Refusal("Ngày hết hiệu lực phải sau ngày khoản bắt đầu.")
    if locked.until is not None and until > locked.until:
        raise Refusal(f"Khoản này đã hết hiệu lực từ ngày {locked.until:%d/%m/%Y}.")
    standing = Clause.objects.select_related("agency").order_by("pk")
    try:
        settle([replace(stated(row), until=until if row.pk == locked.pk else row.until) for row in standing])
    except PolicyError as error:
        raise Refusal(error.problems) from error
    locked.until = until
    locked.save(update_fields=["until"])
    body = {"key": locked.key, "until": until.isoformat(), "basis": basis}
    record(subject=("policy", "province"), verb="end_clause", by=by, at=at, body=body)
    queries.forget()
    return locked


def take_in(clauses: Iterable[Stated], *, by: Actor, at: datetime) -> int:
    """Clauses beside those that stand; open ones are closed by later ones. Returns clauses added.

    A clause that stands already, with the same value, is left alone but for its end. Raises `PolicyError` when one
    begins where another value stands, overlaps, or names an agency that is not there. The caller holds a transaction.
    """
    _one_at_a_time()
    rows = {stated(row).identity: row for row in Clause.objects.select_related("agency").order_by("pk")}
    given = list(clauses)
    merged = {clause.identity: clause for clause in reopened(map(stated, rows.values()))}
    problems = [fault for clause in given if (fault := _against(clause, merged.get(clause.identity)))]
    agencies = {agency.code: agency for agency in Agency.objects.filter(code__in={clause.agency for clause in given})}
    problems += [
        f"{clause.place}: không có cơ quan nào mang mã {clause.agency}."
        for clause in given
        if clause.agency and clause.agency not in agencies
    ]
    if problems:
        raise PolicyError(*problems)
    restated = {clause.identity: clause for clause in given if clause.identity in rows and clause.until}
    merged |= {identity: replace(merged[identity], until=clause.until) for identity, clause in restated.items()}
    fresh = [clause for clause in given if clause.identity not in rows]
    added = 0
    for clause in settle([*merged.values(), *fresh]):
        standing = rows.get(clause.identity)
        if standing is None:
            _create(clause, agencies.get(clause.agency), by=by, at=at)
            added += 1
        elif standing.until != clause.until:
            standing.until = clause.until
            standing.save(update_fields=["until"])
    queries.forget()
    return added


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _against(clause: Stated, standing: Stated | None) -> str:
    """Why a clause cannot be taken in beside the one that begins in its scope on its day; empty when it can."""
    if standing is None or typed_value(clause.key, standing.value) == typed_value(clause.key, clause.value):
        return ""
    return (
        f"{clause.place}: từ ngày {clause.since:%d/%m/%Y} đã có giá trị khác ({standing.value!r}). "
        "Điều đã có hiệu lực không sửa được; hãy thêm khoản mới với ngày bắt đầu sau đó."
    )


def _create(clause: Stated, agency: Agency | None, *, by: Actor, at: datetime) -> None:
    value = list(clause.value) if isinstance(clause.value, tuple) else clause.value
    Clause.objects.create(
        key=clause.key,
        value=value,
        agency=agency,
        procedure_code=clause.procedure,
        since=clause.since,
        until=clause.until,
        basis=clause.basis,
    )
    body = {
        "key": clause.key,
        "value": value,
        "since": clause.since.isoformat(),
        "agency": clause.agency,
        "procedure": clause.procedure,
        "basis": clause.basis,
    }
    record(subject=("policy", "province"), verb="add_clause", by=by, at=at, body=body)
