"""Where the bins of a picture begin and end: at round numbers, where nearly all values are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from math import ceil, floor, inf, isfinite, log10, nextafter
from typing import TYPE_CHECKING, NamedTuple

from drypoint.profiles._histogram import LEAST, MOST
from drypoint.profiles._values import is_temporal, seconds_per_tick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.profiles._column import ColumnProfile
    from drypoint.sketches import KllSketch

__all__ = [
    "BINS",
    "CLOSE",
    "LONG",
    "TAILS",
    "WIDEST",
    "View",
    "ascending",
    "edges_of",
    "rounded",
    "view_of",
]

BINS = 30
TAILS = (0.01, 0.99)
"""What lies outside of these ranks is not drawn if it takes more room than `LONG` of the rest."""
LONG = 0.5
ROUND, CLOSE = (1, 2, 5), (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
"""Widths of bins, by a power of ten; the latter where a picture has few of them."""
SECONDS = (
    1, 5, 15, 30, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86_400, 2 * 86_400,
    7 * 86_400, 14 * 86_400, 28 * 86_400, 91 * 86_400,
)  # fmt: skip
MONDAY = 4 * 86_400
"""The first of 1970, in seconds: where weeks begin."""
DAY, YEAR = 86_400, 365.2425
AROUND = (-5, -3, -1, 1, 3, 5)
"""Of a single value: its bin in the middle of five, in half widths."""
WIDEST = 1e300


class View(NamedTuple):
    """What is drawn of the values of a column, in the units of its sketch.

    Attributes:
        edges: of the bins, ascending.
        low: the least value that is there.
        high: the greatest one.
        is_cut: whether there are values outside of the edges.
    """

    edges: list[float]
    low: float
    high: float
    is_cut: bool


def view_of(sketches: Sequence[KllSketch], column: ColumnProfile) -> View | None:
    """The bins that hold all *sketches*; None if none has finite values."""
    there = [one for one in sketches if not one.is_empty and isfinite(one.max - one.min)]
    if not there:
        return None
    low, high = min(one.min for one in there), max(one.max for one in there)
    if max(abs(low), abs(high)) > WIDEST:
        return None
    ends = [one.quantile(list(TAILS)) or [] for one in there]
    first, last = min(pair[0].value for pair in ends), max(pair[1].value for pair in ends)
    room = LONG * (last - first)
    start = first if 0 < room < first - low else low
    stop = last if 0 < room < high - last else high
    edges = edges_of(start, stop, column)
    return View(edges, low, high, is_cut=low < edges[0] or edges[-1] < high)


def edges_of(
    low: float,
    high: float,
    column: ColumnProfile,
    bins: int = BINS,
    steps: Sequence[float] = ROUND,
) -> list[float]:
    """Edges at round numbers; of integers half-way between two, so that no bar ends in one.

    Args:
        low: is in the first bin.
        high: is in the last.
        column: what it is of.
        bins: how many there may be, or a few more.
        steps: widths of bins that are round, by a power of ten; the more, the closer to *bins*.
    """
    if is_temporal(column.type):
        return times(int(low), int(high), 1 / seconds_per_tick(column.type), bins)
    whole = "int" in column.type
    if low == high:
        half = 0.5 if whole or not low else abs(low) / 20
        return ascending([low + half * side for side in AROUND])
    width = (high - low) / bins
    step = rounded(max(width, 1.0) if whole else width, steps, whole=whole)
    first, last = floor(low / step), floor(high / step) + 1 if whole else ceil(high / step)
    shift = 0.5 if whole else 0.0
    return ascending([place * step - shift for place in range(first, last + 1)])


def rounded(width: float, steps: Sequence[float] = ROUND, *, whole: bool = False) -> float:
    """The least of *steps* times a power of ten that is no less than *width*, and *whole* if so."""
    power: float = 10.0 ** floor(log10(width))
    round_ = (step * power for step in steps if not whole or step * power % 1 == 0)
    return next((one for one in round_ if one >= width), 10 * power)


def times(low: int, high: int, second: float, bins: int) -> list[float]:
    """Edges in ticks, *second* of which are one: full minutes, hours, days, weeks, years."""
    width = (high - low) / bins
    steps = [one * second for one in SECONDS if one * second >= 1]
    if width > steps[-1]:
        return ascending(years(low, high, DAY * second, bins))
    if low == high:
        return ascending(within([low + side * round(steps[0]) for side in (-2, -1, 0, 1, 2)]))
    step = next(one for one in steps if width <= one)
    whole = max(1, round(rounded(width) if width < steps[0] / 2 else step))
    shift = round(MONDAY * second) % whole if whole >= 7 * DAY * second else 0
    first, last = (low - shift) // whole, (high - shift) // whole + 1
    return ascending(within([place * whole + shift for place in range(first, last + 1)]))


def within(edges: list[int]) -> list[float]:
    """Ticks that 64 bits hold."""
    return [max(LEAST, min(edge, MOST)) for edge in edges]


def years(low: int, high: int, day: float, bins: int) -> list[float]:
    """Edges where years begin, *day* ticks being one."""
    first, last = (int(end / (day * YEAR)) + 1970 for end in (low, high))
    step = max(1, round(rounded((last - first) / bins)))
    starts = range((first // step - 1) * step, last + 2 * step, step)
    edges = within([round(first_day(year) * day) for year in starts])
    # The first and the last that leave no value out.
    return edges[bisect_right(edges, low) - 1 : bisect_left(edges, high) + 1]


def first_day(year: int) -> int:
    """Days from the first of 1970 to the first of a *year* (proleptic Gregorian).

    >>> first_day(1970), first_day(2000), first_day(1900)
    (0, 10957, -25567)
    """
    before = year - 1
    return 365 * (year - 1970) + before // 4 - before // 100 + before // 400 - 477


def ascending(edges: list[float]) -> list[float]:
    """Edges without those that rounding made equal; two at least."""
    made = [edges[0], *(b for a, b in pairwise(edges) if a < b)]
    if len(made) > 1:
        return made
    if isinstance(made[0], int):
        return [made[0] - 1, made[0]]
    return [made[0], nextafter(made[0], inf)]
