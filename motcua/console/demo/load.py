"""Loading the demo province, in two parts: what every page needs, and then the dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.accounts.actions import give_consent
from motcua.console.demo import catalogue, ministries, offices, people, post_office, roster
from motcua.console.demo.sources import Sources
from motcua.procedures.models import ProcedureRevision
from motcua.rules.consents import Purpose
from motcua.rules.people import Actor

LOADER = Actor.system("Dữ liệu trình diễn")
CONSENT_DAYS = 120
"""Before the earliest dossier of the demo (`replay.DAYS`)."""


@dataclass
class World:
    """Everything the stories need to know about the demo province."""

    sources: Sources
    offices: offices.Offices
    people: people.People
    revisions: dict[str, ProcedureRevision]

    def summary(self) -> str:
        return (
            f"{len(self.offices.by_key)} cơ quan, {len(self.people.accounts)} tài khoản, {len(self.revisions)} thủ tục"
        )


def essentials(*, at: datetime) -> World:
    """Policy, calendar, agencies, people and procedures; whatever stands already stays as it is."""
    sources = Sources()
    catalogue.load_policy(sources, by=LOADER, at=at)
    made = offices.make(sources, by=LOADER, at=at)
    post_office.make(sources, made, by=LOADER, at=at)
    cast = people.make(sources, made, by=LOADER, at=at)
    _agree(cast, at)
    roster.make(by=LOADER, at=at)
    revisions = catalogue.publish_all(sources, made, by=LOADER, at=at)
    ministries.connect(sources, by=LOADER, at=at)
    return World(sources, made, cast, revisions)


def _agree(cast: people.People, at: datetime) -> None:
    """The first of the citizens lets her papers be kept, from before her first dossier: her vault shows the use of it.
    Whatever she has said since stands.
    """
    account = next(one for one in cast.accounts.values() if not one.is_officer)
    if not account.consents.exists():
        give_consent(account, Purpose.PAPERS, at=at - timedelta(days=CONSENT_DAYS))
