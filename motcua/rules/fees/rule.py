"""What a fee rule is. Phí and lệ phí are different things in law (Luật Phí và lệ phí 2015, điều 3); amounts
are set by circulars of Bộ Tài chính or resolutions of HĐND, from one date to another, often lower for who
files online.

All amounts are whole đồng.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from motcua.rules.acts import Channel

MAX_AMOUNT: Final = 1_000_000_000_000
"""No single amount is larger, in đồng: a guard against a slipped separator, far above any fee in law."""

MAX_COUNT: Final = 100_000
"""No honest number of copies, pages or establishments is larger."""

HUNDRED: Final = 100


class FeeKind(StrEnum):
    """Phí pays for a service; lệ phí is a fixed charge for a state act."""

    FEE = "fee"
    CHARGE = "charge"


class Per(StrEnum):
    """What an amount is multiplied by."""

    DOSSIER = "dossier"
    COPY = "copy"
    PAGE = "page"
    UNIT = "unit"


class Due(StrEnum):
    """When an amount must be paid (KT-11: before, at, or after; each procedure says)."""

    BEFORE = "before"
    ACCEPTANCE = "acceptance"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Tier:
    """Each piece up to and including number `upto` costs `amount`; None means all that follow."""

    amount: int
    upto: int | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """A group that pays less: `percent` of the amount is remitted, 100 is full exemption."""

    group: str
    name: str
    percent: int = HUNDRED


@dataclass(frozen=True, slots=True)
class FeeRule:
    """One amount under one set of conditions.

    Rules with the same `code` are alternatives of one fee: of those that apply, the narrowest counts (see
    `compute`). `amount` None without `tiers` means that the sum is set elsewhere (a resolution of the
    province) and the officer enters it. `quantity_from` and `copies_from` name answers of the e-form;
    `quantity_default` stands in when such an answer is missing. For pages, `cap` bounds the sum of one copy,
    which is then multiplied by copies; otherwise `cap` bounds the whole. `since` and `until` are inclusive.
    """

    code: str
    kind: FeeKind
    name: str
    per: Per = Per.DOSSIER
    amount: int | None = None
    tiers: tuple[Tier, ...] = ()
    cap: int | None = None
    unit: str = ""
    quantity_from: str | None = None
    quantity_default: int | None = None
    copies_from: str | None = None
    only_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    channels: frozenset[Channel] = frozenset(Channel)
    since: date | None = None
    until: date | None = None
    exemptions: tuple[Exemption, ...] = ()
    refundable: bool = True
    due: Due = Due.BEFORE
    basis: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether the sum is set elsewhere and must be entered."""
        return self.amount is None and not self.tiers

    @property
    def unit_word(self) -> str:
        """What is counted, in Vietnamese: the rule's own word, else the usual one."""
        return self.unit or {Per.COPY: "bản", Per.PAGE: "trang", Per.UNIT: "đơn vị"}.get(self.per, "hồ sơ")

    def in_force(self, on: date) -> bool:
        """Whether the rule holds on this day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    @property
    def width(self) -> tuple[bool, int, int, int]:
        """How wide the rule reaches; the smallest of those that apply is the one that counts.

        A condition on answers narrows most, then fewer channels, then a shorter period, then a later
        beginning.
        """
        begin, end = self.since or date.min, self.until or date.max
        return (not self.only_if, len(self.channels), (end - begin).days, -begin.toordinal())
