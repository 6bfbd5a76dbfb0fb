"""Items an officer judges and an applicant supplements: fields of the form, papers of the procedure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import make_aware

from motcua.agencies.queries import agencies_at
from motcua.dossiers.models import Dossier
from motcua.eforms.queries import RoomLookups, definition
from motcua.files.models import StoredFile
from motcua.procedures.models import Requirement
from motcua.rules.eforms import Definition, Field, FieldType, condition_holds, visible


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


def owner_of(dossier: Dossier) -> str:
    """How stored files say that they belong to this dossier."""
    return f"dossier:{dossier.public_id}"


def lookups_of(dossier: Dossier, *, today: date) -> RoomLookups:
    """What its e-form may refer to: files kept for this dossier, and agencies in force on the day it was filed (today
    for a draft). Nothing is read for a form that has no such question.
    """
    questions = list(_questions(form_of(dossier)))
    files: dict[str, str] = {}
    catalogues: dict[str, dict[str, str]] = {}
    if any(field.type is FieldType.FILE for field in questions):
        kept = StoredFile.objects.filter(owner=owner_of(dossier)).values_list("pk", "name")
        files = {str(key): name for key, name in kept.order_by("pk")}
    if any(field.type is FieldType.UNIT and field.level == "agency" for field in questions):
        moment = dossier.submitted_at or make_aware(datetime.combine(today, time(12)))
        catalogues["agencies"] = dict(agencies_at(moment).values_list("code", "name"))
    return RoomLookups(files=files, catalogues=catalogues)


def form_files(dossier: Dossier) -> list[tuple[str, StoredFile]]:
    """Files given as answers of the form, each with its question, in the order of the form."""
    asked = [(field, _ids(field, dossier.answers.get(field.key))) for _, field in form_of(dossier).fields()]
    wanted = {key for _, ids in asked for key in ids}
    if not wanted:
        return []
    kept = StoredFile.objects.filter(owner=owner_of(dossier)).order_by("pk")
    found = {str(file.pk): file for file in kept if str(file.pk) in wanted}
    return [(field.label, found[key]) for field, ids in asked for key in ids if key in found]


def _questions(form: Definition) -> Iterator[Field]:
    """Every question, those of a group's rows too."""
    for _, field in form.fields():
        yield field
        yield from field.fields


def _ids(field: Field, value: Any) -> list[str]:
    """Ids of stored files in an answer."""
    if field.type is FieldType.FILE:
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    if field.type is FieldType.GROUP and isinstance(value, list):
        rows = [row for row in value if isinstance(row, Mapping)]
        return [key for row in rows for sub in field.fields for key in _ids(sub, row.get(sub.key))]
    return []


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
