"""Charts drawn by the server: coordinates for `desk/_bars.svg.html` and `desk/_line.svg.html`. No script, no style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FLOOR, LEFT = 620, 228, 200, 36


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with what it says when touched."""

    x: float
    y: float
    height: float
    fill: str
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across, or a label below; every second label is left out on a phone."""

    at: float
    words: str
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Two bars a week."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    labels: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line through the weeks that have a value."""

    path: str
    points: tuple[tuple[float, float, str], ...]
    ticks: tuple[Tick, ...]
    labels: tuple[Tick, ...]


def bars(labels: Sequence[str], first: Sequence[int], second: Sequence[int], says: tuple[str, str]) -> Bars:
    """``first`` and ``second`` beside each other, from zero."""
    top = _top(max([*first, *second, 1]))
    step = (WIDTH - LEFT) / max(len(labels), 1)
    wide = min(16.0, step / 2 - 2)
    drawn = []
    for place, (label, one, two) in enumerate(zip(labels, first, second, strict=True)):
        x = LEFT + place * step + (step - 2 * wide - 2) / 2
        for offset, number, fill, word in ((0.0, one, "var(--edge)", says[0]), (wide + 2, two, "var(--seal)", says[1])):
            height = round((FLOOR - 20) * number / top, 1)
            drawn.append(Bar(round(x + offset, 1), FLOOR - height, height, fill, f"Tuần {label}: {word} {number}"))
    ticks = tuple(Tick(round(FLOOR - (FLOOR - 20) * part / 4, 1), _plain(top * part / 4)) for part in range(5))
    return Bars(tuple(drawn), ticks, _labels(labels, step))


def line(labels: Sequence[str], values: Sequence[float | None]) -> Line:
    """Per cent from just below the lowest value to one hundred; weeks without a value are left out."""
    known = [value for value in values if value is not None]
    low = max(0, int((min(known, default=0) - 2) // 10 * 10))
    step = (WIDTH - LEFT) / max(len(labels), 1)

    def height(value: float) -> float:
        return round(FLOOR - (FLOOR - 20) * (value - low) / (100 - low or 1), 1)

    points = tuple(
        (round(LEFT + place * step + step / 2, 1), height(value), f"Tuần {label}: {percent(value)}")
        for place, (label, value) in enumerate(zip(labels, values, strict=True))
        if value is not None
    )
    path = "M" + "L".join(f"{x} {y}" for x, y, _ in points) if points else ""
    ticks = tuple(Tick(height(low + (100 - low) * part / 4), _plain(low + (100 - low) * part / 4)) for part in range(5))
    return Line(path, points, ticks, _labels(labels, step))


def percent(value: float | None) -> str:
    """ "96,8 %"; a dash where nothing is known."""
    return "–" if value is None else f"{value:.1f} %".replace(".", ",").replace(",0 %", " %")


def _labels(labels: Sequence[str], step: float) -> tuple[Tick, ...]:
    return tuple(Tick(round(LEFT + n * step + step / 2, 1), label, n % 2 == 1) for n, label in enumerate(labels))


def _top(most: int) -> int:
    """The next number of which a quarter is whole."""
    unit = 10 ** max(len(str(most)) - 2, 0) * 4
    return -(-most // unit) * unit


def _plain(value: float) -> str:
    return f"{value:g}".replace(".", ",")
