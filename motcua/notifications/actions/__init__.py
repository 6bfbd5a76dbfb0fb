"""Telling people, and handing over what is in the outbox."""

from motcua.notifications.actions.deliver import confirm_due, deliver_due
from motcua.notifications.actions.inbox import forget, mark_read, send_again, wipe_old
from motcua.notifications.actions.tell import tell

__all__ = ["confirm_due", "deliver_due", "forget", "mark_read", "send_again", "tell", "wipe_old"]
