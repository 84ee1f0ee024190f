"""The change of the number of distinct values as a share of all."""

from collections.abc import Sequence
from math import sqrt

from drypoint.drift._law import FLOOR
from drypoint.drift._measure import Found, Measure, Pair
from drypoint.drift.measures._null_ratio import matters_from
from drypoint.estimate import Estimate
from drypoint.profiles import ColumnProfile

__all__ = ["MEASURE", "distinct_ratio"]

MISSING = "distinct values were not counted on both sides"
Z_LOWER = 2.0
"""Bounds of distinct counts are two standard errors wide."""


def distinct_ratio(pairs: Sequence[Pair]) -> list[Found]:
    """How far the ratio is from what it can be, given the reference, when nothing has changed.

    More rows have a smaller ratio of the same distribution: with D distinct values in n rows, more
    rows m have between D and D·m/n. So the distance is that to this range, as a share of the
    current values; of as many rows it is the plain difference.
    """
    return [of_pair(*pair) for pair in pairs]


def of_pair(current: ColumnProfile, reference: ColumnProfile) -> Found:
    """The distance of one pair, with the errors of both counts."""
    one, other = current.distinct, reference.distinct
    m, n = (column.rows - column.nulls for column in (current, reference))
    if one is None or other is None or not m or not n:
        return Found(None, reason=MISSING)
    lower, upper = outside(one.lower, one.upper, other.lower, other.upper, m / n)
    value, _ = outside(one.value, one.value, other.value, other.value, m / n)
    # A count of distinct values varies by no more than its root between samples.
    by_chance = sqrt(one.value + other.value * max(1.0, m / n) ** 2) / m
    errors = [(e.upper - e.lower) / 2 / Z_LOWER for e in (one, other)]
    by_sketch = sqrt(errors[0] ** 2 + (errors[1] * max(1.0, m / n)) ** 2) / m
    sigma = sqrt(by_chance**2 + by_sketch**2)
    from scipy.special import erfc, erfcinv

    p_value = float(erfc(value / m / sigma / sqrt(2))) if sigma else 1.0
    floor = float(erfcinv(FLOOR)) * sqrt(2) * sigma
    estimate = Estimate(value / m, lower / m, upper / m, min(one.confidence, other.confidence))
    return Found(estimate, floor, p_value, matters_from(min(1.0, other.value / n)))


def outside(
    low: float, high: float, other_low: float, other_high: float, more: float
) -> tuple[float, float]:
    """How far [low, high] is from the range that the other count allows: at least and at most."""
    least, most = other_low * min(1.0, more), other_high * max(1.0, more)
    near = max(0.0, low - most, least - high)
    least, most = other_high * min(1.0, more), other_low * max(1.0, more)
    return near, max(near, high - most, least - low)


MEASURE = Measure(
    "distinct_ratio",
    "columns",
    0.0,
    "Cohen (1988): h = 0.2 is a small effect",
    distinct_ratio,
)
