"""What can only be seen when the whole definition is read: references, order, and questions nobody would ever
be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from math import prod

from motcua.rules.eforms.comparable import NUMBERS, ORDERED, PRESENCE_ONLY, family, literal
from motcua.rules.eforms.conditions import (
    ORDER,
    PRESENCE,
    Condition,
    Every,
    Negated,
    Some,
    Test,
    fields_in,
    tests_in,
)
from motcua.rules.eforms.definition import Check, Definition, Field, FieldType
from motcua.rules.eforms.moments import parse_day

_SOME_DAY = date(2020, 1, 31)  # any day: only the shape of relative dates is looked at
_MOST_COMBINATIONS = 5000
_NAMED = (FieldType.CCCD, FieldType.ID_NUMBER, FieldType.MST)


def proofread(definition: Definition) -> list[str]:
    """Every problem between the parts of a definition, in Vietnamese."""
    problems = _duplicates(definition)
    known = definition.by_key
    seen: dict[str, Field] = {}
    for step in definition.steps:
        problems += _condition(step.show_if, f"Bước {step.key}", seen, known)
        for field in step.fields:
            where = f"Trường {field.key}"
            problems += _condition(field.show_if, where, seen, known)
            problems += _condition(field.required, where, known, known)
            problems += _own(field, where, known)
            if not _can_show((step.show_if, field.show_if), definition):
                problems.append(f"{where} không bao giờ hiện ra: điều kiện của nó không thể đúng")
            seen[field.key] = field
            problems += _group(field, seen, known)
    for check in definition.checks:
        problems += _check(check, "Biểu mẫu", known, known)
    return problems


def _duplicates(definition: Definition) -> list[str]:
    problems = [f"Có hai bước cùng “key” {key}" for key in _repeated(step.key for step in definition.steps)]
    keys = [field.key for _, field in definition.fields()]
    problems += [f"Có hai trường cùng “key” {key}" for key in _repeated(keys)]
    for _, field in definition.fields():
        problems += [
            f"Nhóm {field.key} có hai trường cùng “key” {key}" for key in _repeated(sub.key for sub in field.fields)
        ]
    return problems


def _repeated(keys: Iterable[str]) -> list[str]:
    counted: dict[str, int] = {}
    for key in keys:
        counted[key] = counted.get(key, 0) + 1
    return [key for key, count in counted.items() if count > 1 and key]


def _group(group: Field, seen: Mapping[str, Field], known: Mapping[str, Field]) -> list[str]:
    problems: list[str] = []
    siblings = {field.key: field for field in group.fields}
    before: dict[str, Field] = {}
    for field in group.fields:
        where = f"Trường {group.key}.{field.key}"
        problems += _condition(field.show_if, where, {**seen, **before}, {**known, **siblings})
        problems += _condition(field.required, where, {**known, **siblings}, {**known, **siblings})
        problems += _own(field, where, {**known, **siblings})
        if field.prefill or field.type is FieldType.DECLARATION:
            problems.append(f"{where}: trong nhóm lặp không dùng được “prefill” và loại declaration")
        before[field.key] = field
    for check in group.checks:
        problems += _check(check, f"Nhóm {group.key}", {**known, **siblings}, siblings)
    return problems


def _check(check: Check, where: str, readable: Mapping[str, Field], markable: Mapping[str, Field]) -> list[str]:
    problems = _condition(check.when, f"{where}, ràng buộc", readable, readable)
    if check.rule is not None:
        problems += _condition(check.rule, f"{where}, ràng buộc", readable, readable)
    return problems + [
        f"{where}: ràng buộc nhắc đến trường không có “{key}”" for key in check.fields if key not in markable
    ]


def _condition(
    condition: Condition, where: str, readable: Mapping[str, Field], known: Mapping[str, Field]
) -> list[str]:
    """`readable` are the fields that may be asked about here; `known` all there are (to tell "later" from
    "nowhere").
    """
    problems: list[str] = []
    for key in fields_in(condition):
        if key not in known:
            problems.append(f"{where}: điều kiện nhắc đến trường không có “{key}”")
        elif key not in readable:
            problems.append(
                f"{where}: điều kiện chỉ được nhắc đến trường đứng trước, “{key}” đứng sau (hoặc là chính nó)"
            )
    if problems:
        return problems
    for test in tests_in(condition):
        problems += _test(test, where, known)
    return problems


def _test(test: Test, where: str, known: Mapping[str, Field]) -> list[str]:
    field = known[test.field]
    if test.op in PRESENCE:
        return []
    if field.type in PRESENCE_ONLY:
        return [f"{where}: với “{field.key}” chỉ hỏi được filled hoặc empty"]
    if test.op in ORDER and field.type not in ORDERED:
        return [f"{where}: “{field.key}” không so lớn bé được"]
    if test.other:
        same = family(field) == family(known[test.other]) and known[test.other].type not in PRESENCE_ONLY
        return [] if same else [f"{where}: “{field.key}” và “{test.other}” khác loại, không so được"]
    problems: list[str] = []
    for value in test.value if test.op in ("in", "not_in") else (test.value,):
        if literal(field, value, _SOME_DAY) is None:
            problems.append(f"{where}: giá trị “{value}” không hợp với loại của “{field.key}”")
        elif field.options and value not in {option.value for option in field.options}:
            problems.append(f"{where}: “{value}” không có trong các mục chọn của “{field.key}”")
    return problems


def _own(field: Field, where: str, known: Mapping[str, Field]) -> list[str]:
    problems: list[str] = []
    limits = [limit for limit in (field.minimum, field.maximum) if limit is not None]
    if field.type in (FieldType.DATE, FieldType.DATE_RANGE):
        problems += [
            f"{where}: “{limit}” không phải ngày (ISO hoặc today±số d/m/y)"
            for limit in limits
            if parse_day(limit, _SOME_DAY) is None
        ]
    elif field.type in NUMBERS and len(limits) == 2:
        try:
            if Decimal(limits[0]) > Decimal(limits[1]):
                problems.append(f"{where}: “min” lớn hơn “max”")
        except ArithmeticError:
            pass  # already reported as not a number
    wanted = {"born": (FieldType.DATE, FieldType.YEAR), "sex": (FieldType.CHOICE,)}
    for name, key in (("born", field.born), ("sex", field.sex)):
        if key and (field.type not in (FieldType.CCCD, FieldType.ID_NUMBER) or known.get(key) is None):
            problems.append(f"{where}: “{name}” chỉ dùng cho số định danh và phải chỉ đến một trường có thật")
        elif key and known[key].type not in wanted[name]:
            problems.append(f"{where}: “{name}” chỉ đến trường sai loại “{key}”")
    if field.named and (field.type not in _NAMED or known.get(field.named) is None):
        problems.append(f"{where}: “named” chỉ dùng cho số định danh, mã số thuế và phải chỉ đến một trường có thật")
    elif field.named and known[field.named].type is not FieldType.TEXT:
        problems.append(f"{where}: “named” chỉ đến trường sai loại “{field.named}”")
    offered = {option.value for option in field.options}
    if field.type is FieldType.CHOICE and field.default is not None and field.default not in offered:
        problems.append(f"{where}: “default” không có trong các mục chọn")
    if field.type in (FieldType.DECLARATION, FieldType.GROUP, FieldType.FILE) and field.default is not None:
        problems.append(f"{where}: loại {field.type} không có “default”")
    return problems


def _can_show(conditions: tuple[Condition, ...], definition: Definition) -> bool:
    """Whether some answers to the choices make all these conditions possible at once."""
    keys = dict.fromkeys(key for condition in conditions for key in fields_in(condition) if key in definition.by_key)
    choices = {key: definition.by_key[key] for key in keys if definition.by_key[key].type is FieldType.CHOICE}
    values = [[None, *(option.value for option in field.options)] for field in choices.values()]
    if prod(len(options) for options in values) > _MOST_COMBINATIONS:
        return True
    return any(
        all(_possible(condition, dict(zip(choices, answers, strict=True))) is not False for condition in conditions)
        for answers in product(*values)
    )


def _possible(condition: Condition, answers: Mapping[str, str | None]) -> bool | None:
    """True or false when the choices alone decide it; None when other answers matter."""
    match condition:
        case Every(parts):
            read = [_possible(part, answers) for part in parts]
            return False if False in read else (None if None in read else True)
        case Some(parts):
            read = [_possible(part, answers) for part in parts]
            return True if True in read else (None if None in read else False)
        case Negated(part):
            inner = _possible(part, answers)
            return None if inner is None else not inner
        case Test(field, op, value, other):
            if field not in answers or other:
                return None
            answer = answers[field]
            chosen = {
                "filled": answer is not None,
                "empty": answer is None,
                "eq": answer == value,
                "ne": answer != value,
                "in": isinstance(value, tuple) and answer in value,
                "not_in": isinstance(value, tuple) and answer not in value,
            }
            return chosen.get(op)
