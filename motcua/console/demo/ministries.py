"""Ministries' systems of the demo province and the procedures that are filed there (BD-12)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.console.demo.sources import Sources
from motcua.procedures.actions import publish
from motcua.procedures.actions.ministries import connect_ministries
from motcua.rules.people import Actor


@transaction.atomic
def connect(sources: Sources, *, by: Actor, at: datetime) -> None:
    """Publish the procedures of `demo/ministries.toml` and say who takes them in; the same again changes nothing."""
    for definition in sources.ministries["procedure"]:
        publish(definition, by=by, at=at)
    connect_ministries(sources.ministries, by=by, at=at)
