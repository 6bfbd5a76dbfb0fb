"""Writes of the policy room: clauses, presets, days off, changes of the calendar, outages."""

from motcua.policy.actions.calendar import confirm_change, drop_change, propose_change, record_outage
from motcua.policy.actions.clauses import add_clause, end_clause
from motcua.policy.actions.days import load_built_in_days
from motcua.policy.actions.inherit import inherit_clauses
from motcua.policy.actions.presets import load_preset

__all__ = [
    "add_clause",
    "confirm_change",
    "drop_change",
    "end_clause",
    "inherit_clauses",
    "load_built_in_days",
    "load_preset",
    "propose_change",
    "record_outage",
]
