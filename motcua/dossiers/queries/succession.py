"""What a reorganisation would move to which successor, and what stands in its way, before anything moves.

Counted over all changes at once: the number of questions to the database does not grow with the plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from motcua.agencies.models import Agency, PostHeld
from motcua.agencies.queries import overlap_words
from motcua.dossiers.models import Consultation, Dossier, StepRun
from motcua.parcels.queries import envelopes_under_way
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.rules.acts import CLOSED_STATES, State
from motcua.rules.reorganise import Change, ChangeKind, Plan
from motcua.rules.route_data import agencies_named, parse_route, unknown_places

CLOSED = [state.value for state in CLOSED_STATES]
OVER = [*CLOSED, State.DRAFT.value]
"""States of dossiers that are not under way."""

MOST_TOLD = 20


@dataclass
class Share:
    """What one successor takes over."""

    dossiers: int = 0
    drafts: int = 0
    parcels: int = 0
    posts: int = 0
    offerings: int = 0
    steps: int = 0
    """Steps in hand of dossiers that other agencies lead."""
    opinions: int = 0
    """Opinions asked for and not yet given."""


@dataclass
class Effect:
    """What one change moves, as a preview shows it and the log keeps it."""

    kind: str
    sources: list[str]
    targets: list[str]
    posts: int = 0
    offerings: int = 0
    dossiers: dict[str, int] = field(default_factory=dict)
    """How many open dossiers go to which successor (by code)."""
    moved: list[str] = field(default_factory=list)
    """Codes of the dossiers that went over; empty in a preview."""
    shares: dict[str, Share] = field(default_factory=dict)
    """Everything that goes to which successor (by code)."""
    stays: list[str] = field(default_factory=list)
    """What does not go over, and why, in sentences."""
    blocks: list[str] = field(default_factory=list)
    """What has to be settled before this can be carried out."""

    def share(self, code: str) -> Share:
        return self.shares.setdefault(code, Share())


def effect_of(change: Change) -> Effect:
    """An effect that has moved nothing yet, with an empty share for each successor."""
    codes = [target.code for target in change.targets]
    shares = {} if change.kind == ChangeKind.RENAME else {code: Share() for code in codes}
    return Effect(change.kind.value, list(change.sources), codes, shares=shares)


def leaving(change: Change) -> list[str]:
    """Sources that hand something over: all that end, and the one that is split."""
    if change.kind == ChangeKind.RENAME:
        return []
    kept = {target.code for target in change.targets}
    return [code for code in change.sources if code not in kept or change.kind == ChangeKind.SPLIT]


def takers(change: Change, procedure: str) -> list[str]:
    """Codes of the successors that offer a procedure from then on: by its own share, else each that takes the people
    of some place over, else the first.
    """
    if f"procedure:{procedure}" in change.shares:
        return [change.shares[f"procedure:{procedure}"]]
    by_place = [code for key, code in change.shares.items() if key.startswith("unit:")]
    return list(dict.fromkeys([change.targets[0].code, *by_place]))


def heir_of(change: Change, dossier: Dossier, division: str) -> str:
    """Code of the successor that takes this dossier, or what a division is to do for it."""
    address = (dossier.applicant.address if dossier.applicant else None) or {}
    return change.successor(
        procedure=dossier.revision.procedure.code, division=division, unit=str(address.get("unit") or "")
    )


def held_at(at: datetime) -> Q:
    """Posts that have not ended: held now, or given for later."""
    return Q(until__isnull=True) | Q(until__gt=at)


def foreseen(plan: Plan, *, at: datetime) -> list[Effect]:
    """What each change would move if it were carried out at this moment."""
    effects = [effect_of(change) for change in plan.changes]
    where = {code: place for place, change in enumerate(plan.changes) for code in leaving(change)}
    agencies = {one.code: one for one in Agency.objects.filter(code__in=_codes(plan))}
    sources = {agencies[code].pk: place for code, place in where.items() if code in agencies}
    count = _Counting(plan.changes, effects, sources, {one.pk: code for code, one in agencies.items()})
    count.dossiers()
    count.elsewhere()
    offered = count.offerings(plan)
    count.posts(agencies, at)
    for place, faults in _routes(plan, offered, agencies):
        effects[place].blocks += faults
    return effects


@dataclass
class _Counting:
    """One pass over the sources of all changes together; ``sources`` says to which change an agency belongs."""

    changes: Sequence[Change]
    effects: list[Effect]
    sources: Mapping[int, int]
    codes: Mapping[int, str]

    def _each(self, rows: Iterable[Any], agency: str) -> Iterable[tuple[int, str, Any]]:
        """Rows (of `values`) with their change and the successor they go to; what a split body keeps is left out."""
        for row in rows:
            place = self.sources[row[agency]]
            heir = self.changes[place].successor(
                procedure=row["of_procedure"], division=row["of_division"] or "", unit=str(row["of_unit"] or "")
            )
            if heir != self.codes.get(row[agency]):
                yield place, heir, row

    def dossiers(self) -> None:
        """Dossiers under way, drafts, envelopes; and those that stay because they are closed."""
        mine = Dossier.objects.filter(agency_id__in=self.sources)
        facts = _work("", "step_division__key")
        rows = mine.exclude(state__in=OVER).order_by().values("agency_id", **facts).annotate(n=Count("pk"))
        for place, heir, row in self._each(rows, "agency_id"):
            self.effects[place].share(heir).dossiers += row["n"]
            known = self.effects[place].dossiers
            known[heir] = known.get(heir, 0) + row["n"]
        self._drafts(mine.filter(state=State.DRAFT.value))
        waiting = envelopes_under_way(self.sources)
        under_way = mine.filter(code__in=list(waiting)).exclude(state__in=OVER).order_by()
        for place, heir, row in self._each(under_way.values("agency_id", "code", **facts), "agency_id"):
            self.effects[place].share(heir).parcels += waiting[row["code"]]
        closed = mine.filter(state__in=CLOSED).order_by().values("agency_id").annotate(n=Count("pk"))
        told = Counter[int]()
        for ended in closed:
            told[self.sources[ended["agency_id"]]] += ended["n"]
        for place, number in told.items():
            self.effects[place].stays.append(
                f"{number} hồ sơ đã kết thúc giữ nguyên mã, tên cơ quan và lịch sử; cơ quan kế thừa xem được."
            )

    def _drafts(self, drafts: QuerySet[Dossier]) -> None:
        """Drafts go to the one successor that takes their procedure; of several their applicant chooses."""
        rows = (
            drafts.order_by().values("agency_id", of_procedure=F("revision__procedure__code")).annotate(n=Count("pk"))
        )
        asked = Counter[int]()
        for row in rows:
            place = self.sources[row["agency_id"]]
            heirs = takers(self.changes[place], row["of_procedure"])
            if len(heirs) > 1:
                asked[place] += row["n"]
            elif heirs[0] != self.codes.get(row["agency_id"]):
                self.effects[place].share(heirs[0]).drafts += row["n"]
        for place, number in asked.items():
            told = f"{number} bản nháp chưa chuyển: khi nộp, người nộp chọn một trong các cơ quan kế thừa."
            self.effects[place].stays.append(told)

    def elsewhere(self) -> None:
        """Steps and opinions of dossiers that other agencies lead."""
        runs = StepRun.objects.filter(agency_id__in=self.sources, finished_at__isnull=True)
        runs = runs.exclude(dossier__agency_id=F("agency_id")).order_by()
        steps = runs.values("agency_id", **_work("dossier__", "division__key")).annotate(n=Count("pk"))
        for place, heir, row in self._each(steps, "agency_id"):
            self.effects[place].share(heir).steps += row["n"]
        asked = Consultation.objects.filter(agency_id__in=self.sources, answered_at__isnull=True).order_by()
        opinions = asked.values("agency_id", **_work("dossier__", "division__key")).annotate(n=Count("pk"))
        for place, heir, row in self._each(opinions, "agency_id"):
            self.effects[place].share(heir).opinions += row["n"]

    def offerings(self, plan: Plan) -> dict[int, set[tuple[str, str]]]:
        """Services that go over; answers, by change, which successor begins which procedure."""
        begun: dict[int, set[tuple[str, str]]] = {}
        rows = Offering.objects.filter(Q(until__isnull=True) | Q(until__gt=plan.day), agency_id__in=self.sources)
        for agency, procedure in rows.order_by("pk").values_list("agency_id", "procedure__code"):
            place = self.sources[agency]
            heirs = takers(self.changes[place], procedure)
            for heir in heirs:
                if heir != self.codes[agency]:
                    self.effects[place].share(heir).offerings += 1
                    begun.setdefault(place, set()).add((procedure, heir))
            if self.codes[agency] not in heirs:
                self.effects[place].offerings += 1
        return begun

    def posts(self, agencies: Mapping[str, Agency], at: datetime) -> None:
        """Posts that go over, and terms that would overlap one already held with the successor."""
        around = {*self.sources, *(agency.pk for agency in agencies.values())}
        held = PostHeld.objects.filter(held_at(at), agency_id__in=around)
        rows = list(held.select_related("account", "division", "counter", "agency").order_by("pk"))
        standing: dict[tuple[Any, ...], list[PostHeld]] = {}
        for post in rows:
            standing.setdefault(_seat(post, post.agency.code), []).append(post)
        for post in rows:
            place = self.sources.get(post.agency_id)
            if place is None:
                continue
            heir = self.changes[place].successor(division=post.division.key if post.division else "")
            if heir == post.agency.code:
                continue
            self.effects[place].posts += 1
            self.effects[place].share(heir).posts += 1
            for other in standing.get(_seat(post, heir), ()):
                if clash(post, other, at):
                    self.effects[place].blocks.append(_overlap(post, other, agencies[heir].name))


def clash(post: PostHeld, other: PostHeld, at: datetime) -> bool:
    """Whether a post taken along would overlap ``other`` of the same person and kind, and not simply lie within it."""
    over = other.until is not None and other.until <= max(post.since, at)
    later = post.until is not None and post.until <= other.since
    return not (over or later or covers(other, post, at))


def covers(other: PostHeld, post: PostHeld, at: datetime) -> bool:
    """Whether ``other`` is held through all the time that is left of ``post``: then nothing is missing with it."""
    longer = other.until is None or (post.until is not None and other.until >= post.until)
    return other.since <= max(post.since, at) and longer


def _overlap(post: PostHeld, other: PostHeld, heir: str) -> str:
    return f"Vị trí trùng nhau khi chuyển từ {post.agency.name} sang {heir}: {overlap_words(other)}"


def _seat(post: PostHeld, agency: str) -> tuple[Any, ...]:
    return (post.account_id, post.role, agency, post.division.key if post.division else "", post.counter_id)


def _work(to_dossier: str, division: str) -> dict[str, Any]:
    """What decides which successor takes a piece of work."""
    return {
        "of_procedure": F(f"{to_dossier}revision__procedure__code"),
        "of_division": F(division),
        "of_unit": F(f"{to_dossier}applicant__address__unit"),
    }


def _codes(plan: Plan) -> set[str]:
    return {code for change in plan.changes for code in (*change.sources, *(target.code for target in change.targets))}


def _routes(
    plan: Plan, begun: Mapping[int, set[tuple[str, str]]], agencies: Mapping[str, Agency]
) -> Iterable[tuple[int, list[str]]]:
    """Procedures whose route could not be walked at the successor: an agency or a division it names is not there."""
    wanted = {procedure for pairs in begun.values() for procedure, _ in pairs}
    if not wanted:
        return
    revisions = ProcedureRevision.objects.in_force(plan.day).filter(procedure__code__in=wanted)
    routes = {code: parse_route(route) for code, route in revisions.values_list("procedure__code", "route") if route}
    named = {
        code for pairs in begun.values() for procedure, heir in pairs if procedure in routes
        for code in agencies_named(routes[procedure], lead=heir)
    }  # fmt: skip
    divisions: dict[str, set[str]] = {}
    rows = Agency.objects.filter(code__in=[*named, *agencies]).order_by().values_list("code", "divisions__key")
    for code, key in rows:
        divisions.setdefault(code, set()).update({key} if key else set())
    for place, pairs in sorted(begun.items()):
        change = plan.changes[place]
        taken = {key for code in leaving(change) for key in divisions.get(code, ())}
        there = {**divisions, **{target.code: divisions.get(target.code, set()) | taken for target in change.targets}}
        faults = [
            f"Thủ tục {procedure} không chuyển được sang {heir}. {fault}"
            for procedure, heir in sorted(pairs)
            if procedure in routes
            for fault in unknown_places(routes[procedure], lead=heir, divisions=there)
        ]
        yield place, faults[:MOST_TOLD]
