"""Numbers and times: exact columns beside scipy, sketches beside exact columns, laws."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import drypoint as dp
from drypoint.drift import MEASURES, compare
from drypoint.drift._measure import Pair
from drypoint.drift._sample import sample

FLOATS = st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 2)), min_size=5, max_size=300)
OF_NUMBERS = [name for name, one in MEASURES.items() if one.of in ("numbers", "shares")]
UNCHANGED = 400
"""Pairs of columns in which nothing has changed."""


def column(values: Any, k: int = 512) -> dp.ColumnProfile:
    """The profile of a column."""
    return dp.profile({"x": values}, parameters=dp.Parameters(k=k))["x"]


@given(FLOATS, FLOATS)
def test_exact_columns_have_the_distance_of_scipy(one: list[float], other: list[float]) -> None:
    """Up to k values are all there: Kolmogorov-Smirnov and Wasserstein are those of the values."""
    a, b = column(one), column(other)
    found = compare(a, b)
    assert found.distance is not None
    assert found.distance.is_exact
    assert found.distance == pytest.approx(stats.ks_2samp(one, other, method="asymp").statistic)
    moved = compare(a, b, measure="wasserstein").distance
    assert moved is not None
    assert float(moved) == pytest.approx(stats.wasserstein_distance(one, other), rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("sizes", [(60, 60), (100, 137), (400, 500)])
@pytest.mark.parametrize("shift", [0.0, 0.2, 0.4])
def test_p_values_of_exact_columns_are_near_those_of_scipy(
    sizes: tuple[int, int], shift: float
) -> None:
    """Stephens' correction is made for one sample; of two it is off by the step of the statistic.

    That is 1 / max(m, n), and the law falls by less than two standard deviations of it a step.
    """
    rng = np.random.default_rng(sizes[0])
    one, other = rng.normal(shift, 1, size=sizes[0]), rng.normal(size=sizes[1])
    found = compare(column(one), column(other)).p_value
    step = 2 * np.sqrt(sizes[0] * sizes[1] / sum(sizes)) / max(sizes)
    assert found == pytest.approx(stats.ks_2samp(one, other, method="exact").pvalue, abs=step)


@pytest.mark.parametrize("k", [200, 512])
@pytest.mark.parametrize("measure", OF_NUMBERS)
def test_a_column_is_no_distance_from_itself(measure: str, k: int) -> None:
    """And nothing has less to do with drift."""
    one = column(np.random.default_rng(1).normal(size=50_000), k)
    found = compare(one, one, measure=measure)
    assert found.distance == 0
    assert found.p_value == pytest.approx(1)
    assert found.verdict == "none"


@pytest.mark.parametrize("measure", OF_NUMBERS)
@pytest.mark.parametrize("sizes", [(3, 1_000), (1_000, 3_000), (300_001, 70_000)])
def test_columns_of_one_value_are_no_distance_apart(sizes: tuple[int, int], measure: str) -> None:
    """Not by the rounding of sums either, however many values there are."""
    one, other = (column(np.full(size, 3.3)) for size in sizes)
    found = compare(one, other, measure=measure)
    if measure == "normalized_wasserstein":
        assert found.distance is None or found.distance == 0
    else:
        assert found.distance == 0
        assert found.p_value == 1
    assert found.verdict in ("none", "undecided")


@given(FLOATS, st.integers(1, 9))
def test_values_that_come_more_often_are_no_distance_from_once(
    values: list[float], times: int
) -> None:
    """While all are kept: shares are whole numbers over whole numbers."""
    one, other = column(values), column(values * min(times, 512 // len(values)))
    for measure in ("ks", "wasserstein"):
        assert compare(one, other, measure=measure).distance == 0


@pytest.mark.parametrize("sizes", [(7, 1_000_003), (300_001, 70_000)])
def test_the_mean_of_one_value_is_not_its_rounding(sizes: tuple[int, int]) -> None:
    """Sums round, so the deviation of a million equal values is 1e-15 and no unit to measure in."""
    one, other = (column(np.full(size, 3.3)) for size in sizes)
    found = compare(one, other, measure="mean")
    assert (found.verdict, found.distance) == ("undecided", None)
    assert "one value" in found.reason


@pytest.mark.parametrize(
    "measure", [name for name in OF_NUMBERS if name not in ("kl", "normalized_wasserstein")]
)
def test_distances_are_symmetric(measure: str) -> None:
    """All but KL, and what is measured in spreads of the reference."""
    rng = np.random.default_rng(2)
    one, other = column(rng.normal(size=20_000)), column(rng.normal(0.2, 1.1, size=5_000))
    there, back = (compare(*pair, measure=measure) for pair in ((one, other), (other, one)))
    assert there.distance is not None
    assert float(there.distance) == pytest.approx(float(back.distance or 0), rel=1e-9)
    assert there.p_value == pytest.approx(back.p_value)


@pytest.mark.parametrize("measure", ["ks", "psi", "jensen_shannon", "hellinger", "kl"])
def test_measures_of_ranks_do_not_see_the_scale(measure: str) -> None:
    """The logarithm of both columns, or their double, is as far apart."""
    rng = np.random.default_rng(3)
    one, other = rng.gamma(2, size=400), rng.gamma(2.5, size=450)
    found = compare(column(one), column(other), measure=measure)
    double = compare(column(2 * one), column(2 * other), measure=measure)
    logs = compare(column(np.log(one)), column(np.log(other)), measure=measure)
    assert found.distance == pytest.approx(float(double.distance or 0))
    assert found.distance == pytest.approx(float(logs.distance or 0))


@pytest.mark.parametrize("k", [200, 512])
@pytest.mark.parametrize("n", [10_000, 100_000])
def test_the_bounds_hold_the_distance_of_the_rows_themselves(n: int, k: int) -> None:
    """With 99 % confidence: of 100 pairs as few miss it as a binomial law allows (1 in 10,000)."""
    rng = np.random.default_rng(n + k)
    missed = 0
    for _ in range(100):
        one, other = rng.normal(size=n), rng.normal(0.1, 1, size=n)
        found = compare(column(one, k), column(other, k)).distance
        assert found is not None
        truth = stats.ks_2samp(one, other, method="asymp").statistic
        missed += not found.lower <= truth <= found.upper
    assert missed <= stats.binom.ppf(0.9999, 100, 0.01)


@pytest.mark.parametrize("measure", ["ks", "wasserstein", "psi"])
@pytest.mark.parametrize("n", [1_000, 30_000])
def test_unchanged_columns_alarm_about_as_often_as_alpha_says(n: int, measure: str) -> None:
    """0.06 at most and 0.03 at least, give or take what 400 pairs can show (1 in 10,000)."""
    rng = np.random.default_rng([n, 7])
    parameters = dp.Parameters(metrics=["quantiles"])
    names = [f"c{number}" for number in range(UNCHANGED)]
    one, other = (
        dp.profile({name: rng.normal(size=n) for name in names}, parameters=parameters)
        for _ in range(2)
    )
    pairs = [Pair(one[name], other[name]) for name in names]
    found = MEASURES[measure].compare(pairs)
    alarms = sum(one.p_value is not None and one.p_value < 0.05 for one in found)
    assert stats.binom.ppf(0.0001, UNCHANGED, 0.03) <= alarms
    assert alarms <= stats.binom.ppf(0.9999, UNCHANGED, 0.06)
    above = sum(float(one.distance or 0) > (one.noise_floor or 0) for one in found)
    assert above <= stats.binom.ppf(0.9999, UNCHANGED, 0.06)


@pytest.mark.parametrize("n", [300, 30_000])
def test_a_distance_is_above_the_noise_where_chance_is_below_a_twentieth(n: int) -> None:
    """Both are of one law; changes are about as large as the noise, so that both sides come up."""
    rng = np.random.default_rng(n)
    above = 0
    for _ in range(40):
        found = compare(column(rng.normal(2.5 / n**0.5, 1, size=n)), column(rng.normal(size=n)))
        assert found.distance is not None
        assert found.noise_floor is not None
        assert found.p_value is not None
        assert (found.distance > found.noise_floor) == (found.p_value < 0.05)
        above += found.p_value < 0.05
    assert 0 < above < 40


def test_large_samples_of_one_distribution_do_not_drift() -> None:
    """The predecessor called drift in 7 of 15 comparisons of 500,000 rows with 500,000."""
    rng = np.random.default_rng(15)
    one, other = (
        dp.profile({f"c{number}": rng.normal(size=500_000) for number in range(15)})
        for _ in range(2)
    )
    table = dp.drift(one, other)
    assert len(table) == 15
    assert len(table.drifted) == 0


def test_a_real_but_small_change_is_none_and_says_so() -> None:
    """A shift by 0.05 standard deviations is significant in a million rows, and no matter."""
    rng = np.random.default_rng(4)
    found = compare(column(rng.normal(0.05, 1, size=300_000)), column(rng.normal(size=300_000)))
    assert found.verdict == "none"
    assert "no chance" in found.reason
    assert "not above the limit of 0.08" in found.reason


def test_a_change_near_the_limit_is_undecided() -> None:
    """Where the sketches leave open on which side of the limit it is."""
    rng = np.random.default_rng(5)
    one, other = (column(rng.normal(by, 1, size=100_000), 200) for by in (0.2, 0))
    found = compare(one, other)
    assert found.distance is not None
    assert found.distance.lower < 0.08 < found.distance.upper
    assert found.verdict == "undecided"


def test_times_of_different_units_compare() -> None:
    """A date is the timestamp of its midnight; distances are in seconds."""
    days = [dt.date(2013, 1, day) for day in range(1, 31)]
    later = [dt.datetime(2013, 1, day, 12) for day in range(1, 31)]  # noqa: DTZ001 # in UTC
    one, other = column(later), column(days)
    assert (one.type, other.type) == ("timestamp[us]", "date32")
    found = compare(one, other, measure="wasserstein")
    assert found.distance == pytest.approx(43_200)


def test_a_sketch_of_one_value_is_read() -> None:
    """It has bytes of its own."""
    found = sample(column([7.5]))
    assert found is not None
    assert (found.n, found.values.tolist(), found.weights.tolist()) == (1, [7.5], [1.0])


@given(st.integers(1, 3_000), st.sampled_from([8, 200, 512]))
def test_the_weights_of_a_sample_add_up(n: int, k: int) -> None:
    """To the size of the column, whatever levels there are."""
    found = sample(column(np.arange(n, dtype=float), k))
    assert found is not None
    assert found.n == n
    assert found.weights.sum() == n
    assert found.is_exact == (found.tau2 == 0)
