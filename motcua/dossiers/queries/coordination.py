"""Who was asked about a dossier, what they said, and what waits for one's own unit to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from motcua.agencies.models import Agency, Division, PostHeld
from motcua.dossiers.facts import facts_of
from motcua.dossiers.models import Consultation, Dossier, InternalNote, StepRun
from motcua.dossiers.queries.timing import Badge, badge, length_words, main_badge
from motcua.rules.acts import Act
from motcua.rules.lifecycle import TABLE, does_step, is_asked
from motcua.rules.people import Actor, Post, Role

MOST_LISTED = 50
ONLY_FREE = "Bạn chỉ nhận được hồ sơ chưa có ai giữ. Lãnh đạo phòng mới phân công cho người khác."
"""Why somebody who does not head the unit may not assign this dossier."""


@dataclass(frozen=True, slots=True)
class OpinionView:
    """One question to one unit, and what became of it, in words."""

    key: int
    unit: str
    question: str
    asked_by: str
    asked_at: datetime
    due_at: datetime
    due: Badge | None
    """Working time left; None once it is answered."""
    verdict: str = ""
    opinion: str = ""
    by: str = ""
    at: datetime | None = None
    spent: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier on which one's unit was asked, as a row."""

    code: str
    applicant: str
    procedure: str
    lead: str
    view: OpinionView


def answerable(dossier: Dossier, actor: Actor) -> list[tuple[Consultation, Post]]:
    """Open questions this actor may answer, each with the post by which, oldest first."""
    rows = [row for row in dossier.consultations.all() if row.answered_at is None]
    found = [(row, is_asked(row.agency_id, row.division_id, actor)) for row in sorted(rows, key=lambda row: row.pk)]
    return [(row, post) for row, post in found if post is not None]


def was_asked(dossier: Dossier, actor: Actor) -> bool:
    """Whether a unit of this actor was ever asked about the dossier."""
    rows = dossier.consultations.all()
    return any(is_asked(row.agency_id, row.division_id, actor) is not None for row in rows)


def opinions_of(dossier: Dossier, *, at: datetime) -> list[OpinionView]:
    """Everything that was asked about the dossier, in order."""
    return [_view(row, at) for row in sorted(dossier.consultations.all(), key=lambda row: row.pk)]


def asked_of(actor: Actor, *, at: datetime, answered: bool = False) -> list[Waiting]:
    """What the units of one's posts were asked: open questions by what falls due first, or the latest answers."""
    where = Q(pk__in=[])
    for post in actor.posts:
        if post.role in TABLE[Act.OPINE].roles:
            mine = Q(agency_id=post.agency_id)
            if post.division_id is not None:
                mine &= Q(division_id=post.division_id) | Q(division_id__isnull=True)
            where |= mine
    rows = Consultation.objects.filter(where, answered_at__isnull=not answered)
    rows = rows.select_related("dossier__revision", "dossier__agency")
    ordered = rows.order_by("-answered_at", "-pk") if answered else rows.order_by("due_at", "pk")
    return [
        Waiting(
            code=row.dossier.code or "",
            applicant=row.dossier.applicant_name,
            procedure=row.dossier.revision.title,
            lead=row.dossier.agency.name,
            view=_view(row, at),
        )
        for row in ordered[:MOST_LISTED]
    ]


def units_to_ask(dossier: Dossier, run: StepRun, *, at: datetime) -> list[tuple[str, str]]:
    """Choices ``("agency" or "agency-division", name)``: divisions of the step's own agency first, then other
    agencies of the same level and above with their divisions; never the unit that asks, nor one that nobody could
    answer for: its silence would count as agreement.
    """
    own = Division.objects.filter(agency_id=run.agency_id).exclude(pk=run.division_id or 0).order_by("name")
    manned = Manned(at)
    found = [(f"{run.agency_id}-{row.pk}", row.name) for row in own if manned.answers(run.agency_id, row.pk)]
    lead = {agency.pk: agency for agency in (dossier.agency, run.agency)}
    around = Q(pk__in=lead) | Q(tier="province") | Q(pk__in=[one.parent_id for one in lead.values() if one.parent_id])
    others = Agency.objects.valid_at(at).filter(around).exclude(pk=run.agency_id)
    for agency in others.prefetch_related("divisions").order_by("code"):
        if manned.answers(agency.pk, None):
            found.append((str(agency.pk), agency.name))
        found += [
            (f"{agency.pk}-{row.pk}", f"{row.name}, {agency.name}")
            for row in agency.divisions.all()
            if manned.answers(agency.pk, row.pk)
        ]
    return found


class Manned:
    """Which units have somebody who may answer for them at a moment. One query."""

    def __init__(self, at: datetime) -> None:
        held = PostHeld.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)
        held = held.filter(role__in=[role.value for role in TABLE[Act.OPINE].roles], account__is_active=True)
        self._posts = set(held.order_by().values_list("agency_id", "division_id").distinct())
        self._agencies = {agency for agency, _ in self._posts}

    def answers(self, agency_id: int, division_id: int | None) -> bool:
        """Whether somebody answers for the whole agency, or for this division of it."""
        if division_id is None:
            return agency_id in self._agencies
        return bool({(agency_id, division_id), (agency_id, None)} & self._posts)


def works_on(dossier: Dossier, run: StepRun | None, actor: Actor, *, at: datetime) -> bool:
    """Whether the open step is this actor's to do."""
    return run is not None and does_step(facts_of(dossier, run=run, at=at), actor)


def heads(run: StepRun, actor: Actor) -> bool:
    """Whether this actor heads the unit that has the step, in his own right or standing in: he assigns it to others."""
    return any(
        post.role == Role.DIVISION_HEAD
        and post.agency_id == run.agency_id
        and (run.division_id is None or post.division_id in (None, run.division_id))
        for post in actor.posts
    )


def _view(row: Consultation, at: datetime) -> OpinionView:
    answered = row.answered_at is not None
    verdict = {True: "Đồng ý", False: "Không đồng ý", None: ""}[row.agrees]
    return OpinionView(
        key=row.pk,
        unit=row.unit_name,
        question=row.question,
        asked_by=row.asked_by_name,
        asked_at=row.asked_at,
        due_at=row.due_at,
        due=None if answered else badge(row.due_at, now=at, agency_id=row.agency_id),
        verdict=verdict,
        opinion=row.opinion,
        by=row.answered_by_name,
        at=row.answered_at,
        spent=f"{length_words(row.used_minutes)} / {length_words(row.budget_minutes)}" if answered else "",
        is_late=answered and row.agrees is not None and (row.answered_at or at) > row.due_at,
    )


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a joint dossier, or the whole a part belongs to."""

    code: str
    title: str
    agency: str
    state: str
    due: Badge
    is_done: bool


def parts_of(dossier: Dossier, *, at: datetime) -> list[PartView]:
    """The parts of a joint dossier in the order they were opened."""
    return [part_view(row, at) for row in sorted(dossier.children.all(), key=lambda row: row.pk)]


def whole_of(dossier: Dossier, *, at: datetime) -> PartView | None:
    """The joint dossier this one is a part of."""
    return part_view(dossier.parent, at) if dossier.parent is not None else None


def part_view(row: Dossier, at: datetime) -> PartView:
    return PartView(
        code=row.code or "",
        title=row.revision.title,
        agency=row.agency.name,
        state=row.state_words,
        due=main_badge(row, now=at),
        is_done=row.result_at is not None or row.is_closed,
    )


def notes_of(dossier: Dossier, actor: Actor) -> list[InternalNote]:
    """Internal notes for an officer, oldest first; none for the applicant, whatever post he holds besides."""
    if not actor.is_officer or dossier.applicant_id == actor.account_id:
        return []
    return sorted(dossier.internal_notes.all(), key=lambda note: note.pk)
