"""Plans of reorganisation: what can be carried out, and what is refused with its place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motcua.rules.reorganise import ChangeKind, ReorganisationError, read_plan

DAY = date(2025, 7, 1)
BASIS = "Nghị quyết sắp xếp đơn vị hành chính"


def plan(*changes: dict[str, Any], **more: Any) -> Any:
    return read_plan({"day": DAY, "basis": BASIS, "change": list(changes), **more})


def faults(*changes: dict[str, Any], **more: Any) -> list[str]:
    with pytest.raises(ReorganisationError) as caught:
        plan(*changes, **more)
    return caught.value.problems


def test_a_merger_a_split_an_end_and_a_new_name_are_read() -> None:
    read = plan(
        {"kind": "merge", "from": ["H08.1", "H08.2"], "to": {"code": "H08.3", "name": "Xã C"}},
        {"kind": "split", "from": "H08.4", "to": ["H08.5", "H08.6"], "shares": {"division:dat-dai": "H08.6"}},
        {"kind": "dissolve", "from": "H08.7", "to": "H08.5"},
        {"kind": "rename", "from": "H08.8", "to": {"code": "H08.8", "name": "Sở mới"}},
    )
    assert [change.kind for change in read.changes] == list(ChangeKind)
    split = read.changes[1]
    assert split.successor(division="dat-dai") == "H08.6"
    assert split.successor(division="tu-phap", procedure="1.001") == "H08.5"


def test_every_fault_is_told_at_once_with_its_place() -> None:
    told = faults({"kind": "melt"}, {"kind": "merge", "from": [], "to": []}, day="hôm nay", basis=" ")
    assert len(told) == 5
    assert any("Thay đổi 1" in words for words in told)
    assert any("Thay đổi 2" in words for words in told)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "dissolve", "from": "A", "to": "A"}, "tự kế thừa"),
        ({"kind": "rename", "from": "A", "to": {"code": "B", "name": "X"}}, "giữ nguyên mã"),
        ({"kind": "rename", "from": "A", "to": "A"}, "tên mới"),
        ({"kind": "split", "from": "A", "to": ["B"]}, "cần từ 2"),
        ({"kind": "split", "from": "A", "to": ["B", "C"], "shares": {"division:x": "D"}}, "không phải cơ quan kế thừa"),
        ({"kind": "split", "from": "A", "to": ["B", "C"], "shares": {"x": "B"}}, "phải bắt đầu bằng"),
        ({"kind": "merge", "from": ["A", "A"], "to": "B"}, "hai lần"),
        ({"kind": "merge", "from": ["A"], "to": {"name": "X"}}, "thiếu mã"),
        ({"kind": "merge", "from": ["A"], "to": {"code": "B", "boss": "X"}}, "không hiểu mục boss"),
    ],
)
def test_a_change_that_cannot_be_is_refused(change: dict[str, Any], words: str) -> None:
    assert any(words in told for told in faults(change))


def test_a_body_neither_ends_twice_nor_follows_while_it_ends() -> None:
    twice = faults({"kind": "dissolve", "from": "A", "to": "B"}, {"kind": "dissolve", "from": "A", "to": "C"})
    assert "A đã có trong thay đổi 1" in twice[0]
    chain = faults({"kind": "dissolve", "from": "A", "to": "B"}, {"kind": "dissolve", "from": "B", "to": "C"})
    assert "B lại kết thúc" in chain[0]
