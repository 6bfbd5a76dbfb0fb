"""The one place where the present moment is read. Faces call ``now()`` and pass the answer on as ``at``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_frozen: ContextVar[datetime | None] = ContextVar("motcua_frozen_clock", default=None)


def now() -> datetime:
    """The present, aware, in Asia/Ho_Chi_Minh.

    A moment set by ``frozen`` wins; then ``settings.CLOCK``, the dotted path of a function that returns an aware
    datetime (a rehearsal may run in another year); then the machine's clock.
    """
    if (held := _frozen.get()) is not None:
        return held
    path: str | None = getattr(settings, "CLOCK", None)
    if path:
        source: Callable[[], datetime] = import_string(path)
        return source().astimezone(ZONE)
    return datetime.now(ZONE)


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Hold the clock at ``at`` (aware) inside the block, for this thread or task only."""
    if at.tzinfo is None:
        raise ValueError("the clock can only be held at an aware moment")
    token = _frozen.set(at.astimezone(ZONE))
    try:
        yield at.astimezone(ZONE)
    finally:
        _frozen.reset(token)
