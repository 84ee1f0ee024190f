"""Histograms out of quantile sketches."""

from __future__ import annotations

from itertools import pairwise
from math import inf, nextafter
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.errors import ParameterError
from drypoint.estimate import Estimate
from drypoint.sketches._parameters import integer, is_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.sketches import KllSketch

__all__ = ["Histogram", "histogram"]


LEAST, MOST = -(2**63), 2**63 - 1
MOST_BINS = 1 << 20


class Histogram(NamedTuple):
    """How many values fall between edges.

    Attributes:
        edges: ascending, one more than there are bins. A bin includes its upper edge, the first one
            also its lower.
        counts: of each bin, with bounds.
    """

    edges: list[Any]
    counts: list[Estimate[float]]


def histogram(sketch: KllSketch, bins: int | Sequence[Any]) -> Histogram | None:
    """The histogram of the values of *sketch*; None if there are none.

    Args:
        sketch: of numbers, or of ticks.
        bins: how many of one width from the least to the greatest value; or their edges, ascending.

    Raises:
        ParameterError: less than one bin, or edges that do not ascend.
    """
    if sketch.is_empty:
        return None
    many: Any = bins if is_many(bins) else None
    edges = evenly(sketch, integer("bins", bins, 1, MOST_BINS)) if many is None else list(many)
    if len(edges) < 2 or any(a >= b for a, b in pairwise(edges)):  # noqa: PLR2004
        raise ParameterError(f"edges of bins must ascend and be two or more, got {edges}")
    below = before(edges[0], whole=sketch.dtype == "i64")
    shares = sketch.pmf(edges[1:] if below is None else [below, *edges[1:]])
    assert shares is not None  # noqa: S101 # it is not empty
    inside = shares[:-1] if below is None else shares[1:-1]
    return Histogram(edges, [scaled(share, sketch.n) for share in inside])


def before(edge: Any, *, whole: bool) -> Any:
    """The greatest number below *edge*, from where on a bin has *edge* too; None if none is."""
    if not whole:
        return nextafter(edge, -inf)
    return edge - 1 if edge > LEAST else None


def evenly(sketch: KllSketch, bins: int) -> list[Any]:
    """Edges of *bins* bins of one width; of one value only, a single bin around it."""
    low, high = sketch.min, sketch.max
    if isinstance(low, int):
        return evenly_of_integers(low, high, bins)
    if low == high:
        return [low, low + 1] if low + 1 > low else [low, low * 2 if low > 0 else 0.0]
    # Halves, so that the width of the widest range there is does not overflow.
    width = high / bins - low / bins
    inner = (low + width * index for index in range(1, bins))
    # Edges that are too close for doubles to tell them apart are one.
    return [low, *dict.fromkeys(edge for edge in inner if low < edge < high), high]


def evenly_of_integers(low: int, high: int, bins: int) -> list[int]:
    """Edges that are integers; the last bin ends where 64 bits do."""
    if low == high:
        return [low, low + 1] if low < MOST else [low - 1, low]
    step = max(1, -(-(high - low) // bins))
    end = low + step * -(-(high - low) // step)
    return [*range(low, high, step), min(end, MOST)]


def scaled(share: Estimate[float], n: int) -> Estimate[float]:
    """A share of *n* values as a count, which is whole."""
    count = float(round(share.value * n))
    lower, upper = (count, count) if share.is_exact else (share.lower * n, share.upper * n)
    return Estimate(count, lower, upper, share.confidence)
