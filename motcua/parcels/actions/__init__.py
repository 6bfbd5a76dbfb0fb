"""The verbs of the post."""

from motcua.parcels.actions.envelopes import (
    Proof,
    arrive,
    cancel,
    give_way,
    locked_parcel,
    make,
    mark_returned,
    place,
    put_label,
    serve,
    succeed,
    wipe,
)
from motcua.parcels.actions.lists import add, close, confirm, open_list, remove, reopen
from motcua.parcels.actions.lost import close_case, compensate, help_redo, open_case
from motcua.parcels.actions.reports import Report, hear
from motcua.parcels.actions.shipping import ship_due

__all__ = [
    "Proof",
    "Report",
    "add",
    "arrive",
    "cancel",
    "close",
    "close_case",
    "compensate",
    "confirm",
    "give_way",
    "hear",
    "help_redo",
    "locked_parcel",
    "make",
    "mark_returned",
    "open_case",
    "open_list",
    "place",
    "put_label",
    "remove",
    "reopen",
    "serve",
    "ship_due",
    "succeed",
    "wipe",
]
