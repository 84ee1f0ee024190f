"""Kolmogorov-Smirnov: the largest difference of the distribution functions, in [0, 1].

Between sketches it is the largest at 59 ranks of the pool (see `_numbers`), and its law that of a
Brownian bridge with the error of the sketches; where all values are kept it is the plain statistic.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from drypoint.drift._law import (
    FLOOR,
    careful,
    careful_floor,
    kolmogorov_quantile,
    kolmogorov_survival,
    largest_quantile,
    largest_survival,
)
from drypoint.drift._measure import CONFIDENCE, Found, Measure, Pair
from drypoint.drift._numbers import SHARED, numbers
from drypoint.estimate import Estimate

__all__ = ["MEASURE", "ks"]


def ks(pairs: Sequence[Pair]) -> list[Found]:
    """The distance of each pair."""
    made, _ = numbers(pairs)
    seen = np.abs(made.current - made.reference).max(axis=1)
    distance = np.where(made.exact, made.largest, seen)
    # A rank in the middle has the largest variance.
    error = (SHARED + made.own) * made.sketching
    variance = made.sampling / 4 + error
    scale, share = np.sqrt(variance), error / variance
    size = 1 / made.sampling
    between = largest_survival(np.maximum(0.0, seen - made.step / 2) / scale, share, made.own)
    p_value = np.where(made.exact, kolmogorov_survival(distance, size), between)

    def chance(above: float) -> npt.NDArray[np.float64]:
        """In standard deviations."""
        return largest_quantile(above, share, made.own)

    floor = np.where(
        made.exact,
        kolmogorov_quantile(FLOOR, size),
        scale * careful_floor(chance, made.exact) + made.step / 2,
    )
    all_of_sketches = np.ones_like(share)
    reach = np.sqrt(error) * largest_quantile(1 - CONFIDENCE, all_of_sketches, made.own)
    lower = np.maximum(0.0, distance - reach)
    upper = np.minimum(1.0, np.where(made.exact, distance, made.largest + reach))
    columns = zip(
        distance, lower, upper, made.exact, floor, careful(p_value, made.exact), strict=True
    )
    return [
        Found(
            Estimate(float(d), float(low), float(high), 1.0 if exact else CONFIDENCE),
            float(noise),
            float(p),
        )
        for d, low, high, exact, noise, p in columns
    ]


MEASURE = Measure(
    "ks",
    "numbers",
    0.08,
    "Cohen (1988): a normal law that is shifted by 0.2 standard deviations, a small effect",
    ks,
)
