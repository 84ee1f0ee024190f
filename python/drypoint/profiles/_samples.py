"""Counts of a sample as counts of the whole."""

from __future__ import annotations

from math import sqrt
from typing import Any

from drypoint.estimate import Estimate

__all__ = ["sampled", "share_of", "sums"]

Z_99 = 2.5758293035489004
"""99 % of a normal law lie within as many standard deviations."""


def sums(flat: list[int], width: int) -> list[int]:
    """The counts of all levels of a sample together: *width* of each."""
    return [sum(flat[index::width]) for index in range(width)]


def sampled(found: dict[str, Any], names: list[str]) -> dict[str, Estimate[float]]:
    """How many of all strings are of each of the *names*, whose counts come first in each level."""
    looked = sum(found["looked"])
    width = len(found["counts"]) // max(1, len(found["looked"]))
    counts = sums(found["counts"], width)[: len(names)] if width else []
    pairs = zip(names, counts, strict=bool(counts))
    return {name: share_of(count, looked, found["n"]) for name, count in pairs if count}


def share_of(count: int, seen: int, n: int) -> Estimate[float]:
    """How many of *n* are of a kind, if *count* of *seen* are (Wilson's interval at 99 %)."""
    if seen == n:
        return Estimate(float(count), float(count), float(count))
    share, z2 = count / seen, Z_99**2
    middle = (share + z2 / (2 * seen)) / (1 + z2 / seen)
    apart = Z_99 * sqrt(share * (1 - share) / seen + z2 / (4 * seen**2)) / (1 + z2 / seen)
    lower, upper = max(0.0, middle - apart), min(1.0, middle + apart)
    return Estimate(share * n, lower * n, upper * n, 0.99)
