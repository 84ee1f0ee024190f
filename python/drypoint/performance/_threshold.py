"""What would have been predicted with another threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drypoint.errors import ParameterError
from drypoint.estimate import Estimate
from drypoint.performance._confusion import mcc_of, ratio
from drypoint.profiles._plain import measured
from drypoint.sketches import KllSketch

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ThresholdCounts", "counted_at"]

CONFIDENCE = 0.98
"""Two sketches, each at 99 %."""


@dataclass(frozen=True)
class ThresholdCounts:
    """What a threshold makes of the rows that have a score and a label.

    Attributes:
        threshold: rows are predicted to be positive from this score on.
        positives: rows that are positive.
        negatives: rows that are not.
        tp: positive rows at or above it, within bounds.
        fp: negative rows at or above it, within bounds.
    """

    threshold: float
    positives: int
    negatives: int
    tp: Estimate[float]
    fp: Estimate[float]

    @property
    def accuracy(self) -> Estimate[float] | None:
        """Of all rows, those that are predicted as they are; None without rows."""
        n = self.positives + self.negatives
        return self._from(lambda tp, fp: ratio(tp + self.negatives - fp, n))

    @property
    def precision(self) -> Estimate[float] | None:
        """Of the rows that are predicted to be positive, those that are; None without any."""
        return self._from(lambda tp, fp: ratio(tp, tp + fp))

    @property
    def recall(self) -> Estimate[float] | None:
        """Of the positive rows, those that are predicted to be; None without any."""
        return self._from(lambda tp, _: ratio(tp, self.positives))

    @property
    def fpr(self) -> Estimate[float] | None:
        """Of the negative rows, those that are predicted to be positive; None without any."""
        return self._from(lambda _, fp: ratio(fp, self.negatives))

    @property
    def f1(self) -> Estimate[float] | None:
        """The harmonic mean of precision and recall; None where neither is a number."""
        return self._from(lambda tp, fp: ratio(2 * tp, tp + fp + self.positives))

    @property
    def mcc(self) -> Estimate[float] | None:
        """Matthews correlation coefficient; None of one class only."""
        return self._from(lambda tp, fp: mcc_of(tp, fp, self.positives - tp, self.negatives - fp))

    def _from(self, formula: Callable[[Any, Any], float | None]) -> Estimate[float] | None:
        """A number that rises or falls with each of the two counts: its bounds are at corners."""
        tp, fp = self.tp, self.fp
        value = formula(tp.value, fp.value)
        if value is None:
            return None
        pairs = [(one, other) for one in tp.bounds for other in fp.bounds]
        ends = [end for pair in pairs if (end := formula(*pair)) is not None]
        confidence = 1.0 if tp.is_exact and fp.is_exact else CONFIDENCE
        return Estimate(value, min([value, *ends]), max([value, *ends]), confidence)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        names = ("tp", "fp", "accuracy", "precision", "recall", "fpr", "f1", "mcc")
        found = {name: getattr(self, name) for name in names}
        plain = {"threshold": self.threshold, "rows": self.positives + self.negatives}
        return plain | {name: measured(one) for name, one in found.items()}


def counted_at(threshold: float, klls: list[bytes]) -> ThresholdCounts:
    """What a threshold makes of the scores of both classes."""
    if not 0 <= threshold <= 1:
        raise ParameterError(f"threshold must be in [0, 1], got {threshold!r}")
    positive, negative = (KllSketch.from_bytes(one) for one in klls)
    return ThresholdCounts(
        float(threshold),
        positive.n,
        negative.n,
        above(positive, threshold),
        above(negative, threshold),
    )


def above(scores: KllSketch, threshold: float) -> Estimate[float]:
    """How many scores are at or above a threshold; whole where that is exact."""
    below = scores.rank(threshold, inclusive=False)
    if below is None:
        return Estimate(0, 0, 0)
    if below.is_exact:
        count = round(scores.n * (1 - below.value))
        return Estimate(count, count, count)
    value, lower, upper = (scores.n * (1 - end) for end in (below.value, below.upper, below.lower))
    return Estimate(value, lower, upper, below.confidence)
