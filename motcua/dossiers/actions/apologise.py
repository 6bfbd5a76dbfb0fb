"""An apology before a promise breaks, and one new date (NĐ 61/2018 điều 19; Mẫu 04)."""

from __future__ import annotations

from datetime import date, datetime

from motcua.base.errors import Refusal
from motcua.dossiers.actions import clock, officers
from motcua.dossiers.actions.approve import title_of
from motcua.dossiers.actions.gate import Passing, passing
from motcua.dossiers.facts import papers as paper_facts
from motcua.dossiers.facts import route_of
from motcua.dossiers.models import Apology, Dossier, Promise, StepRun
from motcua.policy.queries import calendar
from motcua.rules.acts import Act, StepKind
from motcua.rules.people import Actor
from motcua.rules.promise import days_until, next_date
from motcua.rules.text import clean_text
from motcua.rules.worktime import closing_of

LIMIT_WORDS = "Ngày hẹn trả"


def draft_apology(code: str, *, reason: str, new_day: date | None = None, by: Actor, at: datetime) -> Dossier:
    """Write (or rewrite) the apology while nobody has signed it, and put it before the leader.

    ``new_day`` left out: as many working days as the stations still to come need. Raises `Refusal` without a reason,
    for a day that is off, over, or not after the date it replaces.
    """
    cleaned = clean_text(reason)
    if not cleaned:
        raise Refusal("Chưa ghi lý do trễ hẹn.", field_errors={"reason": ["Hãy nói rõ vì sao chưa kịp trả kết quả."]})
    with passing(Act.DRAFT_APOLOGY, code, by=by, at=at) as passage:
        dossier = passage.dossier
        assert dossier.promised_at is not None
        apology, _ = Apology.objects.update_or_create(
            dossier=dossier,
            defaults={
                "reason": cleaned,
                "was_due_at": dossier.promised_at,
                "new_due_at": _new_date(dossier, passage.run, new_day, at),
                "drafted_by_name": by.name,
                "drafted_at": at,
            },
        )
        passage.note = cleaned
        passage.is_public = False
        passage.details = {"was_due": apology.was_due_at.isoformat(), "new_due": apology.new_due_at.isoformat()}
        _put_before_leader(passage, apology)
    return dossier


def sign_apology(code: str, *, by: Actor, at: datetime) -> Dossier:
    """Sign the apology and send it: the new date becomes the promise, the first one stays as it was.

    The system signs nothing: it sends what lies ready when the date comes and nobody has signed (``by_the_clock``),
    with a date anew where the drafted one is no longer possible. A leader is refused then, and drafts again.
    """
    with passing(Act.SIGN_APOLOGY, code, by=by, at=at) as passage:
        dossier, apology = passage.dossier, passage.dossier.apology
        _bring_up_to_date(passage, apology)
        apology.signed_at = at
        apology.by_the_clock = by.is_system
        if not by.is_system:
            apology.signed_by_name, apology.signed_title = by.name, title_of(dossier, by, at)
        apology.save()
        made = clock.promise(dossier, Promise.What.RESULT, at, reason=f"Xin lỗi và hẹn lại: {apology.reason}")
        if made.due_at != apology.new_due_at:
            raise RuntimeError(f"{code}: the new date does not follow from the old one")
        clock.falls_due(dossier, passage.run)
        passage.note = apology.reason
        passage.details = {"new_due": apology.new_due_at.isoformat(), "by_the_clock": apology.by_the_clock}
        passage.told = {"reason": apology.reason, "was_due_at": apology.was_due_at, "new_due_at": apology.new_due_at}
        passage.paper = lambda: paper_facts.apology_notice(dossier, apology)
    return dossier


def work_left(dossier: Dossier, run: StepRun | None) -> int:
    """Working minutes of the present station and of those still to come; handing over the result is not among them."""
    here = dossier.step_index or 0
    later = [step.minutes for step in route_of(dossier) if step.index > here and step.kind is not StepKind.RETURN]
    return sum(later) + (run.budget_minutes if run is not None else 0)


def suggested_day(dossier: Dossier, run: StepRun | None, at: datetime) -> date:
    """The new day that leaves room for every station still to come."""
    assert dossier.promised_at is not None
    hours = calendar(at, agency_id=dossier.agency_id)
    return next_date(hours, was_due=dossier.promised_at, at=at, minutes_left=work_left(dossier, run))


def _new_date(dossier: Dossier, run: StepRun | None, day: date | None, at: datetime) -> datetime:
    hours = calendar(at, agency_id=dossier.agency_id)
    assert dossier.promised_at is not None
    day = day or suggested_day(dossier, run, at)
    fault = ""
    if days_until(hours, dossier.promised_at, day) is None:
        fault = "Ngày hẹn lại phải là ngày làm việc và sau ngày đã hẹn."
    elif closing_of(hours, day) <= max(at, dossier.promised_at):
        fault = "Ngày hẹn lại phải còn ở phía trước."
    if fault:
        raise Refusal("Chưa soạn được phiếu xin lỗi.", field_errors={"new_day": [fault]})
    return closing_of(hours, day)


def _bring_up_to_date(passage: Passing, apology: Apology) -> None:
    """The promise may have moved since the draft, or the drafted date may be over."""
    dossier, at = passage.dossier, passage.at
    assert dossier.promised_at is not None
    if apology.was_due_at == dossier.promised_at and apology.new_due_at > max(at, dossier.promised_at):
        return
    if not passage.by.is_system:
        raise Refusal("Ngày hẹn đã đổi hoặc ngày hẹn lại đã qua từ khi soạn phiếu. Hãy soạn lại rồi ký.", status=409)
    apology.was_due_at = dossier.promised_at
    apology.new_due_at = _new_date(dossier, passage.run, None, at)


def _put_before_leader(passage: Passing, apology: Apology) -> None:
    dossier, at = passage.dossier, passage.at
    officers.write_to(
        "apology_waiting",
        officers.with_stand_ins(officers.leaders(dossier.agency_id, at), at),
        dossier,
        at=at,
        besides=passage.by.account_id,
        limit=LIMIT_WORDS,
        due_at=apology.was_due_at,
        new_due_at=apology.new_due_at,
        note=apology.reason,
    )
