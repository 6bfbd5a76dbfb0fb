"""Pauses made orderly before counting: in one zone, in order, merged, cut to what concerns the clock (rule
11)."""

from collections.abc import Iterable
from datetime import datetime

from motcua.rules.worktime.errors import WorktimeError
from motcua.rules.worktime.spans import Pause, local

Stretch = tuple[datetime, datetime | None]
"""From when the clock stands until when; None: nobody has answered yet."""


def orderly(pauses: Iterable[Pause], *, start: datetime) -> list[Stretch]:
    """Disjoint stretches after `start` in order of time. Those over before `start` and those of no length
    fall away; those that overlap or touch become one. Raises WorktimeError for a pause that ends before it
    begins."""
    cut: list[Stretch] = []
    for pause in pauses:
        stops, resumes = local(pause.start), None if pause.end is None else local(pause.end)
        if resumes is not None and resumes < stops:
            raise WorktimeError(
                f"Khoảng chờ kết thúc lúc {resumes:%H:%M %d/%m/%Y}, trước khi bắt đầu lúc {stops:%H:%M %d/%m/%Y}."
            )
        if resumes is None or resumes > max(stops, start):
            cut.append((max(stops, start), resumes))
    return _merged(sorted(cut, key=lambda stretch: stretch[0]))


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches given in order of their beginnings, with those that overlap or touch made one."""
    found: list[Stretch] = []
    for stops, resumes in stretches:
        if found:
            earlier_stop, earlier_end = found[-1]
            if earlier_end is None or stops <= earlier_end:
                end = None if earlier_end is None or resumes is None else max(earlier_end, resumes)
                found[-1] = (earlier_stop, end)
                continue
        found.append((stops, resumes))
    return found
