"""By how much figures of scores vary, and what sketches add.

Of each class there is a sketch of the scores, which is a weighted sample of them (`drift._sample`).

- Log loss and the Brier score are means, exactly; their squares are not kept, but are known from
  the sketches, since a loss follows from its score. What the mean has beyond that of the sketches
  is of few rows that lose much, which sketches need not keep: it is taken for the greatest loss
  there is, so that the variance is rather too large.
- The area under the ROC curve varies by V₊·/n₊ + V₋/n₋, V being the variance within a class of the
  share of the other that a score is above, or below (DeLong, DeLong and Clarke-Pearson 1988).
- Average precision is A = ∫ P dF₊, with P = π·G₊ / (π·G₊ + (1 - π)·G₋) the precision at a
  threshold and G the shares of both classes that are at or above it. A row of score s and outcome
  y moves n·A by y·(P(s) - A) / π + ∫_{t ≤ s} (y - P(t)) / W(t) dF₊(t), W being the share of all
  rows at or above t: the derivative of A at the distribution of all rows.

The error of ranks is half common to all of them and half white, which integrals average out. So the
area under the ROC curve is off by the common parts, of variance τ² / 2 each, and average precision
by what such a shift of the ranks makes of it.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from drypoint.drift._sample import decode
from drypoint.performance._change import Sampled, share_limit
from drypoint.sketches import KllSketch

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.drift._sample import Sample
    from drypoint.performance._curves import Scores

__all__ = ["ScoreSample", "auroc_limit"]

LEAST = float(np.finfo(float).eps)
"""Probabilities are kept so far away from 0 and 1."""
NEARER = 0.2
"""Cohen's d of a small effect, between the scores of the two classes."""


class Side(NamedTuple):
    """The scores of one class, ascending.

    Attributes:
        values: the items of its sketch.
        shares: of the class that each stands for.
        sample: the sketch.
        ends: the least and the greatest score, exactly.
    """

    values: Any
    shares: Any
    sample: Sample
    ends: Any

    @classmethod
    def of(cls, kll: bytes) -> Side | None:
        """From the bytes of the sketch; None without scores."""
        sample = decode(kll, "float64")
        if sample is None:
            return None
        order = np.argsort(sample.values, kind="stable")
        shares = sample.weights[order] / sample.weights.sum()
        sketch = KllSketch.from_bytes(kll)
        return cls(sample.values[order], shares, sample, np.array([sketch.min, sketch.max]))

    def below(self, scores: Any) -> Any:
        """The share that is below each score, ties counting half."""
        before = np.append(0.0, np.cumsum(self.shares))
        ends = (before[np.searchsorted(self.values, scores, side)] for side in ("left", "right"))
        return sum(ends) / 2

    def variance(self, of: Any) -> float:
        """The variance of a function of the scores within the class, as of a sample."""
        n = self.sample.n
        apart = of - np.sum(self.shares * of)
        return float(np.sum(self.shares * apart**2)) * (n / (n - 1) if n > 1 else 1.0)


class ScoreSample:
    """The scores of both classes.

    Args:
        klls: the sketches of the scores of positive rows, and of others.
        curves: what they say at every threshold; None of one class only.
    """

    def __init__(self, klls: list[bytes], curves: Scores | None) -> None:
        self.sides = tuple(Side.of(one) for one in klls)
        self.curves = curves

    def loss(self, name: str, mean: float) -> Sampled:
        """Log loss or the Brier score, whose mean is known.

        Its variance is that of the losses that the sketches keep, and more for those they do not.
        """
        sides = there(self.sides)
        rows = sum(one.sample.n for _, one in sides)
        kept, squares, most = 0.0, 0.0, 0.0
        for place, side in sides:
            part, loss = side.sample.n / rows, LOSSES[name]
            losses = loss(of_truth(side.values, place))
            kept += part * float(np.sum(side.shares * losses))
            squares += part * float(np.sum(side.shares * losses**2))
            most = max(most, float(loss(of_truth(side.ends, place)).max()))
        missed = max(0.0, mean - kept) * most
        variance = max(0.0, squares - kept**2) + missed
        return Sampled.mean(mean, sqrt(variance * rows / max(1, rows - 1)), rows)

    @property
    def fewest(self) -> int:
        """Rows of the smaller class."""
        return min(0 if one is None else one.sample.n for one in self.sides)

    def auroc(self) -> Sampled | None:
        """The area under the ROC curve; None of one class only."""
        positive, negative = self.sides
        if positive is None or negative is None or self.curves is None:
            return None
        value = self.curves.auroc.value
        above = positive.variance(negative.below(positive.values))
        under = negative.variance(positive.below(negative.values))
        variance = above * positive.sample.sampling + under * negative.sample.sampling
        sketch = (positive.sample.tau2 + negative.sample.tau2) / 2
        return Sampled(value, variance, auroc_limit(value), self.fewest, sketch=sketch)

    def aupr(self) -> Sampled | None:
        """Average precision; None of one class only."""
        positive, negative = self.sides
        if positive is None or negative is None or self.curves is None:
            return None
        value, moved = self.curves.aupr.value, Moved(self.curves, self.curves.aupr.value)
        share, n = self.curves.share, positive.sample.n + negative.sample.n
        hits, misses = moved.by(positive.values, hit=True), moved.by(negative.values, hit=False)
        between = float(np.sum(positive.shares * hits) - np.sum(negative.shares * misses))
        variance = (
            share**2 * positive.variance(hits) * positive.sample.sampling
            + (1 - share) ** 2 * negative.variance(misses) * negative.sample.sampling
            + share * (1 - share) * between**2 / n
        )
        sketch = moved.sketch(positive.sample.tau2, negative.sample.tau2)
        return Sampled(value, variance, share_limit(value), self.fewest, sketch=sketch)


class Moved:
    """What rows, and errors of ranks, move average precision by.

    Args:
        curves: the sketches.
        value: average precision.
    """

    def __init__(self, curves: Scores, value: float) -> None:
        thresholds, tpr, fpr = curves.rates()
        self.curves, self.tpr, self.fpr = curves, tpr, fpr
        precision = curves.precision(tpr, fpr)
        above = curves.share * tpr + (1 - curves.share) * fpr
        steps = np.diff(tpr, prepend=0.0) / np.where(above > 0, above, 1.0)
        # Ascending, with sums over all thresholds up to a score.
        self.thresholds = thresholds[::-1]
        self.hit = (precision[::-1] - value) / curves.share
        self.hits = np.append(0.0, np.cumsum(steps[::-1]))
        self.alls = np.append(0.0, np.cumsum((steps * precision)[::-1]))

    def by(self, scores: Any, *, hit: bool) -> Any:
        """What a row of each score moves it by, times the number of rows."""
        at = np.searchsorted(self.thresholds, scores, "right")
        found = -self.alls[at]
        return found + self.hit[at - 1] + self.hits[at] if hit else found

    def sketch(self, positive: float, negative: float) -> float:
        """The variance that comes of ranks whose common error has half of these variances."""
        return self.moved(sqrt(positive / 2), 0.0) ** 2 + self.moved(0.0, sqrt(negative / 2)) ** 2

    def moved(self, positive: float, negative: float) -> float:
        """By how much a common error of the ranks of both moves it, to one side."""
        ends = [self.shifted(sign * positive, sign * negative) for sign in (1, -1)]
        return abs(ends[0] - ends[1]) / 2

    def shifted(self, positive: float, negative: float) -> float:
        """Average precision if all shares were higher by so much, where bins let them."""
        of_positive, of_negative = self.curves.within_bins(self.thresholds[::-1])
        tpr = np.clip(self.tpr + positive, *of_positive)
        fpr = np.clip(self.fpr + negative, *of_negative)
        return float(np.sum(np.diff(tpr, prepend=0.0) * self.curves.precision(tpr, fpr)))


def there(sides: Any) -> list[tuple[int, Side]]:
    """The classes that have scores, each with its place."""
    return [(place, one) for place, one in enumerate(sides) if one is not None]


def of_truth(scores: Any, place: int) -> Any:
    """The probability that was given to the truth, by scores of one class."""
    return scores if place == 0 else 1 - scores


LOSSES: dict[str, Callable[[Any], Any]] = {
    "log_loss": lambda truth: -np.log(np.clip(truth, LEAST, 1 - LEAST)),
    "brier": lambda truth: (1 - truth) ** 2,
}
"""What a row loses, by the probability that was given to the truth."""


def auroc_limit(area: float) -> float:
    """The change of an area under the ROC curve that is a small effect.

    The scores of the two classes, taken for normal, come nearer to each other by 0.2 standard
    deviations: the area is Φ(d / √2) (Rice and Harris 2005).

    >>> round(auroc_limit(0.5), 4), round(auroc_limit(0.9), 4)
    (0.0562, 0.0271)
    """
    from scipy.special import ndtr, ndtri

    size = min(max(area, 1 - area), 1 - LEAST)
    return float(size - ndtr(ndtri(size) - NEARER / sqrt(2)))
