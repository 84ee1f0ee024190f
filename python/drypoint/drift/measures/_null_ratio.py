"""The change of the share of nulls."""

from collections.abc import Callable, Sequence
from math import asin, pi, sin, sqrt

from drypoint.drift._law import FLOOR
from drypoint.drift._measure import Found, Measure, Pair
from drypoint.estimate import Estimate

__all__ = ["EFFECT", "MEASURE", "matters_from", "null_ratio", "two_shares"]

EFFECT = 0.2
"""Cohen's h of a small effect."""


def null_ratio(pairs: Sequence[Pair]) -> list[Found]:
    """|current - reference| of each pair, in shares of the rows; exact."""
    return [
        two_shares((one.nulls, one.rows), (other.nulls, other.rows), matters_from)
        for one, other in pairs
    ]


def two_shares(
    one: tuple[int, int], other: tuple[int, int], limit: Callable[[float], float]
) -> Found:
    """The distance of two shares, a count and of how many each; the test of two proportions."""
    (x, m), (y, n) = one, other
    pooled = (x + y) / (m + n)
    sigma = sqrt(pooled * (1 - pooled) * (1 / m + 1 / n))
    apart = abs(x / m - y / n)
    from scipy.special import erfc, erfcinv

    p_value = float(erfc(apart / sigma / sqrt(2))) if sigma else 1.0
    floor = float(erfcinv(FLOOR)) * sqrt(2) * sigma
    return Found(Estimate(apart, apart, apart), floor, p_value, limit(y / n))


def matters_from(share: float) -> float:
    """The change of a *share* that is a small effect: 0.2 in 2·asin √share (Cohen's h).

    >>> round(matters_from(0.0), 4), round(matters_from(0.5), 4)
    (0.01, 0.0993)
    """
    middle = 2 * asin(sqrt(share))
    ends = [middle - EFFECT] * (middle >= EFFECT) + [middle + EFFECT] * (middle + EFFECT <= pi)
    return min(abs(sin(end / 2) ** 2 - share) for end in ends)


MEASURE = Measure(
    "null_ratio",
    "columns",
    0.0,
    "Cohen (1988): h = 0.2 is a small effect; 0 to 1 %, or 50 to 60 %",
    null_ratio,
)
