"""Loading the demo province, in two parts: what every page needs, and then the dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.console.demo import catalogue, ministries, offices, people, post_office, roster
from motcua.console.demo.sources import Sources
from motcua.procedures.models import ProcedureRevision
from motcua.rules.people import Actor

LOADER = Actor.system("Dữ liệu trình diễn")


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
    roster.make(by=LOADER, at=at)
    revisions = catalogue.publish_all(sources, made, by=LOADER, at=at)
    ministries.connect(sources, by=LOADER, at=at)
    return World(sources, made, cast, revisions)
