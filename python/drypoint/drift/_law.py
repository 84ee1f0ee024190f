"""The laws that distances follow when nothing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from drypoint.drift._law_table import LOGS, OWN_PARTS, QUANTILES

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

__all__ = [
    "FLOOR",
    "absolute_covariance",
    "absolute_quantile",
    "absolute_survival",
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
"""By own part, share and chance."""
OWN, SHARES = np.array(OWN_PARTS), np.linspace(0, 1, TABLE.shape[1])
OF_BRIDGE, OF_ONE = 0.1885, np.pi / 2 - 1
"""Variance over mean² of the area below a Brownian bridge (Shepp 1982), and of one variable."""


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

    Where many are alike, as along a Brownian bridge, that is a gamma law; where one is larger than
    all others, the half-normal law, which is the Nakagami law (1960) of shape 1/2. Between the two
    the laws are mixed. 1 without variance.
    """
    from scipy.special import gammaincc

    m, square, part = nakagami(mean, variance)
    one = gammaincc(m, m * np.maximum(found, 0) ** 2 / square)
    mixed = part * one + (1 - part) * gamma_survival(found, mean, variance)
    return np.where((variance > 0) & (mean > 0), mixed, 1.0)


def absolute_quantile(above: float, mean: Floats, variance: Floats) -> Floats:
    """What such a sum exceeds with the chance *above*; 0 without variance."""
    from scipy.special import gammainccinv

    m, square, part = nakagami(mean, variance)
    one = np.sqrt(gammainccinv(m, above) * square / m)
    mixed = part * one + (1 - part) * gamma_quantile(above, mean, variance)
    return np.where((variance > 0) & (mean > 0), mixed, 0.0)


def nakagami(mean: Floats, variance: Floats) -> tuple[Floats, Floats, Floats]:
    """The shape and the mean square of the law with these moments, and its part in the mixture.

    Its shape m has mean² / mean square = Γ(m + 1/2)² / (Γ(m)²·m), here looked up.
    """
    from scipy.special import gammaln

    some = (variance > 0) & (mean > 0)
    square = np.where(some, mean**2 + variance, 1.0)
    shapes = np.geomspace(0.5, 1e4, 200)
    ratios = np.exp(2 * (gammaln(shapes + 0.5) - gammaln(shapes))) / shapes
    scattered = np.where(some, variance / np.where(some, mean, 1.0) ** 2, 0.0)
    part = np.clip((scattered - OF_BRIDGE) / (OF_ONE - OF_BRIDGE), 0, 1)
    return np.interp(np.where(some, mean**2 / square, 1.0), ratios, shapes), square, part


def absolute_covariance(covariance: Any) -> Any:
    """The covariance of |x| and |y| of normal variables of mean 0 with the given one.

    (2/π)·σx·σy·(r·asin r + √(1 - r²) - 1), r being their correlation.
    """
    sigma = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    both = sigma[..., :, None] * sigma[..., None, :]
    r = np.clip(covariance / np.where(both > 0, both, 1.0), -1, 1)
    return 2 / np.pi * both * (r * np.arcsin(r) + np.sqrt(1 - r**2) - 1)
