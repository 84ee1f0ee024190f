"""Chi-square test of homogeneity; the distance is Cohen's w, which does not grow with the rows."""

from math import sqrt

import numpy as np
import numpy.typing as npt

from drypoint.drift.measures._divergence import divergence

__all__ = ["MEASURE", "effect"]


def effect(current: npt.NDArray[np.float64], reference: npt.NDArray[np.float64]) -> float:
    """Cohen's w = √(Σ (p - q)² / q), with the mean of both for q, so that it is symmetric.

    >>> round(effect(np.array([.9, .1]), np.array([.5, .5])), 4)
    0.8729
    """
    return sqrt(((current - reference) ** 2 / ((current + reference) / 2)).sum())


MEASURE = divergence(
    "chi_square",
    effect,
    factor=1.0,
    power=1,
    limit=0.1,
    source="Cohen (1988): w = 0.1 is a small effect",
    of="categories",
)
