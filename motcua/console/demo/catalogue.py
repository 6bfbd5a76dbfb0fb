"""Publishing the worked-out procedures of the demo and offering them at the agencies that settle them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.audit.actions import record
from motcua.console.demo.offices import Offices
from motcua.console.demo.sources import Sources
from motcua.policy.actions import load_built_in_days, load_preset
from motcua.procedures.actions import publish
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.rules.people import Actor


def load_policy(sources: Sources, *, by: Actor, at: datetime) -> None:
    """What the province decided, and the days off everybody knows."""
    load_preset(sources.preset, by=by, at=at)
    load_built_in_days(by=by, at=at)


def publish_all(sources: Sources, offices: Offices, *, by: Actor, at: datetime) -> dict[str, ProcedureRevision]:
    """Every procedure of `demo/procedures` in force and offered; revisions by national code."""
    found = {}
    for code, definition in sources.procedures.items():
        with transaction.atomic():
            revision = publish(definition_of(definition, sources), by=by, at=at)
            _offer(revision, _keys(definition["demo"]["offered_by"], offices), offices, by=by, at=at)
        found[code] = ProcedureRevision.objects.select_related("procedure").get(pk=revision.pk)
    return found


def definition_of(definition: dict[str, Any], sources: Sources) -> dict[str, Any]:
    """The definition without what is only for the demo; its addresses are read in the province's own unit tree."""
    form = definition["eform"]
    told = {key: value for key, value in definition.items() if key != "demo"}
    return told | {"eform": {**form, "definition": {**form["definition"], "units": sources.scheme}}}


def _keys(names: Iterable[str], offices: Offices) -> list[str]:
    groups = {"communes": offices.communes, "land_branches": offices.land_branches or ["van-phong-dang-ky-dat-dai"]}
    return [key for name in names for key in groups.get(name, [name])]


def _offer(revision: ProcedureRevision, keys: list[str], offices: Offices, *, by: Actor, at: datetime) -> None:
    """The verb `procedures.actions.offer` for very many agencies at once, with one event for all of them."""
    standing = set(
        Offering.objects.filter(procedure=revision.procedure, until__isnull=True).values_list("agency_id", flat=True)
    )
    fresh = [
        Offering(
            procedure=revision.procedure,
            agency=offices.by_key[key],
            counter=offices.counters[key],
            since=revision.since,
        )
        for key in keys
        if offices.by_key[key].pk not in standing
    ]
    if fresh:
        Offering.objects.bulk_create(fresh)
        body = {"agencies": len(fresh), "since": revision.since.isoformat()}
        record(subject=("procedure", revision.procedure.code), verb="offer", by=by, at=at, body=body)
