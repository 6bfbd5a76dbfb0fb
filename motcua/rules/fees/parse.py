"""Fee rules from data (an import, the console, a pinned revision) and back. Every mistake is named."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final, TypeVar

from motcua.rules.acts import Channel
from motcua.rules.fees import words
from motcua.rules.fees.rule import (
    HUNDRED,
    MAX_AMOUNT,
    MAX_COUNT,
    Due,
    Exemption,
    FeeKind,
    FeeRule,
    Per,
    Tier,
)

Choice = TypeVar("Choice", bound=StrEnum)

_KEYS: Final = frozenset(field.name for field in fields(FeeRule))


class FeeError(ValueError):
    """Fee rules that cannot be read. `messages` are Vietnamese, one for each mistake."""

    def __init__(self, messages: Sequence[str]) -> None:
        self.messages = list(messages)
        super().__init__(" ".join(messages))


def parse_fee_rules(data: object) -> tuple[FeeRule, ...]:
    """Rules from JSON data: a list of objects with the fields of `FeeRule`. Raises `FeeError` with every
    mistake.

    `{"code": "PHI", "kind": "fee", "name": "…", "per": "page", "tiers": [{"upto": 2, "amount": 2000},
    {"amount": 1000}], "cap": 200000, "quantity_from": "so_trang", "copies_from": "so_ban", "basis": "TT
    226/2016"}`.
    """
    if not isinstance(data, list | tuple):
        raise FeeError([words.BAD_LIST])
    rules: list[FeeRule] = []
    mistakes: list[str] = []
    for number, item in enumerate(data, start=1):
        reader = _Reader(str(number), mistakes)
        rule = reader.rule(item)
        if rule is not None:
            rules.append(rule)
            if any(_same_reach(rule, other) for other in rules[:-1]):
                reader.wrong(words.TWICE, code=rule.code)
    if mistakes:
        raise FeeError(mistakes)
    return tuple(rules)


def fee_rules_data(rules: Sequence[FeeRule]) -> list[dict[str, Any]]:
    """Rules as JSON data that `parse_fee_rules` reads back unchanged; pinned with a revision."""
    return [_rule_data(rule) for rule in rules]


def _rule_data(rule: FeeRule) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": rule.code,
        "kind": str(rule.kind),
        "name": rule.name,
        "per": str(rule.per),
        "amount": rule.amount,
        "tiers": [{"upto": tier.upto, "amount": tier.amount} for tier in rule.tiers],
        "cap": rule.cap,
        "unit": rule.unit,
        "quantity_from": rule.quantity_from,
        "quantity_default": rule.quantity_default,
        "copies_from": rule.copies_from,
        "only_if": {key: list(values) for key, values in rule.only_if.items()},
        "channels": [str(channel) for channel in Channel if channel in rule.channels],
        "since": rule.since.isoformat() if rule.since else None,
        "until": rule.until.isoformat() if rule.until else None,
        "exemptions": [{"group": e.group, "name": e.name, "percent": e.percent} for e in rule.exemptions],
        "refundable": rule.refundable,
        "due": str(rule.due),
        "basis": rule.basis,
    }
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def _same_reach(one: FeeRule, other: FeeRule) -> bool:
    """Whether two alternatives of one fee could never be told apart."""
    return (one.code, one.only_if, one.channels, one.since, one.until) == (
        other.code,
        other.only_if,
        other.channels,
        other.since,
        other.until,
    )


class _Reader:
    """Reads one rule, collecting mistakes instead of stopping at the first."""

    def __init__(self, place: str, mistakes: list[str]) -> None:
        self.place = place
        self.mistakes = mistakes

    def wrong(self, message: str, **details: object) -> None:
        self.mistakes.append(message.format(place=self.place, **details))

    def rule(self, item: object) -> FeeRule | None:
        if not isinstance(item, Mapping):
            self.wrong(words.BAD_RULE)
            return None
        before = len(self.mistakes)
        for key in item:
            if key not in _KEYS:
                self.wrong(words.UNKNOWN_KEY, key=key)
        rule = FeeRule(
            code=self.text(item, "code", needed=True),
            kind=self.choice(item, "kind", FeeKind, FeeKind.FEE),
            name=self.text(item, "name", needed=True),
            per=self.choice(item, "per", Per, Per.DOSSIER),
            amount=self.amount(item, "amount"),
            tiers=self.tiers(item.get("tiers")),
            cap=self.amount(item, "cap"),
            unit=self.text(item, "unit"),
            quantity_from=self.text(item, "quantity_from") or None,
            quantity_default=self.count(item, "quantity_default", 0, MAX_COUNT),
            copies_from=self.text(item, "copies_from") or None,
            only_if=self.only_if(item.get("only_if")),
            channels=self.channels(item.get("channels")),
            since=self.day(item, "since"),
            until=self.day(item, "until"),
            exemptions=self.exemptions(item.get("exemptions")),
            refundable=self.yes_no(item, "refundable", otherwise=True),
            due=self.choice(item, "due", Due, Due.BEFORE),
            basis=self.text(item, "basis"),
        )
        self.whole(rule)
        return rule if len(self.mistakes) == before else None

    def whole(self, rule: FeeRule) -> None:
        """Mistakes that show only when the fields are seen together."""
        if rule.amount is not None and rule.tiers:
            self.wrong(words.TIERS_AND_AMOUNT)
        if rule.per is Per.DOSSIER:
            if rule.tiers or rule.cap is not None:
                self.wrong(words.TIERS_NEED_COUNT)
            if rule.quantity_from:
                self.wrong(words.NO_COUNT_WANTED, key="quantity_from")
        elif rule.quantity_from is None and rule.quantity_default is None and not rule.is_unknown:
            self.wrong(words.NEEDS_COUNT, unit=rule.unit_word)
        if rule.copies_from and rule.per is not Per.PAGE:
            self.wrong(words.NO_COUNT_WANTED, key="copies_from")
        if rule.since and rule.until and rule.until < rule.since:
            self.wrong(words.BAD_PERIOD)

    def text(self, item: Mapping[Any, Any], key: str, *, needed: bool = False) -> str:
        value = item.get(key)
        if value is None or value == "":
            if needed:
                self.wrong(words.MISSING, key=key)
            return ""
        if not isinstance(value, str):
            self.wrong(words.NOT_TEXT, key=key)
            return ""
        return value

    def choice(self, item: Mapping[Any, Any], key: str, kind: type[Choice], otherwise: Choice) -> Choice:
        value = item.get(key, otherwise)
        try:
            return kind(value)
        except ValueError:
            self.wrong(words.NOT_CHOICE, key=key, choices=", ".join(kind))
            return otherwise

    def amount(self, item: Mapping[Any, Any], key: str) -> int | None:
        value = item.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_AMOUNT:
            self.wrong(words.NOT_AMOUNT, key=key, limit=words.dong(MAX_AMOUNT))
            return None
        return value

    def count(self, item: Mapping[Any, Any], key: str, low: int, high: int) -> int | None:
        value = item.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.wrong(words.NOT_COUNT, key=key, low=low, high=high)
            return None
        return value

    def day(self, item: Mapping[Any, Any], key: str) -> date | None:
        value = item.get(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.wrong(words.NOT_DATE, key=key)
            return None

    def yes_no(self, item: Mapping[Any, Any], key: str, *, otherwise: bool) -> bool:
        value = item.get(key, otherwise)
        if not isinstance(value, bool):
            self.wrong(words.NOT_YES_NO, key=key)
            return otherwise
        return value

    def objects(self, value: object) -> list[Mapping[Any, Any]]:
        """A list of objects, or nothing and a mistake."""
        if value is None:
            return []
        if isinstance(value, list | tuple) and all(isinstance(item, Mapping) for item in value):
            return list(value)
        self.wrong(words.BAD_RULE)
        return []

    def tiers(self, value: object) -> tuple[Tier, ...]:
        tiers = []
        for item in self.objects(value):
            if item.get("amount") is None:
                self.wrong(words.MISSING, key="tiers.amount")
            amount = self.amount(item, "amount") or 0
            tiers.append(Tier(amount, self.count(item, "upto", 1, MAX_COUNT)))
        bounds = [tier.upto for tier in tiers]
        inner = [bound for bound in bounds[:-1] if bound is not None]
        rising = all(low < high for low, high in pairwise(inner))
        if tiers and (bounds[-1] is not None or len(inner) != len(tiers) - 1 or not rising):
            self.wrong(words.BAD_TIERS)
        return tuple(tiers)

    def exemptions(self, value: object) -> tuple[Exemption, ...]:
        found = []
        for item in self.objects(value):
            percent = self.count(item, "percent", 1, HUNDRED)
            group = self.text(item, "group", needed=True)
            name = self.text(item, "name") or group
            found.append(Exemption(group, name, HUNDRED if percent is None else percent))
        return tuple(found)

    def channels(self, value: object) -> frozenset[Channel]:
        if value is None:
            return frozenset(Channel)
        try:
            found = frozenset(Channel(item) for item in value) if isinstance(value, list | tuple) else frozenset()
        except ValueError:
            found = frozenset()
        if not found:
            self.wrong(words.NOT_CHOICE, key="channels", choices=", ".join(Channel))
        return found

    def only_if(self, value: object) -> dict[str, tuple[str, ...]]:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.wrong(words.BAD_CONDITION)
            return {}
        conditions: dict[str, tuple[str, ...]] = {}
        for key, wanted in value.items():
            if not isinstance(key, str) or not isinstance(wanted, list | tuple) or not wanted:
                self.wrong(words.BAD_CONDITION)
            else:
                conditions[key] = tuple(as_answer(item) for item in wanted)
        return conditions


def as_answer(value: object) -> str:
    """An answer in the form conditions compare: text, with true and false as in JSON."""
    return str(value).lower() if isinstance(value, bool) else str(value)
