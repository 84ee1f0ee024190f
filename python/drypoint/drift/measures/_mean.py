"""The change of the mean, in standard deviations of the reference: Cohen's d."""

from collections.abc import Sequence
from math import isfinite, sqrt, ulp

from drypoint.drift._law import FLOOR
from drypoint.drift._measure import Found, Measure, Pair
from drypoint.estimate import Estimate
from drypoint.profiles import ColumnProfile

__all__ = ["MEASURE", "mean"]

MISSING = "a mean and a deviation need two numbers on both sides"
SAME = "the reference holds one value, so there is no deviation to measure in"

ROUNDED = 64
"""Units in the last place by which a mean of many values may be off; less is no difference."""


def mean(pairs: Sequence[Pair]) -> list[Found]:
    """|difference| / deviation of each pair, with the test of Welch (1947)."""
    return [of_pair(*pair) for pair in pairs]


def of_pair(current: ColumnProfile, reference: ColumnProfile) -> Found:
    """The distance of one pair; exact to the rounding of doubles."""
    one, other = current, reference
    facts = (one.mean, other.mean, one.variance, other.variance, one.n, other.n)
    if None in facts:
        return Found(None, reason=MISSING)
    m1, m2, v1, v2, m, n = (float(fact) for fact in facts)  # type: ignore[arg-type] # just asked
    rounding = ROUNDED * ulp(max(abs(m1), abs(m2)))
    if v2 <= rounding**2 or not isfinite(v1 + v2):
        return Found(None, reason=SAME)
    from scipy.special import stdtr, stdtrit

    parts = v1 / m, v2 / n
    error = sqrt(sum(parts))
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (m - 1) + parts[1] ** 2 / (n - 1))
    apart = abs(m1 - m2)
    apart = 0.0 if apart <= rounding else apart
    p_value = float(2 * stdtr(freedom, -apart / error))
    floor = -float(stdtrit(freedom, FLOOR / 2)) * error / sqrt(v2)
    value = apart / sqrt(v2)
    return Found(Estimate(value, value, value), floor, p_value)


MEASURE = Measure(
    "mean",
    "columns",
    0.2,
    "Cohen (1988): d = 0.2 is a small effect",
    mean,
)
