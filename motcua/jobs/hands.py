"""Hands for long work: acts on many dossiers and long exports. Rows are the jobs, found by looking once a second."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection

from motcua.dossiers.actions import bulk, exports
from motcua.ui import clock

logger = logging.getLogger(__name__)

_PAUSE = 1.0
_PAUSE_AFTER_FAULT = 3.0


class Hand(threading.Thread):
    """Does what waits until told to stop. Any number may work side by side, in any number of processes."""

    def __init__(self, number: int, stop: threading.Event) -> None:
        super().__init__(name=f"hand-{number}", daemon=True)
        self.stop = stop

    def run(self) -> None:
        """Look, work, rest."""
        while not self.stop.is_set():
            pause = _PAUSE
            try:
                while not self.stop.is_set() and tend(self.stop):
                    pass
            except DatabaseError as error:
                logger.warning("hands: the database does not answer (%s)", type(error).__name__)
                pause = _PAUSE_AFTER_FAULT
            except Exception:
                logger.exception("hands: unforeseen")
                pause = _PAUSE_AFTER_FAULT
            finally:
                connection.close()
            self.stop.wait(pause)


def tend(stop: threading.Event | None = None) -> bool:
    """One round: the oldest run as far as there is something left in it, then one export. Whether anything was done."""
    done = False
    run = bulk.waiting_run()
    while run is not None and not (stop is not None and stop.is_set()) and bulk.work_on(run, at=clock.now()):
        done = True
    return exports.make_next(at=clock.now()) or done
