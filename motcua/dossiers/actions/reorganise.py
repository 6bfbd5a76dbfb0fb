"""Carrying out a reorganisation of bodies: successors take over open dossiers, posts and catalogue; nothing is lost.

Codes of dossiers stay whoever's they bear; what is closed stays where it was closed and its successor sees it. Each
change is one transaction: half a merger never happens.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction

from motcua.agencies.actions import appoint, end, found, open_division, relieve
from motcua.agencies.models import Agency, AgencyKind, FormerName, OneStopCounter, PostHeld, Reorganisation, Tier
from motcua.agencies.queries import agency_by_code
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.actions import clock
from motcua.dossiers.actions.gate import Passing, passing
from motcua.dossiers.facts import route_of
from motcua.dossiers.models import Dossier
from motcua.parcels import actions as parcels
from motcua.policy.actions import inherit_clauses
from motcua.procedures.actions import offer
from motcua.procedures.models import Offering
from motcua.rules.acts import CLOSED_STATES, Act, State
from motcua.rules.people import Actor, Role
from motcua.rules.reorganise import Change, ChangeKind, Plan, Target

_OVER = [state.value for state in (*CLOSED_STATES, State.DRAFT)]


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


def preview(plan: Plan) -> list[Effect]:
    """What the plan would move, change by change. Raises `Refusal` naming every body that does not fit."""
    _check(plan)
    return [_foreseen(change) for change in plan.changes]


def carry_out(plan: Plan, *, by: Actor, at: datetime) -> Reorganisation:
    """Do what the plan says, on its day or later, once. Raises `Refusal` before the day, a second time, or for a body
    that does not fit; what was done until a fault in a later change is undone with it.
    """
    _check(plan)
    if plan.day > at.date():
        raise Refusal(f"Chưa đến ngày {plan.day:%d/%m/%Y}; trước ngày đó chỉ xem trước được.", status=409)
    with transaction.atomic():
        if Reorganisation.objects.filter(day=plan.day, basis=plan.basis).exists():
            raise Refusal("Phương án sắp xếp này đã được thực hiện.", status=409)
        log = [asdict(_carried_out(change, plan, by=by, at=at)) for change in plan.changes]
        done = Reorganisation.objects.create(
            day=plan.day,
            basis=plan.basis[:300],
            plan=[asdict(change) for change in plan.changes],
            log=log,
            applied_at=at,
            applied_by_name=by.name,
        )
        body = {"day": plan.day.isoformat(), "basis": plan.basis, "changes": len(log)}
        record(subject=("reorganisation", str(done.pk)), verb="reorganise", by=by, at=at, body=body)
    return done


def _check(plan: Plan) -> None:
    """Every body named is there, in force, and every successor is there or is to be founded with a name and a tier."""
    problems: list[str] = []
    for number, change in enumerate(plan.changes, 1):
        where = f"Thay đổi {number}"
        for code in change.sources:
            agency = agency_by_code(code)
            if agency is None:
                problems.append(f"{where}: không có cơ quan mã {code}.")
            elif agency.until is not None and agency.until < plan.day:
                problems.append(f"{where}: {agency.name} đã kết thúc từ ngày {agency.until:%d/%m/%Y}.")
            elif agency.since >= plan.day:
                problems.append(f"{where}: {agency.name} chưa hoạt động trước ngày sắp xếp.")
        for target in change.targets:
            problems += _target_faults(target, where, plan)
    if problems:
        raise Refusal(problems, status=422)


def _target_faults(target: Target, where: str, plan: Plan) -> list[str]:
    standing = agency_by_code(target.code)
    if standing is not None:
        ended = standing.until is not None and standing.until <= plan.day
        return [f"{where}: cơ quan kế thừa {standing.name} đã kết thúc."] if ended else []
    if not target.name and target.code in {
        other.code for change in plan.changes for other in change.targets if other.name
    }:
        return []
    faults = []
    if not target.name:
        faults.append(f"{where}: cơ quan kế thừa {target.code} chưa có, phải ghi tên để thành lập.")
    if target.tier not in Tier.values or target.kind not in AgencyKind.values:
        faults.append(f"{where}: cơ quan kế thừa {target.code} phải ghi cấp (tier) và loại (kind).")
    if target.parent and agency_by_code(target.parent) is None:
        faults.append(f"{where}: không có cơ quan cấp trên mã {target.parent}.")
    return faults


def _foreseen(change: Change) -> Effect:
    effect = _effect(change)
    if change.kind == ChangeKind.RENAME:
        return effect
    going = Counter[str]()
    for code in _leaving(change):
        agency = agency_by_code(code)
        assert agency is not None
        effect.posts += PostHeld.objects.filter(agency=agency, until__isnull=True).count()
        effect.offerings += Offering.objects.filter(agency=agency, until__isnull=True).count()
        for dossier in _open_of(agency):
            going[_heir(change, dossier)] += 1
    effect.dossiers = dict(going)
    return effect


def _effect(change: Change) -> Effect:
    return Effect(change.kind.value, list(change.sources), [target.code for target in change.targets])


def _leaving(change: Change) -> list[str]:
    """Sources that end: all that are not successors themselves."""
    kept = {target.code for target in change.targets}
    return [code for code in change.sources if code not in kept or change.kind == ChangeKind.SPLIT]


def _open_of(agency: Agency) -> list[Dossier]:
    rows = Dossier.objects.filter(agency=agency).exclude(state__in=_OVER).select_related("revision__procedure")
    rows = rows.select_related("revision__procedure", "step_division", "applicant").order_by("pk")
    return list(rows.only("code", "agency", "revision__procedure__code", "step_division__key", "applicant__address"))


def _heir(change: Change, dossier: Dossier) -> str:
    """Code of the successor that takes this dossier."""
    address = (dossier.applicant.address if dossier.applicant else None) or {}
    return change.successor(
        procedure=dossier.revision.procedure.code,
        division=dossier.step_division.key if dossier.step_division else "",
        unit=str(address.get("unit") or ""),
    )


def _carried_out(change: Change, plan: Plan, *, by: Actor, at: datetime) -> Effect:
    effect = _effect(change)
    targets = {target.code: _established(target, plan, by=by, at=at) for target in change.targets}
    if change.kind == ChangeKind.RENAME:
        return effect
    for code in _leaving(change):
        source = Agency.objects.select_for_update(of=("self",)).get(code=code)
        heirs = [agency for agency in targets.values() if agency.pk != source.pk]
        for agency in heirs:
            _prepare(source, agency)
        main = targets[change.targets[0].code]
        if source.pk != main.pk:
            _hand_over_counters(source, main)
        for agency in heirs:
            effect.offerings += _hand_over_catalogue(source, agency, change, plan, by=by, at=at)
            inherit_clauses(source, agency, since=plan.day, by=by, at=at)
        for dossier in _open_of(source):
            heir = targets[_heir(change, dossier)]
            if heir.pk != source.pk:
                _succeed(str(dossier.code), heir, plan, by=by, at=at)
                effect.moved.append(str(dossier.code))
                effect.dossiers[heir.code] = effect.dossiers.get(heir.code, 0) + 1
        for agency in heirs:
            effect.posts += _hand_over_posts(source, agency, change, by=by, at=at)
        if source.code not in targets:
            end(source, until=plan.day, successors=heirs, by=by, at=at)
    return effect


def _established(target: Target, plan: Plan, *, by: Actor, at: datetime) -> Agency:
    """The successor: founded on the day, or standing and perhaps called otherwise from then on."""
    standing = agency_by_code(target.code)
    if standing is None:
        return found(
            target.code,
            target.name,
            kind=AgencyKind(target.kind),
            tier=Tier(target.tier),
            since=plan.day,
            parent=agency_by_code(target.parent) if target.parent else None,
            unit_code=target.unit_code,
            by=by,
            at=at,
        )
    if target.name and target.name != standing.name:
        FormerName.objects.create(agency=standing, name=standing.name, until=plan.day, basis=plan.basis[:300])
        standing.name = target.name
    standing.unit_code = target.unit_code or standing.unit_code
    standing.save(update_fields=["name", "unit_code"])
    return standing


def _prepare(source: Agency, heir: Agency) -> None:
    """Divisions the successor lacks, and its memory of whom it follows."""
    known = set(heir.divisions.values_list("key", flat=True))
    for division in source.divisions.all():
        if division.key not in known:
            open_division(heir, division.key, division.name, phone=division.phone)
    heir.inherits = sorted({*heir.inherits, source.pk, *source.inherits})
    for name in ("address", "phone", "email", "bank_account"):
        if not getattr(heir, name):
            setattr(heir, name, getattr(source, name))
    heir.save(update_fields=["inherits", "address", "phone", "email", "bank_account"])


def _hand_over_counters(source: Agency, heir: Agency) -> None:
    """A counter stays where people know it; it is the successor's from now on."""
    for counter in OneStopCounter.objects.filter(host=source):
        counter.host = heir
        counter.save(update_fields=["host"])
        counter.serves.add(heir)
    for counter in OneStopCounter.objects.filter(serves=source):
        counter.serves.add(heir)


def _hand_over_catalogue(source: Agency, heir: Agency, change: Change, plan: Plan, *, by: Actor, at: datetime) -> int:
    """Procedures go on being offered, by whoever takes them over; answers how many."""
    taken = 0
    rows = Offering.objects.filter(agency=source, until__isnull=True).select_related("procedure", "counter")
    for running in rows.order_by("pk"):
        if change.successor(procedure=running.procedure.code) != heir.code:
            continue
        standing = Offering.objects.filter(procedure=running.procedure, agency=heir, until__isnull=True).exists()
        if not standing:
            running.counter.serves.add(heir)
            offer(running.procedure.code, agency=heir, counter=running.counter, since=plan.day, by=by, at=at)
        if running.since < plan.day:
            running.until = plan.day
            running.save(update_fields=["until"])
        else:
            running.delete()
        taken += 1
    return taken


def _hand_over_posts(source: Agency, heir: Agency, change: Change, *, by: Actor, at: datetime) -> int:
    """People keep their work under the successor's name: the old post ends when the new one begins."""
    given = 0
    held = PostHeld.objects.filter(agency=source, until__isnull=True).select_related("account", "division", "counter")
    for post in held.order_by("pk"):
        if change.successor(division=post.division.key if post.division else "") != heir.code:
            continue
        division = heir.divisions.filter(key=post.division.key).first() if post.division else None
        if post.since < at:
            relieve(post, until=at, by=by, at=at)
        appoint(
            post.account,
            Role(post.role),
            heir,
            division=division,
            counter=post.counter,
            title=post.title,
            since=at,
            by=by,
            at=at,
        )
        given += 1
    return given


def _succeed(code: str, heir: Agency, plan: Plan, *, by: Actor, at: datetime) -> None:
    """The successor has the dossier as it stands, with what is left of the step's time; the promise does not move."""
    with passing(Act.SUCCEED, code, by=by, at=at) as passage:
        dossier = passage.dossier
        before = dossier.agency
        passage.unit_name = before.name
        passage.note = f"{heir.name} kế thừa nhiệm vụ của {before.name} ({plan.basis})."
        passage.details = {"from_agency": before.code, "to_agency": heir.code}
        passage.told = {"from_agency": before.name}
        counter = dossier.counter
        if not counter.serves.filter(pk=heir.pk).exists():
            counter.serves.add(heir)
        dossier.agency = heir
        parcels.succeed(code, heir, by=by, at=at)
        _move_station(passage, before, heir)


def _move_station(passage: Passing, before: Agency, heir: Agency) -> None:
    dossier, run = passage.dossier, passage.run
    if run is None or run.agency_id != before.pk:
        return
    if run.running_since is not None and dossier.step_index is not None:
        passage.to_step = route_of(dossier)[dossier.step_index]
        passage.budget_minutes = clock.left_of(run, passage.at)
        passage.holder_id = dossier.holder_id
        return
    division = heir.divisions.filter(key=run.division.key).first() if run.division else None
    run.agency, run.division = heir, division
    run.unit_name = division.name if division else heir.name
    run.save(update_fields=["agency", "division", "unit_name"])
    dossier.step_division = division
