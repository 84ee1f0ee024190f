"""How far a figure is from that of a reference, and what chance does to it.

The two sides are two samples. A share of rows is compared by the test of two proportions, by
Fisher's exact test (1935) where one of its four counts is expected to be below 5 (Cochran 1954). Of
all other figures the variance is known, as that of a mean (Welch 1947), or by the delta method: a
figure g of n rows varies by the variance of what each row moves it by, over n. The difference has
the sum of both variances, and of what sketches add to them.

From when on a change matters is taken from Cohen (1988), as for columns, a small effect being:

- h = 0.2 of shares, and of what is a mean of shares;
- d = 0.2 of means: a fifth of the standard deviation, in the reference, of what one row adds;
- q = 0.1 of correlations, such as that of Matthews.
"""

from __future__ import annotations

from math import atanh, inf, isfinite, isnan, sqrt, tanh
from typing import NamedTuple, TypeAlias

from drypoint.drift._law import FLOOR
from drypoint.drift._measure import CONFIDENCE, Found
from drypoint.drift.measures._null_ratio import EFFECT, matters_from, two_shares
from drypoint.estimate import Estimate

__all__ = [
    "EXPECTED",
    "F1",
    "FEWEST",
    "Figure",
    "Sampled",
    "Share",
    "correlation_limit",
    "found_between",
    "root",
    "share_limit",
]

FEWEST = 30
"""Rows that a variance needs: of fewer the law of a figure is not normal."""
EXPECTED = 5
"""With fewer rows in one of its four cells a table of shares is tested exactly, and of labels with
fewer rows the mean has no law."""
EQUAL = 1e-9
"""Figures that differ by a smaller part are equal: sums of doubles hardly have more digits."""
CORRELATED = 0.1
"""Cohen's q of a small effect."""
PERFECT = 0.99
"""Correlations are taken for no more than this, since q of 1 is infinite."""


class Share(NamedTuple):
    """Rows of which something is true.

    Attributes:
        hits: how many.
        of: of how many; not 0.
    """

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share."""
        return self.hits / self.of

    @property
    def rows(self) -> int:
        """The rows that it rests on."""
        return self.of


class F1(NamedTuple):
    """F1 of one label, 2J / (1 + J), with J the share tp / (tp + fp + fn) (Jaccard 1901).

    So two F1 are equal just where two shares are.

    Attributes:
        hits: tp.
        of: tp + fp + fn; not 0.
    """

    hits: int
    of: int

    @property
    def value(self) -> float:
        """F1."""
        return 2 * self.hits / (self.of + self.hits)

    @property
    def rows(self) -> int:
        """The rows that it rests on: those that are positive or were predicted to be."""
        return self.of


class Sampled(NamedTuple):
    """A figure whose variance is known.

    Attributes:
        value: the figure.
        variance: by which it varies from sample to sample.
        limit: from which on a change of it matters.
        rows: that it rests on.
        freedom: degrees of freedom of the variance; infinite for a normal law.
        sketch: the variance that comes of sketches.
    """

    value: float
    variance: float
    limit: float
    rows: int
    freedom: float = inf
    sketch: float = 0.0

    @classmethod
    def mean(cls, value: float, deviation: float, rows: int) -> Sampled:
        """A mean over rows, of this standard deviation."""
        return cls(value, deviation * deviation / rows, EFFECT * deviation, rows, rows - 1)

    @classmethod
    def smooth(cls, value: float, deviation: float, rows: int) -> Sampled:
        """A function of means: what one row moves it by has this standard deviation."""
        return cls(value, deviation * deviation / rows, EFFECT * deviation, rows)


def root(variance: float) -> float:
    """A standard deviation: 0 of what rounding has made negative, infinite of what is no number."""
    return inf if isnan(variance) else sqrt(max(0.0, variance))


Figure: TypeAlias = "Share | F1 | Sampled"


def share_limit(share: float) -> float:
    """The change of a share that is a small effect: h = 0.2."""
    return matters_from(min(1.0, max(0.0, share)))


def correlation_limit(r: float) -> float:
    """The change of a correlation that is a small effect, towards 0: q = 0.1 in atanh r.

    >>> round(correlation_limit(0.0), 4), round(correlation_limit(0.8), 4)
    (0.0997, 0.039)
    """
    size = min(abs(r), PERFECT)
    return abs(size - tanh(atanh(size) - CORRELATED))


def found_between(current: Figure, reference: Figure) -> Found:
    """What is found of a figure on both sides, both of one kind."""
    if isinstance(current, Sampled) and isinstance(reference, Sampled):
        return of_sampled(current, reference)
    assert not isinstance(current, Sampled)  # noqa: S101 # one figure is of one kind
    assert not isinstance(reference, Sampled)  # noqa: S101 # likewise
    return of_shares(current, reference)


def of_shares(current: Share | F1, reference: Share | F1) -> Found:
    """The test of two proportions; distance and noise of F1 are in its own unit."""
    (x, m), (y, n) = (current.hits, current.of), (reference.hits, reference.of)
    found = two_shares((x, m), (y, n), share_limit)
    pooled = (x + y) / (m + n)
    expected = min(m, n) * min(pooled, 1 - pooled)
    p_value = exactly(x, m, y, n) if expected < EXPECTED else found.p_value
    apart = abs(current.value - reference.value)
    steep = 2 / (1 + pooled) ** 2 if isinstance(current, F1) else 1.0
    floor = None if found.noise_floor is None else found.noise_floor * steep
    return Found(Estimate(apart, apart, apart), floor, p_value, share_limit(reference.value))


def exactly(x: int, m: int, y: int, n: int) -> float:
    """Fisher's p-value: of all tables with these sums, those that are no more likely than this.

    >>> round(exactly(3, 4, 1, 4), 4)
    0.4857
    """
    import numpy as np
    from scipy.special import gammaln

    hits = min(x + y, m + n - x - y)
    at = x if hits == x + y else m - x
    counts = np.arange(max(0, hits - n), min(m, hits) + 1)
    # The logarithm of C(m, i)·C(n, hits - i), to a constant.
    logs = -sum(gammaln(one + 1) for one in (counts, m - counts, hits - counts, n - hits + counts))
    logs -= logs.max()
    chances = np.exp(logs)
    chances /= chances.sum()
    here = chances[at - counts[0]]
    return float(min(1.0, chances[chances <= here * (1 + 1e-7)].sum()))


def of_sampled(current: Sampled, reference: Sampled) -> Found:
    """The difference over its standard error, by Student's law, or by the normal one."""
    sides = current, reference
    apart = abs(current.value - reference.value)
    if apart <= EQUAL * max(abs(one.value) for one in sides):
        apart = 0.0
    sketch = sum(one.sketch for one in sides)
    reach = reach_of(sketch)
    distance = Estimate(
        apart, max(0.0, apart - reach), apart + reach, CONFIDENCE if sketch else 1.0
    )
    few = min(one.rows for one in sides)
    if few < FEWEST:
        why = f"{few:,} rows are too few for the law of chance; {FEWEST} are enough"
        return Found(distance, reason=why)
    freedom = freedom_of(sides)
    total = variance_of(sides, freedom) + sketch
    if not isfinite(total):
        return Found(distance, reason="it varies beyond all numbers")
    error = sqrt(total)
    p_value = two_sided(apart / error, freedom) if error else float(not apart)
    return Found(distance, exceeded(freedom) * error, p_value, reference.limit)


def reach_of(sketch: float) -> float:
    """How far off sketches are, at 99 %."""
    from scipy.special import ndtri

    return float(ndtri((1 + CONFIDENCE) / 2)) * sqrt(sketch)


def variance_of(sides: tuple[Sampled, Sampled], freedom: float) -> float:
    """By how much the difference varies for sampling.

    That of a function of means is itself off with it in small samples: where few rows happened to
    be right, they also vary little. So it is taken from both together where that is more.
    """
    apart = sum(one.variance for one in sides)
    if isfinite(freedom):
        return apart
    rows = [one.rows for one in sides]
    pooled = sum(one.variance * one.rows * one.rows for one in sides) / sum(rows)
    return max(apart, pooled * sum(1 / n for n in rows))


def freedom_of(sides: tuple[Sampled, Sampled]) -> float:
    """Welch's degrees of freedom; infinite where both are, or nothing varies."""
    total = sum(one.variance for one in sides)
    if not 0 < total < inf:
        return inf
    parts = sum((one.variance / total) ** 2 / one.freedom for one in sides)
    return 1 / parts if parts else inf


def two_sided(found: float, freedom: float) -> float:
    """The chance that a variable of Student's law is further from 0 than *found*."""
    from scipy.special import ndtr, stdtr

    return float(2 * (stdtr(freedom, -found) if isfinite(freedom) else ndtr(-found)))


def exceeded(freedom: float) -> float:
    """What it is further from 0 than in 5 of 100 cases: the noise floor."""
    from scipy.special import ndtri, stdtrit

    return float(-stdtrit(freedom, FLOOR / 2) if isfinite(freedom) else -ndtri(FLOOR / 2))
