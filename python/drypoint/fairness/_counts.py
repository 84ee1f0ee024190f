"""What a group holds: counts of rows, and the rates they make."""

from __future__ import annotations

from typing import NamedTuple

from drypoint._intervals import wilson
from drypoint.estimate import Estimate

__all__ = ["NAMES", "Count", "Counts"]


class Count(NamedTuple):
    """So many of some rows.

    Attributes:
        found: of those that are meant.
        lower: there are not less, however rough a sketch is.
        upper: nor more.
        size: of all among which they are counted.
    """

    found: float
    lower: float
    upper: float
    size: float

    @property
    def share(self) -> float | None:
        """The rate; None of no rows."""
        return self.found / self.size if self.size else None

    def rate(self, confidence: float) -> Estimate[float] | None:
        """The rate with Wilson's limits, from the least count to the greatest; None of no rows."""
        found = self.share
        if found is None:
            return None
        lower = wilson(self.lower, self.size, confidence)[0]
        upper = wilson(self.upper, self.size, confidence)[1]
        return Estimate(found, float(lower), float(upper), confidence)


class Counts(NamedTuple):
    """What there is of one group; None where nothing was predicted, or labels are not there.

    Attributes:
        rows: of the group.
        unknown: rows without an outcome, of which no rate is.
        selection_rate: rows with the favorable outcome, among those with one.
        base_rate: rows whose label is favorable, among those with a label.
        recall: rows that were predicted favorable, among those whose label is (true positives).
        fpr: the same among those whose label is another (false positives).
        precision: rows whose label is favorable, among those that were predicted to be.
    """

    rows: int
    unknown: int
    selection_rate: Count
    base_rate: Count | None = None
    recall: Count | None = None
    fpr: Count | None = None
    precision: Count | None = None

    def of(self, name: str) -> Count | None:
        """One of the rates by its name."""
        found: Count | None = getattr(self, name)
        return found


NAMES = ("selection_rate", "base_rate", "recall", "fpr", "precision")
"""The rates."""
