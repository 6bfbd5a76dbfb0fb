"""Carrying out a reorganisation of bodies: successors take over open dossiers, posts and catalogue; nothing is lost.

Codes of dossiers stay whoever's they bear; what is closed stays where it was closed and its successor sees it. A plan
is one transaction: half a merger never happens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from motcua.agencies.actions import end, found
from motcua.agencies.models import Agency, AgencyKind, FormerName, Reorganisation, Tier
from motcua.agencies.queries import agency_by_code
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.actions.succession import Succession
from motcua.dossiers.queries.succession import Effect, effect_of, foreseen, leaving
from motcua.policy.actions import inherit_clauses
from motcua.rules.people import Actor
from motcua.rules.reorganise import Change, ChangeKind, Plan, Target


def preview(plan: Plan, *, at: datetime) -> list[Effect]:
    """What the plan would move if carried out now, change by change. Raises `Refusal` naming every body that does not
    fit.
    """
    _check(plan)
    return foreseen(plan, at=at)


def carry_out(plan: Plan, *, by: Actor, at: datetime) -> Reorganisation:
    """Do what the plan says, on its day or later, once. Raises `Refusal` before the day, a second time, or for a body
    that does not fit; what was done until a fault in a later change is undone with it.
    """
    if plan.day > at.date():
        raise Refusal(f"Chưa đến ngày {plan.day:%d/%m/%Y}; trước ngày đó chỉ xem trước được.", status=409)
    with transaction.atomic():
        _check(plan)
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
    codes = {code for change in plan.changes for code in change.sources}
    codes |= {code for change in plan.changes for target in change.targets for code in (target.code, target.parent)}
    standing = {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}
    named = {target.code for change in plan.changes for target in change.targets if target.name}
    problems: list[str] = []
    for number, change in enumerate(plan.changes, 1):
        where = f"Thay đổi {number}"
        for code in change.sources:
            problems += [f"{where}: {fault}" for fault in _source_faults(standing.get(code), code, change, plan)]
        for target in change.targets:
            problems += [f"{where}: {fault}" for fault in _target_faults(target, standing, named, plan)]
    if problems:
        raise Refusal(problems, status=422)


def _source_faults(agency: Agency | None, code: str, change: Change, plan: Plan) -> list[str]:
    if agency is None:
        return [f"không có cơ quan mã {code}."]
    if agency.until is not None and agency.until < plan.day:
        return [f"{agency.name} đã kết thúc từ ngày {agency.until:%d/%m/%Y}."]
    if agency.since >= plan.day:
        return [f"{agency.name} chưa hoạt động trước ngày sắp xếp."]
    if agency.kind == AgencyKind.POST and change.kind != ChangeKind.RENAME:
        return [f"{agency.name} là bưu cục, do doanh nghiệp bưu chính sắp xếp; ở đây chỉ đổi được tên."]
    return []


def _target_faults(target: Target, agencies: Mapping[str, Agency], named: set[str], plan: Plan) -> list[str]:
    standing = agencies.get(target.code)
    if standing is not None:
        ended = standing.until is not None and standing.until <= plan.day
        return [f"cơ quan kế thừa {standing.name} đã kết thúc."] if ended else []
    if not target.name and target.code in named:
        return []
    faults = []
    if not target.name:
        faults.append(f"cơ quan kế thừa {target.code} chưa có, phải ghi tên để thành lập.")
    if target.tier not in Tier.values or target.kind not in AgencyKind.values:
        faults.append(f"cơ quan kế thừa {target.code} phải ghi cấp (tier) và loại (kind).")
    if target.parent and target.parent not in agencies:
        faults.append(f"không có cơ quan cấp trên mã {target.parent}.")
    return faults


def _carried_out(change: Change, plan: Plan, *, by: Actor, at: datetime) -> Effect:
    effect = effect_of(change)
    heirs = {target.code: _established(target, plan, by=by, at=at) for target in change.targets}
    for code in leaving(change):
        source = Agency.objects.select_for_update(of=("self",)).get(code=code)
        now = Succession(source, heirs, change, plan, effect, by, at)
        for heir in now.others():
            inherit_clauses(source, heir, since=plan.day, by=by, at=at)
        now.carry_over()
        if now.ends:
            end(source, until=plan.day, successors=now.others(), by=by, at=at)
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
