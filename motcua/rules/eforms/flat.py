"""From the flat names of an HTML post to nested answers, just as typed: judging is `validate`'s work.

`ngay_sinh-d`/`-m`/`-y` are the boxes of a date, `noi_o-province`/`-district`/`-unit`/`-street` those of an address,
`thoi_gian-from-d` those of a period, `thanh_vien-0-ho_ten` a field of the first row of a group; `thanh_vien-count` says
how many rows there are, so that rows taken away are not read from what was kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from motcua.rules.eforms.definition import Field, FieldType, Step
from motcua.rules.eforms.kinds.base import scalar_text
from motcua.rules.eforms.moments import date_parts

Posted = Mapping[str, Sequence[str]]
MAX_ROWS = 100  # rows read from one post; the definition's own limit (at most 50) is told by `validate`

_PARTS: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.DATE: ("d", "m", "y"),
    FieldType.TIME: ("h", "m"),
    FieldType.ADDRESS: ("province", "district", "unit", "street"),
    FieldType.UNIT: ("province", "district", "unit"),
}


def read_flat(step: Step, data: Posted) -> dict[str, Any]:
    """What was posted for the fields of `step`, nested. Fields that were not posted at all are given as
    empty.

    `data` maps each name to all its values (`dict(request.POST.lists())`). Nothing is refused here.
    """
    return {field.key: _read(field, field.key, data) for field in step.fields}


def _read(field: Field, name: str, data: Posted) -> Any:
    if field.type is FieldType.GROUP:
        return _rows(field, name, data)
    if field.type in (FieldType.MULTI_CHOICE, FieldType.FILE):
        return [value for value in data.get(name, ()) if value]
    if field.type is FieldType.DECLARATION:
        return bool(_last(name, data))
    if field.type is FieldType.DATE_RANGE:
        return {part: _parts(FieldType.DATE, f"{name}-{part}", data) for part in ("from", "to")}
    if field.type in _PARTS:
        return _parts(field.type, name, data)
    return _last(name, data)


def _parts(kind: FieldType, name: str, data: Posted) -> Any:
    """The boxes of a value that has several, or the one text when it was posted whole."""
    if name in data:
        return _last(name, data)
    found = {part: _last(f"{name}-{part}", data) for part in _PARTS[kind] if f"{name}-{part}" in data}
    return found if any(value.strip() for value in found.values()) else ""


def _last(name: str, data: Posted) -> str:
    """The last value of a name: a hidden empty input may stand before the real one."""
    values = data.get(name, ())
    return values[-1] if values else ""


def _rows(field: Field, name: str, data: Posted) -> list[dict[str, Any]]:
    shape = re.compile(re.escape(name) + r"-(\d{1,4})-", re.ASCII)
    indexes = sorted({int(found[1]) for key in data if (found := shape.match(key))})[:MAX_ROWS]
    count = _last(f"{name}-count", data)
    if count.isascii() and count.isdigit():
        indexes = [index for index in indexes if index < int(count[:4])]
    return [{sub.key: _read(sub, f"{name}-{index}-{sub.key}", data) for sub in field.fields} for index in indexes]


def merge_flat(step: Step, data: Posted, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Raw answers of the fields some part of which was posted, their other parts taken from what is kept (autosave).

    One box of a date may be posted alone; the other two are then those of the kept answer.
    """
    merged: dict[str, Any] = {}
    for field in step.fields:
        posted = {
            name: values for name, values in data.items() if name == field.key or name.startswith(f"{field.key}-")
        }
        if posted:
            flat = {name: values for name, values in _flat(field, field.key, kept.get(field.key)) if name not in posted}
            merged[field.key] = _read(field, field.key, {**flat, **posted})
    return merged


def _flat(field: Field, name: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    """The names and values under which a kept answer would be posted."""
    if field.type is FieldType.GROUP:
        for index, row in enumerate(value if isinstance(value, list) else []):
            for sub in field.fields:
                yield from _flat(
                    sub, f"{name}-{index}-{sub.key}", row.get(sub.key) if isinstance(row, Mapping) else None
                )
    elif field.type is FieldType.DATE_RANGE:
        ends = value if isinstance(value, Mapping) else {}
        for part in ("from", "to"):
            yield from _flat_date(f"{name}-{part}", ends.get(part))
    elif field.type is FieldType.DATE:
        yield from _flat_date(name, value)
    elif isinstance(value, Mapping):
        for part, inner in value.items():
            yield f"{name}-{part}", [scalar_text(inner) or ""]
    elif isinstance(value, list):
        yield name, [item for item in value if isinstance(item, str)]
    elif field.type is FieldType.UNIT and value:
        yield f"{name}-{'unit' if field.level in ('commune', 'agency') else field.level}", [scalar_text(value) or ""]
    else:
        yield name, ["1" if value is True else scalar_text(value) or ""]


def _flat_date(name: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    for part, text in zip(("d", "m", "y"), date_parts(value), strict=True):
        yield f"{name}-{part}", [text]
