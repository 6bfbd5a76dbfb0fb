"""What an agency supplied of papers, ways of filing, forms, fees: lines of text as rows of a new revision (BN-1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from motcua.base.errors import Refusal
from motcua.procedures.models import Method, Requirement
from motcua.rules.completeness import Part
from motcua.rules.text import clean_line, fold

HINTS = {
    Part.PAPERS: "mỗi dòng một giấy tờ",
    Part.WAYS: "mỗi dòng một cách, mở đầu bằng Trực tiếp, Trực tuyến hoặc Bưu chính, rồi dấu hai chấm và điều cần nêu",
    Part.FORMS: "mỗi dòng một địa chỉ https của tệp, theo đúng thứ tự các mẫu còn thiếu",
    Part.FEES: "mức thu và căn cứ, trên một dòng",
}
"""How each is written; said where it is asked for."""
_WAYS = (
    ("truc tiep", Method.Way.COUNTER),
    ("truc tuyen", Method.Way.ONLINE),
    ("qua buu chinh", Method.Way.POST),
    ("dich vu buu chinh", Method.Way.POST),
    ("buu chinh", Method.Way.POST),
)
_FILE = re.compile(r"https://[^\s]{3,490}")


def lacks_rows(part: Part, papers: Sequence[Requirement], ways: Sequence[Method], *, has_eform: bool) -> bool:
    """Whether rows of this part are missing."""
    match part:
        case Part.PAPERS:
            return all(paper.need == Requirement.Need.NOTE for paper in papers)
        case Part.WAYS:
            return not ways
        case Part.FORMS:
            return bool(_without_file(papers, has_eform=has_eform))
        case Part.FEES:
            return bool(_unknown(ways))
    return False


def put_rows(part: Part, words: str, papers: list[Requirement], ways: list[Method], *, has_eform: bool) -> None:
    """Put what was supplied into the rows of a revision that is being made; they are saved by the caller.

    Raises `Refusal` when the lines are not written as `HINTS` says.
    """
    lines = [line for line in map(clean_line, words.splitlines()) if line]
    if part is Part.PAPERS:
        begin = max((paper.position for paper in papers), default=0)
        papers += [
            Requirement(key=f"bo-sung-{begin + number}", position=begin + number, name=line[:2000])
            for number, line in enumerate(lines, 1)
        ]
    elif part is Part.WAYS:
        ways += [_way(line, number) for number, line in enumerate(lines, 1)]
    elif part is Part.FEES:
        for fee in _unknown(ways):
            fee["note"] = " ".join(lines)[:500]
    else:
        forms = _without_file(papers, has_eform=has_eform)
        names = list(dict.fromkeys(form["name"] for form in forms))
        if len(lines) != len(names) or not all(map(_FILE.fullmatch, lines)):
            raise _written_otherwise(part)
        address = dict(zip(names, lines, strict=True))
        for form in forms:
            form["url"] = address[form["name"]]


def _without_file(papers: Sequence[Requirement], *, has_eform: bool) -> list[dict[str, str]]:
    """Blank forms that are named and cannot be opened, but for the one our own form stands for."""
    forms = [form for paper in papers if not (paper.is_eform and has_eform) for form in paper.form_names]
    opened = {form["name"] for form in forms if form["url"]}
    return [form for form in forms if form["name"] not in opened]


def _unknown(ways: Sequence[Method]) -> list[dict[str, Any]]:
    """Fees that are named with neither an amount nor a word."""
    return [fee for way in ways for fee in way.fees if fee["amount"] is None and not fee["note"]]


def _way(line: str, number: int) -> Method:
    plain = fold(line)
    way = next((way for word, way in _WAYS if plain.startswith(word)), None)
    if way is None:
        raise _written_otherwise(Part.WAYS)
    return Method(way=way, position=number, note=line.partition(":")[2].strip()[:2000])


def _written_otherwise(part: Part) -> Refusal:
    return Refusal(f"Nội dung cung cấp chưa nhập được; viết lại như sau: {HINTS[part]}.")
