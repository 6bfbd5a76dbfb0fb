"""Whether everything is there that must be published of a procedure, and who has to supply what is not.

The parts are those of NĐ 63/2010/NĐ-CP điều 8 khoản 2, with what a citizen needs besides: where dossiers are handed in
and, from level 3 on, all that filing online takes (TT 32/2017/TT-BTTTT điều 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.levels import lacking


class Part(StrEnum):
    """A part of what is published, in the order in which the law names them."""

    NAME = "name"
    STEPS = "steps"
    WAYS = "ways"
    PAPERS = "papers"
    TIME = "time"
    SUBJECTS = "subjects"
    EXECUTING = "executing"
    RESULT = "result"
    FORMS = "forms"
    FEES = "fees"
    BASES = "bases"
    DECISION = "decision"
    SECTOR = "sector"
    ONLINE = "online"
    PLACE = "place"


class Supplier(StrEnum):
    """Who has to supply a part."""

    AGENCY = "agency"
    OPERATOR = "operator"


PART_WORDS: Mapping[Part, str] = {
    Part.NAME: "Tên thủ tục",
    Part.STEPS: "Trình tự thực hiện",
    Part.WAYS: "Cách thức thực hiện",
    Part.PAPERS: "Thành phần, số lượng hồ sơ",
    Part.TIME: "Thời hạn giải quyết",
    Part.SUBJECTS: "Đối tượng thực hiện",
    Part.EXECUTING: "Cơ quan thực hiện",
    Part.RESULT: "Kết quả thực hiện",
    Part.FORMS: "Mẫu đơn, mẫu tờ khai",
    Part.FEES: "Phí, lệ phí",
    Part.BASES: "Căn cứ pháp lý",
    Part.DECISION: "Quyết định công bố",
    Part.SECTOR: "Lĩnh vực",
    Part.ONLINE: "Điều kiện nộp trực tuyến",
    Part.PLACE: "Nơi tiếp nhận",
}
SUPPLIER_WORDS: Mapping[Supplier, str] = {
    Supplier.AGENCY: "Cơ quan thực hiện thủ tục",
    Supplier.OPERATOR: "Đơn vị vận hành cổng",
}

_ALWAYS = (
    Part.NAME, Part.STEPS, Part.WAYS, Part.PAPERS, Part.TIME, Part.SUBJECTS, Part.EXECUTING, Part.RESULT, Part.BASES,
    Part.DECISION, Part.SECTOR,
)  # fmt: skip
_FROM_THE_DECISION = frozenset({Part.NAME, Part.DECISION, Part.SECTOR})
"""What only the decision announcing the procedure says; the office of the provincial committee keeps it."""

_ONLINE_WORDS: Mapping[str, str] = {
    "level": "Thủ tục có mẫu đơn, tờ khai phải ít nhất ở mức độ 2.",
    "eform": "Chưa có tờ khai điện tử.",
    "route": "Chưa có quy trình nội bộ giải quyết.",
    "time": "Chưa có thời hạn tính được.",
    "methods": "Chưa nêu cách nộp trực tuyến.",
}
_PART_OF_DEFECT: Mapping[str, Part] = {
    "note_among_papers": Part.PAPERS,
    "absurd_count": Part.PAPERS,
    "amount_too_small": Part.FEES,
    "amount_in_note": Part.FEES,
    "amount_elsewhere": Part.FEES,
    "amount_missing": Part.FEES,
    "times_differ": Part.TIME,
    "several_times": Part.TIME,
    "unit_unknown": Part.TIME,
    "part_of_day": Part.TIME,
    "case_time_differs": Part.TIME,
    "agency_repeated": Part.EXECUTING,
    "tier_unclear": Part.EXECUTING,
    "two_decisions": Part.DECISION,
    "same_name": Part.NAME,
}
_PART_OF_PLACE: Mapping[str, Part] = {
    "sectors": Part.SECTOR,
    "decision_no": Part.DECISION,
    "executing": Part.EXECUTING,
    "subjects": Part.SUBJECTS,
    "methods": Part.WAYS,
    "steps": Part.STEPS,
    "results": Part.RESULT,
    "legal_bases": Part.BASES,
    "document_groups": Part.PAPERS,
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a national record that nobody has verified yet: its kind, where, and what was seen."""

    kind: str
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Published:
    """What stands of a procedure today."""

    there: frozenset[Part]
    """Parts that say something."""
    level: int
    has_form: bool
    online: Mapping[str, bool]
    """What filing online needs, as `levels.lacking` asks."""
    blank_forms: tuple[str, ...] = ()
    """Forms that are named and cannot be opened."""
    unknown_fees: tuple[str, ...] = ()
    """Ways whose fee is named with neither an amount nor a word."""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agency takes a procedure in."""

    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or in doubt."""

    part: Part
    words: str

    @property
    def supplier(self) -> Supplier:
        """Who has to supply it: the agency, except what only the announcing decision can say."""
        return Supplier.OPERATOR if self.part in _FROM_THE_DECISION else Supplier.AGENCY


def gaps_of(published: Published) -> tuple[Gap, ...]:
    """Everything a procedure lacks for whoever settles it, in the order of the parts; empty when it is whole."""
    doubted = [(part_of(doubt), doubt.words) for doubt in published.doubts]
    said = {part for part, _ in doubted}
    found = [Gap(part, "Chưa có nội dung.") for part in _ALWAYS if part not in published.there and part not in said]
    found += [Gap(part, f"Cần xác minh: {words}") for part, words in doubted]
    found += [Gap(Part.FORMS, f"Chưa có tệp của “{name}”.") for name in published.blank_forms]
    found += [Gap(Part.FEES, f"Chưa có mức thu: {name}.") for name in published.unknown_fees]
    wanting = lacking(published.level, has_form=published.has_form, parts=published.online)
    found += [Gap(Part.ONLINE, _ONLINE_WORDS[key]) for key in wanting]
    order = list(Part)
    return tuple(sorted(dict.fromkeys(found), key=lambda gap: order.index(gap.part)))


def gaps_at(place: Place) -> tuple[Gap, ...]:
    """What is not known of the place where dossiers are handed in."""
    wanting = [words for words, is_there in (("địa chỉ", place.address), ("điện thoại", place.phone)) if not is_there]
    return (Gap(Part.PLACE, f"Chưa có {', '.join(wanting)}."),) if wanting else ()


def part_of(doubt: Doubt) -> Part:
    """The part of the procedure a doubt of the national data belongs to."""
    if doubt.kind == "part_missing":
        return _PART_OF_PLACE.get(doubt.where, Part.STEPS)
    return _PART_OF_DEFECT.get(doubt.kind, Part.STEPS)
