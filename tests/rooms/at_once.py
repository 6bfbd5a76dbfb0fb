"""Two acts at the same moment, each over a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connections

from motcua.base.errors import Refusal


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each was told: "done", or the words of its refusal."""
    gate, told = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
            told.append("done")
        except Refusal as no:
            told.append(" ".join(no.messages))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told, key=lambda words: words != "done")
