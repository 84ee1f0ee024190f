"""Wasserstein-1: the area between the distribution functions, in the unit of the column.

Times are in seconds. It says how far values have moved on the average.
"""

from collections.abc import Sequence

from drypoint.drift._area import areas
from drypoint.drift._measure import CONFIDENCE, Found, Measure, Pair
from drypoint.drift._spread import spread
from drypoint.estimate import Estimate

__all__ = ["LIMIT", "MEASURE", "wasserstein"]

LIMIT = 0.1
"""In spreads of the reference."""


def wasserstein(pairs: Sequence[Pair]) -> list[Found]:
    """The distance of each pair; what matters is a tenth of the spread of the reference."""
    made = areas(pairs)
    columns = zip(made.value, made.floor, made.p_value, made.radius, made.exact, strict=True)
    found = []
    for pair, (value, floor, p_value, radius, exact) in zip(pairs, columns, strict=True):
        bounds = float(max(0.0, value - radius)), float(value + radius)
        estimate = Estimate(float(value), *bounds, 1.0 if exact else CONFIDENCE)
        unit = spread(pair.reference)
        limit = None if unit is None else LIMIT * unit
        found.append(Found(estimate, float(floor), float(p_value), limit))
    return found


MEASURE = Measure(
    "wasserstein",
    "numbers",
    0.0,
    "a tenth of the spread of the reference, as normalized_wasserstein",
    wasserstein,
)
