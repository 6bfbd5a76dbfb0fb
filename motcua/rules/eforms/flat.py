"""From the flat names of an HTML post to nested answers, just as typed: judging is `validate`'s work.

`ngay_sinh-d`/`-m`/`-y` are the boxes of a date, `noi_o-province`/`-district`/`-unit`/`-street` those of an
address, `thoi_gian-from-d` those of a period, `thanh_vien-0-ho_ten` a field of the first row of a group.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from motcua.rules.eforms.definition import Field, FieldType, Step

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
    return [{sub.key: _read(sub, f"{name}-{index}-{sub.key}", data) for sub in field.fields} for index in indexes]
