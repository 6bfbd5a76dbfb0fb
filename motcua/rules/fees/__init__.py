"""Fees: what a rule is, reading rules from data, and computing an explained bill (law.md §4.4, §8)."""

from motcua.rules.fees.compute import FeeBill, FeeLine, compute
from motcua.rules.fees.parse import FeeError, fee_rules_data, parse_fee_rules
from motcua.rules.fees.rule import Due, Exemption, FeeKind, FeeRule, Per, Tier
from motcua.rules.fees.words import DUES, KINDS, dong

__all__ = [
    "DUES",
    "KINDS",
    "Due",
    "Exemption",
    "FeeBill",
    "FeeError",
    "FeeKind",
    "FeeLine",
    "FeeRule",
    "Per",
    "Tier",
    "compute",
    "dong",
    "fee_rules_data",
    "parse_fee_rules",
]
