"""The worker process: the clock's tasks and the outbox, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import threading

from procrastinate.contrib.django import app

from motcua.jobs.outbox import Road
from motcua.notifications.models import Channel

_CONCURRENCY = 2
_LAST_MOMENT = 10.0
"""Seconds that work under way may take after SIGTERM."""


def run() -> int:
    """Work until told to stop; what is under way is finished first. Raises when the database is gone for good.

    Any number of workers may run beside each other: tasks and messages are taken with row locks.
    """
    stop = threading.Event()
    roads = [Road(channel, stop) for channel in (Channel.EMAIL, Channel.SMS)]
    for road in roads:
        road.start()
    try:
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            app.run_worker(
                concurrency=_CONCURRENCY,
                fetch_job_polling_interval=2.0,
                shutdown_graceful_timeout=_LAST_MOMENT,
            )
    finally:
        stop.set()
        for road in roads:
            road.join(_LAST_MOMENT)
    return 0
