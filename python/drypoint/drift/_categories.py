"""Columns of categories on both sides: frequent values, and one category for everything else.

A value is a category of its own where each side is expected to have it five times (Cochran 1954),
and it is more frequent than counts may be off. All others are one: values that only one side has
among them, since of a column of many rare values every sample has new ones. A value that is new and
frequent is a category of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from drypoint.drift._measure import Pair
    from drypoint.profiles import ColumnProfile

    Floats = npt.NDArray[np.float64]

__all__ = ["Categories", "Counts", "categories", "counts_of"]

MOST = 64
"""Values of each side that are looked at."""
EXPECTED = 5
"""Fewer of a kind do not follow the law of the statistic."""


class Counts(NamedTuple):
    """How often values came, within bounds.

    Attributes:
        rows: all values.
        bounds: of the most frequent ones: the least and the most that it can be.
        other: of every value that is not kept, at most.
    """

    rows: int
    bounds: dict[Any, tuple[int, int]]
    other: int

    def of(self, values: Iterable[Any], column: ColumnProfile) -> Floats:
        """The bounds of each value, also of one that is not among the most frequent."""
        known = self.bounds
        bounds = [known[one] if one in known else self.rarely(one, column) for one in values]
        return np.array(bounds, np.float64).reshape(-1, 2)

    @staticmethod
    def rarely(value: Any, column: ColumnProfile) -> tuple[int, int]:
        """The bounds of a value that is not among the most frequent."""
        if column.items is None:
            return 0, 0
        _, lower, upper, _ = column.items._core.estimate(value)  # noqa: SLF001 # without an Estimate
        return lower, upper


class Categories(NamedTuple):
    """One pair, a place for each category; the last is everything else if there is such.

    Attributes:
        current: shares.
        reference: likewise.
        error: how far off the difference of the two can be.
        rows: how many values each side has.
        reason: why nothing can be said.
    """

    current: Floats
    reference: Floats
    error: Floats
    rows: tuple[int, int]
    reason: str = ""

    @property
    def pooled(self) -> Floats:
        """The shares of both together."""
        m, n = self.rows
        return (m * self.current + n * self.reference) / (m + n)

    @property
    def sure(self) -> Floats:
        """How far the two differ at least."""
        return np.maximum(0.0, np.abs(self.current - self.reference) - self.error)

    @property
    def sampling(self) -> float:
        """1/m + 1/n."""
        return 1 / self.rows[0] + 1 / self.rows[1]


def counts_of(column: ColumnProfile) -> Counts | None:
    """How often its most frequent values came; None where that was not counted."""
    if column.trues is not None and column.falses is not None:
        trues, falses = column.trues, column.falses
        return Counts(trues + falses, {True: (trues, trues), False: (falses, falses)}, 0)
    if column.items is None or column.items.is_empty:
        return None
    found = column.items._core.top(MOST)  # noqa: SLF001 # without an Estimate for each
    bounds = {value: (lower, upper) for value, (_, lower, upper, _) in found}
    return Counts(column.items.total_weight, bounds, column.items.max_error)


def categories(pair: Pair) -> Categories:
    """The categories of both sides; the caller has seen to it that there are counts."""
    one, other = counts_of(pair.current), counts_of(pair.reference)
    assert one is not None and other is not None  # noqa: S101, PT018 # `unfit` has asked
    values = [*dict.fromkeys([*one.bounds, *other.bounds])]
    current, reference = one.of(values, pair.current), other.of(values, pair.reference)
    return together(current, reference, (one.rows, other.rows))


def together(current: Floats, reference: Floats, rows: tuple[int, int]) -> Categories:
    """Frequent categories apart, and the others in one."""
    middle = np.array([current.sum(axis=1), reference.sum(axis=1)]) / 2
    error = (current[:, 1] - current[:, 0]) / 2 / rows[0]
    error += (reference[:, 1] - reference[:, 0]) / 2 / rows[1]
    pooled = middle.sum(axis=0) / sum(rows)
    apart = (pooled * min(rows) >= EXPECTED) & (pooled > error)
    kept = middle[:, apart]
    rest = np.maximum(0.0, np.array(rows) - kept.sum(axis=1))
    if not apart.any():
        return Categories(
            np.ones(1), np.ones(1), np.ones(1), rows, "no value is frequent enough to be compared"
        )
    if rest.sum() / sum(rows) * min(rows) >= EXPECTED:
        kept = np.column_stack([kept, rest])
        found = np.append(error[apart], error[apart].sum())
    else:
        kept, found = kept.copy(), error[apart]
        kept[:, kept.sum(axis=0).argmin()] += rest
    shares = kept / np.array(rows)[:, None]
    return Categories(shares[0], shares[1], found, rows)
