"""Money at the counter: asking for what is due first, and recording what was paid (HY-14, HY-22, BD-29)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from motcua.base.errors import Refusal
from motcua.dossiers.actions.gate import passing
from motcua.dossiers.models import Dossier
from motcua.rules.acts import Act
from motcua.rules.people import Actor
from motcua.rules.text import clean_line


def request_payment(code: str, *, by: Actor, at: datetime) -> Dossier:
    """Ask the applicant to pay what must be paid before acceptance; the acceptance limit waits."""
    with passing(Act.REQUEST_PAYMENT, code, by=by, at=at) as passage:
        passage.told = {"amount": passage.facts.due_before_acceptance}
        passage.details = {"amount": passage.facts.due_before_acceptance}
    return passage.dossier


def collect(
    code: str, *, receipt_number: str, amounts: Mapping[int, int] | None = None, by: Actor, at: datetime
) -> Dossier:
    """Record payment of all that is unpaid under one receipt.

    ``amounts`` gives đồng by fee position for fees whose amount only an officer can set. Raises `Refusal` while one of
    those is missing.
    """
    with passing(Act.COLLECT_FEE, code, by=by, at=at) as passage:
        amounts = amounts or {}
        problems: dict[str, list[str]] = {}
        if not clean_line(receipt_number):
            problems["receipt_number"] = ["Hãy ghi số biên lai."]
        unpaid = [fee for fee in passage.dossier.fees.all() if fee.paid_at is None]
        for fee in unpaid:
            amount = fee.amount if fee.amount is not None else amounts.get(fee.position)
            if amount is None or amount < 0:
                problems[f"amount-{fee.position}"] = [f"Hãy nhập số tiền “{fee.name}” (đồng, không âm)."]
            fee.amount = amount
        if problems:
            raise Refusal("Chưa ghi nhận được khoản thu.", field_errors=problems)
        for fee in unpaid:
            fee.paid_at = at
            fee.paid_to_name = by.name
            fee.receipt_number = clean_line(receipt_number)[:60]
            fee.save()
        total = sum(fee.amount or 0 for fee in unpaid)
        passage.told = {"amount": total, "receipt_number": clean_line(receipt_number)}
        passage.details = {"amount": total, "receipt": clean_line(receipt_number)}
    return passage.dossier
