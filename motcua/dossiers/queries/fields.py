"""Fields of a procedure's e-form by which a list may be filtered and of which it may show a column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.eforms.queries import RoomLookups, definition
from motcua.procedures.models import ProcedureRevision
from motcua.rules.eforms.definition import FieldType

SPANNED = frozenset({FieldType.INTEGER, FieldType.YEAR, FieldType.DATE, FieldType.MONEY, FieldType.DECIMAL})
"""Kinds whose answers are asked for from–to."""
TYPED = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
"""Kinds that are asked which words they hold. Such words may be names and addresses of people: like the name that was
searched for they have no place in an address or a saved view."""
FILTERED = SPANNED | TYPED | {FieldType.CHOICE, FieldType.CATALOGUE}
"""Kinds by whose answers lists are filtered."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: its key, its question, and what can be chosen (empty where something is typed)."""

    key: str
    label: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def is_spanned(self) -> bool:
        return self.kind in SPANNED

    @property
    def is_typed(self) -> bool:
        return self.kind in TYPED

    @property
    def said(self) -> dict[str, str]:
        return dict(self.options)


def fields_of(procedure_code: str, *, at: datetime) -> list[FormField]:
    """Fields of the form in force now that lists may be filtered by; none when there is no such procedure or form."""
    if not procedure_code.isprintable() or not procedure_code:
        return []
    in_force = ProcedureRevision.objects.in_force(at.date()).filter(procedure__code=procedure_code)
    form = in_force.values_list("eform_id", flat=True).first()
    if form is None:
        return []
    lookups = RoomLookups()
    found = []
    for _, field in definition(form).fields():
        if field.type not in FILTERED:
            continue
        options = tuple((option.value, option.label) for option in field.options)
        if field.type is FieldType.CATALOGUE and lookups.has_catalogue(field.catalogue):
            options = tuple(lookups.options(field.catalogue).items())
        found.append(FormField(field.key, field.label, field.type.value, options))
    return found
