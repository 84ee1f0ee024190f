"""Bins of a picture with a line for each: equal ones, unless most of these would be empty."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING, NamedTuple

from drypoint.profiles._bins import CLOSE, LONG, TAILS, WIDEST, ascending, edges_of
from drypoint.profiles._histogram import histogram
from drypoint.profiles._values import is_temporal

if TYPE_CHECKING:
    from drypoint.profiles._column import ColumnProfile
    from drypoint.sketches import KllSketch

__all__ = ["Scale", "scale_of"]

SERIES = ((1, 1.5, 2, 3, 5, 7), (1, 2, 5), (1, 3), (1,))
"""Where bins end in each power of ten, the most first."""


class Scale(NamedTuple):
    """Bins, and what is to be said of them.

    Attributes:
        edges: ascending, in the units of the sketch.
        note: why they are not of one width; empty if they are.
        is_logarithmic: whether each is so many times as wide as the one before.
    """

    edges: list[float]
    note: str = ""
    is_logarithmic: bool = False


def scale_of(column: ColumnProfile, bins: int) -> Scale | None:
    """About *bins* bins that hold all values; None without finite values, and of a single one.

    Equal bins come first, then logarithmic ones of what is not negative, then equal ones with the
    lowest and the highest hundredth in a bin each; the first of which at least half hold values.
    """
    kll = column.kll
    if kll is None or kll.is_empty or kll.min == kll.max:
        return None
    if not isfinite(kll.max - kll.min) or max(abs(kll.min), abs(kll.max)) > WIDEST:
        return None
    equal = Scale(edges_of(kll.min, kll.max, column, bins, CLOSE))
    if filled(kll, equal) >= 1 / 2:
        return equal
    others = [logarithmic(kll, column, bins), within_tails(kll, column, bins)]
    scales = [equal, *(one for one in others if one is not None)]
    shares = [filled(kll, one) for one in scales]
    enough = (one for one, share in zip(scales, shares, strict=True) if share >= 1 / 2)
    return next(enough, scales[shares.index(max(shares))])


def filled(kll: KllSketch, scale: Scale) -> float:
    """The share of bins in which values were found."""
    found = histogram(kll, scale.edges)
    return sum(one.value > 0 for one in found.counts) / len(found.counts) if found else 0.0


def logarithmic(kll: KllSketch, column: ColumnProfile, bins: int) -> Scale | None:
    """Bins that end at powers of ten, and as often between as there is room for.

    None where values are negative. What is 0, or far below the first hundredth of all others, is in
    the lowest bin.
    """
    if is_temporal(column.type) or kll.min < 0 or kll.max <= 0:
        return None
    start, whole = lowest(kll), "int" in column.type
    if start <= 0:
        return None
    edges = powers(start, kll.max, bins)
    if whole:
        # Half-way between two integers; 1 has a bin of its own.
        edges = [edge + 0.5 for edge in [0.0] * (edges[0] == 1) + edges if edge == int(edge)]
    least = kll.min - 0.5 if whole else kll.min
    edges = [least, *edges] if least < edges[0] else edges
    note = "bins are logarithmic: most of equal ones would be empty"
    return Scale(ascending(edges), note, is_logarithmic=True)


def lowest(kll: KllSketch) -> float:
    """The least value above 0 that is not far below the others; 0 if there are too few of these."""
    zeros = kll.rank(0.0)
    rank = 0.0 if zeros is None else zeros.value
    found = kll.quantile([rank + one * (1 - rank) for one in TAILS]) or []
    first, last = (float(one.value) for one in found)
    far = LONG * (log10(last) - log10(first)) if first > 0 else 0.0
    return float(kll.min) if kll.min > 0 and log10(first) - log10(kll.min) <= far else first


def powers(low: float, high: float, bins: int) -> list[float]:
    """Edges from *low* or less to *high* or more, as close as so many *bins* allow."""
    decades = log10(high) - log10(low)
    series = next((one for one in SERIES if len(one) * decades < bins), SERIES[-1])
    every = max(1, ceil(decades / bins)) if len(series) == 1 else 1
    first = floor(log10(low) / every) * every
    steps = range(first, ceil(log10(high)) + every + 1, every)
    # The least of doubles are 0 when they are written so, and the greatest infinite.
    edges = ascending([float(f"{one}e{step}") for step in steps for one in series])
    start = max(place for place, edge in enumerate(edges) if edge <= low)
    stop = next(place for place, edge in enumerate(edges) if edge >= high)
    return edges[start : max(stop, start + 1) + 1]


def within_tails(kll: KllSketch, column: ColumnProfile, bins: int) -> Scale:
    """Equal bins where all but a hundredth at each end is; the rest is in the outer two."""
    first, last = (one.value for one in kll.quantile(list(TAILS)) or [])
    edges = edges_of(first, last, column, bins - 2, CLOSE)
    half = 0.5 if "int" in column.type else 0
    edges = [min(kll.min - half, edges[0]), *edges, max(kll.max + half, edges[-1])]
    return Scale(ascending(edges), "the outer bins are wider: they take in what is far away")
