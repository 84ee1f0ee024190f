"""Hellinger distance: H = √(Σ (√p - √q)² / 2)."""

from math import sqrt

import numpy as np
import numpy.typing as npt

from drypoint.drift.measures._divergence import divergence

__all__ = ["MEASURE", "hellinger"]


def hellinger(current: npt.NDArray[np.float64], reference: npt.NDArray[np.float64]) -> float:
    """The distance of two arrays of shares, in [0, 1]; a metric.

    >>> round(hellinger(np.array([.9, .1]), np.array([.5, .5])), 4)
    0.3249
    """
    return sqrt(((np.sqrt(current) - np.sqrt(reference)) ** 2).sum() / 2)


MEASURE = divergence(
    "hellinger",
    hellinger,
    factor=sqrt(1 / 8),
    power=1,
    limit=0.1,
    source="the default of Evidently; near 0 it is a PSI of 0.08",
)
