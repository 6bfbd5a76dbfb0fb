"""Fees of real procedures: the vectors of law.md §8, exemptions, channels, dates, and what stays unknown."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.acts import Channel
from motcua.rules.fees import Due, FeeBill, FeeRule, compute, parse_fee_rules

DAY = date(2026, 11, 22)

CERTIFIED_COPY = parse_fee_rules(
    [
        {
            "code": "PHI",
            "kind": "fee",
            "name": "Phí chứng thực bản sao",
            "per": "page",
            "tiers": [{"upto": 2, "amount": 2000}, {"amount": 1000}],
            "cap": 200000,
            "quantity_from": "so_trang",
            "copies_from": "so_ban",
            "due": "return",
            "basis": "TT 226/2016/TT-BTC",
        }
    ]
)

DRIVING_LICENCE = parse_fee_rules(
    [
        {"code": "LP", "kind": "charge", "name": "Lệ phí cấp giấy phép lái xe", "amount": 135000},
        {
            "code": "LP",
            "kind": "charge",
            "name": "Lệ phí cấp giấy phép lái xe (nộp trực tuyến)",
            "amount": 115000,
            "channels": ["online"],
            "since": "2023-12-01",
            "until": "2025-12-31",
        },
    ]
)

EXTRACT = parse_fee_rules(
    [
        {
            "code": "PHI-TL",
            "kind": "fee",
            "name": "Phí cấp bản sao trích lục",
            "per": "copy",
            "amount": 8000,
            "quantity_from": "so_ban_sao",
            "quantity_default": 0,
        }
    ]
)

FOOD_SAFETY = parse_fee_rules(
    [
        {
            "code": "PHI",
            "name": "Phí thẩm định",
            "per": "unit",
            "unit": "cơ sở",
            "amount": 700000,
            "quantity_from": "so_co_so",
            "quantity_default": 1,
        }
    ]
)

BIRTH = parse_fee_rules(
    [
        {"code": "LP", "kind": "charge", "name": "Lệ phí đăng ký khai sinh đúng hạn", "amount": 0},
        {
            "code": "LP",
            "kind": "charge",
            "name": "Lệ phí đăng ký khai sinh quá hạn",
            "only_if": {"qua_han": [True]},
            "exemptions": [{"group": "ho_ngheo", "name": "hộ nghèo"}],
        },
    ]
)

CRIMINAL_RECORD = parse_fee_rules(
    [
        {
            "code": "PHI",
            "name": "Phí cung cấp thông tin lý lịch tư pháp",
            "amount": 200000,
            "exemptions": [
                {"group": "sinh_vien", "name": "sinh viên", "percent": 50},
                {"group": "ho_ngheo", "name": "người thuộc hộ nghèo", "percent": 100},
            ],
        }
    ]
)

HOUSEHOLD_BUSINESS = parse_fee_rules(
    [{"code": "LP", "kind": "charge", "name": "Lệ phí", "amount": 150000, "refundable": False}]
)


def bill(rules: tuple[FeeRule, ...], channel: Channel = Channel.ONLINE, on: date = DAY, **answers: Any) -> FeeBill:
    return compute(rules, answers=answers, channel=channel, on=on)


@pytest.mark.parametrize(
    ("pages", "copies", "total"),
    [
        (1, 1, 2000),
        (2, 1, 4000),
        (3, 1, 5000),
        (10, 1, 12000),
        (198, 1, 200000),
        (199, 1, 200000),
        (250, 1, 200000),
        (1, 5, 10000),
        (10, 3, 36000),
        (250, 2, 400000),
        ("10", "2", 24000),
        (0, 1, 0),
        (3, 0, 0),
    ],
)
def test_certified_copies_cost_by_page_tier_cap_and_copy(pages: int | str, copies: int | str, total: int) -> None:
    assert bill(CERTIFIED_COPY, so_trang=pages, so_ban=copies).total == total


@pytest.mark.parametrize(
    ("pages", "copies", "sentence"),
    [
        (1, 1, "trang 1: 1 × 2.000 đ; cộng 2.000 đ."),
        (3, 1, "trang 1–2: 2 × 2.000 đ; từ trang thứ 3: 1 × 1.000 đ; cộng 5.000 đ."),
        (
            250,
            2,
            "Mỗi bản: trang 1–2: 2 × 2.000 đ; từ trang thứ 3: 248 × 1.000 đ; cộng 252.000 đ; vượt mức tối đa "
            "nên chỉ thu 200.000 đ cho một bản. 2 bản × 200.000 đ = 400.000 đ.",
        ),
    ],
)
def test_the_bill_says_how_it_counted(pages: int, copies: int, sentence: str) -> None:
    assert bill(CERTIFIED_COPY, so_trang=pages, so_ban=copies).lines[0].words == sentence


@pytest.mark.parametrize(
    ("channel", "on", "total"),
    [
        (Channel.ONLINE, date(2023, 11, 30), 135000),
        (Channel.ONLINE, date(2023, 12, 1), 115000),
        (Channel.ONLINE, date(2025, 12, 31), 115000),
        (Channel.ONLINE, date(2026, 1, 1), 135000),
        (Channel.COUNTER, date(2024, 6, 1), 135000),
        (Channel.POST, date(2024, 6, 1), 135000),
    ],
)
def test_a_dated_reduction_for_online_filing_replaces_the_base(channel: Channel, on: date, total: int) -> None:
    licence = bill(DRIVING_LICENCE, channel, on)
    assert licence.total == total
    assert len(licence.lines) == 1


@pytest.mark.parametrize(("copies", "total"), [(1, 8000), (3, 24000), (0, 0), (None, 0), ("", 0)])
def test_extracts_cost_eight_thousand_each(copies: int | str | None, total: int) -> None:
    assert bill(EXTRACT, so_ban_sao=copies).total == total
    assert bill(EXTRACT).total == 0


def test_an_establishment_costs_seven_hundred_thousand() -> None:
    assert bill(FOOD_SAFETY).total == 700000
    assert bill(FOOD_SAFETY, so_co_so=2).lines[0].words == "2 cơ sở × 700.000 đ = 1.400.000 đ."


def test_an_amount_set_by_the_province_waits_for_the_officer() -> None:
    late = bill(BIRTH, qua_han=True)
    assert (late.total, late.unknown) == (0, ["LP"])
    assert late.lines[0].amount is None
    assert "HĐND" in late.lines[0].words
    entered = compute(BIRTH, answers={"qua_han": True}, channel=Channel.COUNTER, on=DAY, entered={"LP": 5000})
    assert (entered.total, entered.unknown) == (5000, [])


def test_birth_registered_in_time_is_free() -> None:
    assert bill(BIRTH, qua_han=False).lines[0].words == "Không thu."
    assert (bill(BIRTH).total, bill(BIRTH).unknown) == (0, [])


def test_a_full_exemption_settles_even_an_unknown_amount() -> None:
    exempt = compute(
        BIRTH, answers={"qua_han": "true"}, channel=Channel.ONLINE, on=DAY, exemptions=frozenset({"ho_ngheo"})
    )
    assert (exempt.total, exempt.unknown) == (0, [])
    assert exempt.lines[0].words == "Được miễn: hộ nghèo."


@pytest.mark.parametrize(
    ("groups", "total"),
    [(set(), 200000), ({"sinh_vien"}, 100000), ({"ho_ngheo", "sinh_vien"}, 0), ({"khac"}, 200000)],
)
def test_the_best_exemption_counts(groups: set[str], total: int) -> None:
    record = compute(CRIMINAL_RECORD, answers={}, channel=Channel.ONLINE, on=DAY, exemptions=frozenset(groups))
    assert record.total == total
    assert record.lines[0].full == 200000


def test_a_reduction_is_explained() -> None:
    record = compute(CRIMINAL_RECORD, answers={}, channel=Channel.ONLINE, on=DAY, exemptions=frozenset({"sinh_vien"}))
    assert record.lines[0].words == "200.000 đ cho một hồ sơ. Được giảm 50%: sinh viên, còn 100.000 đ."


def test_what_is_due_when_and_whether_it_is_refunded_travels_with_the_line() -> None:
    copies = bill(CERTIFIED_COPY, so_trang=1, so_ban=1)
    assert (copies.due(Due.RETURN), copies.due(Due.BEFORE)) == (2000, 0)
    assert copies.lines[0].basis == "TT 226/2016/TT-BTC"
    assert not bill(HOUSEHOLD_BUSINESS).lines[0].refundable


@pytest.mark.parametrize("value", [None, "", "ba", -1, "-1", 1.5, True, 10**9, "9" * 400, [3], "٣"])
def test_a_senseless_number_of_pages_is_never_guessed(value: object) -> None:
    copies = bill(CERTIFIED_COPY, so_trang=value, so_ban=1)
    assert (copies.total, copies.unknown) == (0, ["PHI"])
    assert copies.lines[0].words == "Chưa tính được vì chưa biết số trang."


def test_no_rule_in_force_means_no_line() -> None:
    rules = parse_fee_rules([{"code": "LP", "name": "Lệ phí", "amount": 1, "until": "2020-01-01"}])
    assert bill(rules) == FeeBill((), 0, [])


COUNTS = st.integers(0, 5000)
AMOUNTS = st.integers(0, 10_000_000)


@st.composite
def page_rules(draw: st.DrawFn) -> tuple[FeeRule, ...]:
    bounds = sorted(draw(st.sets(st.integers(1, 200), max_size=3)))
    tiers = [{"upto": bound, "amount": draw(AMOUNTS)} for bound in bounds] + [{"amount": draw(AMOUNTS)}]
    return parse_fee_rules(
        [
            {
                "code": "PHI",
                "name": "Phí",
                "per": draw(st.sampled_from(["page", "copy", "unit"])),
                "tiers": tiers,
                "cap": draw(st.none() | AMOUNTS),
                "quantity_from": "n",
                "exemptions": [{"group": "nhom", "percent": draw(st.integers(1, 100))}],
            }
        ]
    )


@given(page_rules(), COUNTS, COUNTS)
def test_a_fee_is_never_negative_grows_with_pages_and_stays_under_its_cap(
    rules: tuple[FeeRule, ...], one: int, other: int
) -> None:
    fewer, more = sorted((one, other))
    low, high = bill(rules, n=fewer).total, bill(rules, n=more).total
    assert 0 <= low <= high
    if rules[0].cap is not None:
        assert high <= rules[0].cap
    assert bill(rules, n=0).total == 0


@given(page_rules(), COUNTS)
def test_an_exempt_person_never_pays_more(rules: tuple[FeeRule, ...], count: int) -> None:
    plain = bill(rules, n=count).total
    exempt = compute(rules, answers={"n": count}, channel=Channel.POST, on=DAY, exemptions=frozenset({"nhom"})).total
    assert 0 <= exempt <= plain
    assert isinstance(exempt, int)


@given(COUNTS, st.integers(0, 300))
def test_copies_multiply(pages: int, copies: int) -> None:
    one = bill(CERTIFIED_COPY, so_trang=pages, so_ban=1).total
    assert bill(CERTIFIED_COPY, so_trang=pages, so_ban=copies).total == copies * one
