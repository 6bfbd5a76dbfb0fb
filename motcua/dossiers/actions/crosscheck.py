"""Comparing a declaration with connected databases (HY-20): asked by an officer, never by itself.

Three parts, because a database far away may take its time: `begin` writes down what will be asked and for what purpose,
`ask` speaks with the databases and holds no transaction, `keep` stores the verdicts.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from motcua.accounts.actions import throttle
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.actions.intake import judge
from motcua.dossiers.models import CrossCheck, Dossier
from motcua.dossiers.ports import Entry, Inquiry, Unanswered, registers
from motcua.dossiers.queries import dossier_of
from motcua.dossiers.queries.crosschecks import askable, declared_digest
from motcua.rules.acts import Verdict
from motcua.rules.crosscheck import REGISTERS, Match, Question, Register, compare
from motcua.rules.people import Actor

MOST_AN_HOUR = 120
"""Askings of one officer in an hour: more than anybody handles, too few to copy a database through this door."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One question, and how it is asked."""

    question: Question
    inquiry: Inquiry


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with what came back: an entry, or why there is none."""

    asking: Asking
    entry: Entry | None
    error: str = ""


def begin(code: str, *, by: Actor, at: datetime) -> tuple[Asking, ...]:
    """Write down who asks what of whom, and for what; call it outside a transaction, before `ask`.

    Raises `Refusal`: 404 for whoever may not see the dossier, 403 for whoever does not handle it now, 409 when its form
    has nothing to compare, 429 when asked too often.
    """
    throttle("crosscheck", str(by.account_id), limit=MOST_AN_HOUR, per_seconds=3600, at=at)
    with transaction.atomic():
        dossier = _handled(code, by, at)
        found = askable(dossier, by, at=at)
        if not found:
            raise Refusal("Tờ khai này không có mục nào đối chiếu được, hoặc hồ sơ không ở bước của bạn.", status=409)
        purpose = f"Giải quyết hồ sơ {dossier.code}, thủ tục {dossier.revision.procedure.code}"
        askings = tuple(Asking(question, _inquiry(dossier, question, purpose, by, at)) for question in found)
        body = {
            "code": dossier.code,
            "purpose": purpose,
            "requests": [
                {"id": one.inquiry.request_id, "register": one.question.register.value, "path": one.question.path}
                for one in askings
            ],
        }
        record(subject=dossier.subject, verb="crosscheck", by=by, at=at, body=body)
    return askings


def ask(askings: Sequence[Asking]) -> tuple[Answer, ...]:
    """Speak with the databases, one question after another; one that does not answer is not asked again.

    Never call it inside a transaction: rows must not stay locked while somebody else's system thinks.
    """
    outside, silent = registers(), dict[Register, str]()
    answers = []
    for one in askings:
        register = one.question.register
        if register in silent:
            answers.append(Answer(one, None, silent[register]))
            continue
        try:
            answers.append(Answer(one, outside.look_up(one.inquiry)))
        except Unanswered as error:
            silent[register] = f"{REGISTERS[register]}: {error}"
            answers.append(Answer(one, None, silent[register]))
    return tuple(answers)


@transaction.atomic
def keep(code: str, answers: Sequence[Answer], *, by: Actor, at: datetime) -> list[CrossCheck]:
    """Store a verdict on each answer, and in the audit which databases answered. Raises `Refusal` like `begin`."""
    dossier = dossier_of(code, by)
    rows = [_row(dossier, one, one.entry, by, at) for one in answers if one.entry is not None]
    CrossCheck.objects.bulk_create(rows)
    body = {
        "code": dossier.code,
        "answered": [{"id": str(row.request_id), "digest": row.answer_digest, "matches": _tally(row)} for row in rows],
        "unanswered": [one.asking.inquiry.request_id for one in answers if one.entry is None],
    }
    record(subject=dossier.subject, verb="crosscheck-answer", by=by, at=at, body=body)
    return rows


def _handled(code: str, by: Actor, at: datetime) -> Dossier:
    if by.account_id is None or not by.is_officer:
        raise Refusal("Không tìm thấy hồ sơ này.", status=404)
    dossier = dossier_of(code, by)
    if dossier.applicant_id == by.account_id:
        raise Refusal("Không tự đối chiếu hồ sơ của chính mình.", status=403)
    return dossier


def _inquiry(dossier: Dossier, question: Question, purpose: str, by: Actor, at: datetime) -> Inquiry:
    return Inquiry(
        request_id=str(uuid.uuid4()),
        register=question.register,
        number=question.number,
        parts=tuple(one.part for one in question.declared),
        dossier=dossier.code or "",
        procedure=dossier.revision.procedure.code,
        purpose=purpose,
        agency=dossier.agency.code,
        officer=by.name,
        asked_at=at,
    )


def _row(dossier: Dossier, answer: Answer, entry: Entry, by: Actor, at: datetime) -> CrossCheck:
    question, inquiry = answer.asking.question, answer.asking.inquiry
    return CrossCheck(
        request_id=uuid.UUID(inquiry.request_id),
        dossier=dossier,
        register=question.register.value,
        path=question.path[:100],
        label=question.label[:300],
        declared_digest=declared_digest(question),
        results=[
            {key: value for key, value in asdict(one).items() if value} for one in compare(question, entry.record)
        ],
        source=entry.source[:200],
        answered_at=entry.as_of,
        answer_digest=entry.digest,
        purpose=inquiry.purpose,
        asked_by_id=by.account_id,
        asked_by_name=by.name,
        asked_at=at,
    )


def _tally(row: CrossCheck) -> dict[str, int]:
    """How many answers came to which verdict; the audit holds no value."""
    return {match.value: sum(one["match"] == match.value for one in row.results) for match in Match}


def mark_wrong(code: str, request_id: str, part: str, *, by: Actor, at: datetime) -> str:
    """Judge the item a database contradicts as wrong, so that the next supplement request names it; answers its label.

    What the database says is not told to the applicant, who may not be the person it is about. Raises `Refusal` 404
    when there is no such difference, and whatever `intake.judge` raises.
    """
    dossier = dossier_of(code, by)
    row = next((one for one in dossier.crosschecks.all() if str(one.request_id) == request_id), None)
    compared = next((one for one in row.results if one["part"] == part), None) if row else None
    if row is None or compared is None or compared["match"] != Match.DIFFERENT.value:
        raise Refusal("Không tìm thấy kết quả đối chiếu này.", status=404)
    label, item = str(compared["label"]), str(compared["item"])
    words = (
        f"“{label}” không khớp với {row.get_register_display()}. "
        "Hãy xem lại giấy tờ và sửa cho đúng, hoặc giải thích vì sao khác."
    )
    wrong = {one.item: one for one in dossier.findings.all() if one.verdict == Verdict.WRONG.value}
    kept = wrong.get(item)
    if kept is None or words not in kept.note:
        note = f"{kept.note} {words}" if kept is not None else words
        judge(code, {item: (Verdict.WRONG, note)}, by=by, at=at)
    return label
