"""What an e-form version says: steps, fields, conditions and checks, as frozen values.

A definition is read once by `parse.parse_definition` and never changed afterwards; a dossier keeps the
version it began with. Keys are ASCII words with underscores, so that a hyphen may join them into HTML names
(`thanh_vien-0-ho_ten`) and a dot into paths (`thanh_vien.0.ho_ten`) without doubt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from motcua.rules.eforms.conditions import ALWAYS, NEVER, Condition


class FieldType(StrEnum):
    """Every kind of answer a tờ khai can ask for."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    YEAR = "year"
    TIME = "time"
    DATE_RANGE = "date_range"
    CCCD = "cccd"
    CMND = "cmnd"
    ID_NUMBER = "id_number"
    MST = "mst"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    UNIT = "unit"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    CATALOGUE = "catalogue"
    GROUP = "group"
    FILE = "file"
    DECLARATION = "declaration"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen: the value kept, the words shown, and a hint under them."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule across fields. With `rule`, it must hold whenever `when` holds; without, `when` itself is the
    fault.

    `fields` names the fields at fault; the message is shown beside the first. A warning does not block.
    """

    message: str
    fields: tuple[str, ...]
    when: Condition = ALWAYS
    rule: Condition | None = None
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One question. Limits (`minimum`, `maximum`) are in the field's own unit; dates: ISO or `today-18y`."""

    key: str
    type: FieldType
    label: str
    hint: str = ""
    example: str = ""
    missing: str = ""  # said when a required answer is absent, if the usual words would not do
    required: Condition = NEVER
    show_if: Condition = ALWAYS
    minimum: str | None = None
    maximum: str | None = None
    max_length: int = 200  # characters
    pattern: str = ""
    pattern_words: str = ""
    options: tuple[Option, ...] = ()
    catalogue: str = ""
    prefill: str = ""
    default: Any = None
    fields: tuple[Field, ...] = ()
    checks: tuple[Check, ...] = ()
    min_items: int = 0
    max_items: int = 20
    item_label: str = "Dòng"
    width: str = ""
    autocomplete: str = ""
    places: int = 2  # digits after the comma of a decimal
    street: str = "optional"  # of an address: required, optional or none
    level: str = "commune"  # of a unit: province, district, commune or agency
    open_end: bool = False  # a date range may have no end yet
    born: str = ""  # of a CCCD: key of the birth date or year to compare with
    sex: str = ""  # of a CCCD: key of the sex ("nam"/"nu") to compare with
    named: str = ""  # of a CCCD or MST: key of the name that belongs to the number, asked of connected databases


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form."""

    key: str
    title: str
    fields: tuple[Field, ...]
    intro: str = ""
    show_if: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole form. `units` names the tree its addresses are read with: `legacy` (three tiers) or `2025`
    (two).
    """

    title: str
    steps: tuple[Step, ...]
    checks: tuple[Check, ...] = ()
    units: str = "legacy"
    by_key: dict[str, Field] = field(default_factory=dict, compare=False, repr=False)

    def step(self, key: str) -> Step:
        """The step of that key. Raises KeyError when there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def fields(self) -> Iterator[tuple[Step, Field]]:
        """Every top-level field in the order it is asked, with its step."""
        for step in self.steps:
            for item in step.fields:
                yield step, item


class DefinitionError(ValueError):
    """A definition cannot be used. `problems` lists everything wrong with it, in Vietnamese, for the person
    who writes forms.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
