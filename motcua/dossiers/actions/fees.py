"""Money at the counter: asking for what is due first, and recording what was paid (HY-14, HY-22, BD-29)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from motcua.base.errors import Refusal
from motcua.dossiers.actions.gate import passing
from motcua.dossiers.models import Dossier, FeeDue
from motcua.rules.acts import Act, State
from motcua.rules.fees import FeeKind
from motcua.rules.people import Actor
from motcua.rules.text import clean_line


def request_payment(
    code: str, *, name: str = "", amount: int | None = None, basis: str = "", by: Actor, at: datetime
) -> Dossier:
    """Ask the applicant to pay before the work goes on; the clock waits (national status 6).

    Before acceptance for what is due first. While it is examined for a duty that has come up (a land tax, a further
    fee): its ``name``, ``amount`` in đồng and ``basis``, unless something is unpaid. Raises `Refusal` otherwise.
    """
    with passing(Act.REQUEST_PAYMENT, code, by=by, at=at) as passage:
        asked = passage.facts.due_before_acceptance
        if passage.facts.state == State.EXAMINING:
            asked = _duty(passage.dossier, clean_line(name), amount, clean_line(basis), unpaid=passage.facts.unpaid)
            passage.note = clean_line(name)
        passage.told = {"amount": asked}
        passage.details = {"amount": asked}
    return passage.dossier


def _duty(dossier: Dossier, name: str, amount: int | None, basis: str, *, unpaid: int) -> int:
    """Put the duty on the dossier's bill; answers all that is to be paid now, in đồng."""
    if not name and amount is None and unpaid:
        return unpaid
    problems: dict[str, list[str]] = {}
    if not name:
        problems["name"] = ["Hãy ghi tên khoản phải nộp, ví dụ: Lệ phí trước bạ nhà đất."]
    if amount is None or amount <= 0:
        problems["amount"] = ["Hãy nhập số tiền (đồng, lớn hơn 0)."]
    if problems:
        raise Refusal("Chưa yêu cầu nộp được.", field_errors=problems)
    last = max((fee.position for fee in dossier.fees.all()), default=-1)
    FeeDue.objects.create(
        dossier=dossier,
        position=last + 1,
        kind=(FeeKind.CHARGE if "lệ phí" in name.lower() else FeeKind.FEE).value,
        name=name[:250],
        amount=amount,
        moment=FeeDue.Moment.DURING,
        refundable=False,
        basis=basis[:300],
    )
    return unpaid + (amount or 0)


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
