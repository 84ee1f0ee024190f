"""Population stability index: PSI = Σ (p - q)·ln(p / q), in nats."""

import numpy as np
import numpy.typing as npt

from drypoint.drift.measures._divergence import divergence

__all__ = ["MEASURE", "psi"]


def psi(current: npt.NDArray[np.float64], reference: npt.NDArray[np.float64]) -> float:
    """The index of two arrays of shares, none of them 0; symmetric.

    >>> round(psi(np.array([.9, .1]), np.array([.5, .5])), 4)
    0.8789
    """
    return float(((current - reference) * np.log(current / reference)).sum())


MEASURE = divergence(
    "psi",
    psi,
    factor=1.0,
    power=2,
    limit=0.1,
    source="Siddiqi (2006): below 0.1 no change, from 0.25 on a large one",
)
