"""Writes of the reception: the queue, the roster, the register's numbers."""

from motcua.reception.actions.queue import (
    call_again,
    call_next,
    finish,
    mark_absent,
    open_group,
    take_ticket,
)
from motcua.reception.actions.register import enter
from motcua.reception.actions.roster import copy_last_week, set_shift

__all__ = [
    "call_again",
    "call_next",
    "copy_last_week",
    "enter",
    "finish",
    "mark_absent",
    "open_group",
    "set_shift",
    "take_ticket",
]
