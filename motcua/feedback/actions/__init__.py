"""The verbs of the room: report, deal with a report, rate."""

from motcua.feedback.actions.handling import accuse, close, give, note, take
from motcua.feedback.actions.rating import rate, rater_of
from motcua.feedback.actions.report import Report, report

__all__ = ["Report", "accuse", "close", "give", "note", "rate", "rater_of", "report", "take"]
