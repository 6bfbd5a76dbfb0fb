"""Writes of the policy room: clauses, presets and days off."""

from motcua.policy.actions.clauses import add_clause, end_clause
from motcua.policy.actions.days import load_built_in_days
from motcua.policy.actions.presets import load_preset

__all__ = ["add_clause", "end_clause", "load_built_in_days", "load_preset"]
