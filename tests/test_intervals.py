"""Confidence intervals: published examples, scipy, and how often they really hold the truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest
from scipy.stats.contingency import relative_risk

from drypoint._intervals import difference, ratio, wilson, z_of

SHARES = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
CONFIDENCES = st.sampled_from([0.8, 0.95, 0.99, 0.9999])


def share(x: float, n: float, confidence: float = 0.95) -> tuple[float, float, float]:
    """A share with its limits."""
    lower, upper = wilson(x, n, confidence)
    return x / n, float(lower), float(upper)


@given(SHARES, CONFIDENCES)
def test_shares_have_the_limits_that_scipy_has(counts: tuple[int, int], confidence: float) -> None:
    """Wilson's, without a correction for continuity."""
    found = binomtest(*counts).proportion_ci(confidence, method="wilson")
    assert share(*counts, confidence)[1:] == pytest.approx((found.low, found.high), abs=1e-12)


@given(SHARES, CONFIDENCES)
def test_limits_hold_their_share(counts: tuple[int, int], confidence: float) -> None:
    """And stay within what a share can be; at the ends they are the ends."""
    value, lower, upper = share(*counts, confidence)
    assert 0 <= lower <= value <= upper <= 1
    assert (lower == 0) == (value == 0)
    assert (upper == 1) == (value == 1)


def test_of_nothing_nothing_is_known() -> None:
    """Every share is possible."""
    assert [float(limit) for limit in wilson(0, 0, 0.95)] == [0, 1]


# Newcombe (1998), table II, method 10.
NEWCOMBE = [
    ((56, 70), (48, 80), (0.0524, 0.3339)),
    ((9, 10), (3, 10), (0.1705, 0.8090)),
    ((6, 7), (2, 7), (0.0582, 0.8062)),
    ((5, 56), (0, 29), (-0.0381, 0.1926)),
    ((0, 10), (0, 20), (-0.1611, 0.2775)),
    ((0, 10), (0, 10), (-0.2775, 0.2775)),
    ((10, 10), (0, 20), (0.6791, 1.0)),
    ((10, 10), (0, 10), (0.6075, 1.0)),
]


@pytest.mark.parametrize(("first", "second", "limits"), NEWCOMBE)
def test_differences_have_the_published_limits(
    first: tuple[int, int], second: tuple[int, int], limits: tuple[float, float]
) -> None:
    """To the four digits that the paper has."""
    found = difference(share(*first), share(*second))
    assert [float(one) for one in found] == pytest.approx(limits, abs=5.1e-5)


@given(SHARES, SHARES.filter(lambda one: one[0] > 0))
def test_ratios_hold_theirs_and_turn_around(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    """The limits of b / a are those of a / b, inverted."""
    lower, upper = (float(one) for one in ratio(share(*first), share(*second)))
    value = (first[0] / first[1]) / (second[0] / second[1])
    assert 0 <= lower <= value * (1 + 1e-12)
    assert value <= upper * (1 + 1e-12)
    if first[0]:
        turned = [1 / float(one) for one in ratio(share(*second), share(*first))]
        assert [upper, lower] == pytest.approx(turned, rel=1e-9)


def test_ratios_of_many_rows_have_the_limits_of_the_logarithm() -> None:
    """Katz's, which scipy has: both are normal in the limit, and differ by terms of 1 / n."""
    n = 1_000_000
    found = ratio(share(0.3 * n, n), share(0.5 * n, n))
    other = relative_risk(int(0.3 * n), n, int(0.5 * n), n).confidence_interval(0.95)
    assert [float(one) for one in found] == pytest.approx([other.low, other.high], abs=10 / n)


def coverage(ends: tuple[np.ndarray, np.ndarray], truth: float, chance: np.ndarray) -> float:
    """The exact probability that limits hold the *truth*."""
    return float(chance[(ends[0] <= truth) & (truth <= ends[1])].sum())


@pytest.mark.parametrize("sizes", [(40, 60), (100, 30)])
def test_intervals_hold_the_truth_as_often_as_they_say(sizes: tuple[int, int]) -> None:
    """Summed up over every outcome that there can be, and in the mean over the shares.

    Newcombe, and Fagerland and Newcombe, found mean coverages from 0.945 to 0.96.
    """
    n, m = sizes
    x, y = (one.ravel() for one in np.meshgrid(np.arange(n + 1), np.arange(m + 1)))
    first, second = (
        (x / n, *wilson(x, n, 0.95)),
        (y / m, *wilson(y, m, 0.95)),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = difference(first, second), ratio(first, second)
    grid = [(p, q) for p in np.linspace(0.05, 0.95, 10) for q in np.linspace(0.05, 0.95, 10)]
    found = [[], []]  # type: list[list[float]]
    for p, q in grid:
        chance = binom.pmf(x, n, p) * binom.pmf(y, m, q)
        found[0].append(coverage(ends[0], p - q, chance))
        # Of no rows there is no ratio, and none is told.
        some = y > 0
        kept = chance[some] / chance[some].sum()
        found[1].append(coverage((ends[1][0][some], ends[1][1][some]), p / q, kept))
    for one in found:
        assert 0.945 < np.mean(one) < 0.96
        assert min(one) > 0.9


def test_standard_deviations_are_those_of_the_normal_law() -> None:
    """Of the two sides together."""
    assert z_of(0.99) == pytest.approx(2.5758293035489004, abs=1e-14)
