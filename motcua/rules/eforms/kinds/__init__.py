"""One behaviour for each field type; groups are rows of the others and are handled where rows are walked."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.rules.eforms.definition import FieldType
from motcua.rules.eforms.kinds import choices, dates, files, identities, numbers, places, texts
from motcua.rules.eforms.kinds.base import Kind

KINDS: Mapping[FieldType, Kind] = {
    FieldType.TEXT: texts.TEXT,
    FieldType.LONG_TEXT: texts.TEXT,
    FieldType.INTEGER: numbers.WHOLE,
    FieldType.DECIMAL: numbers.DECIMAL,
    FieldType.MONEY: numbers.WHOLE,
    FieldType.DATE: dates.DATE,
    FieldType.YEAR: numbers.YEAR,
    FieldType.TIME: dates.TIME,
    FieldType.DATE_RANGE: dates.RANGE,
    FieldType.CCCD: identities.CCCD,
    FieldType.CMND: identities.CMND,
    FieldType.ID_NUMBER: identities.ID_NUMBER,
    FieldType.MST: identities.MST,
    FieldType.PHONE: identities.PHONE,
    FieldType.EMAIL: identities.EMAIL,
    FieldType.ADDRESS: places.ADDRESS,
    FieldType.UNIT: places.UNIT,
    FieldType.CHOICE: choices.CHOICE,
    FieldType.MULTI_CHOICE: choices.MANY,
    FieldType.CATALOGUE: choices.CATALOGUE,
    FieldType.FILE: files.FILE,
    FieldType.DECLARATION: choices.DECLARATION,
}
