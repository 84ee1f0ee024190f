"""Columns of numbers on both sides, on one grid of ranks.

The values that both sketches keep, in order, cut the line into gaps in which neither distribution
function changes. Looked at are the gaps at 59 ranks of the pool, 1/60 apart: between them the white
part of the error of sketches would make the largest of many differences larger, and what it says no
truer. Of ties every value of 1/60 of the pool or more has its gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from drypoint.drift._sample import sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from drypoint.drift._measure import Pair
    from drypoint.drift._sample import Sample

    Floats = npt.NDArray[np.float64]

__all__ = ["CELLS", "Gaps", "Numbers", "gaps", "numbers", "process"]

CELLS = 60
RANKS = np.arange(1, CELLS) / CELLS


class Gaps(NamedTuple):
    """Both distribution functions between the values of the pool.

    Attributes:
        values: what ends each gap on the left, ascending.
        current: the share of the current column up to there.
        reference: of the reference.
    """

    values: Floats
    current: Floats
    reference: Floats

    @property
    def pooled(self) -> Floats:
        """The mean of both."""
        return (self.current + self.reference) / 2

    def at_ranks(self) -> tuple[Floats, Floats]:
        """Both functions in the gaps at the 59 ranks of the pool."""
        pooled = self.pooled
        middle = pooled - np.diff(pooled, prepend=0.0) / 2
        at = np.searchsorted(middle, RANKS, side="right")
        return np.append(0.0, self.current)[at], np.append(0.0, self.reference)[at]


class Numbers(NamedTuple):
    """Many pairs of columns, one a row.

    Attributes:
        current: distribution functions at the ranks.
        reference: likewise.
        sampling: 1/m + 1/n.
        sketching: the variance of ranks that comes from both sketches.
        exact: whether both columns are kept in full.
        largest: the largest difference over all gaps.
    """

    current: Floats
    reference: Floats
    sampling: Floats
    sketching: Floats
    exact: npt.NDArray[np.bool_]
    largest: Floats


def gaps(current: Sample, reference: Sample) -> Gaps:
    """Both distribution functions between all values that are kept."""
    values = np.concatenate([current.values, reference.values])
    weights = np.zeros((2, len(values)))
    cut = len(current.values)
    weights[0, :cut], weights[1, cut:] = current.weights, reference.weights
    order = np.argsort(values, kind="stable")
    values, sums = values[order], np.cumsum(weights[:, order], axis=1)
    last = np.append(values[1:] != values[:-1], np.True_)
    return Gaps(values[last].astype(np.float64), sums[0, last], sums[1, last])


def samples(pair: Pair) -> tuple[Sample, Sample]:
    """What the sketches of both sides keep; the caller has seen to it that there are values."""
    both = sample(pair.current), sample(pair.reference)
    assert both[0] is not None and both[1] is not None  # noqa: S101, PT018 # `unfit` has asked
    return both  # type: ignore[return-value] # just asserted


def numbers(pairs: Sequence[Pair]) -> tuple[Numbers, list[Gaps]]:
    """The pairs on the grid, and between all their values."""
    both = [samples(pair) for pair in pairs]
    found = [gaps(*one) for one in both]
    at = np.array([one.at_ranks() for one in found])
    made = Numbers(
        at[:, 0],
        at[:, 1],
        np.array([1 / one.n + 1 / other.n for one, other in both]),
        np.array([one.tau2 + other.tau2 for one, other in both]),
        np.array([one.is_exact and other.is_exact for one, other in both]),
        np.array([np.abs(one.current - one.reference).max() for one in found]),
    )
    return made, found


def process(sampling: Floats, sketching: Floats, ranks: Floats) -> Floats:
    """The covariance of the difference of both functions between *ranks*, when nothing changed.

    A Brownian bridge for the samples; for the sketches a half that all ranks share and a half of
    each (see `_sample`).
    """
    low = np.minimum(ranks[:, :, None], ranks[:, None, :])
    bridge = low - ranks[:, :, None] * ranks[:, None, :]
    shared = 0.5 + 0.5 * np.eye(ranks.shape[1])
    return sampling[:, None, None] * bridge + sketching[:, None, None] * shared
