"""Measures between shares that are, near 0, a multiple of Pearson's statistic or its root.

Let Q = Σ (p - q)² / pooled. For small differences PSI ≈ Q, KL ≈ Q / 2, JS² ≈ H² ≈ Q / 8 (Csiszár
1967: all f-divergences are alike up to a factor). So one test serves all, and √Q measures how far
chance and sketches can reach in each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from drypoint.drift._measure import Found, Measure
from drypoint.drift._shares import shares
from drypoint.estimate import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    import numpy.typing as npt

    from drypoint.drift._measure import Pair
    from drypoint.drift._shares import Shares

    Distance = Callable[[npt.NDArray[np.float64], npt.NDArray[np.float64]], float]

__all__ = ["divergence"]


def divergence(  # noqa: PLR0913 # each is one fact of a measure
    name: str,
    distance: Distance,
    *,
    factor: float,
    power: Literal[1, 2],
    limit: float,
    source: str,
    of: Literal["shares", "categories"] = "shares",
) -> Measure:
    """A measure of shares.

    Args:
        name: of the measure.
        distance: of two arrays of shares, the current ones first.
        factor: near 0 the distance is (factor·√Q)^power.
        power: see *factor*.
        limit: the distance from which on it matters.
        source: where that comes from.
        of: columns of which kind have it.
    """

    def compare(pairs: Sequence[Pair]) -> list[Found]:
        """The distances, with bounds by the triangle inequality of √Q."""
        prefer = "categories" if of == "categories" else "numbers"
        return [found(one) for one in shares(pairs, prefer=prefer)]

    def found(one: Shares) -> Found:
        if one.reason:
            return Found(None, reason=one.reason)
        value = float(distance(one.current, one.reference))
        root = max(0.0, value) ** (1 / power)
        reach = factor * one.radius
        lower, upper = max(0.0, root - reach) ** power, (root + reach) ** power
        # Without an error there is none of rounding either.
        least, most = (lower, upper) if reach else (value, value)
        estimate = Estimate(value, least, most, one.confidence)
        return Found(estimate, (factor * one.floor) ** power, one.p_value)

    return Measure(name, of, limit, source, compare)
