"""Writes of the archive: packages made, held, looked at; lists for destruction proposed, decided, carried out."""

from motcua.archive.actions.check import check_sample
from motcua.archive.actions.destroy import approve, drop, propose, remove_bytes
from motcua.archive.actions.hold import confirm_term, lift, place
from motcua.archive.actions.keep import keep, keep_due

__all__ = [
    "approve",
    "check_sample",
    "confirm_term",
    "drop",
    "keep",
    "keep_due",
    "lift",
    "place",
    "propose",
    "remove_bytes",
]
