"""Records of the other national crawl, whose ways of filing are one run of text, brought to the structured shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from motcua.rules.text import clean_line

_WAYS = {"Trực tuyến": "ONLINE", "Dịch vụ bưu chính": "POSTAL", "Trực tiếp": "DIRECT"}
_UNITS = {"ngày làm việc": "WORKING_DAY", "ngày": "DAY", "giờ": "HOUR", "tháng": "MONTH"}
_LEVELS = {"cấp tỉnh": "province", "cấp huyện": "district", "cấp xã": "ward", "cấp bộ": "ministry"}
_WAY = re.compile("(" + "|".join(_WAYS) + r")(?=\s*(?:\d|$|[A-ZĐ]))")
_TIME = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*(Ngày làm việc|Ngày|Giờ|Tháng)?")
_PRICE = re.compile(r"(Miễn phí|[\d.,]+\s*VNĐ)\s*(?:\(([^()]*(?:\([^()]*\)[^()]*)*)\))?")


def is_flat(record: object) -> bool:
    """Whether a record has the flat shape."""
    return isinstance(record, Mapping) and isinstance(record.get("methods_text"), str) and "methods" not in record


def structured(record: Mapping[str, Any]) -> dict[str, Any]:
    """The same record in the structured shape; whatever is no text or list is passed on, to be refused there."""
    rest = {key: record.get(key) for key in ("code", "name", "decision_no", "requirements", "source")}
    steps = record.get("steps")
    documents = record.get("documents")
    return {
        **rest,
        "levels": [_LEVELS.get(part.lower(), "otheragency") for part in _split(record.get("level"))],
        "sectors": [{"code": "", "name": name} for name in _whole(record.get("sector"))],
        "executing": _split(record.get("executing")),
        "authority": _split(record.get("authority")),
        "coordinating": _split(record.get("coordinating")),
        "subjects": [{"code": "", "name": name} for name in _whole(record.get("subjects"))],
        "methods": _methods(str(record.get("methods_text") or "")),
        "steps": [{"name": "", "text": steps}] if isinstance(steps, str) and steps else steps or [],
        "document_groups": [{"case": "", "documents": documents}] if documents else [],
        "cases": [],
        "results": [{"code": "", "name": name} for name in _whole(record.get("result"))],
        "legal_bases": [{"code": name, "name": ""} for name in _split(record.get("legal"))],
    }


def _whole(value: Any) -> list[str]:
    if isinstance(value, list):
        return [clean_line(str(item)) for item in value]
    return [clean_line(value)] if isinstance(value, str) and clean_line(value) else []


def _split(value: Any) -> list[str]:
    if isinstance(value, list):
        return [clean_line(str(item)) for item in value]
    return [part.strip() for part in clean_line(str(value or "")).split(", ") if part.strip()]


def _methods(text: str) -> list[dict[str, Any]]:
    """ "Trực tuyến18 Ngày làm việcMiễn phí(…)Trực tiếp…" as a list of ways with time and fees."""
    marks = list(_WAY.finditer(text))
    rows = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        body = text[mark.end() : following.start() if following else len(text)]
        time = _TIME.match(body)
        rest = body[time.end() :] if time else body
        prices = list(_PRICE.finditer(rest))
        rows.append(
            {
                "method": _WAYS[mark[1]],
                "time": time[1] if time else None,
                "unit": _UNITS.get((time[2] or "").lower(), "") if time else "",
                "note": _PRICE.sub("", rest).strip(),
                "fees": [
                    {"type": "", "value": int(re.sub(r"\D", "", price[1]) or 0), "note": price[2] or ""}
                    for price in prices
                ],
            }
        )
    return rows
