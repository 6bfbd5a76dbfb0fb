"""A lost dossier's case (BD-82): the post makes good all costs and fees and helps to redo the papers.

Data with an audit trail; no money moves here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.parcels.actions.envelopes import end, locked_parcel, write
from motcua.parcels.models import Compensation, LostCase
from motcua.rules.parcels import CASE_WORDS, NEXT_OF_CASE, STATE_WORDS, CaseState, ParcelState, Reporter, may_become
from motcua.rules.people import Actor
from motcua.rules.text import clean_line, clean_text

MOST = 1_000_000_000
"""Đồng: no single cost of a dossier is larger."""


@transaction.atomic
def open_case(
    number: str, *, reporter: Reporter, account: str, by: Actor, at: datetime, report_id: str = ""
) -> LostCase:
    """Say that an envelope is lost. Twice gives the one case; what has arrived or come back cannot be lost."""
    parcel, words = locked_parcel(number), clean_text(account)
    if not words:
        raise Refusal("Chưa ghi sự việc.", field_errors={"account": ["Hãy kể ngắn gọn điều gì đã xảy ra."]})
    known = LostCase.objects.filter(parcel=parcel).first()
    if known is not None:
        return known
    if not may_become(ParcelState(parcel.state), ParcelState.LOST):
        state = STATE_WORDS[ParcelState(parcel.state)]
        raise Refusal(f"Bưu gửi {parcel.number} đang ở tình trạng “{state}”.", status=409)
    end(parcel, ParcelState.LOST, at)
    parcel.lines.filter(is_pending=True).delete()
    write(parcel, "lose", STATE_WORDS[ParcelState.LOST], by=by, at=at, report_id=report_id)
    case = LostCase.objects.create(
        parcel=parcel,
        reporter=reporter.value,
        account=words,
        opened_at=at,
        opened_by_name=by.name,
        opened_by_id=by.account_id,
    )
    _record(case, "open_case", by, at, {"reporter": reporter.value})
    return case


@transaction.atomic
def compensate(number: str, items: Sequence[tuple[str, int]], *, by: Actor, at: datetime) -> LostCase:
    """Record what the post makes good: names of costs and fees with their amounts in đồng. No money moves here."""
    case = _locked(number, CaseState.COMPENSATED)
    lines = [(clean_line(name)[:250], amount) for name, amount in items]
    problems = [name or "?" for name, amount in lines if not name or not 0 < amount <= MOST]
    if problems:
        words = "Mỗi khoản cần tên và số tiền lớn hơn 0 đồng, không quá một tỷ đồng."
        raise Refusal(words, field_errors={"items": [words]})
    if not lines:
        words = "Hãy ghi các chi phí, phí, lệ phí được bồi thường."
        raise Refusal(words, field_errors={"items": [words]})
    Compensation.objects.bulk_create(Compensation(case=case, name=name, amount=amount) for name, amount in lines)
    case.state, case.compensated_at, case.compensated_by_name = CaseState.COMPENSATED.value, at, by.name
    case.save()
    _record(case, "compensate", by, at, {"items": len(lines), "total": sum(amount for _, amount in lines)})
    return case


@transaction.atomic
def help_redo(
    number: str, *, new_papers: str, is_duplicate_asked: bool, contact: str, by: Actor, at: datetime
) -> LostCase:
    """Record how the papers are made again, and who helps the citizen with it."""
    case = _locked(number, CaseState.HELPED)
    papers, person = clean_text(new_papers), clean_line(contact)[:250]
    problems: dict[str, list[str]] = {}
    if not papers and not is_duplicate_asked:
        problems["new_papers"] = ["Hãy ghi giấy tờ phải làm lại, hoặc đánh dấu đã đề nghị cơ quan cấp lại."]
    if not person:
        problems["contact"] = ["Hãy ghi ai hỗ trợ người dân và số điện thoại."]
    if problems:
        raise Refusal("Chưa ghi được việc hỗ trợ.", field_errors=problems)
    case.new_papers, case.is_duplicate_asked, case.contact = papers, is_duplicate_asked, person
    case.state, case.helped_at, case.helped_by_name = CaseState.HELPED.value, at, by.name
    case.save()
    _record(case, "help_redo", by, at, {"duplicate": is_duplicate_asked})
    return case


@transaction.atomic
def close_case(number: str, *, words: str, by: Actor, at: datetime) -> LostCase:
    """End the case with words to the citizen."""
    case, told = _locked(number, CaseState.CLOSED), clean_text(words)
    if not told:
        raise Refusal("Chưa ghi lời báo.", field_errors={"words": ["Hãy viết cho người dân biết kết quả."]})
    case.state, case.closed_at, case.closed_by_name = CaseState.CLOSED.value, at, by.name
    case.closing_words = told
    case.save()
    _record(case, "close_case", by, at, {})
    return case


def _locked(number: str, then: CaseState) -> LostCase:
    case = LostCase.objects.select_for_update(of=("self",)).filter(parcel__number=number).first()
    if case is None:
        raise Refusal("Không tìm thấy vụ thất lạc này.", status=404)
    if then not in NEXT_OF_CASE[CaseState(case.state)]:
        raise Refusal(f"Vụ việc đang ở bước “{CASE_WORDS[CaseState(case.state)]}”.", status=409)
    return case


def _record(case: LostCase, verb: str, by: Actor, at: datetime, body: dict[str, Any]) -> None:
    parcel = case.parcel
    record(subject=parcel.subject, verb=verb, by=by, at=at, body={"ref": parcel.ref, **body})
