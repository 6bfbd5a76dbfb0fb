"""How whole what is published of each agency's procedures is, and who must supply what is missing (BN-1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Max

from motcua.procedures.facts import Known, known_of
from motcua.procedures.models import (
    InformationCheck,
    InformationReminder,
    InformationSupply,
    Offering,
    ProcedureRevision,
)
from motcua.procedures.queries.ministry import services_in_force
from motcua.rules.completeness import Gap, Part, Place, Supplier, gaps_at, gaps_of
from motcua.rules.people import Actor, Role

ANSWERING = (Role.LEADER, Role.DIVISION_HEAD)
"""Who answers for what an agency publishes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One procedure an agency takes in, with everything that is missing of it there."""

    offering_id: int
    revision_id: int
    procedure_id: int
    code: str
    title: str
    level: int
    gaps: tuple[Gap, ...]
    checked_at: datetime | None = None
    checked_by: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.gaps

    @property
    def is_ours_to_supply(self) -> bool:
        """Whether the agency itself has to supply something."""
        return any(gap.supplier is Supplier.AGENCY for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class Completeness:
    """An agency and its procedures: how many, how many whole, how many it has looked through, what is missing."""

    agency_id: int
    code: str
    name: str
    lines: tuple[Line, ...]
    reminded_at: datetime | None = None

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def whole(self) -> int:
        return sum(line.is_whole for line in self.lines)

    @property
    def lacking(self) -> int:
        return self.total - self.whole

    @property
    def checked(self) -> int:
        return sum(line.checked_at is not None for line in self.lines)

    @property
    def by_part(self) -> Mapping[Part, int]:
        """Part → how many procedures lack it, the commonest first."""
        counted = Counter(part for line in self.lines for part in {gap.part for gap in line.gaps})
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], list(Part).index(pair[0]))))


def agencies_answered_for(actor: Actor) -> frozenset[int] | None:
    """Agencies whose report an officer reads: those led in one's own place; None for every agency of the province."""
    if actor.holds(Role.OPERATOR):
        return None
    return frozenset(post.agency_id for post in actor.posts if post.role in ANSWERING)


def completeness_of(agencies: Collection[int] | None = None, *, on: date) -> list[Completeness]:
    """The report of these agencies (all that take something in, without) on a day, what lacks most first.

    Seven queries, however many agencies there are.
    """
    offered = Offering.objects.filter(since__lte=on).exclude(until__lte=on)
    if agencies is not None:
        offered = offered.filter(agency_id__in=agencies)
    rows = list(offered.select_related("agency", "counter").order_by("agency__code", "pk"))
    known = known_of({row.procedure_id for row in rows}, on=on)
    whose = {row.agency_id for row in rows}
    checks = _checks(whose, {one.revision_id for one in known.values()})
    reminded = dict(
        InformationReminder.objects.filter(agency_id__in=whose)
        .order_by()
        .values_list("agency_id")
        .annotate(last=Max("sent_at"))
    )
    general = {procedure: gaps_of(one.published) for procedure, one in known.items()}
    lines: dict[int, list[Line]] = {}
    agency_of = {row.agency_id: row.agency for row in rows}
    for row in rows:
        if (one := known.get(row.procedure_id)) is not None:
            lines.setdefault(row.agency_id, []).append(_line(row, one, general[row.procedure_id], checks))
    found = [
        Completeness(
            agency_id=agency_id,
            code=agency_of[agency_id].code,
            name=agency_of[agency_id].name,
            lines=tuple(sorted(own, key=lambda line: (line.is_whole, line.title))),
            reminded_at=reminded.get(agency_id),
        )
        for agency_id, own in lines.items()
    ]
    return sorted(found, key=lambda one: (-one.lacking, one.code))


def gaps_for(procedure_id: int, place: Place | None, *, on: date) -> tuple[Gap, ...]:
    """What is missing of a procedure in force for an agency that would take it in at ``place``."""
    one = known_of([procedure_id], on=on).get(procedure_id)
    if one is None:
        return ()
    return (*gaps_of(one.published), *(gaps_at(place) if place else ()))


def reminders_of(agency_id: int, *, most: int = 20) -> list[InformationReminder]:
    """Reminders an agency got, latest first."""
    return list(InformationReminder.objects.filter(agency_id=agency_id).order_by("-sent_at", "-pk")[:most])


def supplies_of(agency_id: int, *, most: int = 40) -> list[InformationSupply]:
    """What an agency supplied: what waits first, then the latest."""
    rows = InformationSupply.objects.filter(agency_id=agency_id).select_related("procedure", "revision")
    return list(rows.order_by(F("settled_at").desc(nulls_first=True), "-supplied_at", "-pk")[:most])


def without_taker(on: date) -> int:
    """How many procedures in force no agency has offered yet; those a ministry runs itself are not ours to offer."""
    taken = Offering.objects.filter(since__lte=on).exclude(until__lte=on).order_by().values("procedure_id")
    ours = ProcedureRevision.objects.in_force(on).filter(external_url="").exclude(procedure_id__in=taken)
    return ours.exclude(procedure_id__in=services_in_force(on)).count()


def place_of(offering: Offering) -> Place:
    """Where an offering's dossiers are handed in, the agency's own address and telephone standing in."""
    counter, agency = offering.counter, offering.agency
    return Place(counter.address or agency.address, counter.phone or agency.phone)


def _line(
    row: Offering, one: Known, general: tuple[Gap, ...], checks: Mapping[tuple[int, int], InformationCheck]
) -> Line:
    check = checks.get((row.agency_id, one.revision_id))
    return Line(
        offering_id=row.pk,
        revision_id=one.revision_id,
        procedure_id=one.procedure_id,
        code=one.code,
        title=one.title,
        level=one.level,
        gaps=(*general, *gaps_at(place_of(row))),
        checked_at=check.checked_at if check else None,
        checked_by=check.checked_by_name if check else "",
    )


def _checks(agencies: set[int], revisions: set[int]) -> dict[tuple[int, int], InformationCheck]:
    rows = InformationCheck.objects.filter(agency_id__in=agencies, revision_id__in=revisions).order_by("pk")
    return {(row.agency_id, row.revision_id): row for row in rows}
