"""Moments out of sums of powers: None where there is no such number."""

from __future__ import annotations

from math import inf, isfinite, isnan, sqrt

__all__ = ["kurtosis", "mean", "skewness", "total", "variance"]

LEAST = 1e-140
"""Of a smaller sum of squares, fourth powers vanish among the least doubles that there are."""


def total(high: float, low: float, *, whole: bool) -> int | float | None:
    """A sum in two parts, which for whole numbers is exact; None if infinities cancel out."""
    if whole and isfinite(high) and isfinite(low):
        return int(high) + int(low)
    return known(high + low)


def mean(n: int, value: float) -> float | None:
    """The mean of *n* numbers."""
    return known(value) if n else None


def variance(n: int, m2: float) -> float | None:
    """Sample variance, with n - 1, of the sum of squares around the mean."""
    return m2 / (n - 1) if n > 1 and m2 >= 0 else None


def skewness(n: int, m2: float, m3: float) -> float | None:
    """Population skewness; m2**1.5 is taken in two steps, which do not overflow."""
    if not n or not LEAST <= m2 < inf or not isfinite(m3):
        return None
    return known(sqrt(n) * (m3 / m2) / sqrt(m2))


def kurtosis(n: int, m2: float, m4: float) -> float | None:
    """Excess kurtosis, likewise."""
    if not n or not LEAST <= m2 < inf or not isfinite(m4):
        return None
    return known(n * (m4 / m2) / m2 - 3)


def known(value: float) -> float | None:
    """*value*; None in place of NaN."""
    return None if isnan(value) else value
