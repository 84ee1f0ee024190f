"""Jensen-Shannon distance: the root of the mean KL divergence from the mean, natural logarithms."""

from math import sqrt

import numpy as np
import numpy.typing as npt

from drypoint.drift.measures._divergence import divergence
from drypoint.drift.measures._kl import kl

__all__ = ["MEASURE", "jensen_shannon"]


def jensen_shannon(current: npt.NDArray[np.float64], reference: npt.NDArray[np.float64]) -> float:
    """√((KL(p || m) + KL(q || m)) / 2), m being the mean of both; in [0, √ln 2 = 0.8326].

    Endres and Schindelin (2003) show that it is a metric.

    >>> round(jensen_shannon(np.array([.9, .1]), np.array([.5, .5])), 4)
    0.319
    """
    middle = (current + reference) / 2
    return sqrt(max(0.0, (kl(current, middle) + kl(reference, middle)) / 2))


MEASURE = divergence(
    "jensen_shannon",
    jensen_shannon,
    factor=sqrt(1 / 8),
    power=1,
    limit=0.1,
    source="the default of Evidently; near 0 it is a PSI of 0.08",
)
