"""Estimates computed from estimates, with bounds that hold whatever the two have in common."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any

from drypoint.estimate import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["as_estimate", "combined", "complement", "scaled", "whole", "within"]

SLACK = 1e-9
"""Of a count: what rounding of doubles may leave of a whole number."""


def as_estimate(value: Any) -> Estimate[Any]:
    """An exact value as an estimate; an estimate as it is."""
    return value if isinstance(value, Estimate) else Estimate(value, value, value)


def scaled(found: Any, divisor: float) -> Any:
    """A number, or each of the bounds, divided by *divisor*, which is positive."""
    if not isinstance(found, Estimate):
        return found / divisor
    value, lower, upper = (one / divisor for one in (found.value, *found.bounds))
    return Estimate(value, lower, upper, found.confidence)


def complement(found: Estimate[float], total: float) -> Estimate[float]:
    """What is left of *total*."""
    if not isinstance(found, Estimate):
        return total - found
    return Estimate(total - found.value, total - found.upper, total - found.lower, found.confidence)


def within(found: Estimate[float], least: float, most: float) -> Estimate[float]:
    """The estimate without what is impossible."""
    value, lower, upper = (
        min(max(one, least), most) for one in (found.value, found.lower, found.upper)
    )
    return Estimate(value, lower, upper, found.confidence)


def whole(found: Estimate[float]) -> Estimate[float]:
    """The estimate of a whole number: bounds that hold no other leave no room."""
    lower = ceil(found.lower - SLACK * max(1.0, abs(found.lower)))
    upper = floor(found.upper + SLACK * max(1.0, abs(found.upper)))
    if lower > upper:  # they are off by more than that: as they are
        return found
    return Estimate(min(max(round(found.value), lower), upper), lower, upper, found.confidence)


def combined(a: Any, b: Any, f: Callable[[Any, Any], Any]) -> Estimate[Any]:
    """The estimate of f(a, b), where *f* is monotone in each within the bounds.

    The truth is within the bounds if those of both are right: with 1 - (1 - c_a) - (1 - c_b) at
    least (Bonferroni), however *a* and *b* depend on each other.
    """
    left, right = as_estimate(a), as_estimate(b)
    corners = [f(x, y) for x in left.bounds for y in right.bounds]
    confidence = left.confidence + right.confidence - 1
    return Estimate(f(left.value, right.value), min(corners), max(corners), confidence)
