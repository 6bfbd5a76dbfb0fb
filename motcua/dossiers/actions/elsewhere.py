"""Taking in at a counter what another agency is competent for (phi địa giới hành chính, NĐ 118/2025/NĐ-CP)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.agencies.models import OneStopCounter
from motcua.base.errors import Refusal
from motcua.dossiers.actions import draft
from motcua.dossiers.models import Dossier
from motcua.policy.queries import policy_at
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.rules.acts import Channel
from motcua.rules.people import Actor, Role


@transaction.atomic
def start(
    revision: ProcedureRevision,
    offering: Offering,
    *,
    counter: OneStopCounter,
    by: Actor,
    at: datetime,
    **details: Any,
) -> Dossier:
    """Begin a walk-in at ``counter`` for the agency of ``offering``, which that counter does not serve.

    The counter answers to the person for the whole trip: it accepts, forwards and hands the result over. ``details``
    are those of `draft.start`. Raises `Refusal` (403) where the province does not allow it or the officer does not sit
    there.
    """
    host = counter.host_id
    policy = policy_at(at, agency_id=host, procedure_code=revision.procedure.code)
    if not policy.counter_takes_in_for_others:
        raise Refusal("Quy định đang áp dụng chưa cho tiếp nhận thay cơ quan khác.", status=403)
    if not any(
        post.role == Role.COUNTER_OFFICER and post.agency_id == host and post.counter_id in (None, counter.pk)
        for post in by.posts
    ):
        raise Refusal("Bạn không tiếp nhận ở quầy này.", status=403)
    if offering.agency_id == host or counter.serves.filter(pk=offering.agency_id).exists():
        raise Refusal("Cơ quan này có cán bộ tiếp nhận ngay tại quầy.", status=409)
    dossier = draft.start(revision, offering, channel=Channel.COUNTER, by=by, at=at, **details)
    dossier.counter = counter
    dossier.taken_in_by_id = host
    dossier.save(update_fields=["counter", "taken_in_by"])
    return dossier
