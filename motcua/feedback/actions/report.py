"""Taking in a report of a violation: a number, a limit, the evidence as it stands now, the first line of the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from motcua.accounts.contacts import clean_contact, clean_phone
from motcua.base.errors import Refusal
from motcua.feedback.actions.log import write
from motcua.feedback.facts import digest_of, snapshot
from motcua.feedback.models import Case, CaseFile, CaseReporter, Matter, Via
from motcua.files.actions import claim
from motcua.files.models import StoredFile
from motcua.policy.queries import calendar, policy_at
from motcua.rules.people import Actor
from motcua.rules.text import clean_line, clean_text
from motcua.rules.violations import Accused, Entry, Kind, Thing, shuts_out_handlers
from motcua.rules.worktime import Unit, due

LEAST = 10
"""Letters below which nobody can find out what happened."""
MOST = 5_000
MOST_FILES = 5
REPORTER = "Người báo"
"""What the log and the audit call a citizen who reports, known or not."""

_TAKE_NUMBER = """
INSERT INTO feedback_caseseries (matter, year, last) VALUES (%s, %s, 1)
ON CONFLICT (matter, year) DO UPDATE SET last = feedback_caseseries.last + 1 RETURNING last
"""


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports, as typed. ``once`` is of the form it came with; ``is_named`` lets the account be kept."""

    kind: str
    account: str
    accused_is: str = Accused.UNKNOWN.value
    thing: str = Thing.NONE.value
    ref: str = ""
    place: str = ""
    happened: str = ""
    name: str = ""
    contact: str = ""
    is_named: bool = True
    files: Sequence[StoredFile] = ()
    once: UUID | None = None


def report(given: Report, *, via: Via, by: Actor, at: datetime) -> Case:
    """Open a case. The same form sent twice is one case. Raises `Refusal` 422 with every fault by field.

    Its limit is the policy's for petitions, in working days of the agency concerned (BD-50: three). Who reports stands
    in a row of its own; neither log nor audit name a citizen.
    """
    if known := _known(given):
        return known
    if problems := _problems(given):
        raise Refusal("Chưa gửi được. Hãy xem lại các mục bên dưới.", field_errors=problems)
    try:
        with transaction.atomic():
            return _open(given, via, by, at)
    except IntegrityError:
        if known := _known(given):
            return known
        raise


def _known(given: Report) -> Case | None:
    return Case.objects.filter(once=given.once).first() if given.once else None


def _problems(given: Report) -> dict[str, list[str]]:
    problems: dict[str, list[str]] = {}
    if given.kind not in set(Kind):
        problems["kind"] = ["Hãy chọn loại vi phạm."]
    told = clean_text(given.account)
    if len(told) < LEAST:
        problems["account"] = ["Hãy kể điều gì đã xảy ra, ít nhất một câu."]
    elif len(told) > MOST:
        problems["account"] = ["Nội dung dài quá 5.000 ký tự. Hãy rút gọn hoặc gửi kèm tệp."]
    if given.accused_is not in set(Accused):
        problems["accused_is"] = ["Hãy chọn bạn báo về ai."]
    if given.thing not in set(Thing):
        problems["thing"] = ["Hãy chọn việc liên quan đến gì."]
    if given.contact and not (clean_contact(given.contact) or clean_phone(given.contact)):
        problems["contact"] = ["Đây chưa phải thư điện tử hay số điện thoại. Sửa lại, hoặc để trống."]
    if len(given.files) > MOST_FILES:
        problems["files"] = [f"Gửi kèm nhiều nhất {MOST_FILES} tệp."]
    return problems


def _open(given: Report, via: Via, by: Actor, at: datetime) -> Case:
    ref = clean_line(given.ref)[:200]
    seen = snapshot(Thing(given.thing), ref, account_id=by.account_id, at=at)
    policy = policy_at(at, agency_id=seen.agency_id)
    days = policy.feedback_within_days
    limit = due(calendar(at, agency_id=seen.agency_id), start=at, amount=days, unit=Unit.WORKING_DAYS)
    out = sorted(seen.handlers) if shuts_out_handlers(Accused(given.accused_is)) else []
    case = Case.objects.create(
        number=_number(Matter.VIOLATION, at),
        matter=Matter.VIOLATION.value,
        kind=given.kind,
        via=via,
        once=given.once or uuid4(),
        agency_id=seen.agency_id,
        received_at=at,
        within_days=days,
        due_at=limit.at,
        account=clean_text(given.account),
        place=clean_line(given.place)[:300],
        happened=clean_line(given.happened)[:120],
        accused_is=given.accused_is,
        accused=out,
        thing=given.thing,
        ref=ref,
        dossier_code=seen.dossier_code,
        evidence=seen.evidence,
        evidence_sha256=digest_of(seen.evidence),
    )
    _keep_reporter(case, given, via, by)
    attach(case, given.files, by_name=REPORTER, at=at)
    body: dict[str, Any] = {"kind": case.kind, "evidence": case.evidence_sha256, "files": _digests(given.files)}
    write(case, Entry.REPORTED, "", by=Actor(None, REPORTER), at=at, body=body)
    return case


def _keep_reporter(case: Case, given: Report, via: Via, by: Actor) -> None:
    """Name, contact and account, where they were given; a report without any of them keeps nothing of the reporter."""
    name, contact = clean_line(given.name)[:250], clean_line(given.contact)[:254]
    account = by.account_id if given.is_named or via is Via.DESK else None
    if name or contact or account:
        name = name or (by.name if account else "")
        CaseReporter.objects.create(case=case, account_id=account, name=name, contact=contact)


def attach(case: Case, files: Sequence[StoredFile], *, by_name: str, at: datetime) -> None:
    """Keep these files with the case, for as long as it is kept."""
    claim(files, owner=f"case:{case.number}")
    CaseFile.objects.bulk_create(CaseFile(case=case, file=file, added_at=at, added_by_name=by_name) for file in files)


def _digests(files: Sequence[StoredFile]) -> list[str]:
    return [file.sha256 for file in files]


def _number(matter: Matter, at: datetime) -> str:
    """The next number of the year, "VP-2026-00007"."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_NUMBER, [matter.value, at.year])
        (last,) = cursor.fetchone()
    return f"VP-{at.year}-{last:05d}"
