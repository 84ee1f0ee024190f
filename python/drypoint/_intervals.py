"""Confidence intervals of shares, of differences and of ratios, in closed form.

A share is a binomial x / n with Wilson's limits (1927). A difference of two independent figures
has the limits that Newcombe (1998, method 10) made of those of each, and a ratio those that Donner
and Zou (2012) made of them, which Fagerland and Newcombe (2013) recommend. All of them hold at
shares of 0 and of 1, where normal limits, and Katz's of the logarithm of a ratio (1978), have no
width or do not exist.

Everything is an array, or a number that stands for one.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

__all__ = ["difference", "ratio", "wilson", "z_of"]


def z_of(confidence: float) -> float:
    """The part *confidence* of a normal law lies within as many standard deviations.

    >>> round(z_of(0.95), 4)
    1.96
    """
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(counts: npt.ArrayLike, sizes: npt.ArrayLike, confidence: float) -> tuple[Floats, Floats]:
    """Wilson's limits of the shares *counts* / *sizes*; 0 and 1 where there is nothing.

    >>> [round(float(limit), 4) for limit in wilson(81, 263, 0.95)]
    [0.2553, 0.3662]
    """
    x, n = np.asarray(counts, float), np.asarray(sizes, float)
    safe, z2 = np.where(n > 0, n, 1.0), z_of(confidence) ** 2
    share = x / safe
    middle = (share + z2 / (2 * safe)) / (1 + z2 / safe)
    inside = np.maximum(share * (1 - share), 0) / safe + z2 / (4 * safe**2)
    apart = np.sqrt(z2 * inside) / (1 + z2 / safe)
    # At the ends the limit is the end, which rounding would miss.
    lower = np.where((n > 0) & (x > 0), np.maximum(middle - apart, 0), 0.0)
    upper = np.where((n > 0) & (x < n), np.minimum(middle + apart, 1), 1.0)
    return np.minimum(lower, np.where(n > 0, share, 0.0)), np.maximum(upper, share)


def difference(
    first: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
    second: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
) -> tuple[Floats, Floats]:
    """Newcombe's limits of the first figure less the second, each a value and its limits.

    With d the difference: d - √((p₁ - l₁)² + (u₂ - p₂)²) and d + √((u₁ - p₁)² + (p₂ - l₂)²).

    >>> shares = [(x / n, *wilson(x, n, 0.95)) for x, n in ((56, 70), (48, 80))]
    >>> [round(float(limit), 4) for limit in difference(*shares)]
    [0.0524, 0.3339]
    """
    p1, l1, u1 = (np.asarray(one, float) for one in first)
    p2, l2, u2 = (np.asarray(one, float) for one in second)
    found = p1 - p2
    return found - np.hypot(p1 - l1, u2 - p2), found + np.hypot(u1 - p1, p2 - l2)


def ratio(
    first: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
    second: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
) -> tuple[Floats, Floats]:
    """Donner and Zou's limits of the first figure over the second, whose limits are above 0.

    With m = p₁p₂, the lower one is l₁(2p₁ - l₁) / (m + √(m² - l₁u₂(2p₁ - l₁)(2p₂ - u₂))), and the
    upper one (m + √(m² - u₁l₂(2p₁ - u₁)(2p₂ - l₂))) / (l₂(2p₂ - l₂)).

    >>> shares = [(x / n, *wilson(x, n, 0.95)) for x, n in ((56, 70), (48, 80))]
    >>> [round(float(limit), 3) for limit in ratio(*shares)]
    [1.078, 1.663]
    """
    p1, l1, u1 = (np.asarray(one, float) for one in first)
    p2, l2, u2 = (np.asarray(one, float) for one in second)
    m = p1 * p2
    low, high = l1 * (2 * p1 - l1), l2 * (2 * p2 - l2)
    below = m + np.sqrt(np.maximum(m**2 - low * u2 * (2 * p2 - u2), 0))
    above = m + np.sqrt(np.maximum(m**2 - high * u1 * (2 * p1 - u1), 0))
    return np.where(below > 0, low / np.where(below > 0, below, 1.0), 0.0), above / high
