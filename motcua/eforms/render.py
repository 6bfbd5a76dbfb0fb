"""A step of a form as the page shows it, with and without script: from definition and answers to plain views."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.eforms.options import options_html
from motcua.eforms.places import address_view
from motcua.eforms.queries import RoomLookups
from motcua.eforms.values import chosen_values, text_value
from motcua.eforms.views import BoxView, ChoiceView, Complaint, FieldView, FileView, RowView, StepView
from motcua.rules.eforms import ALWAYS, NEVER, Definition, Field, FieldType, Outcome, Step, as_json, validate
from motcua.rules.eforms.comparable import Scope
from motcua.rules.eforms.conditions import fields_in
from motcua.rules.eforms.moments import date_parts

BLANK_INDEX = "__i__"  # stands for a row number in the row that the script copies
SELECT_FROM = 8  # so many choices are a list, fewer are radio buttons
_WIDTHS = {
    FieldType.INTEGER: "5",
    FieldType.DECIMAL: "10",
    FieldType.MONEY: "20",
    FieldType.YEAR: "4",
    FieldType.TIME: "5",
    FieldType.CCCD: "20",
    FieldType.CMND: "20",
    FieldType.ID_NUMBER: "20",
    FieldType.MST: "20",
    FieldType.PHONE: "20",
}
_INPUTMODES = {
    FieldType.INTEGER: "numeric",
    FieldType.MONEY: "numeric",
    FieldType.YEAR: "numeric",
    FieldType.DECIMAL: "decimal",
    FieldType.CCCD: "numeric",
    FieldType.CMND: "numeric",
    FieldType.PHONE: "tel",
    FieldType.EMAIL: "email",
}
_SPELLED = (FieldType.TEXT, FieldType.LONG_TEXT)
_TEMPLATES = {
    FieldType.LONG_TEXT: "textarea",
    FieldType.DATE: "date",
    FieldType.DATE_RANGE: "date_range",
    FieldType.ADDRESS: "address",
    FieldType.UNIT: "address",
    FieldType.MULTI_CHOICE: "checkboxes",
    FieldType.CATALOGUE: "select",
    FieldType.GROUP: "group",
    FieldType.FILE: "file",
    FieldType.DECLARATION: "declaration",
}


def source_words(name: str) -> str:
    """Where a prefilled answer came from, for the person: "Từ tài khoản"; empty for a mere default."""
    return {
        "account": _("Từ tài khoản"),
        "kept": _("Điền sẵn từ lần trước"),
        "vault": _("Từ kho giấy tờ"),
        "vneid": _("Từ VNeID"),
    }.get(name, "")


def render_step(
    definition: Definition,
    step_key: str,
    raw: Mapping[str, Any],
    *,
    lookups: RoomLookups,
    today: date,
    errors: Mapping[str, Sequence[str]] | None = None,
    warnings: Mapping[str, Sequence[str]] | None = None,
    marks: Mapping[str, str] | None = None,
    provenance: Mapping[str, str] | None = None,
) -> StepView:
    """The view of one step. `raw` holds all answers as kept or as typed (`Outcome.draft`); `marks` an officer's words
    by path. Questions whose condition does not hold are there too, hidden. Raises KeyError for an unknown step.
    """
    step = definition.step(step_key)
    outcome = validate(definition, raw, today=today, lookups=lookups, partial=True)
    painter = _Painter(definition, outcome, lookups, today, errors or {}, warnings or {}, marks or {}, provenance or {})
    fields = tuple(painter.field(field, field.key, raw.get(field.key)) for field in step.fields)
    here = {field.key for field in step.fields}
    asked = {key for field in step.fields for key in _asked_about(field)}
    return StepView(
        key=step.key,
        title=step.title,
        intro=step.intro,
        fields=fields,
        summary=painter.summary(fields),
        shown=",".join(field.key for field in step.fields if field.key in outcome.visible),
        asks_more=bool(asked & here),
        today=today.isoformat(),
        known=json.dumps(
            {
                key: {"type": definition.by_key[key].type, "answer": outcome.answers.get(key)}
                for key in sorted(asked - here)
            },
            ensure_ascii=False,
        ),
    )


def _asked_about(field: Field) -> set[str]:
    """Keys of the form's own questions that decide whether this one, or one of its rows' questions, is shown."""
    inner = {sub.key for sub in field.fields}
    keys = set(fields_in(field.show_if))
    return keys | {key for sub in field.fields for key in fields_in(sub.show_if) if key not in inner}


class _Painter:
    """Everything a field's view depends on besides the field."""

    def __init__(
        self,
        definition: Definition,
        outcome: Outcome,
        lookups: RoomLookups,
        today: date,
        errors: Mapping[str, Sequence[str]],
        warnings: Mapping[str, Sequence[str]],
        marks: Mapping[str, str],
        provenance: Mapping[str, str],
    ) -> None:
        self.definition, self.outcome, self.lookups, self.today = definition, outcome, lookups, today
        self.errors, self.warnings, self.marks, self.provenance = errors, warnings, marks, provenance

    def field(self, field: Field, path: str, value: Any, *, is_shown: bool | None = None) -> FieldView:
        """The view of one field at `path`."""
        name = path.replace(".", "-")
        scope, _dot, _key = name.rpartition("-") if "." in path else ("", "", "")
        told = [message for at, said in self.errors.items() if _within(at, path, field) for message in said]
        seen = [message for at, said in self.warnings.items() if _within(at, path, field) for message in said]
        mark = self.marks.get(path, "")
        parts = [
            f"f-{name}-{suffix}"
            for suffix, present in (
                ("goi-y", field.hint or field.example),
                ("danh-dau", mark),
                ("luu-y", seen),
                ("loi", told),
            )
            if present
        ]
        view = FieldView(
            path=path,
            name=name,
            id=f"f-{name}",
            type=field.type.value,
            template=f"eforms/fields/{self._template(field)}.html",
            label=field.label,
            hint=_hint(field),
            optional=field.required == NEVER and field.type is not FieldType.DECLARATION,
            is_shown=path in self.outcome.visible if is_shown is None else is_shown,
            show_if="" if field.show_if == ALWAYS else json.dumps(as_json(field.show_if), ensure_ascii=False),
            scope=scope,
            errors=tuple(told),
            warnings=tuple(seen),
            mark=mark,
            source=source_words(self.provenance.get(path, "")),
            described_by=" ".join(parts),
            width=field.width or _WIDTHS.get(field.type, ""),
            inputmode=_INPUTMODES.get(field.type, ""),
            input_type={FieldType.EMAIL: "email", FieldType.PHONE: "tel"}.get(field.type, "text"),
            autocomplete=field.autocomplete,
            spellcheck=field.type in _SPELLED,
            max_length=field.max_length if field.type in _SPELLED else 0,
            suffix={FieldType.MONEY: _("đồng")}.get(field.type, ""),
        )
        return self._filled(field, view, value)

    def _template(self, field: Field) -> str:
        if field.type is FieldType.CHOICE:
            return "select" if len(field.options) >= SELECT_FROM else "radios"
        if field.type is FieldType.UNIT and field.level == "agency":
            return "select"
        return _TEMPLATES.get(field.type, "input")

    def _filled(self, field: Field, view: FieldView, value: Any) -> FieldView:
        """The view with its answer in it."""
        match field.type:
            case FieldType.DATE:
                return replace(view, boxes=self._date_boxes(view.name, value, view, field.autocomplete))
            case FieldType.DATE_RANGE:
                ends = value if isinstance(value, Mapping) else {}
                boxes, more = (self._date_boxes(f"{view.name}-{part}", ends.get(part), view) for part in ("from", "to"))
                return replace(view, boxes=boxes, more_boxes=more, id=boxes[0].id)
            case FieldType.CHOICE | FieldType.MULTI_CHOICE | FieldType.CATALOGUE:
                return self._choices(field, view, value)
            case FieldType.ADDRESS | FieldType.UNIT if field.level != "agency":
                return address_view(field, view, value, self.definition.units, self.errors)
            case FieldType.UNIT:
                return self._choices(field, view, value)
            case FieldType.DECLARATION:
                return replace(view, choices=(ChoiceView("1", field.label, field.hint, value is True, view.id),))
            case FieldType.FILE:
                ids = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
                return replace(view, files=tuple(FileView(item, self.lookups.file_name(item) or item) for item in ids))
            case FieldType.GROUP:
                return self._group(field, view, value)
        return replace(view, value=text_value(field, value))

    def _choices(self, field: Field, view: FieldView, value: Any) -> FieldView:
        chosen = chosen_values(value)
        if view.template.endswith("/select.html"):
            return replace(view, options=options_html(self._pairs(field), next(iter(chosen), "")))
        offered = [(option.value, option.label, option.hint) for option in field.options]
        choices = tuple(
            ChoiceView(code, label, hint, code in chosen, view.id if number == 0 else f"{view.id}-{number}")
            for number, (code, label, hint) in enumerate(offered)
        )
        is_short = len(offered) == 2 and all(len(label) <= 20 and not hint for _code, label, hint in offered)
        return replace(view, choices=choices, is_inline=is_short)

    def _pairs(self, field: Field) -> tuple[tuple[str, str], ...]:
        """Values and words of a list, its own or a catalogue's."""
        if field.type is FieldType.CHOICE:
            return tuple((option.value, option.label) for option in field.options)
        return tuple(self.lookups.options(field.catalogue or "agencies").items())

    def _date_boxes(
        self, name: str, value: Any, view: FieldView, autocomplete: str = ""
    ) -> tuple[BoxView, BoxView, BoxView]:
        day, month, year = date_parts(value)
        is_wrong = bool(view.errors)
        first = f"f-{name}"
        bday = autocomplete == "bday"
        return (
            BoxView(f"{name}-d", first, _("Ngày"), day, "2", is_wrong, "numeric", "bday-day" if bday else ""),
            BoxView(
                f"{name}-m", f"{first}-m", _("Tháng"), month, "2", is_wrong, "numeric", "bday-month" if bday else ""
            ),
            BoxView(f"{name}-y", f"{first}-y", _("Năm"), year, "4", is_wrong, "numeric", "bday-year" if bday else ""),
        )

    def _group(self, group: Field, view: FieldView, value: Any) -> FieldView:
        given = [row if isinstance(row, Mapping) else {} for row in value] if isinstance(value, list) else []
        least = max(group.min_items, 0 if group.required == NEVER else 1)
        given += [{}] * (least - len(given))
        rows = tuple(self._row(group, view.path, str(index), row) for index, row in enumerate(given))
        return replace(
            view,
            rows=rows,
            blank_row=self._row(group, view.path, BLANK_INDEX, {}),
            item_label=group.item_label,
            may_add=len(rows) < group.max_items,
            max_items=group.max_items,
        )

    def _row(self, group: Field, path: str, index: str, row: Mapping[str, Any]) -> RowView:
        outer = Scope(self.definition.by_key, self.outcome.answers, self.today)
        blank = Scope({sub.key: sub for sub in group.fields}, {}, self.today, outer)
        fields = []
        for sub in group.fields:
            at = f"{path}.{index}.{sub.key}"
            is_shown = at in self.outcome.visible if row else blank.holds(sub.show_if)
            fields.append(self.field(sub, at, row.get(sub.key), is_shown=is_shown))
        title = f"{group.item_label} {index if index == BLANK_INDEX else int(index) + 1}"
        return RowView(index, title, tuple(fields), f"_remove:{path}:{index}")

    def summary(self, fields: Sequence[FieldView]) -> tuple[Complaint, ...]:
        """All errors of the step in the order of its questions, each leading to the control to mend."""
        ids = _ids(fields)
        lines: list[Complaint] = []
        for view in fields:
            for path, said in self.errors.items():
                if path == view.path or path.startswith(f"{view.path}."):
                    target = ids.get(path, ids.get(path.rpartition(".")[0], view.id))
                    lines += [Complaint(f"#{target}", message) for message in said]
        return tuple(lines)


def _within(at: str, path: str, field: Field) -> bool:
    """Whether what was said at path `at` is shown beside this field (a group leaves it to the fields of its rows)."""
    return at == path or (field.type is not FieldType.GROUP and at.startswith(f"{path}."))


def _ids(fields: Sequence[FieldView]) -> dict[str, str]:
    ids: dict[str, str] = {}
    for view in fields:
        ids[view.path] = view.id
        ids |= {f"{view.path}.{select.level}": select.id for select in view.selects}
        if view.selects:
            ids[f"{view.path}.unit"] = view.selects[-1].id
        if view.street:
            ids[f"{view.path}.street"] = view.street.id
        if view.more_boxes:
            ids |= {f"{view.path}.from": view.boxes[0].id, f"{view.path}.to": view.more_boxes[0].id}
        for row in view.rows:
            ids |= _ids(row.fields)
    return ids


def _hint(field: Field) -> str:
    """The hint, with the example after it."""
    example = _("Ví dụ: %(example)s") % {"example": field.example} if field.example else ""
    return ". ".join(part.rstrip(".") if example else part for part in (field.hint, example) if part)


def current_step(definition: Definition, key: str | None) -> Step:
    """The step of that key, or the first one."""
    return next((step for step in definition.steps if step.key == key), definition.steps[0])
