"""Kullback-Leibler divergence of the current shares from those of the reference, in nats."""

from math import sqrt

import numpy as np
import numpy.typing as npt

from drypoint.drift.measures._divergence import divergence

__all__ = ["MEASURE", "kl"]


def kl(current: npt.NDArray[np.float64], reference: npt.NDArray[np.float64]) -> float:
    """KL(p || q) = Σ p·ln(p / q) of two arrays of shares, none of them 0; not symmetric.

    >>> round(kl(np.array([.9, .1]), np.array([.5, .5])), 4)
    0.3681
    """
    return float((current * np.log(current / reference)).sum())


MEASURE = divergence(
    "kl",
    kl,
    factor=sqrt(1 / 2),
    power=2,
    limit=0.05,
    source="half of what matters of PSI, which is KL in both directions",
)
