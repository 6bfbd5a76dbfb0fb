"""What a dossier's dates are derived from, and what a change of the calendar or an outage would do to them.

Rows to values and back to a date: `rules.promise` counts, this file says from what.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers.models import Dossier, Promise, StepRun, SupplementRequest
from motcua.policy.queries import calendar
from motcua.rules.acts import INTAKE_STATES, AfterSupplement, Channel, State, StepKind
from motcua.rules.lateness import Asked, Limit, Running
from motcua.rules.promise import (
    Stand,
    Waiting,
    counted,
    counting_start,
    days_until,
    net_minutes,
    promised_amount,
    stands_from,
)
from motcua.rules.worktime import VIETNAM, Calendar, Due, Unit, add_working_minutes

UNFINISHED = frozenset({State.ACCEPTED, State.EXAMINING, State.AWAITING_APPROVAL, State.AWAITING_SEAL})
"""Accepted and without a result: the promised date runs."""

PUBLISHED, SHORTER, APOLOGY = "published", "online", "apology"
"""On what a promised time stands: the published time, a shorter one for online dossiers, the one new date."""


@dataclass(frozen=True, slots=True)
class Counting:
    """What the counting of one date needs besides the calendar."""

    start: datetime
    amount: int
    unit: Unit
    cutoff: str
    stands: tuple[Stand, ...]
    agency_id: int
    basis: str = PUBLISHED
    published: int = 0

    def to_data(self) -> dict[str, Any]:
        """As a promise keeps it."""
        return {
            "start": self.start.astimezone(VIETNAM).isoformat(),
            "amount": self.amount,
            "unit": self.unit.value,
            "same_day_cutoff": self.cutoff,
            "pauses": [stand.to_data() for stand in self.stands],
            "agency": self.agency_id,
            "basis": self.basis,
            "published": self.published,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any], *, agency_id: int) -> Counting:
        """Read back; ``agency_id`` stands in where an old promise did not keep whose calendar it was counted by."""
        return cls(
            start=datetime.fromisoformat(data["start"]),
            amount=data["amount"],
            unit=Unit(data["unit"]),
            cutoff=data["same_day_cutoff"],
            stands=stands_from(data["pauses"]),
            agency_id=data.get("agency", agency_id),
            basis=data.get("basis", PUBLISHED),
            published=data.get("published", data["amount"]),
        )

    def count(self, hours: Calendar) -> Due:
        """The date and why, in a calendar."""
        return counted(
            hours, start=self.start, amount=self.amount, unit=self.unit, cutoff=self.cutoff, stands=self.stands
        )


def counting_of(dossier: Dossier, what: str) -> Counting:
    """How the acceptance limit or the promised date of a dossier is counted as it stands now."""
    stands = stands_from(dossier.pauses)
    if what == Promise.What.ACCEPTANCE:
        assert dossier.submitted_at is not None
        start = counting_start(dossier.transferred_at or dossier.submitted_at, stands, dossier.policy.after_supplement)
        hours = dossier.policy.acceptance_within_hours
        return Counting(start, hours, Unit.WORKING_HOURS, "", stands, dossier.agency_id, published=hours)
    apology = getattr(dossier, "apology", None)
    if apology is not None and apology.signed_at is not None:
        return _after_apology(dossier, apology, stands)
    return _as_published(dossier, stands)


def budget_of(dossier: Dossier, minutes: int) -> int:
    """Working minutes of a station to which the route gives ``minutes``: less in the same proportion as the agency
    promised this dossier less, so that the limits of all stations together keep the promise (BD-9, BD-41)."""
    amount, published = _amounts(dossier)
    return minutes if amount >= published else min(minutes, max(1, minutes * amount // published))


def _amounts(dossier: Dossier) -> tuple[int, int]:
    """The time promised to the dossier and the published one, in the unit of the latter."""
    revision, published = dossier.revision, dossier.revision.time_amount or 0
    amount = promised_amount(
        published,
        percent=dossier.policy.online_time_percent,
        online=dossier.channel == Channel.ONLINE.value,
        same_day=bool(revision.same_day_cutoff),
    )
    return amount, published


def _as_published(dossier: Dossier, stands: tuple[Stand, ...]) -> Counting:
    assert dossier.accepted_at is not None
    revision = dossier.revision
    amount, published = _amounts(dossier)
    return Counting(
        start=counting_start(dossier.accepted_at, stands, dossier.policy.after_supplement),
        amount=amount,
        unit=Unit(revision.time_unit),
        cutoff=revision.same_day_cutoff,
        stands=stands,
        agency_id=dossier.agency_id,
        basis=PUBLISHED if amount == published else SHORTER,
        published=published,
    )


def _after_apology(dossier: Dossier, apology: Any, stands: tuple[Stand, ...]) -> Counting:
    """The one new date, as working days from the moment the apology was signed: whatever stops the clock after that,
    even before the date that could not be kept, puts it off."""
    hours = calendar(apology.signed_at, agency_id=dossier.agency_id)
    days = days_until(hours, apology.signed_at, apology.new_due_at.astimezone(VIETNAM).date())
    return Counting(
        start=apology.signed_at,
        amount=days or 0,
        unit=Unit.WORKING_DAYS,
        cutoff="",
        stands=stands,
        agency_id=dossier.agency_id,
        basis=APOLOGY,
        published=dossier.revision.time_amount or 0,
    )


def measured_by(dossier: Dossier) -> datetime | None:
    """The date by which its punctuality is told: the promised one as every wait moved it, but not as an apology did.

    NĐ 61/2018 điều 19 has whoever is late apologise; it does not say that he is late no longer.
    """
    if dossier.promised_at == dossier.first_promised_at:
        return dossier.promised_at
    apology = getattr(dossier, "apology", None)
    return apology.was_due_at if apology is not None and apology.signed_at is not None else dossier.promised_at


def why_it_stands(dossier: Dossier) -> Waiting:
    """Why the clock of a dossier in this state stands."""
    return Waiting.PAYMENT if dossier.state == State.AWAITING_PAYMENT.value else Waiting.SUPPLEMENT


def stands_of(dossier: Dossier) -> tuple[Stand, ...]:
    """Every time the clock stood, the present one open."""
    closed = stands_from(dossier.pauses)
    if dossier.paused_at is None:
        return closed
    return (*closed, Stand(dossier.paused_at, None, why_it_stands(dossier)))


def open_request(dossier: Dossier) -> SupplementRequest | None:
    """The supplement request that waits for its answer."""
    return next((row for row in dossier.supplement_requests.all() if row.answered_at is None), None)


def answer_limit(dossier: Dossier, request: SupplementRequest, hours: Calendar) -> datetime:
    """Until when the applicant may answer; outages in that time are added."""
    stands = [stand for stand in stands_from(dossier.pauses) if stand.why is Waiting.OUTAGE]
    return counted(
        hours,
        start=request.requested_at,
        amount=dossier.policy.supplement_answer_days,
        unit=Unit.WORKING_DAYS,
        cutoff="",
        stands=stands,
    ).at


# --- what moves when the calendar does


@dataclass(frozen=True, slots=True)
class Shift:
    """One date of a dossier that moves. ``what``: a `Promise.What`, or "answer" for the time to answer a request."""

    what: str
    old: datetime
    new: datetime

    @property
    def words(self) -> str:
        return {"acceptance": "Hạn trả lời tiếp nhận", "result": "Ngày hẹn trả", "answer": "Hạn bổ sung"}[self.what]


def shifts(dossier: Dossier, hours: Calendar) -> list[Shift]:
    """Dates given to the applicant that this calendar (and the outages kept with the dossier) would put elsewhere."""
    found = []
    state = State(dossier.state)
    if dossier.paused_at is None and state in INTAKE_STATES and dossier.acceptance_due_at is not None:
        new = counting_of(dossier, Promise.What.ACCEPTANCE).count(hours).at
        found.append(Shift("acceptance", dossier.acceptance_due_at, new))
    if dossier.paused_at is None and state in UNFINISHED and dossier.promised_at is not None:
        new = counting_of(dossier, Promise.What.RESULT).count(hours).at
        found.append(Shift("result", dossier.promised_at, new))
    request = open_request(dossier)
    if state == State.AWAITING_SUPPLEMENT and request is not None and request.answer_by is not None:
        found.append(Shift("answer", request.answer_by, answer_limit(dossier, request, hours)))
    return [shift for shift in found if shift.old != shift.new]


def step_due(run: StepRun, hours: Calendar) -> datetime | None:
    """The limit of an open step that runs: what is left of its budget since it was set running."""
    if run.running_since is None or run.kind == StepKind.RETURN:
        return None
    return add_working_minutes(hours, run.running_since, max(run.budget_minutes - run.used_minutes, 0))


# --- what runs, for the bells


def running_of(dossier: Dossier, run: StepRun | None, at: datetime) -> Running:
    """The limits that run for a dossier at this moment, for `rules.lateness`."""
    hours = calendar(at, agency_id=dossier.agency_id)
    step_hours = hours if run is None else calendar(at, agency_id=run.agency_id)
    state, policy = State(dossier.state), dossier.policy
    apology = getattr(dossier, "apology", None)
    request = open_request(dossier) if state == State.AWAITING_SUPPLEMENT else None
    runs, signed = dossier.paused_at is None, bool(apology and apology.signed_at)
    # A draft about a date that has moved since is none: what it says is no longer true, and no leader can sign it.
    stands = apology is not None and (signed or apology.was_due_at == dossier.promised_at)
    works = run is not None and runs and run.due_at is not None and state in UNFINISHED
    return Running(
        hours=hours,
        step_hours=step_hours,
        policy=policy,
        acceptance=_limit(dossier, "acceptance", dossier.acceptance_due_at, hours)
        if runs and state == State.SUBMITTED
        else None,
        step=Limit(run.due_at, run.budget_minutes) if works and run is not None and run.due_at is not None else None,
        result=_limit(dossier, "result", dossier.promised_at, hours) if runs and state in UNFINISHED else None,
        answer_by=request.answer_by if request is not None else None,
        asked=_asked(dossier, at) if runs and state == State.EXAMINING else (),
        apology_drafted=stands,
        apology_signed=signed,
        new_due_at=apology.new_due_at if apology is not None and stands and not signed else None,
    )


def _asked(dossier: Dossier, at: datetime) -> tuple[Asked, ...]:
    """Opinions still owed, each in the hours of the unit that was asked."""
    rows = sorted((row for row in dossier.consultations.all() if row.answered_at is None), key=lambda row: row.pk)
    return tuple(
        Asked(row.pk, calendar(at, agency_id=row.agency_id), Limit(row.due_at, max(1, row.budget_minutes)))
        for row in rows
    )


def _limit(dossier: Dossier, what: str, due_at: datetime | None, hours: Calendar) -> Limit | None:
    if due_at is None:
        return None
    counting = counting_of(dossier, what)
    return Limit(due_at, max(1, net_minutes(hours, counting.start, due_at, counting.stands)))


def starts_anew(dossier: Dossier) -> bool:
    """Whether the time begins again when the supplement comes (clause ``after_supplement``)."""
    return dossier.policy.after_supplement is AfterSupplement.RESET and why_it_stands(dossier) is Waiting.SUPPLEMENT
