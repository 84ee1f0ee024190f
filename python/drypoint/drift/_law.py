"""The laws that distances follow when nothing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from drypoint.drift import _area_table
from drypoint.drift._law_table import LOGS, OWN_PARTS, QUANTILES

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

__all__ = [
    "FLOOR",
    "absolute_covariance",
    "absolute_quantile",
    "absolute_survival",
    "careful",
    "careful_floor",
    "gamma_quantile",
    "gamma_survival",
    "kolmogorov_quantile",
    "kolmogorov_survival",
    "largest_quantile",
    "largest_survival",
]

FLOOR = 0.05
"""The noise floor is passed by so many of the pairs in which nothing has changed."""
SURE = 1.1
"""P-values between sketches are right to a tenth, so they are raised by it: a table is good to 3 %,
and how much of the white error stays in a mean to a third, of an error that is a part of all."""
TABLE = np.array(QUANTILES)
"""By own part, share and chance."""
OWN, SHARES = np.array(OWN_PARTS), np.linspace(0, 1, TABLE.shape[1])
AREAS, SCATTERED = np.array(_area_table.QUANTILES), np.array(_area_table.SCATTERED)
TINY = 1e-9
LEAST_BEND = 0.2
"""By which the logarithm of the chance bends down, at least, beyond the table: far out all of a
bridge is on one side, so that its area is a normal variable, and 0.22 of the variance of that is
the variance of the area."""


def rows(share: Floats, own: Floats) -> Floats:
    """The quantiles for each *share* of the variance, and *own* part in it, between tabled ones."""
    (i, x), (j, y) = place(own, OWN), place(share, SHARES)
    low, high = ((1 - y) * TABLE[k, j] + y * TABLE[k, j + 1] for k in (i, i + 1))
    made: Floats = (1 - x) * low + x * high
    return made


def place(of: Floats, tabled: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Between which tabled ones each value is, and how far."""
    at = np.interp(of, tabled, np.arange(len(tabled)))
    low = np.minimum(at.astype(np.int64), len(tabled) - 2)
    return low, (at - low)[:, None]


def careful(p_values: Floats, exact: npt.NDArray[np.bool_]) -> Floats:
    """The p-values, a tenth larger where a column is not *exact*; 1 at most."""
    return np.minimum(1.0, np.where(exact, p_values, SURE * p_values))


def careful_floor(quantile: Callable[[float], Floats], exact: npt.NDArray[np.bool_]) -> Floats:
    """The *quantile* above which p-values that are `careful` are below `FLOOR`."""
    return np.where(exact, quantile(FLOOR), quantile(FLOOR / SURE))


def largest_survival(found: Floats, share: Floats, own: Floats) -> Floats:
    """The chance that max |difference| over 59 ranks exceeds *found*, in standard deviations.

    The difference is a Brownian bridge and, with *share* of the variance in the middle, the error
    of sketches, which has *own* of each rank and 1/2 of all. Beyond the table the tail is that of a
    normal law, exp(-x²/2).
    """
    squares = rows(share, own) ** 2
    logs = np.array([0.0, *LOGS])
    made = [
        np.interp(x2, np.append(0.0, row), logs) - max(0.0, x2 - row[-1]) / 2
        for x2, row in zip(found**2, squares, strict=True)
    ]
    return np.exp(made)


def largest_quantile(above: float, share: Floats, own: Floats) -> Floats:
    """What max |difference| exceeds with the chance *above*, which the table holds."""
    at = -np.array(LOGS)
    return np.array([np.interp(-np.log(above), at, row) for row in rows(share, own)])


def kolmogorov_survival(found: Floats, size: Floats) -> Floats:
    """The p-value of a Kolmogorov-Smirnov distance, *size* being m·n / (m + n).

    Stephens (1970) corrects the law of Kolmogorov for finite samples.
    """
    from scipy.special import kolmogorov

    root = np.sqrt(size)
    return np.asarray(kolmogorov((root + 0.12 + 0.11 / root) * found), dtype=np.float64)


def kolmogorov_quantile(above: float, size: Floats) -> Floats:
    """The distance that is exceeded with the chance *above*."""
    from scipy.special import kolmogi

    root = np.sqrt(size)
    return np.asarray(kolmogi(above) / (root + 0.12 + 0.11 / root), dtype=np.float64)


def gamma_survival(found: Floats, mean: Floats, variance: Floats) -> Floats:
    """The chance to exceed *found* by the gamma law of this mean and variance; 1 without variance.

    A weighted sum of squares of normal variables is near to it (Satterthwaite 1946).
    """
    from scipy.special import gammaincc

    some = (variance > 0) & (mean > 0)
    safe_mean, safe = np.where(some, mean, 1.0), np.where(some, variance, 1.0)
    made = gammaincc(safe_mean**2 / safe, np.maximum(found, 0) * safe_mean / safe)
    return np.where(some, made, 1.0)


def gamma_quantile(above: float, mean: Floats, variance: Floats) -> Floats:
    """What is exceeded with the chance *above*; 0 without variance."""
    from scipy.special import gammainccinv

    some = (variance > 0) & (mean > 0)
    safe_mean, safe = np.where(some, mean, 1.0), np.where(some, variance, 1.0)
    made = gammainccinv(safe_mean**2 / safe, above) * safe / safe_mean
    return np.where(some, made, 0.0)


def absolute_survival(found: Floats, mean: Floats, variance: Floats) -> Floats:
    """The chance that a sum of absolute normal variables with these moments exceeds *found*.

    How much it scatters tells how skew it is: the law in the table is near it that has the same
    variance over mean². 1 without variance.
    """
    some, unit, table = scattered(mean, variance)
    logs = np.array([0.0, *_area_table.LOGS])
    made = np.zeros(len(mean))
    for row, (z, least) in enumerate(zip((found - mean) / unit, -mean / unit, strict=True)):
        at = np.append(min(least, table[row, 0] - TINY), table[row])
        beyond = max(0.0, z - at[-1])
        slope = (logs[-1] - logs[-2]) / (at[-1] - at[-2])
        made[row] = np.interp(z, at, logs) + slope * beyond - LEAST_BEND * beyond**2 / 2
    return np.where(some, np.exp(made), 1.0)


def absolute_quantile(above: float, mean: Floats, variance: Floats) -> Floats:
    """What such a sum exceeds with the chance *above*, which is tabled; 0 without variance."""
    some, unit, table = scattered(mean, variance)
    at = -np.array(_area_table.LOGS)
    z = np.array([np.interp(-np.log(above), at, row) for row in table])
    return np.where(some, np.maximum(0.0, mean + z * unit), 0.0)


def scattered(mean: Floats, variance: Floats) -> tuple[npt.NDArray[np.bool_], Floats, Floats]:
    """Where there is variance, standard deviations, and a row of the table for each."""
    some = (variance > 0) & (mean > 0)
    unit = np.sqrt(np.where(some, variance, 1.0))
    low, part = place((unit / np.where(some, mean, unit)) ** 2, SCATTERED)
    return some, unit, (1 - part) * AREAS[low] + part * AREAS[low + 1]


def absolute_covariance(covariance: Any) -> Any:
    """The covariance of |x| and |y| of normal variables of mean 0 with the given one.

    (2/π)·σx·σy·(r·asin r + √(1 - r²) - 1), r being their correlation.
    """
    sigma = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    both = sigma[..., :, None] * sigma[..., None, :]
    r = np.clip(covariance / np.where(both > 0, both, 1.0), -1, 1)
    return 2 / np.pi * both * (r * np.arcsin(r) + np.sqrt(1 - r**2) - 1)
