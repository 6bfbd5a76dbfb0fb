"""Judging answers: what is kept, what is wrong and how to mend it. The server's word; the page only
anticipates it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.rules.codes import Grade, check_cccd
from motcua.rules.eforms.comparable import Scope
from motcua.rules.eforms.conditions import fields_in, tests_in
from motcua.rules.eforms.definition import Check, Definition, Field, FieldType
from motcua.rules.eforms.drafts import keepable
from motcua.rules.eforms.kinds import KINDS
from motcua.rules.eforms.kinds.base import Asked, is_blank, lower_first
from motcua.rules.eforms.lookups import Lookups
from motcua.rules.eforms.moments import iso
from motcua.rules.text import tidy

Messages = dict[str, list[str]]


@dataclass(slots=True)
class Outcome:
    """What came of judging.

    `answers` are the valid answers of every visible field, in their canonical form. `draft` is everything
    worth keeping for the person who is still writing, mistakes and hidden answers included, safe to store as
    JSON. `errors` and `warnings` are keyed by path (`ngay_sinh`, `noi_o.street`, `thanh_vien.0.ho_ten`).
    `unknown` names what was sent and is no question of this form. `visible` are the paths of the questions that
    stand on the page, their rows numbered as given.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    errors: Messages = field(default_factory=dict)
    warnings: Messages = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    visible: frozenset[str] = frozenset()
    draft: dict[str, Any] = field(default_factory=dict)

    @property
    def is_valid(self) -> bool:
        """No error; warnings do not count."""
        return not self.errors


@dataclass(slots=True)
class _Judge:
    """The state of one judgement; paths are built while rows are walked."""

    asked: Asked
    partial: bool
    errors: Messages = field(default_factory=dict)
    warnings: Messages = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    visible: set[str] = field(default_factory=set)
    row: str = ""  # "Thành viên 2: " while the answers of a row are judged

    def fields(
        self, fields: Sequence[Field], raw: Mapping[Any, Any], outer: Scope | None, prefix: str
    ) -> dict[str, Any]:
        """The valid answers among `fields`, asked in order: a condition sees only what was validly answered
        before.
        """
        by_key = {field.key: field for field in fields}
        answers: dict[str, Any] = {}
        scope = Scope(by_key, answers, self.asked.today, outer)
        shown: list[Field] = []
        for item in fields:
            if not scope.holds(item.show_if):
                continue
            shown.append(item)
            self.visible.add(prefix + item.key)
            value = self._value(item, raw.get(item.key), scope, prefix + item.key)
            if value is not None:
                answers[item.key] = value
        for item in shown:
            path = prefix + item.key
            if (
                item.key not in answers
                and not self._has_error(path)
                and not self.partial
                and scope.holds(item.required)
            ):
                self._tell(self.errors, path, item.missing or missing_words(item))
        self._compare_identities(shown, scope, prefix)
        return answers

    def _value(self, item: Field, value: Any, scope: Scope, path: str) -> Any:
        if item.type is FieldType.GROUP:
            return self._rows(item, value, scope, path)
        if is_blank(value):
            return None
        verdict = KINDS[item.type].check(item, value, self.asked)
        for sub, message in verdict.errors:
            self._tell(self.errors, f"{path}.{sub}" if sub else path, message)
        for sub, message in verdict.warnings:
            self._tell(self.warnings, f"{path}.{sub}" if sub else path, message)
        return verdict.value

    def _rows(self, group: Field, value: Any, scope: Scope, path: str) -> Any:
        if not isinstance(value, list | tuple):
            if is_blank(value):
                return None
            self._tell(self.errors, path, f"{group.label} phải là một danh sách")
            return None
        rows: list[dict[str, Any]] = []
        given = list(value)
        if len(given) > group.max_items:
            self._tell(
                self.errors,
                path,
                f"{group.label}: nhiều nhất {group.max_items} mục, hiện có {len(given)}. Hãy bỏ bớt.",
            )
            given = given[: group.max_items]
        for index, row in enumerate(given):
            if is_blank(row):
                self._look_at_blank(group, scope, f"{path}.{index}.")
                continue
            if not isinstance(row, Mapping):
                self._tell(self.errors, f"{path}.{index}", f"{group.label}: mục {index + 1} không đúng dạng")
                continue
            known = {sub.key for sub in group.fields}
            self.unknown += [f"{path}.{index}.{key}" for key in row if key not in known]
            self.row = f"{group.item_label} {index + 1}: "
            answers = self.fields(group.fields, row, scope, f"{path}.{index}.")
            inner = Scope({sub.key: sub for sub in group.fields}, answers, self.asked.today, scope)
            self.checks(group.checks, inner, f"{path}.{index}.")
            self.row = ""
            if answers:
                rows.append(answers)
        if rows and len(rows) < group.min_items and not self.partial and not self._has_error(path):
            self._tell(self.errors, path, f"{group.label}: cần ít nhất {group.min_items} mục")
        return rows or None

    def _look_at_blank(self, group: Field, scope: Scope, prefix: str) -> None:
        """A row without answers is no answer and no error, but its first questions stand on the page."""
        inner = Scope({sub.key: sub for sub in group.fields}, {}, self.asked.today, scope)
        self.visible |= {prefix + sub.key for sub in group.fields if inner.holds(sub.show_if)}

    def checks(self, checks: Sequence[Check], scope: Scope, prefix: str) -> None:
        """Rules across fields; one that depends on an answer that is absent or already wrong stays silent."""
        for check in checks:
            if not scope.holds(check.when):
                continue
            if check.rule is not None:
                compared = [test for test in tests_in(check.rule) if test.op not in ("filled", "empty")]
                absent = any(scope.read(key) is None for test in compared for key in fields_in(test))
                if absent or scope.holds(check.rule):
                    continue
                if self.partial and not compared:
                    continue
            elif self.partial and any(test.op == "empty" for test in tests_in(check.when)):
                continue
            if any(self._has_error(prefix + key) for key in check.fields):
                continue
            self._tell(self.warnings if check.is_warning else self.errors, prefix + check.fields[0], check.message)

    def _compare_identities(self, shown: Sequence[Field], scope: Scope, prefix: str) -> None:
        """What an identity number tells beside what was declared: never an error (only the police know)."""
        for item in shown:
            number = scope.answers.get(item.key)
            if (
                item.type not in (FieldType.CCCD, FieldType.ID_NUMBER)
                or not isinstance(number, str)
                or len(number) != 12
            ):
                continue
            born = _birth(scope, item.born)
            sex = scope.answers.get(item.sex) if item.sex else None
            for finding in check_cccd(number, birth_date=born, gender=sex):
                if finding.grade is Grade.WARNING:
                    self._tell(self.warnings, prefix + item.key, f"{item.label}: {finding.message}")

    def _has_error(self, path: str) -> bool:
        return any(known == path or known.startswith(f"{path}.") for known in self.errors)

    def _tell(self, where: Messages, path: str, message: str) -> None:
        said = where.setdefault(path, [])
        if self.row + message not in said:
            said.append(self.row + message)


def _birth(scope: Scope, key: str) -> date | None:
    """The birth date, or 1 January of the birth year, of the answer at `key`."""
    answer = scope.answers.get(key) if key else None
    if isinstance(answer, int) and 1 <= answer <= 9999:
        return date(answer, 1, 1)
    return iso(answer)


def missing_words(item: Field) -> str:
    """What to say when a required answer is absent: the thing to do."""
    if item.type is FieldType.GROUP:
        return f"Thêm ít nhất một mục vào {lower_first(item.label)}"
    if item.type is FieldType.DECLARATION:
        return f"Đánh dấu vào ô “{item.label}”"
    return f"{KINDS[item.type].ask} {lower_first(item.label)}"


def validate(
    definition: Definition,
    raw: object,
    *,
    today: date,
    lookups: Lookups,
    only_step: str | None = None,
    partial: bool = False,
) -> Outcome:
    """Judge all answers of a form.

    `raw` holds the answers of *all* steps, as nested by `read_flat` or as typed JSON (`{**saved, **posted}`
    while filling page by page); it may be anything at all, nothing is raised. With `only_step` errors and
    warnings are told for that step alone. With `partial` (autosave) absent answers are no error. `today` is
    the day in Việt Nam.
    """
    if not isinstance(raw, Mapping):
        return Outcome(errors={"": ["Tờ khai gửi lên không đúng dạng. Hãy mở lại trang và điền lại."]})
    judge = _Judge(Asked(today, lookups, definition.units), partial)
    fields = [item for _, item in definition.fields()]
    answers = judge.fields(fields, raw, None, "")
    judge.checks(definition.checks, Scope(definition.by_key, answers, today), "")
    unknown = [str(key) for key in raw if key not in definition.by_key] + judge.unknown
    outcome = Outcome(
        answers=answers,
        errors=judge.errors,
        warnings=judge.warnings,
        unknown=tuple(sorted({tidy(key[:100]).text for key in unknown})[:50]),
        visible=frozenset(judge.visible),
        draft=_draft(definition, raw, answers, judge.errors),
    )
    if only_step is not None:
        keys = {item.key for item in definition.step(only_step).fields}
        outcome.errors = {path: said for path, said in judge.errors.items() if path.split(".")[0] in keys}
        outcome.warnings = {path: said for path, said in judge.warnings.items() if path.split(".")[0] in keys}
    return outcome


def _draft(definition: Definition, raw: Mapping[Any, Any], answers: dict[str, Any], errors: Messages) -> dict[str, Any]:
    wrong = {path.split(".")[0] for path in errors}
    kept: dict[str, Any] = {}
    for _, item in definition.fields():
        if item.key in answers and item.key not in wrong:
            kept[item.key] = answers[item.key]
        elif (value := keepable(raw.get(item.key))) is not None:
            kept[item.key] = value
    return kept
