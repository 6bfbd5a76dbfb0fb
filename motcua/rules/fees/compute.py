"""What is to be paid, and how it was counted: fee rules and answers in, a bill with its explanation out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from motcua.rules.acts import Channel
from motcua.rules.fees import words
from motcua.rules.fees.parse import as_answer
from motcua.rules.fees.rule import HUNDRED, MAX_AMOUNT, MAX_COUNT, Due, Exemption, FeeKind, FeeRule, Per, Tier
from motcua.rules.fees.words import dong

_NO_ENTRIES: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee of a bill. `amount` is None while it cannot be known; `words` says how it was computed, or why
    not.

    `full` is the sum before exemption.
    """

    code: str
    kind: FeeKind
    name: str
    amount: int | None
    full: int | None
    words: str
    due: Due
    refundable: bool
    basis: str


@dataclass(frozen=True, slots=True)
class FeeBill:
    """All fees of a dossier. `total` is what is known; `unknown` the codes an officer must still enter."""

    lines: tuple[FeeLine, ...]
    total: int
    unknown: list[str]

    def due(self, moment: Due) -> int:
        """The sum of known amounts to be paid at this moment, in đồng."""
        return sum(line.amount or 0 for line in self.lines if line.due is moment)


def compute(
    rules: Iterable[FeeRule],
    *,
    answers: Mapping[str, Any],
    channel: Channel,
    on: date,
    exemptions: frozenset[str] = frozenset(),
    entered: Mapping[str, int] = _NO_ENTRIES,
) -> FeeBill:
    """The bill for a dossier filed by `channel` on the day `on`.

    Of several rules with one code the narrowest that applies counts: bound to answers before general, to a
    channel before any, to a period before open. `exemptions` are the groups the applicant belongs to; the
    best one counts, remitted amounts are rounded in the applicant's favour. `entered` are sums an officer
    gave for unknown amounts.
    """
    chosen: dict[str, FeeRule | None] = {}
    for rule in rules:
        best = chosen.setdefault(rule.code, None)
        if _applies(rule, answers, channel, on) and (best is None or rule.width < best.width):
            chosen[rule.code] = rule
    lines = tuple(_line(rule, answers, exemptions, entered.get(rule.code)) for rule in chosen.values() if rule)
    return FeeBill(
        lines=lines,
        total=sum(line.amount or 0 for line in lines),
        unknown=[line.code for line in lines if line.amount is None],
    )


def _applies(rule: FeeRule, answers: Mapping[str, Any], channel: Channel, on: date) -> bool:
    return (
        rule.in_force(on)
        and channel in rule.channels
        and all(as_answer(answers.get(key)) in wanted for key, wanted in rule.only_if.items())
    )


def _line(rule: FeeRule, answers: Mapping[str, Any], exemptions: frozenset[str], entered: int | None) -> FeeLine:
    exemption = _best(rule.exemptions, exemptions)
    full, how = _full(rule, answers, entered)
    amount = full
    if exemption is not None and exemption.percent == HUNDRED:
        amount, how = 0, words.EXEMPT.format(group=exemption.name)
    elif exemption is not None and full:
        amount = full * (HUNDRED - exemption.percent) // HUNDRED
        reduced = words.REDUCED.format(percent=exemption.percent, group=exemption.name, total=dong(amount))
        how = f"{how} {reduced}"
    return FeeLine(
        code=rule.code,
        kind=rule.kind,
        name=rule.name,
        amount=amount,
        full=full,
        words=how,
        due=rule.due,
        refundable=rule.refundable,
        basis=rule.basis,
    )


def _best(offered: Iterable[Exemption], claimed: frozenset[str]) -> Exemption | None:
    """The exemption that remits most among the groups the applicant belongs to."""
    mine = [exemption for exemption in offered if exemption.group in claimed]
    return max(mine, key=lambda exemption: exemption.percent, default=None)


def _full(rule: FeeRule, answers: Mapping[str, Any], entered: int | None) -> tuple[int | None, str]:
    """The sum before exemption and how it came about; None with the reason when it cannot be known."""
    if entered is not None and 0 <= entered <= MAX_AMOUNT:
        return entered, words.ENTERED.format(amount=dong(entered))
    if rule.is_unknown:
        return None, words.BY_RESOLUTION
    if rule.per is Per.DOSSIER:
        amount = rule.amount or 0
        return amount, words.ONCE.format(amount=dong(amount)) if amount else words.FREE
    count = _count(rule.quantity_from, answers, rule.quantity_default)
    if count is None:
        return None, words.NO_COUNT.format(unit=rule.unit_word)
    if rule.per is not Per.PAGE:
        return _counted(rule, count)
    copies = _count(rule.copies_from, answers, None) if rule.copies_from else 1
    return _pages(rule, count, copies) if copies is not None else (None, words.NO_COUNT.format(unit="bản"))


def _count(key: str | None, answers: Mapping[str, Any], default: int | None) -> int | None:
    """A number of pieces among the answers, `default` when left empty, None when senseless."""
    value = answers.get(key) if key else None
    if value is None or value == "":
        return default
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(MAX_COUNT)):
        value = int(value)
    sensible = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_COUNT
    return value if sensible else None


def _counted(rule: FeeRule, count: int) -> tuple[int, str]:
    """Copies or other units: count × amount, or by tiers, within the cap."""
    total, how = _graded(rule, count)
    if rule.cap is not None and total > rule.cap:
        return rule.cap, words.CAPPED_ALL.format(before=how, cap=dong(rule.cap))
    return total, f"{how}."


def _pages(rule: FeeRule, pages: int, copies: int) -> tuple[int, str]:
    """Pages of one copy by tiers, within the cap of one copy, times copies (TT 226/2016/TT-BTC điều 4)."""
    one, how = _graded(rule, pages)
    if rule.cap is not None and one > rule.cap:
        one, how = rule.cap, words.CAPPED.format(before=how, cap=dong(rule.cap))
    if rule.copies_from is None or copies == 1:
        return one, f"{how}."
    total = one * copies
    return total, words.COPIES.format(one=how, copies=copies, amount=dong(one), total=dong(total))


def _graded(rule: FeeRule, count: int) -> tuple[int, str]:
    """`count` pieces by the rule's tiers or flat amount: the sum and the words without a full stop."""
    unit = rule.unit_word
    if not rule.tiers:
        amount = rule.amount or 0
        total = count * amount
        return total, words.TIMES.format(count=count, unit=unit, amount=dong(amount), total=dong(total))
    total, first, parts = 0, 1, []
    for tier in rule.tiers:
        last = count if tier.upto is None else min(count, tier.upto)
        if last >= first:
            total += (last - first + 1) * tier.amount
            parts.append(_tier_words(tier, unit, first, last))
            first = last + 1
    text = "; ".join(parts) or words.NO_PIECES.format(unit=unit)
    return total, words.TIER_SUM.format(parts=text, total=dong(total))


def _tier_words(tier: Tier, unit: str, first: int, last: int) -> str:
    count = last - first + 1
    if tier.upto is None and first > 1:
        return words.TIER_REST.format(unit=unit, first=first, count=count, amount=dong(tier.amount))
    shape = words.TIER_ONE if first == last else words.TIER_UPTO
    return shape.format(unit=unit, first=first, last=last, count=count, amount=dong(tier.amount))
