"""The bells: warnings before a limit, the apology before a promise breaks, reminders and endings by rule.

`ring` may run as often as one likes, in as many workers as one likes: a bell rings once for each date
(`TimerMark`), under the dossier's lock, and what was missed while nobody looked rings when somebody does. Which bell
rings when is decided in `rules.lateness` alone, so that `what_will_happen` foretells exactly what `ring` will do.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Prefetch, QuerySet

from motcua.base.kept import insert
from motcua.dossiers.actions import alarms, apologise, expire, officers, opinions
from motcua.dossiers.actions.telling import tell_reminder
from motcua.dossiers.facts import load
from motcua.dossiers.facts.promises import running_of
from motcua.dossiers.models import Consultation, Dossier, StepRun, SupplementRequest, TimerMark
from motcua.dossiers.queries.visible import visible_to
from motcua.rules.acts import State
from motcua.rules.lateness import BELL_WORDS, Bell, Ring, Running, coming, next_ring
from motcua.rules.people import Actor, Role
from motcua.rules.promise import next_date
from motcua.rules.worktime import closing_of

logger = logging.getLogger(__name__)

TRY_AGAIN = timedelta(minutes=15)
"""When a dossier whose bell could not ring is looked at again."""

MOST_FORETOLD = 500
"""Dossiers looked at for one answer of `what_will_happen`."""

LIMITS = {
    Bell.ACCEPTANCE_WARNING: "Hạn tiếp nhận",
    Bell.ACCEPTANCE_SOON: "Hạn tiếp nhận",
    Bell.ACCEPTANCE_LATE: "Hạn tiếp nhận",
    Bell.ACCEPTANCE_STILL_LATE: "Hạn tiếp nhận",
    Bell.OPINION_WARNING: "Hạn trả lời ý kiến",
    Bell.OPINION_SOON: "Hạn trả lời ý kiến",
    Bell.OPINION_LATE: "Hạn trả lời ý kiến",
    Bell.STEP_WARNING: "Hạn của bước",
    Bell.STEP_SOON: "Hạn của bước",
    Bell.STEP_LATE: "Hạn của bước",
    Bell.RESULT_WARNING: "Ngày hẹn trả",
    Bell.RESULT_SOON: "Ngày hẹn trả",
    Bell.LATE_AGAIN: "Ngày hẹn lại",
    Bell.STILL_LATE: "Ngày hẹn lại",
    Bell.ANSWER_OVER: "Hạn bổ sung",
}
_WARNINGS = frozenset(
    {
        Bell.ACCEPTANCE_WARNING,
        Bell.ACCEPTANCE_SOON,
        Bell.OPINION_WARNING,
        Bell.OPINION_SOON,
        Bell.STEP_WARNING,
        Bell.STEP_SOON,
        Bell.RESULT_WARNING,
        Bell.RESULT_SOON,
    }
)

_OF_OPINIONS = frozenset({Bell.OPINION_WARNING, Bell.OPINION_SOON, Bell.OPINION_LATE})


@dataclass(frozen=True, slots=True)
class Foretold:
    """One bell that will ring for a dossier if nobody does anything until then."""

    code: str
    procedure: str
    unit: str
    bell: Bell
    due_at: datetime
    at: datetime
    of: int = 0

    @property
    def words(self) -> str:
        return BELL_WORDS[self.bell]


def ring(*, by: Actor, at: datetime, batch: int = 100) -> int:
    """Ring everything due by ``at``; answers how many bells rang. What another worker holds is left to it."""
    count, after = 0, alarms.BEGINNING
    while True:
        seen = alarms.look(at=at, batch=batch, after=after)
        count += sum(_ring_safely(pk, by=by, at=at) for pk in seen.due)
        if seen.following is None:
            return count
        after = seen.following


def _ring_safely(pk: int, *, by: Actor, at: datetime) -> int:
    """One dossier whose bells fail, for whatever reason of its own, holds nobody else up; it is tried again later."""
    try:
        return _ring_for(pk, by=by, at=at)
    except (OperationalError, InterfaceError):  # the database is away or will not: nobody's bells can ring now
        raise
    except Exception:
        logger.exception("the bells of dossier %s could not ring", pk)
        alarms.put_off(pk, at=at, until=at + TRY_AGAIN)
        return 0


def what_will_happen(*, at: datetime, until: datetime, actor: Actor, most: int = MOST_FORETOLD) -> list[Foretold]:
    """What will ring up to ``until`` for the dossiers this actor sees, in order of time; nothing is changed by asking.

    Operators are told of all dossiers, by their codes alone. At most so many are looked at, those that ring first.
    """
    found: list[Foretold] = []
    seen = Dossier.objects.all() if actor.holds(Role.OPERATOR) else visible_to(actor)
    for dossier in _watched(seen.filter(alarm__ring_at__lte=until))[:most]:
        run = next(iter(dossier.open_steps), None)  # type: ignore[attr-defined]
        rung = alarms.marks_of(dossier.timer_marks.all())
        dates = _Dates(dossier, run)
        found += [
            Foretold(
                code=dossier.code or "",
                procedure=dossier.revision.title,
                unit=_where(each, dossier, run),
                bell=each.bell,
                due_at=each.due_at,
                at=max(each.at, at),
                of=each.of,
            )
            for each in coming(running_of(dossier, run, at), rung, until=until, new_date=dates.name)
        ]
    return sorted(found, key=lambda each: (each.at, each.code))


_STEPS = Prefetch(
    "steps",
    StepRun.objects.filter(finished_at__isnull=True).select_related("agency").order_by("pk"),
    to_attr="open_steps",
)
_REQUESTS = Prefetch("supplement_requests", SupplementRequest.objects.order_by("number"))
_MARKS = Prefetch("timer_marks", TimerMark.objects.order_by("pk"))
_OPINIONS = Prefetch("consultations", Consultation.objects.order_by("pk"))


def _watched(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers with what their bells depend on, those that ring first in front."""
    return (
        rows.select_related("revision", "agency", "apology")
        .defer("revision__raw", "revision__steps_text", "revision__conditions")
        .prefetch_related(_STEPS, _REQUESTS, _MARKS, _OPINIONS)
        .order_by("alarm__ring_at", "pk")
    )


def _opinion(ring: Ring, dossier: Dossier) -> Consultation | None:
    """The opinion a bell is about."""
    if ring.bell not in _OF_OPINIONS:
        return None
    return next(row for row in dossier.consultations.all() if row.pk == ring.of)


def _where(ring: Ring, dossier: Dossier, run: StepRun | None) -> str:
    """With whom lies what the bell is about."""
    if (asked := _opinion(ring, dossier)) is not None:
        return asked.unit_name
    return run.unit_name if run is not None else dossier.agency.name


@dataclass(frozen=True, slots=True)
class _Dates:
    """The date an apology would name for a dossier."""

    dossier: Dossier
    run: StepRun | None

    def name(self, running: Running, ring: Ring) -> datetime:
        left = apologise.work_left(self.dossier, self.run)
        day = next_date(running.hours, was_due=ring.due_at, at=ring.at, minutes_left=left)
        return closing_of(running.hours, day)


@transaction.atomic
def _ring_for(pk: int, *, by: Actor, at: datetime) -> int:
    """Ring what is due for one dossier and set its alarm to the next bell; answers how many rang."""
    if not alarms.hold(pk, at=at):
        return 0
    dossier, count = _loaded(pk), 0
    rung = alarms.marks_of(dossier.timer_marks.all())
    while True:
        run = next(iter(dossier.open_steps), None)  # type: ignore[attr-defined]
        following = None if dossier.is_closed else next_ring(running_of(dossier, run, at), rung)
        if following is None or following.at > at:
            break
        insert(
            TimerMark(dossier=dossier, kind=following.bell.value, due_at=following.due_at, of=following.of, rung_at=at)
        )
        rung |= {following.key}
        count += 1
        if _do(following, dossier, run, by=by, at=at):
            dossier = _loaded(pk)
    alarms.set_to(pk, following)
    return count


def _loaded(pk: int) -> Dossier:
    """The dossier, locked by the caller, with what its bells depend on."""
    found = load.held(pk, contents=(_STEPS, _MARKS))
    assert found is not None
    if found.state == State.AWAITING_SUPPLEMENT:
        load.add(found, (_REQUESTS,))
    if found.state == State.EXAMINING:
        load.add(found, (_OPINIONS,))
    return found


def _do(ring: Ring, dossier: Dossier, run: StepRun | None, *, by: Actor, at: datetime) -> bool:
    """What a bell does; whether it changed the dossier."""
    code = dossier.code or ""
    match ring.bell:
        case Bell.APOLOGY_DRAFT:
            known = getattr(dossier, "apology", None)  # about a date that has moved since: its reason still holds
            apologise.draft_apology(code, reason=known.reason if known else _reason(run), by=by, at=at)
        case Bell.APOLOGY_SEND:
            if getattr(dossier, "apology", None) is None:
                apologise.draft_apology(code, reason=_reason(run), by=by, at=at)
            _send_unsigned(ring, code, by=by, at=at)
        case Bell.ANSWER_OVER if dossier.policy.close_unanswered:
            expire.close_unanswered(code, by=by, at=at)
        case Bell.ANSWER_REMINDER:
            tell_reminder(dossier, at=at, answer_by=ring.due_at, closes=dossier.policy.close_unanswered)
            return False
        case _:
            _write(ring, dossier, run, at)
            return False
    return True


def _answering(ring: Ring, dossier: Dossier, run: StepRun | None, at: datetime) -> officers.People:
    """Who is warned of a limit and told that it was missed: the holder and the leader, while it lies at a coordinating
    agency also the leader there; the second time also above, and one level higher each further time. Of an opinion's
    own limit the unit that was asked is warned; that it gave none, whoever asked and his leaders are told.
    """
    if (asked := _opinion(ring, dossier)) is not None:
        if ring.bell in _WARNINGS:
            return opinions.who_answers(asked, at)
        asker = {asked.asked_by_id: asked.asked_by_name} if asked.asked_by_id else {}
        return {**asker, **officers.leaders(run.agency_id if run is not None else dossier.agency_id, at)}
    match ring.bell:
        case Bell.ANSWER_OVER:
            return officers.counter_of(dossier, at)
        case Bell.ACCEPTANCE_STILL_LATE:
            return officers.higher(dossier, ring.of, at)
        case Bell.STILL_LATE:
            return officers.higher(dossier, ring.of + 1, at)  # the nearest was told when the new date broke
    people = {**officers.holders(dossier, run, at), **officers.leaders(dossier.agency_id, at)}
    if run is not None and run.agency_id != dossier.agency_id:
        people = {**people, **officers.leaders(run.agency_id, at)}
    return {**people, **officers.above(dossier, at)} if ring.bell is Bell.LATE_AGAIN else people


def _send_unsigned(ring: Ring, code: str, *, by: Actor, at: datetime) -> None:
    """The date has come and nobody has signed: the apology goes out by itself, and that is reported."""
    dossier = apologise.sign_apology(code, by=by, at=at)
    people = officers.with_stand_ins({**officers.leaders(dossier.agency_id, at), **officers.above(dossier, at)}, at)
    officers.write_to(
        "apology_unsigned",
        people,
        dossier,
        at=at,
        limit=apologise.LIMIT_WORDS,
        due_at=ring.due_at,
        new_due_at=dossier.apology.new_due_at,
    )


def _write(ring: Ring, dossier: Dossier, run: StepRun | None, at: datetime) -> None:
    kind = "deadline_near" if ring.bell in _WARNINGS else "deadline_missed"
    where = f"Đang ở bước “{run.title}”, {run.unit_name}." if run is not None else ""
    if (asked := _opinion(ring, dossier)) is not None:
        where = f"Nơi được hỏi: {asked.unit_name}."
    elif ring.bell in (Bell.ACCEPTANCE_STILL_LATE, Bell.STILL_LATE):
        where = f"Đã báo trước đó mà chưa ai xử lý; báo lên cấp cao hơn lần thứ {ring.of}. {where}".rstrip()
    people = officers.with_stand_ins(_answering(ring, dossier, run, at), at)
    officers.write_to(kind, people, dossier, at=at, limit=LIMITS[ring.bell], due_at=ring.due_at, note=where)


def _reason(run: StepRun | None) -> str:
    """What can be said of a delay nobody has explained: where the dossier stands. Persons are not named."""
    if run is None:
        return "Hồ sơ chưa được giải quyết xong trong thời gian quy định."
    return f"Bước “{run.title}” tại {run.unit_name} chưa hoàn thành trong thời gian quy định."
