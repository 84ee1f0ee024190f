"""How far a number may move: from the bounds of estimates and the spread between windows.

With m windows whose numbers are x_1 … x_m, mean x̄ and standard deviation s, the next is within

    x̄ ± t · s · √(1 + 1/m)

with a probability of 99.9 %, t being the quantile of Student's distribution with m - 1 degrees of
freedom (a prediction interval, e.g. Hahn & Meeker 1991, section 4.8), if windows are alike and
numbers about normal. With fewer than five windows t says little (636 for two), and what the caller
knows of the number is taken instead. What was seen, to the bounds of estimates, is always within.
"""

from __future__ import annotations

from math import ceil, floor, log10, sqrt
from statistics import fmean, stdev
from typing import TYPE_CHECKING, NamedTuple

from drypoint.checks._interval import as_estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.estimate import Estimate

__all__ = ["ENOUGH", "SIGMAS", "Range", "outward", "range_of", "tidy"]

ENOUGH = 5
"""Windows from which their spread is trusted."""
OUTSIDE = 0.001
"""The probability that a window like the others is outside."""


SIGMAS = 4
"""Standard deviations that chance alone does not reach."""


class Range(NamedTuple):
    """What a number may be, both ends with it."""

    lower: float
    upper: float


def range_of(found: Sequence[float | Estimate[float]], few: float) -> Range:
    """What the next window may be.

    Args:
        found: the number in each window.
        few: how far beyond what was seen the range goes with fewer than five windows.
    """
    estimates = [as_estimate(one) for one in found]
    least, most = min(one.lower for one in estimates), max(one.upper for one in estimates)
    if len(found) < ENOUGH:
        return Range(least - few, most + few)
    values = [float(one.value) for one in estimates]
    pad = student(len(values) - 1) * stdev(values) * sqrt(1 + 1 / len(values))
    middle = fmean(values)
    return Range(min(least, middle - pad), max(most, middle + pad))


def student(freedom: int) -> float:
    """The quantile of Student's distribution that leaves `OUTSIDE` on both sides together."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 1 - OUTSIDE / 2))


def outward(found: Range, *, whole: bool = False) -> Range:
    """The range with ends that read well: to a twentieth of its width or less, never narrower."""
    width = found.upper - found.lower
    if width <= 0:
        return Range(*map(tidy, found))
    digits = 1 - floor(log10(width))
    digits = min(digits, 0) if whole else digits
    scale = 10.0**digits
    lower, upper = floor(found.lower * scale) / scale, ceil(found.upper * scale) / scale
    # Division may land on the wrong side by the last bit.
    lower, upper = min(round(lower, digits), found.lower), max(round(upper, digits), found.upper)
    if whole:
        lower, upper = floor(lower), ceil(upper)
    return Range(tidy(lower), tidy(upper))


def tidy(value: float) -> float:
    """A whole number as an integer."""
    return int(value) if value == int(value) else value
