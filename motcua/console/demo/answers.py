"""Answers of an invented person to a form: the sample of the procedure's file with its placeholders filled in.

``"{applicant.name}"`` alone gives the value as it is (an address stays an address); inside other text it gives words.
Known names: ``applicant``, ``wife``, ``husband``, ``child`` (each with the attributes of `Citizen`, ``year`` and
``address``), ``commune``, ``number``, ``few``, and days as ``today-21`` (ISO).
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from motcua.console.demo.people import Citizen

_HOLE = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?|today(?:[+-]\d+)?)\}")


@dataclass(frozen=True)
class Scene:
    """Who and what the placeholders of one dossier stand for."""

    applicant: Citizen
    partner: Citizen
    child: Citizen
    commune: str
    number: int
    few: int
    today: date

    def value(self, name: str) -> Any:
        """What one placeholder stands for. Raises KeyError for an unknown one."""
        if name.startswith("today"):
            return (self.today + timedelta(days=int(name[5:] or 0))).isoformat()
        subject, _, attribute = name.partition(".")
        people = {"applicant": self.applicant, "child": self.child, "partner": self.partner}
        people |= {"wife": self._of("nu"), "husband": self._of("nam")}
        if subject in people:
            person = people[subject]
            found = person.birth.year if attribute == "year" else getattr(person, attribute)
            return found.isoformat() if isinstance(found, date) else found
        return {"commune": self.commune, "number": self.number, "few": self.few}[subject]

    def _of(self, gender: str) -> Citizen:
        return self.applicant if self.applicant.gender == gender else self.partner


def scene(applicant: Citizen, partner: Citizen, *, commune: str, today: date, draw: random.Random) -> Scene:
    """One dossier's people: the partner is of the other sex, the child bears the applicant's family name."""
    gender = "nu" if applicant.gender == "nam" else "nam"
    if partner.gender != gender:
        partner = replace(partner, gender=gender, identity=_of_other_sex(partner.identity))
    child = replace(
        partner,
        name=f"{applicant.name.split()[0]} {' '.join(partner.name.split()[1:])}",
        gender=draw.choice(("nam", "nu")),
        birth=today - timedelta(days=21),
        identity="",
    )
    return Scene(applicant, partner, child, commune, draw.randint(12, 480), draw.randint(1, 3), today)


def _of_other_sex(identity: str) -> str:
    return f"{identity[:3]}{int(identity[3]) ^ 1}{identity[4:]}"


def filled(sample: Any, scene: Scene) -> Any:
    """`sample` (text, table or list) with every placeholder filled in."""
    if isinstance(sample, Mapping):
        return {key: filled(value, scene) for key, value in sample.items()}
    if isinstance(sample, list):
        return [filled(value, scene) for value in sample]
    if not isinstance(sample, str):
        return sample
    if whole := _HOLE.fullmatch(sample):
        return scene.value(whole[1])
    return _HOLE.sub(lambda hole: str(scene.value(hole[1])), sample)


def worded(text: str, answers: Mapping[str, Any]) -> str:
    """A sentence of a result with answers in it: ``"Cấp {so_ban_sao} bản cho {ho_ten}"``."""

    def say(hole: re.Match[str]) -> str:
        value = answers.get(hole[1], "…")
        try:
            return f"{date.fromisoformat(value):%d/%m/%Y}" if isinstance(value, str) else str(value)
        except ValueError:
            return str(value)

    return re.sub(r"\{([a-z0-9_]+)\}", say, text)
