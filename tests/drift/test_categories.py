"""Categories: beside scipy, with counts that may be off, with values that are rare or new."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import drypoint as dp
from drypoint.drift import MEASURES, compare
from drypoint.drift._categories import categories, together
from drypoint.drift._measure import Pair

COUNTS = st.lists(st.integers(5, 300), min_size=2, max_size=8)
OF_CATEGORIES = [name for name, one in MEASURES.items() if one.of in ("categories", "shares")]


def column(counts: dict[Any, int]) -> dp.ColumnProfile:
    """The profile of a column with so many of each value."""
    values = [value for value, count in counts.items() for _ in range(count)]
    return dp.profile({"x": values})["x"]


@given(COUNTS, st.data())
def test_the_test_is_that_of_scipy(one: list[int], data: Any) -> None:
    """Of categories that are frequent on both sides, without a correction for continuity."""
    other = data.draw(st.lists(st.integers(5, 300), min_size=len(one), max_size=len(one)))
    names = [f"v{number}" for number in range(len(one))]
    pair = Pair(*(column(dict(zip(names, side, strict=True))) for side in (one, other)))
    table = np.array([one, other])
    expected = table.sum(axis=0) * table.sum(axis=1).min() / table.sum()
    (found,) = MEASURES["chi_square"].compare([pair])
    if expected.min() >= 5:
        exact = stats.chi2_contingency(table, correction=False).pvalue
        assert found.p_value == pytest.approx(exact, rel=1e-6, abs=1e-12)


@given(COUNTS, COUNTS)
def test_total_variation_is_half_the_sum_of_differences(one: list[int], other: list[int]) -> None:
    """Where nothing had to be put together."""
    pair = Pair(*(column({f"v{i}": n for i, n in enumerate(side)}) for side in (one, other)))
    made = categories(pair)
    (found,) = MEASURES["total_variation"].compare([pair])
    expected = np.abs(made.current - made.reference).sum() / 2
    if made.reason:
        assert found.distance is None
    else:
        assert found.distance == pytest.approx(float(expected))
        assert 0 <= float(expected) <= 1


@pytest.mark.parametrize("measure", OF_CATEGORIES)
def test_a_column_is_no_distance_from_itself(measure: str) -> None:
    """By any measure."""
    if measure == "normalized_wasserstein":
        return
    one = column({"a": 500, "b": 300, "c": 40})
    found = compare(one, one, measure=measure)
    assert (found.verdict, found.p_value) == ("none", 1)
    assert found.distance == pytest.approx(0, abs=1e-12)


def test_a_value_that_is_new_and_frequent_is_drift() -> None:
    """It is a category that the reference does not have."""
    found = compare(column({"a": 500, "new": 200}), column({"a": 700}))
    assert found.verdict == "drift"


@pytest.mark.parametrize("distinct", [3_000, 10**9])
def test_many_rare_values_do_not_cry_wolf(distinct: int) -> None:
    """Every sample of them has values that the other has not: 20 pairs, none of them drift."""
    rng = np.random.default_rng(distinct)
    names = [f"c{number}" for number in range(20)]
    one, other = (
        dp.profile({name: [f"v{v}" for v in rng.integers(0, distinct, 5_000)] for name in names})
        for _ in range(2)
    )
    assert len(dp.drift(one, other).drifted) == 0
    assert len(dp.drift(one, other, measures="chi_square").drifted) == 0


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=12))
def test_putting_rare_values_together_loses_none(counts: list[tuple[int, int]]) -> None:
    """Shares add up to 1, whatever is put where."""
    rows = sum(a for a, _ in counts) + 1, sum(b for _, b in counts) + 1
    one, other = (np.array([[side[i]] * 2 for side in counts], float) for i in range(2))
    made = together(one, other, rows)
    if not made.reason:
        assert made.current.sum() == pytest.approx(1)
        assert made.reference.sum() == pytest.approx(1)
        assert (made.pooled > 0).all()


def test_what_counts_may_be_off_by_is_no_drift() -> None:
    """Where counters were given up, only what differs for sure is tested."""
    rng = np.random.default_rng(8)
    shares = 1 / np.arange(1, 20_001)
    ranks = np.cumsum(shares / shares.sum())
    one, other = (
        dp.profile({f"c{n}": np.searchsorted(ranks, rng.random(60_000)) for n in range(10)})
        for _ in range(2)
    )
    table = dp.drift(one, other, measures="chi_square")
    assert any(not row.distance.is_exact for row in table if row.distance is not None)
    assert len(table.drifted) == 0


def test_booleans_are_two_categories() -> None:
    """Counted exactly."""
    one, other = column({True: 300, False: 700}), column({True: 500, False: 500})
    found = compare(one, other, measure="total_variation")
    assert found.distance == pytest.approx(0.2)
    assert found.verdict == "drift"


def test_categories_of_equal_shares_are_no_distance_apart() -> None:
    """Also where one side has many times the rows: both are smoothed alike."""
    one, other = (dp.profile({"x": ["a", "b", "b", "c"] * n})["x"] for n in (10, 7_001))
    for measure in ("chi_square", "total_variation", "psi", "jensen_shannon", "hellinger", "kl"):
        found = compare(one, other, measure=measure)
        assert (found.distance, found.p_value) == (0, 1)
