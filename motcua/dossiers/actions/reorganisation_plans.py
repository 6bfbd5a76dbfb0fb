"""Plans of reorganisation on the operators' page: one draws up, a second confirms, the worker carries out on the day.

The command `motcua reorganise` needs no second person: whoever runs it holds the machine itself (decision 0015).
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from motcua.agencies.models import PlannedReorganisation, Reorganisation
from motcua.agencies.queries import standing_at
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.actions import reorganise
from motcua.dossiers.actions.succession import succeed
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.succession import OVER
from motcua.rules.people import Actor, Role
from motcua.rules.reorganise import Plan, ReorganisationError, read_plan, to_data
from motcua.rules.text import clean_line

logger = logging.getLogger(__name__)

MOST_CHANGES = 500
STRAYS_FOR = timedelta(hours=1)


def plan_of(planned: PlannedReorganisation) -> Plan:
    """The plan as the rules read it. Raises `Refusal` with every fault and its place."""
    return _read({"day": planned.day, "basis": planned.basis, "change": planned.changes})


def seen_as(planned: PlannedReorganisation) -> str:
    """What a second person has before him, in short: another plan reads otherwise."""
    said = json.dumps([planned.day.isoformat(), planned.basis, planned.changes], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:24]


@transaction.atomic
def propose(data: Mapping[str, Any], *, by: Actor, at: datetime) -> PlannedReorganisation:
    """Draw up a plan from plain data (`rules.reorganise.read_plan`); nothing moves.

    Raises `Refusal` 403 for who does not run the portal, 422 with every fault, 409 for a decision of this day that is
    planned or carried out already.
    """
    _must(by)
    assert by.account_id is not None
    plan = _read(data)
    planned = PlannedReorganisation(
        day=plan.day, basis=clean_line(plan.basis)[:300], changes=to_data(plan.changes),
        proposed_by_id=by.account_id, proposed_by_name=by.name[:250], proposed_at=at,
    )  # fmt: skip
    same = {"day": planned.day, "basis": planned.basis}
    if PlannedReorganisation.objects.filter(dropped_at__isnull=True, **same).exists():
        raise Refusal("Đã có phương án của văn bản này cho ngày đó; hãy thêm thay đổi vào phương án ấy.", status=409)
    if Reorganisation.objects.filter(**same).exists():
        raise Refusal("Phương án của văn bản này cho ngày đó đã được thực hiện.", status=409)
    _must_fit(planned, at)
    planned.save()
    _record(planned, "propose", by, at)
    return planned


@transaction.atomic
def add_changes(pk: int, changes: Sequence[Mapping[str, Any]], *, by: Actor, at: datetime) -> PlannedReorganisation:
    """Whoever drew the plan up adds to it. Raises as `propose`; 403 for others: they would confirm their own words."""
    planned = _mine(pk, by)
    both = {"day": planned.day, "basis": planned.basis, "change": [*planned.changes, *changes]}
    planned.changes = to_data(_read(both).changes)
    _must_fit(planned, at)
    planned.save(update_fields=["changes"])
    _record(planned, "add_changes", by, at)
    return planned


@transaction.atomic
def take_out(pk: int, number: int, *, by: Actor, at: datetime) -> PlannedReorganisation:
    """Whoever drew the plan up takes change ``number`` (from 1) out again; the last one only by dropping the plan."""
    planned = _mine(pk, by)
    if not 1 <= number <= len(planned.changes):
        raise Refusal("Phương án không có thay đổi đó.", status=404)
    planned.changes = [change for place, change in enumerate(planned.changes, 1) if place != number]
    if not planned.changes:
        raise Refusal("Đây là thay đổi duy nhất; hãy bỏ cả phương án.", status=409)
    _must_fit(planned, at)
    planned.save(update_fields=["changes"])
    _record(planned, "take_out_change", by, at)
    return planned


@transaction.atomic
def confirm(pk: int, *, seen: str, by: Actor, at: datetime) -> PlannedReorganisation:
    """The second person agrees to what he has ``seen`` (`seen_as`); it is carried out on its day, at the earliest now.

    Raises `Refusal` 403 for whoever drew it up, 409 when decided already or changed meanwhile, 422 when a body no
    longer fits or something has to be settled before.
    """
    planned = _open(pk, by)
    if planned.proposed_by_id == by.account_id:
        raise Refusal("Người lập phương án không tự xác nhận được; phải là người thứ hai.", status=403)
    if seen != seen_as(planned):
        raise Refusal("Phương án vừa được sửa. Hãy xem lại rồi xác nhận.", status=409)
    blocks = [line for effect in reorganise.preview(plan_of(planned), at=at) for line in effect.blocks]
    if blocks:
        raise Refusal(["Chưa xác nhận được; cần xử lý trước:", *blocks], status=422)
    planned.confirmed_by_id, planned.confirmed_by_name, planned.confirmed_at = by.account_id, by.name[:250], at
    planned.save(update_fields=["confirmed_by", "confirmed_by_name", "confirmed_at"])
    _record(planned, "confirm", by, at)
    return planned


@transaction.atomic
def drop(pk: int, *, by: Actor, at: datetime) -> PlannedReorganisation:
    """Drop a plan that has not been carried out, confirmed or not. Raises `Refusal` 403, 404, 409."""
    planned = _standing(pk, by)
    planned.dropped_at, planned.dropped_by_name = at, by.name[:250]
    planned.save(update_fields=["dropped_at", "dropped_by_name"])
    _record(planned, "drop", by, at)
    return planned


@transaction.atomic
def try_again(pk: int, *, by: Actor, at: datetime) -> PlannedReorganisation:
    """What stood in the way has been settled: the worker may try once more. Raises `Refusal` 403, 404, 409."""
    planned = _standing(pk, by)
    if not planned.faults:
        raise Refusal("Phương án này không vướng gì.", status=409)
    planned.faults = []
    planned.save(update_fields=["faults"])
    _record(planned, "try_again", by, at)
    return planned


def carry_out_due(*, by: Actor, at: datetime) -> int:
    """Carry out every confirmed plan whose day has come; what refuses keeps its reasons and waits for a person.

    Answers how many were carried out. Each is one transaction; two workers never take the same.
    """
    waiting = PlannedReorganisation.objects.filter(
        confirmed_at__isnull=False, dropped_at__isnull=True, done__isnull=True, day__lte=at.date(), faults=[]
    )
    done = 0
    for pk in list(waiting.order_by("day", "pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                planned = waiting.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
                if planned is None:
                    continue
                planned.done = reorganise.carry_out(plan_of(planned), by=by, at=at)
                planned.save(update_fields=["done"])
                done += 1
        except Refusal as no:
            faults = [*no.messages, *(text for texts in no.field_errors.values() for text in texts)]
            waiting.filter(pk=pk).update(faults=list(dict.fromkeys(faults)))
            logger.warning("reorganisation %s could not be carried out", pk)
    return done


def take_along_strays(*, by: Actor, at: datetime) -> int:
    """Dossiers filed in the very moment their agency ended, when those before them had been counted already, follow.

    Looked for while a reorganisation is fresh (`STRAYS_FOR`). Answers how many followed.
    """
    followed = 0
    for done in Reorganisation.objects.filter(applied_at__gt=at - STRAYS_FOR).order_by("pk"):
        sources = {code for entry in done.log for code in entry["sources"]}
        left = Dossier.objects.filter(agency__code__in=sources, agency__until__lte=at.date(), closed_at__isnull=True)
        left = left.exclude(state__in=OVER).select_related("agency", "step_division")
        for stray in left.order_by("pk"):
            heir = standing_at(stray.agency, at, division=stray.step_division.key if stray.step_division else "")
            if heir.pk != stray.agency_id:
                succeed(str(stray.code), heir, Plan(done.day, done.basis, ()), by=by, at=at)
                followed += 1
    return followed


def _must_fit(planned: PlannedReorganisation, at: datetime) -> None:
    if len(planned.changes) > MOST_CHANGES:
        raise Refusal(f"Một phương án có nhiều nhất {MOST_CHANGES} thay đổi.")
    reorganise.preview(plan_of(planned), at=at)


def _read(data: Mapping[str, Any]) -> Plan:
    try:
        return read_plan(data)
    except ReorganisationError as error:
        raise Refusal(error.problems, status=422) from error


def _must(by: Actor) -> None:
    if not by.holds(Role.OPERATOR) or by.account_id is None:
        raise Refusal("Chỉ người của đơn vị vận hành cổng sắp xếp cơ quan.", status=403)


def _standing(pk: int, by: Actor) -> PlannedReorganisation:
    """The plan, locked, while it is neither dropped nor carried out."""
    _must(by)
    planned = PlannedReorganisation.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if planned is None:
        raise Refusal("Không tìm thấy phương án này.", status=404)
    if planned.dropped_at is not None or planned.done_id is not None:
        raise Refusal("Phương án này đã được thực hiện hoặc đã bỏ.", status=409)
    return planned


def _open(pk: int, by: Actor) -> PlannedReorganisation:
    planned = _standing(pk, by)
    if planned.confirmed_at is not None:
        raise Refusal("Phương án này đã được xác nhận.", status=409)
    return planned


def _mine(pk: int, by: Actor) -> PlannedReorganisation:
    planned = _open(pk, by)
    if planned.proposed_by_id != by.account_id:
        raise Refusal("Chỉ người lập phương án sửa được; người khác xác nhận hoặc bỏ.", status=403)
    return planned


def _record(planned: PlannedReorganisation, verb: str, by: Actor, at: datetime) -> None:
    body = {"day": planned.day.isoformat(), "basis": planned.basis, "changes": planned.changes}
    record(subject=("planned_reorganisation", str(planned.pk)), verb=verb, by=by, at=at, body=body)
