"""Tending the outbox: one thread for each road, looking once a second."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection

from motcua.notifications import actions
from motcua.notifications.models import Channel
from motcua.ui import clock

logger = logging.getLogger(__name__)

_PAUSE = 1.0
_PAUSE_AFTER_FAULT = 3.0


class Road(threading.Thread):
    """Hands over what is due on one road until told to stop; goes on after every fault."""

    def __init__(self, channel: Channel, stop: threading.Event) -> None:
        super().__init__(name=f"outbox-{channel.value}", daemon=True)
        self.channel = channel
        self.stop = stop

    def run(self) -> None:
        """Look, hand over, rest."""
        while not self.stop.is_set():
            try:
                while not self.stop.is_set() and self.tend():
                    pass
                pause = _PAUSE
            except DatabaseError as error:
                logger.warning("outbox: the database does not answer (%s)", type(error).__name__)
                pause = _PAUSE_AFTER_FAULT
            except Exception:
                logger.exception("outbox: unforeseen")
                pause = _PAUSE_AFTER_FAULT
            finally:
                connection.close()
            self.stop.wait(pause)

    def tend(self) -> int:
        """One round: hand over a few messages and, for SMS, ask what became of earlier ones."""
        tried = actions.deliver_due(at=clock.now(), channel=self.channel)
        if self.channel == Channel.SMS and not tried:
            tried = actions.confirm_due(at=clock.now())
        return tried
