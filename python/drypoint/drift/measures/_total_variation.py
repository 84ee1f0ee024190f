"""Total variation: the share of rows that would have to change their category."""

from collections.abc import Sequence
from math import pi, sqrt

import numpy as np

from drypoint.drift._categories import Categories, categories
from drypoint.drift._law import FLOOR, absolute_covariance, absolute_quantile
from drypoint.drift._measure import Found, Measure, Pair
from drypoint.drift._shares import of_categories
from drypoint.estimate import Estimate

__all__ = ["MEASURE", "total_variation"]


def total_variation(pairs: Sequence[Pair]) -> list[Found]:
    """TV = Σ |p - q| / 2 of each pair, in [0, 1]; its p-value is that of the chi-square test."""
    return [found(categories(pair)) for pair in pairs]


def found(made: Categories) -> Found:
    """The distance, between what differs for sure and what may differ."""
    if made.reason:
        return Found(None, reason=made.reason)
    apart = np.abs(made.current - made.reference)
    upper = min(1.0, float((apart + made.error).sum() / 2))
    estimate = Estimate(float(apart.sum() / 2), float(made.sure.sum() / 2), upper)
    return Found(estimate, floor(made), of_categories(made).p_value)


def floor(made: Categories) -> float:
    """95 of 100 cases: half a sum of absolute normal variables, and the errors of counts."""
    shares = made.pooled
    # What one category has more, others have less: of two, both differences are the same.
    between = (np.diag(shares) - np.outer(shares, shares)) * made.sampling
    mean = np.array([np.sqrt(np.diag(between)).sum() * sqrt(2 / pi) / 2])
    variance = np.array([absolute_covariance(between).sum() / 4])
    return float(absolute_quantile(FLOOR, mean, variance)[0] + made.error.sum() / 2)


MEASURE = Measure(
    "total_variation",
    "categories",
    0.1,
    "one row in ten has another category",
    total_variation,
)
