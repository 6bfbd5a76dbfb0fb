"""The worker process: the clock's tasks and the outbox, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import psycopg
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from motcua.jobs.hands import Hand
from motcua.jobs.outbox import Road
from motcua.notifications.models import Channel

logger = logging.getLogger(__name__)

Work = Callable[[], Coroutine[Any, Any, None]]

_CONCURRENCY = 2
_HANDS = 2
"""For acts on many dossiers; while one waits for the database the other works."""
_LAST_MOMENT = 10.0
"""Seconds that work under way may take after SIGTERM."""
_BEFORE_TRYING_AGAIN = 2.0


def run() -> int:
    """Work until told to stop; what is under way is finished first. Outlives the absence of the database.

    Any number of workers may run beside each other: tasks and messages are taken with row locks.
    """
    stop = threading.Event()
    threads: list[threading.Thread] = [Road(channel, stop) for channel in (Channel.EMAIL, Channel.SMS)]
    threads += [Hand(number, stop) for number in range(_HANDS)]
    for thread in threads:
        thread.start()
    try:
        asyncio.run(_until_told(_tend_clock))
    finally:
        stop.set()
        for thread in threads:
            thread.join(_LAST_MOMENT)
    return 0


async def _tend_clock() -> None:
    """Run the tasks of the clock; ends when the database is lost."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        async with app.open_async():
            await app.run_worker_async(
                concurrency=_CONCURRENCY,
                fetch_job_polling_interval=2.0,
                shutdown_graceful_timeout=_LAST_MOMENT,
                install_signal_handlers=False,
            )


async def _until_told(work: Work) -> None:
    """Do `work` again and again until SIGTERM or SIGINT, and then let it finish."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    while not told.is_set():
        working, waiting = asyncio.ensure_future(work()), asyncio.ensure_future(told.wait())
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        working.cancel()
        waiting.cancel()
        try:
            await working
        except asyncio.CancelledError:
            return
        except (ConnectorException, psycopg.Error, OSError) as error:
            logger.warning("worker: the database does not answer (%s)", type(error.__cause__ or error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), _BEFORE_TRYING_AGAIN)
