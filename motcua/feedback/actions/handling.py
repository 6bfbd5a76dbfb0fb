"""Dealing with a case: give it to an agency, take it up, write down what was done, name who is meant, end it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.accounts.contacts import clean_contact, is_email
from motcua.agencies.models import Agency
from motcua.agencies.queries import officers_of
from motcua.base.errors import Refusal
from motcua.feedback.actions.log import write
from motcua.feedback.actions.report import MOST, attach
from motcua.feedback.models import Case, CaseReporter
from motcua.feedback.queries.cases import visible_to
from motcua.files.models import StoredFile
from motcua.notifications.actions import tell
from motcua.notifications.facts import Recipient
from motcua.rules.people import Actor, Role
from motcua.rules.text import clean_line, clean_text
from motcua.rules.violations import ENDED, NEXT, STATE_WORDS, CaseState, Entry


@transaction.atomic
def give(number: str, agency_id: int, *, by: Actor, at: datetime) -> Case:
    """The operator says whose business it is. Its limit stays. Raises `Refusal` 403 for anybody else."""
    case = _open(number, by)
    if not by.holds(Role.OPERATOR):
        raise Refusal("Chỉ đơn vị vận hành giao vụ việc cho cơ quan.", status=403)
    agency = Agency.objects.valid_at(at).filter(pk=agency_id).first()
    if agency is None:
        raise Refusal("Hãy chọn cơ quan.", field_errors={"agency": ["Hãy chọn một cơ quan đang hoạt động."]})
    case.agency = agency
    case.save(update_fields=["agency"])
    write(case, Entry.GIVEN, agency.name, by=by, at=at, body={"agency": agency.code})
    return case


@transaction.atomic
def take(number: str, *, by: Actor, at: datetime) -> Case:
    """Take a case up, or take it over from a colleague."""
    case = _open(number, by)
    if case.handler_id == by.account_id:
        return case
    before = case.handler_name
    case.state, case.handler_id, case.handler_name = CaseState.VERIFYING.value, by.account_id, by.name
    case.save(update_fields=["state", "handler", "handler_name"])
    write(case, Entry.TAKEN, f"Thay {before}." if before else "", by=by, at=at)
    return case


@transaction.atomic
def note(number: str, words: str, *, files: Sequence[StoredFile] = (), by: Actor, at: datetime) -> Case:
    """Write down what was done. Only in a case that is being verified."""
    case = _being_verified(number, by)
    told = _told(words, "words", "Hãy ghi việc đã làm.")
    attach(case, files, by_name=by.name, at=at)
    write(case, Entry.NOTED, told, by=by, at=at, body={"files": [file.sha256 for file in files]})
    return case


@transaction.atomic
def accuse(number: str, accounts: Collection[int], *, by: Actor, at: datetime) -> Case:
    """Say which officers the case is about, in place of those it might be about; for them it stops existing.

    Nobody can be named who is not of the case's agency, or was not shut out before.
    """
    case = _being_verified(number, by)
    chosen, known = set(accounts), set(case.accused)
    people = {person.pk: person.name for person in officers_of(case.agency_id, at=at)} if case.agency_id else {}
    if chosen - known - set(people):
        raise Refusal(
            "Có người không thuộc cơ quan này.", field_errors={"accused": ["Hãy chọn trong danh sách của cơ quan."]}
        )
    case.accused = sorted(chosen)
    case.save(update_fields=["accused"])
    names = ", ".join(people.get(key, f"tài khoản {key}") for key in case.accused) or "Không phải cán bộ của cơ quan."
    write(case, Entry.ACCUSED, names, by=by, at=at, body={"accused": case.accused})
    return case


@transaction.atomic
def close(number: str, state: str, *, words: str, answer: str, passed_to: str = "", by: Actor, at: datetime) -> Case:
    """End a case: what was found (for the log), what the reporter is told, and to whom it was passed on if it was.

    Raises `Refusal` 409 when nobody has taken it up or it has ended; 422 with each missing word by field.
    """
    case = _being_verified(number, by)
    problems: dict[str, list[str]] = {}
    wanted = CaseState(state) if state in set(CaseState) else None
    if wanted is None or wanted not in NEXT[CaseState(case.state)]:
        problems["state"] = ["Hãy chọn kết quả xác minh."]
    found, told, body = clean_text(words), clean_text(answer), clean_line(passed_to)[:250]
    if not found:
        problems["words"] = ["Hãy ghi kết quả xác minh và căn cứ."]
    if not told:
        problems["answer"] = ["Hãy viết lời trả lời người báo."]
    if wanted is CaseState.TRANSFERRED and not body:
        problems["passed_to"] = ["Hãy ghi cơ quan nhận."]
    problems |= {key: [_LONG] for key, text in (("words", found), ("answer", told)) if len(text) > MOST}
    if problems or wanted is None:
        raise Refusal("Chưa kết thúc được vụ việc.", field_errors=problems)
    case.state, case.closed_at, case.answer = wanted.value, at, told
    case.passed_to = body if wanted is CaseState.TRANSFERRED else ""
    case.save(update_fields=["state", "closed_at", "answer", "passed_to"])
    write(case, Entry.CLOSED, found, by=by, at=at, body={"is_late": case.is_late(at)})
    _answer_reporter(case, at)
    return case


def _answer_reporter(case: Case, at: datetime) -> None:
    """The answer goes to the account and to the address left with the report; who left neither looks it up himself.

    It goes without the case's secret, and under no dossier's code: no officer finds it among a dossier's messages.
    """
    reporter = CaseReporter.objects.select_related("account").filter(case=case).first()
    if reporter is None:
        return
    account, contact = reporter.account, clean_contact(reporter.contact) or ""
    tell(
        "violation_ended",
        recipient=Recipient(
            account_id=account.pk if account else None,
            name=reporter.name,
            email=contact if is_email(contact) else account.email if account and not contact else "",
            phone=contact if contact and not is_email(contact) else "",
        ),
        context={
            "number": case.number,
            "outcome": STATE_WORDS[CaseState(case.state)],
            "answer": case.answer,
            "note": case.passed_to,
            "link": f"{settings.BASE_URL}/bao-vi-pham/theo-doi/",
        },
        at=at,
    )


_LONG = "Nội dung dài quá 5.000 ký tự."


def _told(text: str, field: str, missing: str) -> str:
    told = clean_text(text)
    if not told or len(told) > MOST:
        raise Refusal(missing, field_errors={field: [missing if not told else _LONG]})
    return told


def _open(number: str, by: Actor) -> Case:
    """The case, locked. 404 where it does not exist for this actor, 409 when it has ended."""
    case = visible_to(by).filter(number=number).select_for_update(of=("self",)).first()
    if case is None:
        raise Refusal("Không tìm thấy vụ việc này.", status=404)
    if CaseState(case.state) in ENDED:
        raise Refusal(f"Vụ việc đã kết thúc: {STATE_WORDS[CaseState(case.state)]}.", status=409)
    return case


def _being_verified(number: str, by: Actor) -> Case:
    case = _open(number, by)
    if case.state != CaseState.VERIFYING or case.handler_id != by.account_id:
        raise Refusal("Hãy nhận xác minh vụ việc trước.", status=409)
    return case
