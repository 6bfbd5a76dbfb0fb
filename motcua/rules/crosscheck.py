"""Comparing what a form declares with what a connected database says (NĐ 47/2020/NĐ-CP; acceptance HY-20).

A form says by itself which of its answers belong together: an identity or tax number names the field of its name
(`named`) and of its birth date (`born`). One number is one question to one database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from motcua.rules.eforms import Definition, Field, FieldType, visible
from motcua.rules.text import canonical_tone, clean_line


class Register(StrEnum):
    """A database a declaration can be compared with."""

    POPULATION = "population"
    ENTERPRISES = "enterprises"


class Match(StrEnum):
    """What comparing one answer came to."""

    SAME = "same"
    DIFFERENT = "different"
    NO_DATA = "no_data"


REGISTERS: Mapping[Register, str] = {
    Register.POPULATION: "Cơ sở dữ liệu quốc gia về dân cư",
    Register.ENTERPRISES: "Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp",
}
MATCHES: Mapping[Match, str] = {
    Match.SAME: "Khớp",
    Match.DIFFERENT: "Không khớp",
    Match.NO_DATA: "Không có dữ liệu",
}

NAME, BIRTH_DATE = "name", "birth_date"
"""What a database is asked for; nothing else is."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One answer to compare: ``part`` is `NAME` or `BIRTH_DATE`, ``item`` the judged item it belongs to."""

    part: str
    item: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Question:
    """One person or enterprise of the form. ``path`` is where its number stands (``thanh_vien.0.so_dinh_danh``)."""

    register: Register
    path: str
    item: str
    label: str
    number: str
    declared: tuple[Declared, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One answer beside the database's; ``source_value`` is kept only where it differs."""

    part: str
    item: str
    label: str
    match: Match
    source_value: str = ""


def questions_of(form: Definition, answers: Mapping[str, Any], *, today: date) -> tuple[Question, ...]:
    """What can be asked about these answers, in the order of the form: only numbers that stand on the page."""
    shown = visible(form, answers, today=today)
    found = []
    for step, field in form.fields():
        if field.key not in shown:
            continue
        if field.type is FieldType.GROUP:
            found += list(_in_rows(field, answers.get(field.key), shown))
        elif question := _question(field, answers, form.by_key, path=field.key, item=f"field:{field.key}"):
            found.append(replace(question, label=f"{step.title}: {field.label}"))
    return tuple(found)


def _in_rows(group: Field, rows: Any, shown: frozenset[str]) -> Iterator[Question]:
    siblings = {field.key: field for field in group.fields}
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        for field in group.fields:
            path = f"{group.key}.{index}.{field.key}"
            if path in shown and isinstance(row, Mapping):
                place = f"{group.item_label} {index + 1}: "
                question = _question(field, row, siblings, path=path, item=f"field:{group.key}", place=place)
                if question:
                    yield question


def _question(
    field: Field, answers: Mapping[str, Any], known: Mapping[str, Field], *, path: str, item: str, place: str = ""
) -> Question | None:
    """The question a number asks, if it has a name or a birth date to compare."""
    number = str(answers.get(field.key) or "")
    register = _register(field.type, number)
    if register is None:
        return None
    declared = []
    for part, key in ((NAME, field.named), (BIRTH_DATE, field.born if register is Register.POPULATION else "")):
        value = str(answers.get(key) or "") if key else ""
        if value:
            own = item if place else f"field:{key}"
            declared.append(Declared(part, own, place + known[key].label, value))
    if not declared:
        return None
    return Question(register, path, item, place + field.label, number, tuple(declared))


def _register(kind: FieldType, number: str) -> Register | None:
    """Twelve digits are a person's; a tax number of 10 or 13 an enterprise's (its own head office or a branch)."""
    digits = number.replace("-", "")
    if not digits.isdecimal():
        return None
    if kind in (FieldType.CCCD, FieldType.ID_NUMBER, FieldType.MST) and len(digits) == 12:
        return Register.POPULATION
    if kind in (FieldType.MST, FieldType.ID_NUMBER) and len(digits) in (10, 13):
        return Register.ENTERPRISES
    return None


def compare(question: Question, record: Mapping[str, str] | None) -> tuple[Compared, ...]:
    """Each declared answer beside ``record`` (parts the database gave; None where it knows no such number)."""
    found = []
    for one in question.declared:
        said = (record or {}).get(one.part, "")
        match = Match.NO_DATA if not said else Match.SAME if _same(one.part, one.value, said) else Match.DIFFERENT
        found.append(Compared(one.part, one.item, one.label, match, said if match is Match.DIFFERENT else ""))
    return tuple(found)


def _same(part: str, declared: str, said: str) -> bool:
    """Names alike but for capitals, spaces and where the tone mark stands; a year alone is compared with the year."""
    if part == BIRTH_DATE:
        return said.startswith(declared) if len(declared) == 4 else declared == said
    return _plain(declared) == _plain(said)


def _plain(name: str) -> str:
    return canonical_tone(clean_line(name)).casefold()
