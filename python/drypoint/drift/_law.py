"""The laws that distances follow when nothing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from drypoint.drift._law_table import LOGS, QUANTILES

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

__all__ = [
    "FLOOR",
    "absolute_covariance",
    "gamma_quantile",
    "gamma_survival",
    "kolmogorov_quantile",
    "kolmogorov_survival",
    "largest_quantile",
    "largest_survival",
]

FLOOR = 0.05
"""The noise floor is passed by so many of the pairs in which nothing has changed."""
TABLE = np.array(QUANTILES)


def rows(share: Floats) -> Floats:
    """The quantiles for each *share* of the variance that sketches have, between the tabled ones."""
    at = np.clip(share, 0, 1) * (len(TABLE) - 1)
    low = np.minimum(at.astype(np.int64), len(TABLE) - 2)
    part = (at - low)[:, None]
    return (1 - part) * TABLE[low] + part * TABLE[low + 1]


def largest_survival(found: Floats, share: Floats) -> Floats:
    """The chance that max |difference| over 59 ranks exceeds *found*, in standard deviations.

    The difference is a Brownian bridge and, with *share* of the variance in the middle, the error of
    sketches. Beyond the table the tail is that of a normal law, exp(-x²/2).
    """
    squares = rows(share) ** 2
    logs = np.array([0.0, *LOGS])
    made = [
        np.interp(x2, np.append(0.0, row), logs) - max(0.0, x2 - row[-1]) / 2
        for x2, row in zip(found**2, squares, strict=True)
    ]
    return np.exp(made)


def largest_quantile(above: float, share: Floats) -> Floats:
    """What max |difference| exceeds with the chance *above*, which the table holds."""
    return np.array([np.interp(np.log(1 / above), -np.array(LOGS), row) for row in rows(share)])


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


def absolute_covariance(covariance: Any) -> Any:
    """The covariance of |x| and |y| of normal variables of mean 0 with the given one.

    (2/π)·σx·σy·(ρ·asin ρ + √(1 - ρ²) - 1), ρ being their correlation.
    """
    sigma = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    both = sigma[..., :, None] * sigma[..., None, :]
    rho = np.clip(covariance / np.where(both > 0, both, 1.0), -1, 1)
    return 2 / np.pi * both * (rho * np.arcsin(rho) + np.sqrt(1 - rho**2) - 1)
