"""Opinions asked beside a step, as rows and clocks; who may ask and answer is for the verbs in `consult`.

Each unit has a clock of its own, in its own office hours, inside what is left of the asking step: the date the lead
promised never moves for it (BN-16, BN-17, BD-42, HY-32).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from motcua.agencies.queries import colleagues
from motcua.dossiers.actions.officers import People, write_to
from motcua.dossiers.actions.seats import Seat, seat_of
from motcua.dossiers.models import Consultation, Dossier, StepRun
from motcua.policy.queries import calendar
from motcua.rules.people import Actor, Role
from motcua.rules.promise import Stand, net_minutes, stands_from
from motcua.rules.route import Step
from motcua.rules.worktime import add_working_minutes, working_minutes

SILENCE = "Hết hạn không trả lời, coi như đồng ý"
NO_LONGER_NEEDED = "Không còn cần ý kiến"
BY_THE_ROUTE = "Xin ý kiến phối hợp theo quy trình của thủ tục."
_ONE_MINUTE = timedelta(minutes=1)


def minutes_left(run: StepRun, at: datetime) -> int:
    """Working minutes the step still has; none once they are used up."""
    used = run.used_minutes
    if run.running_since is not None:
        used += working_minutes(calendar(at, agency_id=run.agency_id), run.running_since, max(at, run.running_since))
    return max(run.budget_minutes - used, 0)


def ask(
    dossier: Dossier, run: StepRun, units: Iterable[Seat], *, question: str, minutes: int, by: Actor, at: datetime
) -> list[Consultation]:
    """A row and a clock for each unit; ``minutes`` are cut to what the step has left."""
    rows = []
    for unit in units:
        budget, due_at = _limit(run, unit.agency.pk, minutes, at)
        rows.append(
            Consultation(
                dossier=dossier,
                run=run,
                agency=unit.agency,
                division=unit.division,
                unit_name=unit.name_at(dossier),
                question=question,
                asked_by_id=by.account_id,
                asked_by_name=by.name,
                asked_at=at,
                budget_minutes=budget,
                due_at=due_at,
            )
        )
    Consultation.objects.bulk_create(rows)
    for row in rows:
        write_to(
            "opinion_asked",
            who_answers(row, at),
            dossier,
            at=at,
            besides=by.account_id,
            question=question,
            due_at=row.due_at,
        )
    return rows


def who_answers(row: Consultation, at: datetime) -> People:
    """Whom to tell: the head of the division (its officers where it has none), the leaders of a whole agency."""
    roles = (Role.DIVISION_HEAD, Role.CASE_OFFICER) if row.division_id else (Role.LEADER,)
    for role in roles:
        posts = colleagues(row.agency_id, division_id=row.division_id, roles=(role,), at=at)
        if posts:
            return {post.account_id: post.account.name for post in posts}
    return {}


def ask_as_routed(dossier: Dossier, run: StepRun, step: Step, *, by: Actor, at: datetime) -> list[Consultation]:
    """Open the opinions the route names for this step; who has given one on an earlier passage is not asked again.

    Raises `Refusal` 409 with the place when the route names a unit that does not exist here.
    """
    given = set(
        dossier.consultations.filter(run__index=step.index, agrees__isnull=False)
        .order_by()
        .values_list("agency_id", "division_id")
    )
    asked: list[Consultation] = []
    for opinion in step.opinions:
        named, place = opinion.agency or step.agency, f"Bước “{step.title}”"
        unit = seat_of(dossier, named, opinion.division, place=place, at=at)
        if (unit.agency.pk, unit.division_id) not in given:
            question = opinion.question or BY_THE_ROUTE
            asked += ask(dossier, run, [unit], question=question, minutes=opinion.minutes, by=by, at=at)
    return asked


def note_silence(dossier: Dossier, *, at: datetime) -> list[str]:
    """Close what nobody answered in time as agreement (NĐ 61/2018 điều 18); answers the names of the units."""
    rows = list(dossier.consultations.filter(answered_at__isnull=True, due_at__lt=at).order_by("pk"))
    for row in rows:
        close(dossier, row, agrees=True, opinion=SILENCE, by_name="", at=at)
    return [row.unit_name for row in rows]


def drop(dossier: Dossier, *, at: datetime) -> None:
    """The step ends without these opinions (recalled, returned, withdrawn): nobody owes them any more."""
    for row in dossier.consultations.filter(answered_at__isnull=True).order_by("pk"):
        close(dossier, row, agrees=None, opinion=NO_LONGER_NEEDED, by_name="", at=at)


def close(
    dossier: Dossier, row: Consultation, *, agrees: bool | None, opinion: str, by_name: str, at: datetime
) -> None:
    """Write the answer down with the working minutes it took."""
    row.agrees, row.opinion, row.answered_by_name, row.answered_at = agrees, opinion, by_name[:250], at
    row.used_minutes = worked(dossier, row, at)
    row.save()


def resume(dossier: Dossier, run: StepRun, at: datetime) -> None:
    """After a pause, an outage or a change of the calendar each open opinion has left what it had, inside what the step
    has left. What was overdue already stays so, and a limit does not creep by the seconds that counting leaves out.
    """
    for row in dossier.consultations.filter(answered_at__isnull=True).order_by("pk"):
        left = row.budget_minutes - worked(dossier, row, at)
        if left <= 0:
            continue
        _, due_at = _limit(run, row.agency_id, left, at)
        if abs(due_at - row.due_at) >= _ONE_MINUTE:
            row.due_at = due_at
            row.save(update_fields=["due_at"])


def worked(dossier: Dossier, row: Consultation, at: datetime) -> int:
    """Working minutes the unit has had the question, in its own hours, pauses of the dossier left out."""
    stands = list(stands_from(dossier.pauses))
    if dossier.paused_at is not None:
        stands.append(Stand(dossier.paused_at, None))
    return net_minutes(calendar(at, agency_id=row.agency_id), row.asked_at, row.answered_at or at, stands)


def _limit(run: StepRun, agency_id: int, minutes: int, at: datetime) -> tuple[int, datetime]:
    """Working minutes and limit of an opinion in the asked agency's hours, never beyond the asking step's own."""
    hours = calendar(at, agency_id=agency_id)
    due_at = add_working_minutes(hours, at, min(minutes, minutes_left(run, at)))
    if run.due_at is not None and due_at > run.due_at:
        due_at = max(run.due_at, at)
    return working_minutes(hours, at, due_at), due_at
