"""Shares of rows in bins or categories on both sides, and Pearson's statistic between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from drypoint.drift._categories import categories
from drypoint.drift._law import FLOOR, careful, careful_floor, gamma_quantile, gamma_survival
from drypoint.drift._measure import CONFIDENCE
from drypoint.drift._numbers import CELLS, numbers, process

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from drypoint.drift._categories import Categories
    from drypoint.drift._measure import Pair

    Floats = npt.NDArray[np.float64]

__all__ = ["BINS", "Shares", "shares"]

BINS = 10
NOTHING = 1e-9
"""A bin between two edges in one gap, to rounding."""
EDGES = slice(CELLS // BINS - 1, None, CELLS // BINS)


class Shares(NamedTuple):
    """One pair.

    Attributes:
        current: the share of the rows in each bin, none of them 0.
        reference: likewise.
        p_value: by Pearson's statistic Q = Σ (p - q)² / pooled.
        floor: √Q that chance stays below in 95 of 100 cases.
        radius: by how much √Q can be off for the sketches alone.
        confidence: with which.
        reason: why nothing can be said; empty where something can.
    """

    current: Floats
    reference: Floats
    p_value: float
    floor: float
    radius: float
    confidence: float
    reason: str = ""


def shares(pairs: Sequence[Pair], *, prefer: str = "numbers") -> list[Shares]:
    """The shares of each pair: in 10 bins of the pool, or in categories.

    Args:
        pairs: all of them have one or the other.
        prefer: `"numbers"` or `"categories"`, for columns that have both.
    """
    counted = [prefer == "categories" or not has_values(pair) for pair in pairs]
    binned = [pair for pair, other in zip(pairs, counted, strict=True) if not other]
    in_bins = iter(of_bins(binned) if binned else [])
    return [
        of_categories(categories(pair)) if other else next(in_bins)
        for pair, other in zip(pairs, counted, strict=True)
    ]


def has_values(pair: Pair) -> bool:
    """Whether both have a sketch of quantiles with something in it."""
    return all(one.kll is not None and one.kll.n for one in pair)


def of_bins(pairs: Sequence[Pair]) -> list[Shares]:
    """Numbers, in bins that hold the same share of the pool each."""
    made, _ = numbers(pairs)
    edges = np.stack([made.current[:, EDGES], made.reference[:, EDGES]])
    both = np.diff(edges, axis=2, prepend=0.0, append=1.0)
    pooled = both.mean(axis=0)
    some = pooled > NOTHING
    safe = np.where(some, pooled, 1.0)
    found = np.where(some, (both[0] - both[1]) ** 2 / safe, 0.0).sum(axis=1)
    ranks, averaged = edges.mean(axis=0), made.averaged[:, EDGES]
    mean, variance = moments(process(made, ranks, averaged), safe, some)
    sketch = moments(process(made, ranks, averaged, sketches_only=True), safe, some)
    p_values = careful(gamma_survival(found, mean, variance), made.exact)
    floors = np.sqrt(careful_floor(lambda above: gamma_quantile(above, mean, variance), made.exact))
    radii = np.sqrt(gamma_quantile(1 - CONFIDENCE, *sketch))
    sizes = 1 / np.maximum(made.sampling, 1e-300)
    return [
        Shares(
            smoothed(both[0, row, some[row]], sizes[row]),
            smoothed(both[1, row, some[row]], sizes[row]),
            float(p_values[row]),
            float(floors[row]),
            float(radii[row]),
            1.0 if made.exact[row] else CONFIDENCE,
        )
        for row in range(len(pairs))
    ]


def moments(between: Floats, pooled: Floats, some: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Mean and variance of Q, when nothing changed.

    The trace of A, and twice that of A², with A the covariance of (p - q) / √pooled.
    """
    ends = np.pad(between, ((0, 0), (1, 1), (1, 1)))
    within = np.diff(np.diff(ends, axis=1), axis=2)
    root = np.where(some, 1 / np.sqrt(pooled), 0.0)
    scaled = within * root[:, :, None] * root[:, None, :]
    return np.trace(scaled, axis1=1, axis2=2), 2 * (scaled**2).sum(axis=(1, 2))


def smoothed(part: Floats, size: float) -> Floats:
    """Shares with half a value more in each, so that none is 0."""
    return (part * size + 0.5) / (size + len(part) / 2)


def of_categories(made: Categories) -> Shares:
    """Categories whose counts are known within bounds: what is sure to differ is tested."""
    pooled = made.pooled
    sure = (made.sure**2 / pooled).sum()
    loose = float(np.sqrt((made.error**2 / pooled).sum()))
    scale, free = np.array([made.sampling]), np.array([float(len(pooled) - 1)])
    law = scale * free, 2 * scale**2 * free
    # The harmonic mean of both sizes: shares that are equal stay so.
    size = 2 / made.sampling
    return Shares(
        smoothed(made.current, size),
        smoothed(made.reference, size),
        float(gamma_survival(np.array([sure]), *law)[0]),
        float(np.sqrt(gamma_quantile(FLOOR, *law)[0])) + loose,
        loose,
        1.0,
        made.reason,
    )
