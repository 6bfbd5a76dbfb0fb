"""Components of a dossier as the rules see them: how each comes, and what that makes of the whole."""

from __future__ import annotations

from datetime import date, datetime

from motcua.dossiers.facts.items import form_of, is_required, requirements_of
from motcua.dossiers.facts.reuse import expired
from motcua.dossiers.models import Dossier
from motcua.policy.queries import policy_at
from motcua.rules.acts import Channel, Mode, State, Unsigned
from motcua.rules.components import (
    FAULTS,
    Checklist,
    Component,
    Handling,
    collection,
    faults,
    handling,
    must_come,
    offered_modes,
)
from motcua.rules.levels import result_channels
from motcua.rules.policy import Policy


def policy_for(dossier: Dossier, at: datetime) -> Policy:
    """The policy pinned at submission; before, the one in force at this moment."""
    if dossier.policy_data:
        return dossier.policy
    return policy_at(at, agency_id=dossier.agency_id, procedure_code=dossier.revision.procedure.code)


def components_of(dossier: Dossier, *, today: date, policy: Policy | None = None) -> list[Component]:
    """Every component that may be handed in as a file. Without ``policy`` the ways to choose from are left out: what
    was chosen was checked when it was.
    """
    form, answers = form_of(dossier), dossier.answers
    files: dict[str, list[int]] = {}
    for enclosure in dossier.enclosures.all():
        if enclosure.removed_at is None:
            files.setdefault(enclosure.requirement_key, []).append(enclosure.file.signatures)
    online = dossier.channel == Channel.ONLINE.value
    stale = expired(dossier, today=today) if dossier.state == State.DRAFT else set()
    found = []
    for requirement in requirements_of(dossier):
        signatures = files.get(requirement.key, [])
        own = tuple(Mode(mode) for mode in requirement.modes)
        chosen = dossier.component_modes.get(requirement.key)
        handed = dossier.received.get(requirement.key, {})
        found.append(
            Component(
                key=requirement.key,
                name=requirement.name,
                required=is_required(requirement, form, answers, today=today),
                accepted=offered_modes(own, policy) if online and policy else (),
                chosen=Mode(chosen) if chosen else None,
                number=dossier.component_numbers.get(requirement.key, ""),
                files=len(signatures),
                is_signed=bool(signatures) and all(signatures),
                must_be_signed=requirement.must_be_signed,
                was_brought=any(handed.values()),
                is_expired=requirement.key in stale,
            )
        )
    return found


def paper_faults(dossier: Dossier, *, today: date, policy: Policy | None = None) -> dict[str, tuple[str, ...]]:
    """What is wrong with each component, in words by its key (CB-7…CB-11, HY-10). With ``policy`` the province's rules
    are asked too.
    """
    online = dossier.channel == Channel.ONLINE.value
    strict = online and policy is not None and policy.unsigned_level_4 is Unsigned.WHERE_REQUIRED
    found = {
        component.key: faults(component, signed_where_required=strict)
        for component in components_of(dossier, today=today, policy=policy)
    }
    return {key: tuple(FAULTS[fault] for fault in ones) for key, ones in found.items() if ones}


def handling_of(dossier: Dossier, at: datetime) -> Handling:
    """What signatures make of it: as kept since submission; before, as it would be if it were filed now."""
    if dossier.policy_data:
        return Handling(dossier.handled_as_level, dossier.paper_owed)
    return handling_now(dossier, at)


def handling_now(dossier: Dossier, at: datetime) -> Handling:
    """What signatures make of it with the papers as they lie now: for a draft, and for what a supplement brings."""
    policy = policy_for(dossier, at)
    return handling(
        dossier.service_level,
        online=dossier.channel == Channel.ONLINE.value,
        policy=policy,
        components=components_of(dossier, today=at.date(), policy=policy),
    )


def level_of(dossier: Dossier, at: datetime) -> int:
    """The level whose rules hold: for channels of result and fee."""
    if dossier.policy_data:
        return dossier.level
    return handling_of(dossier, at).as_level or dossier.service_level


def must_be_collected(dossier: Dossier, at: datetime) -> bool:
    """Whether something only declared has to be completed at the counter (CB-8)."""
    return must_come(components_of(dossier, today=at.date(), policy=policy_for(dossier, at)))


def result_channels_of(dossier: Dossier, at: datetime) -> tuple[Channel, ...]:
    """Ways in which its result may be handed over: by the pinned policy once submitted, by today's before."""
    return result_channels(
        policy_for(dossier, at),
        level_of(dossier, at),
        filed_online=dossier.channel == Channel.ONLINE.value,
        must_come=must_be_collected(dossier, at),
    )


def checklist_of(dossier: Dossier, *, today: date) -> Checklist:
    """What the counter does before the result is handed over (BD-28, KT-9, HY-26)."""
    return collection(
        components_of(dossier, today=today, policy=dossier.policy),
        compared=dossier.policy.compared_at_collection,
        filed_remotely=dossier.channel == Channel.ONLINE.value,
        copies_arrived=dossier.paper_arrived_at is not None,
    )
