"""Items an officer judges and an applicant supplements: fields of the form, papers of the procedure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.dossiers.models import Dossier
from motcua.eforms.queries import definition
from motcua.procedures.models import Requirement
from motcua.rules.eforms import Definition, condition_holds, visible


@dataclass(frozen=True, slots=True)
class Item:
    """``key`` is ``field:<form key>`` or ``paper:<requirement key>``; ``required`` as it applies to these answers."""

    key: str
    label: str
    required: bool = False

    @property
    def is_paper(self) -> bool:
        return self.key.startswith("paper:")

    @property
    def name(self) -> str:
        """The key without its kind."""
        return self.key.split(":", 1)[1]


def form_of(dossier: Dossier) -> Definition:
    """The e-form version pinned by the dossier's revision."""
    version_id = dossier.revision.eform_id
    if version_id is None:
        raise LookupError(f"revision {dossier.revision_id} has no e-form")
    return definition(version_id)


def requirements_of(dossier: Dossier) -> list[Requirement]:
    """Components handed in as files for this dossier's case, in order; notes and papers only shown are left out."""
    return [
        requirement
        for requirement in dossier.revision.requirements.all()
        if requirement.need in (Requirement.Need.ALWAYS, Requirement.Need.CONDITIONAL)
        and not requirement.is_eform
        and requirement.case in ("", dossier.case)
    ]


def paper_items(dossier: Dossier, *, today: date) -> list[Item]:
    """Papers that may be handed in, each with whether these answers make it obligatory."""
    form, answers = form_of(dossier), dossier.answers
    return [
        Item(f"paper:{requirement.key}", requirement.name, is_required(requirement, form, answers, today=today))
        for requirement in requirements_of(dossier)
    ]


def is_required(requirement: Requirement, form: Definition, answers: Mapping[str, Any], *, today: date) -> bool:
    """Always-required components are; a conditional one is when its condition holds on the answers."""
    if requirement.need == Requirement.Need.ALWAYS:
        return True
    return requirement.condition is not None and condition_holds(form, requirement.condition, answers, today=today)


def field_items(dossier: Dossier, *, today: date) -> list[Item]:
    """Answered fields that these answers make visible, in the order of the form."""
    form = form_of(dossier)
    shown = visible(form, dossier.answers, today=today)
    return [
        Item(f"field:{field.key}", field.label)
        for _, field in form.fields()
        if field.key in shown and dossier.answers.get(field.key) not in (None, "", [], {})
    ]


def judged_items(dossier: Dossier, enclosed: Iterable[str], *, today: date) -> list[Item]:
    """Everything that needs a verdict: answered fields, required papers, and papers handed in."""
    enclosed = set(enclosed)
    papers = [item for item in paper_items(dossier, today=today) if item.required or item.name in enclosed]
    return [*field_items(dossier, today=today), *papers]
