"""The area between two distribution functions, and its law when nothing has changed.

The line is put into 61 cells by the rank of its gaps in the pool, k/60 in the middle of cell k. In
each the difference is a normal variable whose variance is known, so mean and variance of the sum of
absolute values are known too, and a law that has them is near. The area of a cell is the mean over
its width, and of heavy tails most of the width is at one end: the variance is that of the ranks in
which it is, and of how far they are apart.

Between sketches the area of a cell is that of the mean difference in it: the white part of their
error would add to it wherever it points. Where all values are kept it is the plain distance.

The p-value leaves out the outermost cells, the first and the last 1/120 of the pool: of heavy tails
they are most of the area, and there no two samples agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from drypoint.drift._law import (
    absolute_covariance,
    absolute_quantile,
    absolute_survival,
    careful,
    careful_floor,
)
from drypoint.drift._measure import CONFIDENCE
from drypoint.drift._numbers import CELLS, numbers, process

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from drypoint.drift._measure import Pair
    from drypoint.drift._numbers import Gaps

    Floats = npt.NDArray[np.float64]

__all__ = ["Areas", "areas"]

INNER = slice(1, CELLS)
ROOT = np.sqrt(2 / np.pi)


class Areas(NamedTuple):
    """Of many pairs.

    Attributes:
        value: the whole area, in the unit of the columns.
        floor: which chance stays below in 95 of 100 cases.
        p_value: of the inner cells.
        radius: how far off it can be for the sketches alone.
        exact: whether all values are kept.
    """

    value: Floats
    floor: Floats
    p_value: Floats
    radius: Floats
    exact: npt.NDArray[np.bool_]


def areas(pairs: Sequence[Pair]) -> Areas:
    """The area of each pair."""
    made, found = numbers(pairs)
    # In units in which squares of what is as large as a float can be still are floats.
    units = np.array([np.abs(one.values[[0, -1]]).max() or 1.0 for one in found])
    cells = [in_cells(one, unit) for one, unit in zip(found, units, strict=True)]
    widths, parts, ranks, averaged, whole = (
        np.array(column) for column in zip(*cells, strict=True)
    )
    law = Absolute.of(process(made, ranks, averaged))
    sketch = Absolute.of(process(made, ranks, averaged, sketches_only=True))
    value = np.where(made.exact, whole, parts.sum(axis=1))
    inside = parts[:, INNER].sum(axis=1)
    whole_law = law.moments(widths)
    p_values = absolute_survival(inside, *law.inner().moments(widths[:, INNER]))
    with np.errstate(over="ignore"):
        return Areas(
            value * units,
            careful_floor(lambda above: absolute_quantile(above, *whole_law), made.exact) * units,
            careful(p_values, made.exact),
            absolute_quantile(1 - CONFIDENCE, *sketch.moments(widths)) * units,
            made.exact,
        )


class Cells(NamedTuple):
    """One pair, cell by cell.

    Attributes:
        widths: how wide each is.
        areas: the absolute value of the signed area in it.
        ranks: the mean over its width of the rank in the pool.
        averaged: by how much a Brownian bridge varies less in that mean than at that rank.
        whole: the area, of all gaps by themselves.
    """

    widths: Floats
    areas: Floats
    ranks: Floats
    averaged: Floats
    whole: float


def in_cells(of: Gaps, unit: float) -> Cells:
    """The gaps of a pair in cells."""
    width, pooled = np.diff(of.values / unit), of.pooled[:-1]
    cell = np.rint(pooled * CELLS).astype(np.int64)
    area = (of.current - of.reference)[:-1] * width

    def summed(one: Floats) -> Floats:
        """By cell."""
        return np.bincount(cell, one, CELLS + 1).astype(np.float64)

    widths = summed(width)
    safe = np.where(widths > 0, widths, 1.0)
    # The part of the cell up to the end of each gap: C. Two places of it are ∫ 2·C·(1 - C) ranks
    # apart in the mean, and the mean of a bridge varies less by half of that.
    start = np.cumsum(widths) - widths
    part = np.clip((np.cumsum(width) - start[cell]) / safe[cell], 0.0, 1.0)
    apart = part * (1 - part) * np.diff(pooled, append=1.0)
    ranks = summed(width * pooled) / safe
    whole = float(np.abs(area).sum())
    return Cells(widths, np.abs(summed(area)), ranks, summed(apart), whole)


class Absolute(NamedTuple):
    """Means and covariances of the absolute differences in cells, when nothing has changed."""

    means: Floats
    between: Floats

    @classmethod
    def of(cls, covariance: Floats) -> Self:
        """Of normal differences of mean 0 with that covariance."""
        sigma = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
        return cls(ROOT * sigma, absolute_covariance(covariance))

    def inner(self) -> Absolute:
        """Without the outermost cells."""
        return Absolute(self.means[:, INNER], self.between[:, INNER, INNER])

    def moments(self, widths: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of Σ width·|difference|."""
        variance = (np.matmul(self.between, widths[:, :, None])[:, :, 0] * widths).sum(axis=1)
        return (widths * self.means).sum(axis=1), variance
