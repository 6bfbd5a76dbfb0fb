"""Run the background worker: messages out of the outbox, the hourly anchor, clean-up. Stops at SIGTERM or Ctrl-C."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import cast

from django.utils.module_loading import import_string

WORKER = "motcua.jobs.worker.run"
"""Named, not imported: the console and the clock are faces of the same floor and know nothing of each other."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The worker takes none; its settings come from the environment."""


def run(args: argparse.Namespace) -> int:
    """Work until told to stop."""
    return cast("Callable[[], int]", import_string(WORKER))()
