"""One dossier as a face shows it: its contents, what may be done with it, and why its dates are what they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from motcua.base.errors import Refusal
from motcua.dossiers.actions.gate import CONTENTS, RELATED
from motcua.dossiers.facts import facts_of
from motcua.dossiers.models import Dossier, Promise
from motcua.dossiers.queries.visible import visible_to
from motcua.rules.acts import Act
from motcua.rules.lifecycle import TABLE, Granted, Refused, decide
from motcua.rules.people import Actor


def dossier_of(code: str, actor: Actor) -> Dossier:
    """The dossier of this code with its contents. Raises `Refusal` 404 when this actor may not see it."""
    found = visible_to(actor).filter(code=code).select_related(*RELATED).prefetch_related(*CONTENTS).first()
    if found is None:
        raise Refusal("Không tìm thấy hồ sơ này.", status=404)
    return found


def draft_of(public_id: str, actor: Actor) -> Dossier:
    """A draft (or the dossier it became) by its public id. Raises `Refusal` 404 when this actor may not see it."""
    found = visible_to(actor).filter(public_id=public_id).select_related(*RELATED).prefetch_related(*CONTENTS).first()
    if found is None:
        raise Refusal("Không tìm thấy hồ sơ này.", status=404)
    return found


def offers(dossier: Dossier, actor: Actor, *, at: datetime) -> Mapping[Act, Granted | Refused]:
    """Each act that is any of this actor's business, granted or refused with reasons, in the order of the table."""
    run = dossier.steps.filter(finished_at__isnull=True).first()
    facts = facts_of(dossier, run=run, today=at.date())
    policy = dossier.policy
    answers = {act: decide(act, facts, actor, policy, at) for act in TABLE}
    return {act: answer for act, answer in answers.items() if not (isinstance(answer, Refused) and answer.hidden)}


def reasons_for_date(dossier: Dossier, what: Promise.What) -> Promise | None:
    """The latest promise of this kind with its explanation: "vì sao là ngày này"."""
    return dossier.promises.filter(what=what).order_by("-pk").first()
