"""How wide a column is, in a way that heavy tails do not change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.profiles._values import is_temporal, seconds_per_tick

if TYPE_CHECKING:
    from drypoint.profiles import ColumnProfile

__all__ = ["spread"]

NORMAL = 1.3489795003921634
"""The interquartile range of a normal law in standard deviations."""


def spread(column: ColumnProfile) -> float | None:
    """The interquartile range as the standard deviation of a normal law that has it.

    Where the quartiles are one value, the standard deviation, or that of times from their extremes.
    Seconds of times; None of a single value.
    """
    if column.kll is None or column.kll.is_empty:
        return None
    unit = seconds_per_tick(column.type) if is_temporal(column.type) else 1.0
    low, high = (one.value for one in column.kll.quantile([0.25, 0.75]) or ())
    middle = float(high - low) * unit / NORMAL
    if middle > 0:
        return middle
    return column.std or float(column.kll.max - column.kll.min) * unit / 2 or None
