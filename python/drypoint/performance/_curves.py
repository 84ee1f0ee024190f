"""What scores say at every threshold: areas under curves, with bounds from the two sketches.

Of each class there is a sketch of the scores: its items are a weighted sample, and every rank is
within ε of the truth, at 99 % for all ranks of a sketch together. With the true distributions F₊
and F₋ of the scores of the two classes:

- the area under the ROC curve is ∫ F₋ dF₊ (ties count half), so it is off by ε₊ + ε₋ at most;
- average precision is ∫ π·r / (π·r + (1 - π)·f(r)) dr over recall r, where f(r) is the share of the
  negatives above the threshold of recall r and π the share of the positives. As ranks are within ε,
  f(r) lies between f̂(r - ε₊) - ε₋ and f̂(r + ε₊) + ε₋, and precision falls with f.

Both bounds hold together at 98 % at least. Up to k scores of a class its sketch is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from drypoint.estimate import Estimate
from drypoint.sketches import KllSketch
from drypoint.sketches._items import kll_items

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Curve", "Scores"]

CONFIDENCE = 0.98
"""Two sketches, each at 99 %."""


class Curve(NamedTuple):
    """Points of a curve, from the highest threshold to the lowest.

    Attributes:
        x: of the ROC curve the false positive rate; of precision and recall the recall.
        y: of the ROC curve the true positive rate; of precision and recall the precision.
        thresholds: a row is predicted to be positive from this score on.
        error: how far the rates of the positives and of the negatives may be off, at 99 % each.
    """

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    thresholds: npt.NDArray[np.float64]
    error: tuple[float, float]


@dataclass(frozen=True)
class Scores:
    """The sketches of the scores of both classes, neither of which is empty.

    Attributes:
        positive: of the rows that are positive.
        negative: of the others.
        share: of the positives among both.
        error: of the ranks of each.
    """

    positive: tuple[npt.NDArray[Any], npt.NDArray[Any]]
    negative: tuple[npt.NDArray[Any], npt.NDArray[Any]]
    share: float
    error: tuple[float, float]

    @classmethod
    def of(cls, klls: list[bytes]) -> Scores | None:
        """From the bytes of the two sketches; None if one is empty."""
        sketches = [KllSketch.from_bytes(one) for one in klls]
        positive, negative = (one.n for one in sketches)
        if not positive or not negative:
            return None
        above = [cumulated(one) for one in klls]
        error = (sketches[0].rank_error, sketches[1].rank_error)
        return cls(above[0], above[1], positive / (positive + negative), error)

    def rates(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
        """Thresholds from the highest, and the share of each class that is at or above them."""
        thresholds = np.union1d(self.positive[0], self.negative[0])[::-1]
        return (
            thresholds,
            at_or_above(self.positive, thresholds),
            at_or_above(self.negative, thresholds),
        )

    @property
    def auroc(self) -> Estimate[float]:
        """The area under the ROC curve, within bounds."""
        _, tpr, fpr = self.rates()
        value = float(np.trapezoid(np.append(0.0, tpr), np.append(0.0, fpr)))
        return within(value, sum(self.error))

    @property
    def aupr(self) -> Estimate[float]:
        """Average precision, within bounds."""
        _, tpr, fpr = self.rates()
        value = float(np.sum(np.diff(tpr, prepend=0.0) * self.precision(tpr, fpr)))
        if not any(self.error):
            return Estimate(value, value, value)
        lower, upper = self._lowest(tpr, fpr), self._highest(tpr, fpr)
        return Estimate(value, min(lower, value), max(upper, value), CONFIDENCE)

    def precision(self, tpr: Any, fpr: Any) -> Any:
        """Of the rows at or above a threshold, the share of the positives; 1 above all."""
        true, false = self.share * tpr, (1 - self.share) * fpr
        return np.divide(true, true + false, out=np.ones_like(true), where=true + false > 0)

    def _lowest(self, tpr: Any, fpr: Any) -> float:
        """∫ π·r / (π·r + (1 - π)·min(1, f̂(r + ε₊) + ε₋)) dr, exactly, step by step."""
        ends = np.clip(np.append(tpr - self.error[0], 1.0), 0.0, 1.0)
        begins = np.append(0.0, ends[:-1])
        most = np.append(np.minimum(1.0, fpr + self.error[1]), 1.0)
        offset = (1 - self.share) / self.share * most
        some = offset > 0
        begins, ends, offset = begins[some], ends[some], offset[some]
        lost = np.sum(offset * np.log((ends + offset) / (begins + offset)))
        return float(1.0 - lost)

    def _highest(self, tpr: Any, fpr: Any) -> float:
        """∫ of the precision with the most recall and the fewest negatives that there can be."""
        own, other = self.error
        recalls = np.unique(np.clip(np.concatenate([[0.0, 1.0], tpr - own, tpr + own]), 0, 1))
        middles = (recalls[1:] + recalls[:-1]) / 2
        last = len(tpr) - 1
        least = np.searchsorted(tpr, np.minimum(middles + own, 1.0)).clip(max=last)
        most = np.searchsorted(tpr, np.maximum(middles - own, 0.0)).clip(max=last)
        recall = np.minimum(1.0, tpr[least] + own)
        false = np.where(middles > own, np.maximum(0.0, fpr[most] - other), 0.0)
        return float(np.sum(np.diff(recalls) * self.precision(recall, false)))

    def roc(self) -> Curve:
        """The ROC curve."""
        thresholds, tpr, fpr = self.rates()
        whole = np.append(np.inf, thresholds)
        return Curve(np.append(0.0, fpr), np.append(0.0, tpr), whole, self.error)

    def precision_recall(self) -> Curve:
        """Precision by recall."""
        thresholds, tpr, fpr = self.rates()
        return Curve(tpr, self.precision(tpr, fpr), thresholds, self.error)


def cumulated(kll: bytes) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """The items of a sketch, ascending, and the share of those before each and of all."""
    found = kll_items(kll)
    order = np.argsort(found.values, kind="stable")
    before = np.append(0.0, np.cumsum(found.weights[order]))
    return found.values[order], before / before[-1]


def at_or_above(items: tuple[Any, Any], thresholds: Any) -> Any:
    """The share of the items that are at or above each threshold."""
    values, before = items
    return 1.0 - before[np.searchsorted(values, thresholds, side="left")]


def within(value: float, error: float) -> Estimate[float]:
    """A share that may be off by so much."""
    if not error:
        return Estimate(value, value, value)
    return Estimate(value, max(0.0, value - error), min(1.0, value + error), CONFIDENCE)
