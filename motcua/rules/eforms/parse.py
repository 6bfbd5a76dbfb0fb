"""Reading a definition: every problem is collected, so that whoever writes the form mends all of them at once.

    {"title": "Tờ khai …", "units": "legacy" | "2025", "steps": [STEP …], "checks": [CHECK …]}
    STEP   {"key", "title", "intro"?, "show_if"?: CONDITION, "fields": [FIELD …]}
    FIELD  {"key", "type", "label", "hint"?, "example"?, "missing"?: words for an absent answer,
            "required"?: true | false | CONDITION, "show_if"?: CONDITION (earlier fields only), "default"?,
            "prefill"?: "account.full_name", "width"?: "2|3|4|5|10|20|30", "autocomplete"?}
    CHECK  {"when"?: CONDITION, "rule"?: CONDITION, "message", "fields": [key …], "level"?: "warning"}

and by type: `text`, `long_text`: max_length, pattern with pattern_words ("phải gồm hai chữ hoa"); `integer`, `money`,
`year`, `decimal` (places): min, max; `date`, `date_range` (open_end): min, max as ISO or `today-18y`; `cccd`,
`id_number`: born, sex (keys compared with, warnings only), named (key of the name that belongs to it, which officers
may compare with a connected database), `mst`: named; `address`: street (required, optional, none); `unit`: level
(province, district, commune, agency); `choice`, `multi_choice`: options ("Nam" or {"value", "label", "hint"});
`catalogue`: catalogue ("dan_toc"); `group`: fields, checks, item_label, min_items, max_items; `file`: min_items,
max_items; `declaration`: required unless said otherwise; `time`, `cmnd`, `phone`, `email`: nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.rules.eforms.conditions import ALWAYS, NEVER, Condition, Every, parse_condition
from motcua.rules.eforms.definition import Check, Definition, DefinitionError, Field, FieldType, Option, Step
from motcua.rules.eforms.proofread import proofread

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_NESTED_QUANTIFIER = re.compile(r"\([^()]*[+*}][^()]*\)\s*[+*{]|\\[1-9]|\(\?")
_PREFILL = re.compile(r"[a-z_]+(\.[a-z_]+){1,3}", re.ASCII)
_AUTOCOMPLETE = re.compile(r"[a-z0-9 -]{0,40}", re.ASCII)
WIDTHS = ("", "2", "3", "4", "5", "10", "20", "30")

_TEXTS = {FieldType.TEXT, FieldType.LONG_TEXT}
_NUMBERS = {FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.YEAR}
_DATES = {FieldType.DATE, FieldType.DATE_RANGE}
_MANY = {FieldType.GROUP, FieldType.FILE, FieldType.MULTI_CHOICE}
_SIMPLE_WORDS = ("hint", "example", "missing", "item_label")
_KNOWN = {
    "key", "type", "label", "required", "show_if", "min", "max", "max_length", "pattern", "pattern_words",
    "options", "catalogue", "prefill", "default", "fields", "checks", "min_items", "max_items", "width",
    "autocomplete", "places", "street", "level", "open_end", "born", "sex", "named", *_SIMPLE_WORDS,
}  # fmt: skip


def parse_definition(data: object) -> Definition:
    """A definition from JSON. Raises DefinitionError with every problem found."""
    problems: list[str] = []
    if not isinstance(data, Mapping):
        raise DefinitionError(["Biểu mẫu phải là một đối tượng JSON có “title” và “steps”"])
    for name in sorted(str(name) for name in set(data) - {"title", "steps", "checks", "units"}):
        problems.append(f"Biểu mẫu có mục không hiểu được: “{name}”")
    title = _words(data.get("title"), "Biểu mẫu", "title", problems, needed=True)
    steps = tuple(
        _step(item, index, problems) for index, item in enumerate(_items(data, "steps", "Biểu mẫu", problems), 1)
    )
    if not steps:
        problems.append("Biểu mẫu cần ít nhất một bước")
    checks = _checks(data, "Biểu mẫu", problems)
    units = data.get("units", "legacy")
    if units not in ("legacy", "2025"):
        problems.append("“units” phải là “legacy” hoặc “2025”")
    by_key = {field.key: field for step in steps for field in step.fields}
    definition = Definition(title, steps, checks, str(units), by_key)
    problems += proofread(definition)
    if problems:
        raise DefinitionError(list(dict.fromkeys(problems)))
    return definition


def _items(data: Mapping[Any, Any], name: str, where: str, problems: list[str]) -> list[Any]:
    found = data.get(name, [])
    if isinstance(found, list):
        return found
    problems.append(f"{where}: “{name}” phải là một danh sách")
    return []


def _words(value: object, where: str, name: str, problems: list[str], *, needed: bool = False) -> str:
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and not value.strip()) or len(value) > 2000:
        problems.append(f"{where}: “{name}” phải là chữ" + (" và không để trống" if needed else ""))
        return ""
    return value


def _key(data: Mapping[Any, Any], where: str, problems: list[str]) -> str:
    key = data.get("key")
    if isinstance(key, str) and _KEY.fullmatch(key):
        return key
    problems.append(f"{where}: “key” phải gồm chữ thường không dấu, số, gạch dưới, bắt đầu bằng chữ")
    return ""


def _step(data: object, index: int, problems: list[str]) -> Step:
    where = f"Bước {index}"
    if not isinstance(data, Mapping):
        problems.append(f"{where} không đúng dạng")
        return Step("", "", ())
    for name in sorted(str(name) for name in set(data) - {"key", "title", "intro", "fields", "show_if"}):
        problems.append(f"{where} có mục không hiểu được: “{name}”")
    show_if = parse_condition(data.get("show_if"), where, problems)
    fields = tuple(_field(item, where, problems) for item in _items(data, "fields", where, problems))
    if show_if != ALWAYS:  # a hidden step hides its fields, so that one rule decides about every field
        fields = tuple(replace(field, show_if=Every((show_if, field.show_if))) for field in fields)
    return Step(
        key=_key(data, where, problems),
        title=_words(data.get("title"), where, "title", problems, needed=True),
        intro=_words(data.get("intro"), where, "intro", problems),
        show_if=show_if,
        fields=fields,
    )


def _field(data: object, where: str, problems: list[str], *, inside: bool = False) -> Field:
    if not isinstance(data, Mapping):
        problems.append(f"{where}: có trường không đúng dạng")
        return Field("", FieldType.TEXT, "")
    key = _key(data, where, problems)
    where = f"Trường {key}"
    try:
        kind = FieldType(str(data.get("type")))
    except ValueError:
        problems.append(f"{where}: không có loại “{data.get('type')}”")
        kind = FieldType.TEXT
    if inside and kind is FieldType.GROUP:
        problems.append(f"{where}: nhóm lặp không được chứa nhóm lặp khác")
    for name in sorted(str(name) for name in set(data) - _KNOWN):
        problems.append(f"{where} có mục không hiểu được: “{name}”")
    values: dict[str, Any] = {
        name: _words(data.get(name), where, name, problems) for name in _SIMPLE_WORDS if name in data
    }
    values |= _limits(data, kind, where, problems) | _details(data, kind, where, problems)
    if kind is FieldType.GROUP:
        values["fields"] = tuple(
            _field(item, where, problems, inside=True) for item in _items(data, "fields", where, problems)
        )
        values["checks"] = _checks(data, where, problems)
        if not values["fields"]:
            problems.append(f"{where}: nhóm lặp cần ít nhất một trường con")
    elif "fields" in data or "checks" in data:
        problems.append(f"{where}: chỉ nhóm lặp mới có “fields”, “checks”")
    needs = data.get("required", kind is FieldType.DECLARATION)
    return Field(
        key=key,
        type=kind,
        label=_words(data.get("label"), where, "label", problems, needed=True),
        required=NEVER if needs is None else parse_condition(needs, f"{where}, required", problems),
        show_if=parse_condition(data.get("show_if"), f"{where}, show_if", problems),
        **values,
    )


def _limits(data: Mapping[Any, Any], kind: FieldType, where: str, problems: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, attribute in (("min", "minimum"), ("max", "maximum")):
        if data.get(name) is None:
            continue
        value = data[name]
        if kind not in _NUMBERS | _DATES or isinstance(value, bool) or not isinstance(value, int | float | str):
            problems.append(f"{where}: “{name}” không dùng được cho loại {kind}")
        elif kind in _NUMBERS and not _is_number(value):
            problems.append(f"{where}: “{name}” phải là số")
        values[attribute] = str(value)
    longest = 2000 if kind is FieldType.LONG_TEXT else 200
    values["max_length"] = _count(data, "max_length", where, problems, usual=longest, least=1, most=20_000)
    values["min_items"] = _count(data, "min_items", where, problems, usual=0, least=0, most=50)
    values["max_items"] = _count(data, "max_items", where, problems, usual=20, least=1, most=50)
    values["places"] = _count(data, "places", where, problems, usual=2, least=0, most=6)
    if "max_length" in data and kind not in _TEXTS:
        problems.append(f"{where}: “max_length” chỉ dùng cho chữ")
    if ("min_items" in data or "max_items" in data) and kind not in _MANY:
        problems.append(f"{where}: “min_items”, “max_items” chỉ dùng cho nhóm lặp, tệp và nhiều lựa chọn")
    if values["min_items"] > values["max_items"]:
        problems.append(f"{where}: “min_items” lớn hơn “max_items”")
    return values


def _is_number(value: object) -> bool:
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def _count(
    data: Mapping[Any, Any], name: str, where: str, problems: list[str], *, usual: int, least: int, most: int
) -> int:
    value = data.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        problems.append(f"{where}: “{name}” phải là số nguyên từ {least} đến {most}")
        return usual
    return value


def _details(data: Mapping[Any, Any], kind: FieldType, where: str, problems: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {"options": _options(data, where, problems), "default": data.get("default")}
    for name in ("catalogue", "prefill", "width", "autocomplete", "pattern", "pattern_words", "born", "sex", "named"):
        values[name] = _words(data.get(name), where, name, problems)
    values["street"] = data.get("street", "optional")
    values["level"] = data.get("level", "commune")
    values["open_end"] = data.get("open_end", False)
    wrong = {
        "“street” phải là required, optional hoặc none": values["street"] not in ("required", "optional", "none"),
        "“level” phải là province, district, commune hoặc agency": values["level"]
        not in ("province", "district", "commune", "agency"),
        "“open_end” phải là true hoặc false": not isinstance(values["open_end"], bool),
        f"“width” phải là một trong {', '.join(WIDTHS[1:])}": values["width"] not in WIDTHS,
        "“autocomplete” không đúng dạng": not _AUTOCOMPLETE.fullmatch(values["autocomplete"]),
        "“prefill” phải có dạng nguồn.mục, ví dụ account.full_name": bool(values["prefill"])
        and not _PREFILL.fullmatch(values["prefill"]),
        "cần “options”": kind in (FieldType.CHOICE, FieldType.MULTI_CHOICE) and not values["options"],
        "cần tên danh mục “catalogue”": kind is FieldType.CATALOGUE and not values["catalogue"],
        "“pattern” chỉ dùng cho chữ": bool(values["pattern"]) and kind not in _TEXTS,
        "“pattern” cần “pattern_words” nói bằng lời": bool(values["pattern"]) and not values["pattern_words"],
    }
    problems += [f"{where}: {words}" for words, is_wrong in wrong.items() if is_wrong]
    if values["pattern"]:
        problems += _pattern_problems(values["pattern"], where)
    return values


def _pattern_problems(pattern: str, where: str) -> list[str]:
    """A pattern must compile and must not be able to run away on a long answer."""
    try:
        re.compile(pattern)
    except re.error as wrong:
        return [f"{where}: “pattern” không đọc được ({wrong})"]
    if len(pattern) > 200 or _NESTED_QUANTIFIER.search(pattern):
        return [f"{where}: “pattern” quá dài, có lặp lồng nhau hoặc tham chiếu ngược"]
    return []


def _options(data: Mapping[Any, Any], where: str, problems: list[str]) -> tuple[Option, ...]:
    options: list[Option] = []
    for item in _items(data, "options", where, problems):
        if isinstance(item, str) and item.strip():
            options.append(Option(item.strip(), item.strip()))
            continue
        value = item.get("value") if isinstance(item, Mapping) else None
        if not isinstance(value, str) or not value.strip():
            problems.append(f"{where}: mỗi mục của “options” cần “value” và “label” là chữ")
            continue
        label = _words(item.get("label"), where, "label", problems, needed=True)
        options.append(Option(value.strip(), label, _words(item.get("hint"), where, "hint", problems)))
    if len({option.value for option in options}) != len(options):
        problems.append(f"{where}: “options” có hai mục cùng giá trị")
    return tuple(options)


def _checks(data: Mapping[Any, Any], where: str, problems: list[str]) -> tuple[Check, ...]:
    checks: list[Check] = []
    for item in _items(data, "checks", where, problems):
        if not isinstance(item, Mapping) or set(item) - {"when", "rule", "message", "fields", "level"}:
            problems.append(f"{where}: có ràng buộc (checks) không đúng dạng")
            continue
        if "when" not in item and "rule" not in item:
            problems.append(f"{where}: ràng buộc cần “when” hoặc “rule”")
        fields = item.get("fields")
        if not isinstance(fields, list) or not fields or not all(isinstance(key, str) for key in fields):
            problems.append(f"{where}: ràng buộc cần “fields”, danh sách trường có lỗi")
            fields = []
        rule: Condition | None = parse_condition(item["rule"], where, problems) if "rule" in item else None
        checks.append(
            Check(
                message=_words(item.get("message"), where, "message", problems, needed=True),
                fields=tuple(fields),
                when=parse_condition(item.get("when"), where, problems) if "when" in item else ALWAYS,
                rule=rule,
                is_warning=item.get("level") == "warning",
            )
        )
        if item.get("level", "error") not in ("error", "warning"):
            problems.append(f"{where}: “level” của ràng buộc phải là error hoặc warning")
    return tuple(checks)
