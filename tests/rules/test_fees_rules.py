"""Reading fee rules from data: what is refused, and that what was read is written back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.acts import Channel
from motcua.rules.fees import FeeError, FeeKind, Per, dong, fee_rules_data, parse_fee_rules

GOOD: dict[str, Any] = {"code": "LP", "kind": "charge", "name": "Lệ phí", "amount": 1000}
PAGES: dict[str, Any] = {"code": "PHI", "name": "Phí", "per": "page", "quantity_from": "n"}


def test_the_shortest_rule_is_a_fee_per_dossier_by_any_channel() -> None:
    (rule,) = parse_fee_rules([{"code": "PHI", "name": "Phí"}])
    assert (rule.kind, rule.per, rule.amount, rule.is_unknown) == (FeeKind.FEE, Per.DOSSIER, None, True)
    assert rule.channels == frozenset(Channel)
    assert rule.refundable


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": None}, "thiếu mục code"),
        ({"name": ""}, "thiếu mục name"),
        ({"name": 5}, "name phải là chữ"),
        ({"kind": "tip"}, "kind phải là một trong: fee, charge"),
        ({"per": "kg"}, "per phải là một trong"),
        ({"amount": -1}, "amount phải là số nguyên không âm"),
        ({"amount": 1.5}, "amount phải là số nguyên không âm"),
        ({"amount": True}, "amount phải là số nguyên không âm"),
        ({"amount": "1000"}, "amount phải là số nguyên không âm"),
        ({"amount": 10**13}, "amount phải là số nguyên không âm"),
        ({"tiers": [{"amount": 1}]}, "chỉ dùng một trong hai"),
        ({"cap": 5}, "bậc và mức tối đa chỉ dùng khi"),
        ({"quantity_from": "n"}, "quantity_from không dùng"),
        ({"copies_from": "n"}, "copies_from không dùng"),
        ({"per": "copy"}, "phải có quantity_from"),
        ({"since": "01/12/2023"}, "since phải là một ngày"),
        ({"since": 20231201}, "since phải là một ngày"),
        ({"since": "2024-01-01", "until": "2023-12-31"}, "ngày hết hiệu lực"),
        ({"channels": []}, "channels phải là một trong: counter, online, post"),
        ({"channels": ["fax"]}, "channels phải là một trong"),
        ({"channels": "online"}, "channels phải là một trong"),
        ({"exemptions": ["hộ nghèo"]}, "phải là một nhóm giá trị"),
        ({"exemptions": [{"percent": 50}]}, "thiếu mục group"),
        ({"exemptions": [{"group": "a", "percent": 101}]}, "percent phải là số nguyên từ 1 đến 100"),
        ({"refundable": "no"}, "refundable phải là đúng hoặc sai"),
        ({"due": "never"}, "due phải là một trong: before, acceptance, return"),
        ({"only_if": {"a": "b"}}, "only_if phải là"),
        ({"only_if": ["a"]}, "only_if phải là"),
        ({"quantity_default": -1}, "quantity_default phải là số nguyên"),
        ({"amuont": 5}, "không có mục nào tên là amuont"),
    ],
)
def test_a_mistake_in_a_rule_is_named(change: dict[str, Any], words: str) -> None:
    with pytest.raises(FeeError) as caught:
        parse_fee_rules([GOOD | change])
    assert any(words in message for message in caught.value.messages), caught.value.messages
    assert all(message.startswith("Mức thu 1: ") for message in caught.value.messages)


@pytest.mark.parametrize(
    "tiers",
    [
        [{"upto": 2, "amount": 5}],
        [{"amount": 5}, {"amount": 5}],
        [{"upto": 3, "amount": 5}, {"upto": 3, "amount": 5}, {"amount": 5}],
        [{"upto": 3, "amount": 5}, {"upto": 2, "amount": 5}, {"amount": 5}],
        [{"upto": 0, "amount": 5}, {"amount": 5}],
        [{"upto": 2}, {"amount": 5}],
        [5],
        "tiers",
    ],
)
def test_tiers_must_rise_and_end_open(tiers: object) -> None:
    with pytest.raises(FeeError):
        parse_fee_rules([PAGES | {"tiers": tiers}])


@pytest.mark.parametrize("data", [None, {}, "[]", 5, [5], [None], [[]]])
def test_what_is_no_list_of_rules_is_refused(data: object) -> None:
    with pytest.raises(FeeError):
        parse_fee_rules(data)


def test_every_mistake_of_every_rule_is_reported_at_once() -> None:
    with pytest.raises(FeeError) as caught:
        parse_fee_rules([GOOD | {"amount": -1, "due": "?"}, GOOD, GOOD | {"kind": "?"}])
    assert [message[:9] for message in caught.value.messages] == ["Mức thu 1", "Mức thu 1", "Mức thu 3"]


def test_two_alternatives_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(FeeError) as caught:
        parse_fee_rules([GOOD, GOOD | {"amount": 5}])
    assert caught.value.messages[0].startswith("Mức thu 2: trùng")
    assert len(parse_fee_rules([GOOD, GOOD | {"amount": 5, "channels": ["online"]}])) == 2


def test_rules_are_written_as_they_were_read() -> None:
    data = [
        GOOD
        | {
            "since": "2023-12-01",
            "until": "2025-12-31",
            "channels": ["online"],
            "only_if": {"qua_han": [True, "có"]},
            "refundable": False,
            "due": "acceptance",
        },
        PAGES
        | {
            "tiers": [{"upto": 2, "amount": 2000}, {"amount": 0}],
            "cap": 200000,
            "copies_from": "so_ban",
            "quantity_default": 0,
            "unit": "trang",
            "exemptions": [{"group": "a", "name": "A", "percent": 50}],
            "basis": "TT 226/2016/TT-BTC",
        },
        {"code": "0", "name": "Không thu", "amount": 0},
    ]
    rules = parse_fee_rules(data)
    assert parse_fee_rules(fee_rules_data(rules)) == rules


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*GOOD, *PAGES, "tiers", "channels", "only_if", "since"]), inner)
        ),
        max_leaves=12,
    )
)
def test_any_json_is_read_or_refused_in_words(data: object) -> None:
    try:
        parse_fee_rules([data])
    except FeeError as error:
        assert error.messages


@pytest.mark.parametrize(("amount", "words"), [(0, "0 đ"), (8000, "8.000 đ"), (1234567, "1.234.567 đ")])
def test_money_is_read_with_dots(amount: int, words: str) -> None:
    assert dong(amount) == words
