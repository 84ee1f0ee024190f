"""The figures of many segments on one side, as columns of numbers."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

__all__ = ["NOTHING", "Figure", "Side", "side_of", "whole_of"]


class Figure(NamedTuple):
    """What a segment holds of a metric that is a weighted mean of segments.

    Attributes:
        size: what the metric is a mean over, or a share of; 0 if there is nothing.
        total: *size* times the metric.
        lower: the total is not below this, however rough its sketch is.
        upper: nor above this.
        squares: the sum of the squared deviations from the mean; NaN where nobody kept it.
    """

    size: float
    total: float
    lower: float
    upper: float
    squares: float = float("nan")


NOTHING = Figure(0.0, 0.0, 0.0, 0.0, 0.0)


class Side(NamedTuple):
    """The same of all segments, an array each, and the metric itself.

    Attributes:
        size: see `Figure`.
        total: likewise.
        lower: likewise.
        upper: likewise.
        squares: likewise.
        value: total / size; 0 where there is nothing.
    """

    size: Floats
    total: Floats
    lower: Floats
    upper: Floats
    squares: Floats
    value: Floats


def side_of(figures: Sequence[Figure]) -> Side:
    """Figures as columns."""
    size, total, *rest = np.array(figures, float).reshape(-1, len(Figure._fields)).T
    value = np.divide(total, size, out=np.zeros_like(size), where=size > 0)
    lower, upper, squares = rest
    return Side(size, total, lower, upper, squares, value)


def whole_of(side: Side) -> Side:
    """All segments together, as a side of one.

    Squares around the mean m of all are Σ squares + Σ size (value - m)² (Chan, Golub and LeVeque
    1979).
    """
    size, total, lower, upper = (fsum(one) for one in side[:4])
    mean = total / size if size else 0.0
    between = side.size * (side.value - mean) ** 2
    return side_of([Figure(size, total, lower, upper, fsum([*side.squares, *between]))])
