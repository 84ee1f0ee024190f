"""Columns of numbers on both sides, on one grid of ranks.

The values that both sketches keep, in order, cut the line into gaps in which neither distribution
function changes. Compared are the means of both over 59 cells, 1/60 of the pool each: the white
part of the error of sketches cancels out in a mean. How much of the pool a gap has is told by where
its ends lie between the items of either sketch. Items weigh alike: if they were counted, few
differences would be possible, and p-values would jump from one to the next. Where ties leave a cell
one gap or hardly more, both functions are taken as they are in the gap in its middle; so every
value of 1/60 of the pool or more has its gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from drypoint.drift._sample import CELLS, sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from drypoint.drift._measure import Pair
    from drypoint.drift._sample import Sample

    Floats = npt.NDArray[np.float64]

__all__ = ["AVERAGED", "CELLS", "Gaps", "Numbers", "gaps", "numbers", "process"]

SHARED = 0.5
"""The part of the variance of a rank that all share; of the rest a mean keeps what is white."""
SINGLE = 0.5
"""With more of a cell in one gap there is nothing to take the mean of."""
TIED = 1.2
"""In a single gap all of it stays, and a fifth more, as measured: the pool has picked the gap."""
AVERAGED = 1 / (6 * CELLS)
"""By so much less than at its middle a Brownian bridge varies in the mean over a cell."""
RANKS = np.arange(1, CELLS) / CELLS
HALVES = (np.arange(CELLS) + 0.5) / CELLS


class Gaps(NamedTuple):
    """Both distribution functions between the values of the pool.

    Attributes:
        values: what ends each gap on the left, ascending.
        current: the share of the current column up to there.
        reference: of the reference.
        middles: the rank of each of *values* in the pool, half of its own weight included.
    """

    values: Floats
    current: Floats
    reference: Floats
    middles: Floats

    @property
    def pooled(self) -> Floats:
        """The mean of both."""
        return (self.current + self.reference) / 2

    def at_ranks(self, white: float) -> Floats:
        """Both functions at 59 ranks of the pool, and the part of each cell's noise that stays.

        That is *white* times the inverse of the number of gaps in the cell.
        """
        # A gap reaches from the middle of the value before it to that of the value after it.
        ends = np.concatenate([[0.0], self.middles, [1.0]])
        made = self._within_cells(ends)
        # Σ share² of the gaps in a cell is 1 over their number, if they are alike.
        made[2] *= CELLS
        single = made[2] > SINGLE
        made[2] = np.where(single, TIED, np.minimum(1.0, white * made[2]))
        if single.any():
            at = ends[1:-1].searchsorted(RANKS[single], side="right") - 1
            for row, side in enumerate((self.current, self.reference)):
                made[row, single] = np.where(at < 0, 0.0, side[at])
        return made

    def _within_cells(self, ends: Floats) -> Floats:
        """The means of both functions in each cell, and of how far the gaps reach."""
        reach = ends[1:] - ends[:-1]
        areas = np.zeros((3, len(reach)))
        np.multiply(self.current, reach[1:], out=areas[0, 1:])
        np.multiply(self.reference, reach[1:], out=areas[1, 1:])
        np.multiply(reach, reach, out=areas[2])
        # The gap that the end of a cell is in, and the part of it before that end.
        at = ends[1:-1].searchsorted(HALVES, side="right")
        wide = reach[at]
        before = areas.take(at, axis=1) * ((HALVES - ends[at]) / np.where(wide > 0, wide, 1.0))
        whole = np.add.reduceat(areas, at, axis=1)[:, :-1]
        # Of a cell within one gap `reduceat` has the gap.
        whole[:, at[1:] == at[:-1]] = 0.0
        return (whole - before[:, :-1] + before[:, 1:]) * CELLS


class Numbers(NamedTuple):
    """Many pairs of columns, one a row.

    Attributes:
        current: distribution functions at the ranks.
        reference: likewise.
        sampling: 1/m + 1/n.
        sketching: the variance of ranks that comes from both sketches.
        own: the part of it that cells do not share, on the average.
        averaged: by how much the variance of a bridge is less in the mean over each cell, in units
            of *sampling*; 0 in single gaps, where there is no mean.
        step: by how much a difference can change at once, for the weights of items, in cells that
            are single gaps; less where only some are.
        exact: whether both columns are kept in full.
        largest: the largest difference over all gaps.
    """

    current: Floats
    reference: Floats
    sampling: Floats
    sketching: Floats
    own: Floats
    averaged: Floats
    step: Floats
    exact: npt.NDArray[np.bool_]
    largest: Floats


def gaps(current: Sample, reference: Sample) -> Gaps:
    """Both distribution functions between all values that are kept."""
    values = np.concatenate([current.values, reference.values])
    weights = np.zeros((2, len(values)))
    cut = len(current.values)
    weights[0, :cut], weights[1, cut:] = current.weights, reference.weights
    order = values.argsort(kind="stable")
    values, weights = values.take(order), weights.take(order, axis=1)
    # Weights are whole numbers, so sums are exact, and functions that are equal are so to the bit.
    sums = weights.cumsum(axis=1)
    last = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=last[:-1])
    if not last.all():
        values, sums = values[last], sums[:, last]
        weights = np.diff(sums, prepend=0.0)
    # Half of each value's own weight is below it.
    ranks = sums - weights / 2
    middles = np.zeros(len(values))
    for side, own, rank in zip((current, reference), weights > 0, ranks, strict=True):
        middles += (rank if side.is_exact else between(values, own, rank)) / (2 * side.n)
    sums /= [[current.n], [reference.n]]
    return Gaps(values, sums[0], sums[1], middles)


def between(values: Floats, own: npt.NDArray[np.bool_], ranks: Floats) -> Floats:
    """The ranks of all *values*, those between a sketch's *own* where they lie between these."""
    # Halves, since the difference of two floats may be none.
    halves = values / 2
    return np.interp(halves, halves[own], ranks[own])


def samples(pair: Pair) -> tuple[Sample, Sample]:
    """What the sketches of both sides keep; the caller has seen to it that there are values."""
    both = sample(pair.current), sample(pair.reference)
    assert both[0] is not None and both[1] is not None  # noqa: S101, PT018 # `unfit` has asked
    return both  # type: ignore[return-value] # just asserted


def numbers(pairs: Sequence[Pair]) -> tuple[Numbers, list[Gaps]]:
    """The pairs on the grid, and between all their values."""
    both = [samples(pair) for pair in pairs]
    found = [gaps(*one) for one in both]
    at = np.array([one.at_ranks(white(*two)) for one, two in zip(found, both, strict=True)])
    own = (1 - SHARED) * at[:, 2].mean(axis=1)
    single = at[:, 2] == TIED
    weights = np.array(
        [min(one.weights[-1] / one.n, other.weights[-1] / other.n) for one, other in both]
    )
    made = Numbers(
        at[:, 0],
        at[:, 1],
        np.array([one.sampling + other.sampling for one, other in both]),
        np.array([one.tau2 + other.tau2 for one, other in both]),
        own,
        np.where(single, 0.0, AVERAGED),
        weights * single.mean(axis=1),
        np.array([one.is_exact and other.is_exact for one, other in both]),
        np.array([np.abs(one.current - one.reference).max() for one in found]),
    )
    return made, found


def white(current: Sample, reference: Sample) -> float:
    """The part of the noise of both that stays, for a cell of one gap: it falls with their number.

    Where nothing ties a cell has a 60th of all items, and what stays is known of both.
    """
    tau2 = current.tau2 + reference.tau2
    if not tau2:
        return 1.0
    items = len(current.values) + len(reference.values)
    return (current.white2 + reference.white2) / ((1 - SHARED) * tau2) * items / CELLS


def process(
    made: Numbers, ranks: Floats, averaged: Floats, *, sketches_only: bool = False
) -> Floats:
    """The covariance of the difference of both functions between *ranks*, when nothing changed.

    A Brownian bridge for the samples, in means over cells, which vary less by what is *averaged*;
    for the sketches a part that all ranks share and one of each (see `_sample`).
    """
    one = np.eye(ranks.shape[1])
    low = np.minimum(ranks[:, :, None], ranks[:, None, :])
    bridge = low - ranks[:, :, None] * ranks[:, None, :] - averaged[:, :, None] * one
    error = SHARED + made.own[:, None, None] * one
    sampling = 0.0 * made.sampling if sketches_only else made.sampling
    return sampling[:, None, None] * bridge + made.sketching[:, None, None] * error
