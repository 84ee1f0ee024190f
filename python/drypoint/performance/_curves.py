"""What scores say at every threshold: areas under curves, with bounds from the two sketches.

Of each class there is a sketch of the scores: its items are a weighted sample, and every rank is
within ε of the truth, at 99 % for all ranks of a sketch together. How many scores of each class are
in each of 20 bins is known exactly, so at the ends of bins both shares are, and within a bin they
lie between them. Both together say between which shares G(t) of the positives and H(t) of the
negatives at or above a threshold t lie; between two items of the sketches, and within a bin, that
is the same for all t: a *piece*. With π the share of the positives:

- the area under the ROC curve rises with G and falls with H, wherever they do (it is the chance
  that a positive score is above a negative one, ties counting half). So its bounds are the areas
  under the curves of the upper and lower ends of both.
- average precision is ∫ P(t(r)) dr over recall r, with t(r) the highest threshold of which
  G(t) ≥ r, and P = π·G / (π·G + (1 - π)·H). A piece whose upper end of G is below r is above t(r),
  and t(r) is not below the first piece whose lower end of G is r or more. So H(t(r)) is no less
  than the lower end of H in the first piece whose upper end of G is r or more, and both are no more
  than their upper ends in the first piece whose lower end of G is r or more; r ≤ G(t(r)).

Both bounds hold together at 98 % at least. Up to k scores of a class its sketch is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
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
BINS = 20
"""Of equal width in [0, 1]; the last holds 1 too."""


class Bands(NamedTuple):
    """Between which shares of a class those at or above each threshold lie.

    Attributes:
        low: their lower ends, ascending.
        high: their upper ends.
    """

    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]


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
        binned: the share of each class that is in bins from each one on, and 0 after the last.
    """

    positive: tuple[npt.NDArray[Any], npt.NDArray[Any]]
    negative: tuple[npt.NDArray[Any], npt.NDArray[Any]]
    share: float
    error: tuple[float, float]
    binned: tuple[npt.NDArray[Any], npt.NDArray[Any]]

    @classmethod
    def of(cls, klls: list[bytes], rows: list[int], hits: list[int]) -> Scores | None:
        """From the bytes of the two sketches, and the scores and positives of each bin.

        None if one sketch is empty.
        """
        sketches = [KllSketch.from_bytes(one) for one in klls]
        positive, negative = (one.n for one in sketches)
        if not positive or not negative:
            return None
        above = [cumulated(one) for one in klls]
        misses = [of - hit for of, hit in zip(rows, hits, strict=True)]
        error = (sketches[0].rank_error, sketches[1].rank_error)
        share = positive / (positive + negative)
        return cls(above[0], above[1], share, error, (from_bin(hits), from_bin(misses)))

    @property
    def _sketched(self) -> tuple[Any, Any, Any]:
        """Thresholds from the highest, and what sketches say of both classes there."""
        thresholds = np.union1d(self.positive[0], self.negative[0])[::-1]
        tpr, fpr = (at_or_above(one, thresholds) for one in (self.positive, self.negative))
        return thresholds, tpr, fpr

    def rates(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
        """Thresholds from the highest, and the share of each class that is at or above them."""
        thresholds, tpr, fpr = self._sketched
        if not any(self.error):
            return thresholds, tpr, fpr
        first, second = self.within_bins(thresholds)
        return thresholds, np.clip(tpr, *first), np.clip(fpr, *second)

    def within_bins(self, thresholds: Any) -> tuple[Bands, Bands]:
        """Between which shares of both classes bins say that those at or above lie."""
        bins = bin_of(thresholds)
        first, second = (Bands(of[bins + 1], of[bins]) for of in self.binned)
        return first, second

    @property
    def bands(self) -> tuple[Bands, Bands]:
        """The same of both, in each piece from the highest: what sketches say too."""
        thresholds, tpr, fpr = self._sketched
        found, tops = bin_of(thresholds), np.arange(BINS)[::-1]
        # A bin begins with a piece of the shares that the item before it has.
        at = np.searchsorted(-found, -tops, side="left")
        bins = np.insert(found, at, tops)
        first, second = (
            band(np.insert(rate, at, np.append(0.0, rate)[at]), error, of[bins + 1], of[bins])
            for rate, error, of in zip((tpr, fpr), self.error, self.binned, strict=True)
        )
        return first, second

    @cached_property
    def auroc(self) -> Estimate[float]:
        """The area under the ROC curve, within bounds."""
        _, tpr, fpr = self.rates()
        value = area(tpr, fpr)
        if not any(self.error):
            return Estimate(value, value, value)
        positive, negative = self.bands
        lower, upper = area(positive.low, negative.high), area(positive.high, negative.low)
        return Estimate(value, min(lower, value), max(upper, value), CONFIDENCE)

    @cached_property
    def aupr(self) -> Estimate[float]:
        """Average precision, within bounds."""
        _, tpr, fpr = self.rates()
        value = float(np.sum(np.diff(tpr, prepend=0.0) * self.precision(tpr, fpr)))
        if not any(self.error):
            return Estimate(value, value, value)
        bands = self.bands
        lower, upper = self._lowest(*bands), self._highest(*bands)
        return Estimate(value, min(lower, value), max(upper, value), CONFIDENCE)

    def precision(self, tpr: Any, fpr: Any) -> Any:
        """Of the rows at or above a threshold, the share of the positives; 1 above all."""
        true, false = self.share * tpr, (1 - self.share) * fpr
        return np.divide(true, true + false, out=np.ones_like(true), where=true + false > 0)

    def _lowest(self, positive: Bands, negative: Bands) -> float:
        """∫ π·r / (π·r + (1 - π)·H) dr with the most negatives, exactly, piece by piece."""
        ends = np.append(positive.low, 1.0)
        begins = np.append(0.0, ends[:-1])
        offset = (1 - self.share) / self.share * np.append(negative.high, 1.0)
        some = offset > 0
        begins, ends, offset = begins[some], ends[some], offset[some]
        lost = np.sum(offset * np.log((ends + offset) / (begins + offset)))
        return float(1.0 - lost)

    def _highest(self, positive: Bands, negative: Bands) -> float:
        """∫ of the precision with the most recall and the fewest negatives that there can be."""
        recalls = np.unique(np.concatenate([[0.0, 1.0], positive.low, positive.high]))
        middles, last = (recalls[1:] + recalls[:-1]) / 2, len(positive.low) - 1
        at_most = np.searchsorted(positive.low, middles).clip(max=last)
        at_least = np.searchsorted(positive.high, middles).clip(max=last)
        precision = self.precision(positive.high[at_most], negative.low[at_least])
        return float(np.sum(np.diff(recalls) * precision))

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


def bin_of(scores: Any) -> Any:
    """In which bin scores are, as the core counts them; a file may hold others than it would."""
    return np.minimum((np.clip(scores, 0, 1) * BINS).astype(np.int64), BINS - 1)


def from_bin(counts: list[int]) -> Any:
    """The share of the scores that is in bins from each one on; 0 after the last."""
    whole = np.append(np.cumsum(counts[::-1])[::-1], 0)
    return whole / whole[0]


def band(rate: Any, error: float, low: Any, high: Any) -> Bands:
    """What sketches and bins both say, in each piece; shares only rise from piece to piece."""
    lower, upper = np.maximum(rate - error, low), np.minimum(rate + error, high)
    ends = np.maximum.accumulate(lower), np.minimum.accumulate(upper[::-1])[::-1]
    return Bands(*(np.clip(end, 0.0, 1.0) for end in ends))


def area(tpr: Any, fpr: Any) -> float:
    """The area under the curve of these points, from the highest threshold."""
    y, x = (np.concatenate([[0.0], rate, [1.0]]) for rate in (tpr, fpr))
    return float(np.trapezoid(y, x))
