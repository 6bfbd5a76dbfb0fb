"""A procedure's times and fees in short plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from motcua.rules.fees import FeeError, FeeRule, dong, parse_fee_rules
from motcua.rules.worktime import Unit

UNITS: Mapping[str, str] = {
    Unit.WORKING_HOURS: "giờ làm việc",
    Unit.WORKING_DAYS: "ngày làm việc",
    Unit.WORKING_DAYS_CLOCK: "ngày làm việc",
    Unit.CALENDAR_DAYS: "ngày",
    Unit.MONTHS: "tháng",
    Unit.ELAPSED_HOURS: "giờ",
}


def time_in_words(amount: int | None, unit: str, cutoff: str = "") -> str:
    """ "Trong ngày", "3 ngày làm việc"; empty while unknown."""
    if amount is None or unit not in UNITS:
        return ""
    return "Trong ngày" if cutoff and amount <= 1 else f"{amount} {UNITS[unit]}"


def cutoff_in_words(cutoff: str) -> str:
    """ "Nhận từ 15 giờ: ngày làm việc kế tiếp"; empty without a cutoff."""
    if not cutoff:
        return ""
    hour, minute = cutoff.split(":")
    clock = f"{int(hour)} giờ" + (f" {minute}" if minute != "00" else "")
    return f"Nhận từ {clock} trở đi: ngày làm việc kế tiếp"


def fees_in_words(rules: Sequence[Mapping[str, Any]], *, on: date) -> str:
    """What a plain dossier costs on a day, in one breath: "Không thu", "150.000 đ", "2.000 đ mỗi trang".

    Several fees become the range of what one pays at least and at most per piece; a sum set elsewhere says so.
    """
    try:
        in_force = [rule for rule in parse_fee_rules(list(rules)) if rule.in_force(on)]
    except FeeError:
        return ""
    if not in_force:
        return "Không thu"
    amounts = sorted({amount for rule in in_force for amount in amounts_of(rule)})
    if not amounts:
        return "Theo nghị quyết của HĐND tỉnh"
    if amounts == [0]:
        return "Không thu"
    if len(amounts) == 1:
        units = {rule.unit_word for rule in in_force if rule.per != "dossier"}
        return dong(amounts[0]) + (f" mỗi {units.pop()}" if len(units) == 1 else "")
    return f"{dong(amounts[0])} đến {dong(amounts[-1])}"


def amounts_of(rule: FeeRule) -> list[int]:
    """Every single amount a rule names, in đồng."""
    return [tier.amount for tier in rule.tiers] if rule.tiers else [] if rule.amount is None else [rule.amount]


def rule_in_words(rule: FeeRule) -> str:
    """The price of one rule: "8.000 đ mỗi bản", "2.000 đ mỗi trang đến trang 2, sau đó 1.000 đ"."""
    if rule.is_unknown:
        return "Theo nghị quyết của HĐND tỉnh, cán bộ tiếp nhận báo số tiền"
    unit = "" if rule.per == "dossier" else f" mỗi {rule.unit_word}"
    if not rule.tiers:
        price = "Không thu" if rule.amount == 0 else f"{dong(rule.amount or 0)}{unit}"
    else:
        pieces: list[str] = []
        for tier in rule.tiers:
            bound = f" đến {rule.unit_word} {tier.upto}" if tier.upto else ""
            pieces.append(f"{dong(tier.amount)}{unit if not pieces else ''}{bound}")
        price = ", sau đó ".join(pieces)
    return price + (f", tối đa {dong(rule.cap)}" if rule.cap else "")
