"""Rows of the policy room as the plain values the rules ask for."""

from __future__ import annotations

from motcua.policy.models import Clause
from motcua.rules.clauses import Stated


def stated(row: Clause) -> Stated:
    """A stored clause as somebody stated it; its agency is known by its code."""
    return Stated(
        key=row.key,
        value=row.value,
        since=row.since,
        until=row.until,
        basis=row.basis,
        agency=row.agency.code if row.agency else "",
        procedure=row.procedure_code,
        place=f"khoản đang có ({row.key}, từ {row.since:%d/%m/%Y})",
    )
