"""Agencies supply what is missing of their procedures; who runs the portal takes it into the catalogue (BN-1).

What an agency writes changes nothing by itself: a procedure is one for the whole province. Taken in, it settles what
was in doubt, or becomes a part of a new revision; the one in force is never edited.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from motcua.agencies.models import Agency
from motcua.agencies.queries import people_with
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.notifications.actions import tell
from motcua.notifications.facts import Recipient
from motcua.procedures.actions.answer_for import answers_for
from motcua.procedures.actions.publish import supersede
from motcua.procedures.actions.resolve import resolve
from motcua.procedures.actions.supplied_rows import lacks_rows, put_rows
from motcua.procedures.models import Defect, InformationSupply, Method, ProcedureRevision, Requirement
from motcua.procedures.queries.completeness import completeness_of
from motcua.rules.completeness import PART_WORDS, Doubt, Part, part_of
from motcua.rules.people import Actor, Role
from motcua.rules.text import clean_line, clean_text

LONGEST = 20_000
_TEXTS = {Part.STEPS: "steps_text", Part.EXECUTING: "executing", Part.DECISION: "decision", Part.TIME: "time_words"}
_LISTS = {Part.SUBJECTS: "subjects", Part.RESULT: "results", Part.BASES: "legal_bases"}
_LIMITS = {Part.DECISION: 120, Part.TIME: 500, Part.EXECUTING: 4000}


@transaction.atomic
def supply(code: str, part: str, words: str, *, agency_id: int, by: Actor, at: datetime) -> InformationSupply:
    """The agency writes what is missing of a part of procedure ``code``, for whoever runs the portal to take in.

    Raises `Refusal` 403 for who does not answer for the agency, 404 when it does not take the procedure in, 409 while
    the same part waits, 422 when nothing of that part is missing or nothing was written.
    """
    if not answers_for(by, agency_id) or by.account_id is None:
        raise Refusal("Chỉ lãnh đạo cơ quan, trưởng phòng chuyên môn cung cấp thông tin thủ tục.", status=403)
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency_id)
    report = next(iter(completeness_of([agency_id], on=at.date())), None)
    line = next((one for one in report.lines if one.code == code), None) if report else None
    if line is None:
        raise Refusal("Cơ quan không tiếp nhận thủ tục này.", status=404)
    if part not in {gap.part.value for gap in line.gaps}:
        raise Refusal("Phần này của thủ tục không thiếu gì.")
    text = clean_text(words)
    if not text or len(text) > LONGEST:
        raise Refusal(f"Hãy ghi nội dung cung cấp, nhiều nhất {LONGEST} chữ.")
    if InformationSupply.objects.filter(revision_id=line.revision_id, agency=agency, part=part, settled_at=None):
        raise Refusal("Nội dung cơ quan cung cấp cho phần này đang chờ đơn vị vận hành cổng.", status=409)
    row = InformationSupply.objects.create(
        procedure_id=line.procedure_id,
        revision_id=line.revision_id,
        agency=agency,
        part=part,
        words=text,
        supplied_by_id=by.account_id,
        supplied_by_name=by.name[:250],
        supplied_at=at,
    )
    _record(row, "supply_information", by, at)
    for account_id, name in people_with(Role.OPERATOR, at=at).items():
        if account_id != by.account_id:
            _tell(row, "information_supplied", account_id, name, line.title, at, by=by.name)
    return row


@transaction.atomic
def settle(pk: int, *, taken: bool, answer: str, by: Actor, at: datetime) -> InformationSupply:
    """Take what was supplied into the catalogue, or not, with a word to the agency.

    Doubts about the part are settled with the answer as the finding; a part that said nothing becomes that of a new
    revision. Raises `Refusal` 403 for others than who runs the portal and for the supplier himself,
    409 when it was settled, 422 without an answer or when the part must be published anew as a whole.
    """
    if not by.holds(Role.OPERATOR):
        raise Refusal("Chỉ người của đơn vị vận hành cổng cập nhật thông tin thủ tục.", status=403)
    row = (
        InformationSupply.objects.select_for_update(of=("self",))
        .select_related("agency", "procedure")
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise Refusal("Không tìm thấy nội dung này.", status=404)
    if row.supplied_by_id == by.account_id:
        raise Refusal("Người cung cấp không tự cập nhật được; phải là người thứ hai.", status=403)
    if row.settled_at is not None:
        raise Refusal("Nội dung này đã được xử lý.", status=409)
    if not clean_line(answer):
        raise Refusal("Hãy ghi đã đối chiếu thế nào, hoặc vì sao chưa cập nhật.")
    running = ProcedureRevision.objects.filter(procedure_id=row.procedure_id).order_by("-number").first()
    row.settled_at, row.settled_by_name = at, by.name[:250]
    row.answer, row.is_taken = clean_line(answer)[:500], taken
    row.save()
    _record(row, "settle_information", by, at)
    title = running.title if running else row.procedure.code
    _tell(row, "information_settled", row.supplied_by_id, row.supplied_by_name, title, at)
    if taken:
        if running is None or running.pk != row.revision_id:
            raise Refusal(
                "Thủ tục đã được công bố lại từ khi cơ quan cung cấp. Hãy xem lại phần còn thiếu.", status=409
            )
        _take_in(row, running, by=by, at=at)
    return row


def _take_in(row: InformationSupply, revision: ProcedureRevision, *, by: Actor, at: datetime) -> None:
    part = Part(row.part)
    open_doubts = Defect.objects.filter(revision=revision, resolved_at__isnull=True).order_by("pk")
    about_it = [one for one in open_doubts if part_of(Doubt(one.code, one.where, one.words)) is part]
    for defect in about_it:
        resolve(defect.pk, finding=f"{row.answer}: {row.words}", by=by, at=at)
    if _is_missing(part, revision):
        _amend(revision, part, row.words, by=by, at=at)
    elif not about_it:
        raise Refusal(f"Phần “{PART_WORDS[part]}” phải công bố lại cùng cả thủ tục, không nhập riêng được.")


def _is_missing(part: Part, revision: ProcedureRevision) -> bool:
    """Whether nothing is said of the part, so that what was supplied can stand there."""
    if column := _column(part):
        return not getattr(revision, column) and not (part is Part.TIME and revision.time_unit)
    return lacks_rows(part, *_rows(revision), has_eform=revision.eform_id is not None)


def _column(part: Part) -> str | None:
    return _TEXTS.get(part) or _LISTS.get(part)


def _rows(revision: ProcedureRevision) -> tuple[list[Requirement], list[Method]]:
    papers = Requirement.objects.filter(revision=revision).order_by("position")
    return list(papers), list(Method.objects.filter(revision=revision).order_by("position"))


def _value(part: Part, words: str) -> Any:
    if part in _LISTS:
        lines = [clean_line(line) for line in words.splitlines() if clean_line(line)]
        return [{"code": line, "name": ""} if part is Part.BASES else {"code": "", "name": line} for line in lines]
    return (words if part is Part.STEPS else clean_line(words))[: _LIMITS.get(part, LONGEST)]


def _amend(revision: ProcedureRevision, part: Part, words: str, *, by: Actor, at: datetime) -> None:
    """A new revision that says one part more. It keeps the mark of what it was made from, so that the national record
    it came from does not undo it before it changes itself.
    """
    papers, ways = _rows(revision)
    column = _column(part)
    if column is None:
        put_rows(part, words, papers, ways, has_eform=revision.eform_id is not None)
    doubts = list(Defect.objects.filter(revision=revision).order_by("pk"))
    supplies = list(InformationSupply.objects.filter(revision=revision).order_by("pk"))
    fresh = ProcedureRevision.objects.get(pk=revision.pk)
    fresh.since, fresh.number = supersede(ProcedureRevision.objects.get(pk=revision.pk), at.date())
    fresh.pk, fresh.until, fresh.published_by, fresh.published_at = None, None, by.name[:200], at
    fresh._state.adding = True
    if column is not None:
        setattr(fresh, column, _value(part, words))
    fresh.save()
    every: list[Any] = [*papers, *ways, *doubts]
    for one in every:
        one.pk, one.revision = None, fresh
        one._state.adding = True
    Requirement.objects.bulk_create(papers)
    Method.objects.bulk_create(ways)
    Defect.objects.bulk_create(doubts)
    InformationSupply.objects.filter(pk__in=[row.pk for row in supplies]).update(revision=fresh)
    body = {"revision": fresh.number, "since": fresh.since.isoformat(), "part": part.value, "digest": fresh.digest}
    record(subject=("procedure", fresh.procedure.code), verb="amend", by=by, at=at, body=body)


def _record(row: InformationSupply, verb: str, by: Actor, at: datetime) -> None:
    body = {"supply": row.pk, "agency": row.agency.code, "part": row.part, "taken": row.is_taken, "answer": row.answer}
    record(subject=("procedure", row.procedure.code), verb=verb, by=by, at=at, body=body)


def _tell(row: InformationSupply, kind: str, account_id: int, name: str, title: str, at: datetime, **said: str) -> None:
    answered = {"decision": "Đã cập nhật" if row.is_taken else "Chưa cập nhật", "note": row.answer}
    context = {
        "agency": row.agency.name,
        "procedure": title,
        "part": PART_WORDS[Part(row.part)],
        "link": f"{settings.BASE_URL}/mot-cua/cong-bo/{row.agency_id}/",
        **(answered if row.settled_at else {}),
        **said,
    }
    tell(kind, recipient=Recipient(account_id=account_id, name=name), context=context, at=at)
