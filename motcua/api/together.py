"""Details of working together on a dossier, as JSON: opinions, parts, handing on over a silence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import ConfigDict

from motcua.agencies.queries import agency_by_code, division
from motcua.api.callers import Caller
from motcua.api.reading_json import Sent
from motcua.base.errors import Refusal
from motcua.dossiers.actions import children, consult, examine

_LONG = 10_000


class Unit(Schema):
    """Code of an agency; the key of its division, empty for the agency as a whole."""

    model_config = ConfigDict(extra="forbid")

    agency: str = Field(max_length=35)
    division: str = Field("", max_length=40)


class Asked(Schema):
    """Whom to ask, what, and within how many working hours; without them all that is left of the step."""

    model_config = ConfigDict(extra="forbid")

    units: list[Unit] = Field(min_length=1, max_length=20)
    question: str = Field(max_length=_LONG)
    hours: int | None = Field(None, ge=1, le=10_000)


class Opinion(Schema):
    """Yes or no for the unit one answers for; whoever disagrees says why."""

    model_config = ConfigDict(extra="forbid")

    agrees: bool
    opinion: str = Field("", max_length=_LONG)


class PartOf(Schema):
    """Which of the parts the step names, counted from 0."""

    model_config = ConfigDict(extra="forbid")

    part: int = Field(0, ge=0, le=99)


class HandedOn(Schema):
    """A note, and whether units that let the time pass are taken to agree."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field("", max_length=_LONG)
    silence_noted: bool = False


def ask(code: str, given: Asked, sent: Sent, who: Caller) -> Any:
    """Ask every unit at once."""
    units = [_unit(unit) for unit in given.units]
    return consult.ask(code, units=units, question=given.question, hours=given.hours, by=who.actor, at=who.at)


def answer(code: str, given: Opinion, sent: Sent, who: Caller) -> Any:
    """Answer for one's unit."""
    return consult.opine(code, agrees=given.agrees, opinion=given.opinion, by=who.actor, at=who.at)


def open_part(code: str, given: PartOf, sent: Sent, who: Caller) -> Any:
    """Open a part of a joint dossier."""
    return children.open_child(code, part=given.part, by=who.actor, at=who.at)


def propose(code: str, given: HandedOn, sent: Sent, who: Caller) -> Any:
    """Propose to the leader."""
    return examine.propose(code, note=given.note, silence_noted=given.silence_noted, by=who.actor, at=who.at)


def pass_on(code: str, given: HandedOn, sent: Sent, who: Caller) -> Any:
    """Hand on to the next examining step."""
    return examine.pass_on(code, note=given.note, silence_noted=given.silence_noted, by=who.actor, at=who.at)


def _unit(asked: Unit) -> tuple[int, int | None]:
    agency = agency_by_code(asked.agency)
    found = division(agency.pk, asked.division) if agency is not None and asked.division else None
    if agency is None or (asked.division and found is None):
        words = _("Không có đơn vị %(unit)s.") % {"unit": f"{asked.agency} {asked.division}".strip()}
        raise Refusal(words, field_errors={"units": [words]})
    return agency.pk, found.pk if found else None
