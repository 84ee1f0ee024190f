"""Changes of plain facts: nulls, distinct values, means, kinds of content."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import drypoint as dp
from drypoint.drift import compare


def test_the_change_of_the_share_of_nulls_is_a_test_of_two_proportions() -> None:
    """That of scipy for a table of two by two."""
    one, other = (
        dp.profile({"x": [None] * 40 + [1] * 960}),
        dp.profile({"x": [None] * 8 + [1] * 992}),
    )
    found = compare(one["x"], other["x"], measure="null_ratio")
    table = [[40, 960], [8, 992]]
    assert found.distance == pytest.approx(0.032)
    assert found.p_value == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)
    assert found.verdict == "drift"


def test_nulls_are_compared_beside_values() -> None:
    """Where there are some."""
    one, other = dp.profile({"x": [None, 1, 2] * 100}), dp.profile({"x": [1, 2] * 150})
    table = dp.drift(one, other)
    assert [(row.measure, row.verdict) for row in table] == [
        ("ks", "none"),
        ("null_ratio", "drift"),
    ]


def test_the_change_of_the_mean_is_the_test_of_welch() -> None:
    """In standard deviations of the reference."""
    rng = np.random.default_rng(1)
    one, other = rng.normal(0.4, 2, size=300), rng.normal(size=200)
    found = compare(*(dp.profile({"x": side})["x"] for side in (one, other)), measure="mean")
    assert found.p_value == pytest.approx(stats.ttest_ind(one, other, equal_var=False).pvalue)
    assert found.distance == pytest.approx(abs(one.mean() - other.mean()) / other.std(ddof=1))


def test_a_mean_needs_a_deviation() -> None:
    """Otherwise nothing is said, and why."""
    one, other = dp.profile({"x": [1.0, 2.0]})["x"], dp.profile({"x": [1.0, 1.0]})["x"]
    found = compare(one, other, measure="mean")
    assert (found.verdict, found.distance, found.p_value) == ("undecided", None, None)
    assert "one value" in found.reason


@pytest.mark.parametrize("rows", [2_000, 20_000])
def test_more_rows_have_a_smaller_share_of_distinct_values_and_that_is_no_drift(rows: int) -> None:
    """Of the same 5,000 values."""
    rng = np.random.default_rng(rows)
    one, other = (dp.profile({"x": rng.integers(0, 5_000, n)})["x"] for n in (rows, 8_000))
    found = compare(one, other, measure="distinct_ratio")
    assert found.verdict == "none"


def test_values_that_are_no_longer_distinct_are_drift() -> None:
    """As when a key is joined twice."""
    one = dp.profile({"x": [f"k{n // 2}" for n in range(10_000)]})
    other = dp.profile({"x": [f"k{n}" for n in range(10_000)]})
    (found,) = dp.drift(one, other)
    assert (found.measure, found.verdict) == ("distinct_ratio", "drift")


def test_strings_of_another_kind_are_drift() -> None:
    """Dates that have become text."""
    one = dp.profile({"x": [f"the {n}th of May" for n in range(900)]})["x"]
    other = dp.profile({"x": [f"2013-{1 + n % 12:02}-01" for n in range(900)]})["x"]
    found = compare(one, other, measure="contents")
    assert (found.verdict, round(float(found.distance or 0), 3)) == ("drift", 1)
