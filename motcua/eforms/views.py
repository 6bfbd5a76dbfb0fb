"""What the templates of a form step need, as plain values: nothing is decided in a template."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One radio button or checkbox."""

    value: str
    label: str
    hint: str
    chosen: bool
    id: str


@dataclass(frozen=True, slots=True)
class BoxView:
    """One input of a value that has several: a box of a date, the street of an address."""

    name: str
    id: str
    label: str
    value: str
    width: str
    is_wrong: bool
    inputmode: str = ""
    autocomplete: str = ""


@dataclass(frozen=True, slots=True)
class SelectView:
    """One select of an address. `parent` is the code the options lie under, `level` what is chosen here."""

    name: str
    id: str
    label: str
    level: str
    options: SafeString
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class FileView:
    """A file already stored."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a group."""

    index: str
    title: str
    fields: tuple[FieldView, ...]
    remove: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """One question as it stands on the page.

    `template` draws it; `id` is the id of its first control, where the error summary leads; `described_by` joins the
    ids of hint, marks and errors. `show_if` is the condition as JSON for `eform.js`, empty when always shown.
    """

    path: str
    name: str
    id: str
    type: str
    template: str
    label: str
    hint: str
    optional: bool
    is_shown: bool
    show_if: str
    scope: str
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    mark: str = ""
    source: str = ""
    described_by: str = ""
    value: str = ""
    width: str = ""
    inputmode: str = ""
    input_type: str = "text"
    autocomplete: str = ""
    spellcheck: bool = True
    max_length: int = 0
    lines: int = 4
    suffix: str = ""
    is_inline: bool = False
    choices: tuple[ChoiceView, ...] = ()
    options: SafeString | str = ""
    boxes: tuple[BoxView, ...] = ()
    more_boxes: tuple[BoxView, ...] = ()
    selects: tuple[SelectView, ...] = ()
    lists_button: bool = False
    street: BoxView | None = None
    scheme: str = ""
    files: tuple[FileView, ...] = ()
    rows: tuple[RowView, ...] = ()
    blank_row: RowView | None = None
    item_label: str = ""
    may_add: bool = False
    max_items: int = 0


@dataclass(frozen=True, slots=True)
class Complaint:
    """One line of the error summary."""

    href: str
    message: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as it stands on the page. `known` is JSON of answers given elsewhere that conditions here ask about."""

    key: str
    title: str
    intro: str
    fields: tuple[FieldView, ...]
    summary: tuple[Complaint, ...]
    shown: str
    asks_more: bool
    today: str
    known: str
