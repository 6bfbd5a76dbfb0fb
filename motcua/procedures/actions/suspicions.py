"""What in a national record a person must settle: contradictions, gaps, and numbers that cannot be meant.

Each kind has a sentence saying what to do. A record with any of these is never offered online.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from motcua.procedures.actions.national import (
    SHOWN_ONLY,
    TIERS,
    UNITS,
    amount_of,
    count_of,
    distinct,
    number_of,
    shown,
    times_of,
)
from motcua.rules.fees import dong
from motcua.rules.text import clean_line, fold

KINDS: Mapping[str, str] = {
    "note_among_papers": "Mục ghi ở thành phần hồ sơ không có bản chính lẫn bản sao: là giấy tờ hay chỉ là ghi chú?",
    "absurd_count": "Số bản quá lớn để là thật, có thể dính với số của mẫu đơn.",
    "amount_too_small": "Số tiền dưới 1.000 đồng, có thể thiếu ba số không.",
    "times_differ": "Thời hạn khác nhau giữa các cách nộp.",
    "several_times": "Một cách nộp có nhiều thời hạn, chưa gắn với trường hợp nào.",
    "unit_unknown": "Thời hạn không có đơn vị tính được (để trống, “khác” hoặc viết thành lời).",
    "part_of_day": "Thời hạn lẻ phần ngày.",
    "case_time_differs": "Thời hạn của trường hợp không có ở cách nộp nào.",
    "amount_in_note": "Số tiền bằng 0 hoặc để trống, mức thu nằm trong ghi chú.",
    "amount_elsewhere": "Số tiền bằng 0 hoặc để trống, ghi chú dẫn sang văn bản khác.",
    "amount_missing": "Có mục thu nhưng không có số tiền và không ghi chú.",
    "agency_repeated": "Cùng một cơ quan ghi nhiều lần.",
    "two_decisions": "Cùng mã thủ tục nhưng có hai quyết định công bố.",
    "same_name": "Cùng tên với thủ tục mang mã khác.",
    "tier_unclear": "Cấp thực hiện không phải tỉnh, huyện hay xã.",
    "part_missing": "Thiếu bộ phận bắt buộc của thủ tục (Nghị định 63/2010/NĐ-CP, điều 8 khoản 2).",
}
MOST_COPIES = 10
SMALLEST_AMOUNT = 1_000
"""No fee in force is smaller, in đồng."""

_MONEY = re.compile(r"\d[\d.,]*\s*(?:đồng|đ\b|vnđ|vnd)|\d{1,3}(?:[.,]\d{3})+", re.IGNORECASE)
_PARTS = {
    "sectors": "lĩnh vực",
    "decision_no": "quyết định công bố",
    "executing": "cơ quan thực hiện",
    "subjects": "đối tượng thực hiện",
    "methods": "cách thức thực hiện",
    "steps": "trình tự thực hiện",
    "results": "kết quả",
    "legal_bases": "căn cứ pháp lý",
}


class Suspicion(NamedTuple):
    """One thing to settle: its kind, where in the record, and what was seen."""

    kind: str
    where: str
    words: str


def suspicions(record: Mapping[str, Any]) -> list[Suspicion]:
    """Everything suspicious that one record shows by itself, each (kind, where) once."""
    found = [*_papers(record), *_times(record), *_fees(record), *_agencies(record), *_parts(record)]
    return list({(each.kind, each.where): each for each in found}.values())


def _papers(record: Mapping[str, Any]) -> Iterator[Suspicion]:
    for group_number, group in enumerate(record.get("document_groups") or [], 1):
        shown_only = SHOWN_ONLY.search(fold(str(group.get("case") or "")))
        for number, document in enumerate(group.get("documents") or [], 1):
            where = f"document_groups[{group_number}].documents[{number}]"
            counts = count_of(document.get("original")), count_of(document.get("copy"))
            name = clean_line(str(document.get("name") or ""))[:120]
            if max(counts) > MOST_COPIES:
                yield Suspicion("absurd_count", where, f"{counts[0]} bản chính, {counts[1]} bản sao: {name}")
            elif not any(counts) and not shown_only:
                yield Suspicion("note_among_papers", where, name or "(không có tên)")


def _times(record: Mapping[str, Any]) -> Iterator[Suspicion]:
    by_way = times_of(record)
    for way, pairs in by_way.items():
        words = " · ".join(sorted(f"{clean_line(raw)[:80]} {unit}".strip() for raw, unit in pairs))
        if any(unit not in UNITS or number_of(raw) is None for raw, unit in pairs):
            yield Suspicion("unit_unknown", f"methods.{way}", words)
        if any((amount := number_of(raw)) is not None and amount != int(amount) for raw, _ in pairs):
            yield Suspicion("part_of_day", f"methods.{way}", words)
        if len(pairs) > 1:
            yield Suspicion("several_times", f"methods.{way}", words)
    if len({frozenset(pairs) for pairs in by_way.values()}) > 1:
        sides = [
            f"{way}: {' / '.join(sorted(f'{clean_line(raw)[:40]} {unit}' for raw, unit in pairs))}"
            for way, pairs in sorted(by_way.items())
        ]
        yield Suspicion("times_differ", "methods", "; ".join(sides))
    everywhere = {(number_of(raw), unit) for pairs in by_way.values() for raw, unit in pairs}
    for number, case in enumerate(record.get("cases") or [], 1):
        amount = number_of(case.get("qty"))
        if amount is not None and by_way and (amount, str(case.get("unit") or "")) not in everywhere:
            words = f"{shown(amount)} {case.get('unit') or ''}: {clean_line(str(case.get('name') or ''))[:120]}"
            yield Suspicion("case_time_differs", f"cases[{number}]", words)


def _fees(record: Mapping[str, Any]) -> Iterator[Suspicion]:
    for method in record.get("methods") or []:
        way = str(method.get("method"))
        for number, fee in enumerate(method.get("fees") or [], 1):
            where, note = f"methods.{way}.fees[{number}]", clean_line(str(fee.get("note") or ""))
            amount = amount_of(fee)
            if amount and amount < SMALLEST_AMOUNT:
                yield Suspicion("amount_too_small", where, f"{dong(amount)}: {note[:160]}")
            elif not amount and _MONEY.search(note):
                yield Suspicion("amount_in_note", where, note[:300])
            elif not amount and note and not re.fullmatch(r"khong\W*(quy dinh|co|thu)?\W*|mien phi\W*", fold(note)):
                yield Suspicion("amount_elsewhere", where, note[:300])
            elif amount is None and not note:
                yield Suspicion("amount_missing", where, str(fee.get("type") or ""))


def _agencies(record: Mapping[str, Any]) -> Iterator[Suspicion]:
    for key in ("executing", "authority", "coordinating"):
        names = [clean_line(str(item)) for item in record.get(key) or [] if clean_line(str(item))]
        kept = distinct(names)
        if len(kept) < len(names):
            yield Suspicion(
                "agency_repeated", key, f"{len(names)} lần ghi, {len(kept)} cơ quan: {'; '.join(kept)[:300]}"
            )


def _parts(record: Mapping[str, Any]) -> Iterator[Suspicion]:
    for key, words in _PARTS.items():
        if not record.get(key):
            yield Suspicion("part_missing", key, f"Thiếu {words}.")
    if not any(group.get("documents") for group in record.get("document_groups") or []):
        yield Suspicion("part_missing", "document_groups", "Thiếu thành phần hồ sơ.")
    levels = [str(level) for level in record.get("levels") or []]
    if not any(level in TIERS for level in levels):
        yield Suspicion("tier_unclear", "levels", ", ".join(levels) or "(để trống)")
