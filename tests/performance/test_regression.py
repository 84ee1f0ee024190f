"""Errors of predicted numbers beside those of scikit-learn and NumPy, on the same rows."""

from __future__ import annotations

import pickle
from math import isclose, isfinite
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

import drypoint as dp

TOLERANCE = 1e-9
TASK = dp.performance.regression(prediction="guess", label="y")

numbers = st.one_of(
    st.sampled_from([None, float("nan"), float("inf"), 0.0, 1.0]),
    st.floats(-1e6, 1e6, allow_subnormal=False),
)
rows = st.lists(st.tuples(numbers, numbers), max_size=60)


def made(found: list[tuple[Any, Any]]) -> Any:
    """The answers of rows of label and prediction."""
    columns = [pa.array([one[index] for one in found], pa.float64()) for index in range(2)]
    return dp.profile(pa.table(columns, names=["y", "guess"]), performance=TASK).performance.only


def close(ours: Any, theirs: float, scale: float = 1.0) -> bool:
    """Whether two numbers are the same but for the order of their sums."""
    return isclose(float(ours), theirs, rel_tol=TOLERANCE, abs_tol=TOLERANCE * scale)


@given(rows)
def test_errors_are_those_of_scikit_learn(found: list[Any]) -> None:
    """Of the rows with both, both finite; the others are counted."""
    ours = made(found)

    def gone(value: float | None) -> bool:
        """Whether it is missing."""
        return value is None or value != value  # noqa: PLR0124 # NaN

    assert ours.missing_labels == sum(gone(y) for y, _ in found)
    assert ours.missing_predictions == sum(gone(guess) for _, guess in found)
    there = [(y, guess) for y, guess in found if not gone(y) and not gone(guess)]
    both = np.array([pair for pair in there if all(map(isfinite, pair))]).reshape(-1, 2)
    assert (ours.n, ours.infinite) == (len(both), len(there) - len(both))
    if not len(both):
        assert [ours.value(name) for name in ours.METRICS] == [None] * len(ours.METRICS)
        return
    y, guess = both.T
    assert close(ours.mae, metrics.mean_absolute_error(y, guess))
    assert close(ours.mse, metrics.mean_squared_error(y, guess))
    assert close(ours.rmse, metrics.root_mean_squared_error(y, guess))
    assert close(ours.bias, np.mean(guess - y), scale=ours.mae + 1)
    some = y != 0
    assert ours.zero_labels == (~some).sum()
    if some.any():
        assert close(ours.mape, np.mean(np.abs(guess - y)[some] / np.abs(y[some])))
    else:
        assert ours.mape is None
    sizes = np.abs(guess) + np.abs(y)
    shares = np.divide(2 * np.abs(guess - y), sizes, out=np.zeros(len(y)), where=sizes > 0)
    assert close(ours.smape, shares.mean())
    for q in (0.0, 0.5, 0.9, 1.0):
        size = ours.absolute_error_quantile(q)
        assert size.is_exact
        assert size.value in np.abs(guess - y)


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=2, max_size=60))
def test_the_share_that_is_explained_is_that_of_scikit_learn(found: list[Any]) -> None:
    """None where all labels are equal, of which scikit-learn says 0 or 1."""
    ours = made(found)
    y, guess = zip(*found, strict=True)
    if len(set(y)) == 1:
        assert ours.r2 is None
    else:
        assert close(ours.r2, metrics.r2_score(y, guess), scale=abs(ours.r2) + 1)


@given(rows, st.integers(0, 60))
def test_parts_merge_to_the_whole(found: list[Any], cut: int) -> None:
    """Counts exactly, sums to rounding."""
    columns = [pa.array([one[index] for one in found], pa.float64()) for index in range(2)]
    table = pa.table(columns, names=["y", "guess"])
    whole = dp.profile(table, performance=TASK)
    parts = [dp.profile(part, performance=TASK) for part in (table[:cut], table[cut:])]
    merged = dp.merge(parts).performance
    for name in ("n", "missing_labels", "missing_predictions", "infinite", "zero_labels"):
        assert getattr(merged, name) == getattr(whole.performance, name)
    for name in ("mae", "mse", "mape", "smape"):
        ours, theirs = merged.value(name), whole.performance.value(name)
        assert (ours is None) == (theirs is None)
        assert ours is None or close(ours, theirs)
    assert pickle.loads(pickle.dumps(whole)) == whole


def test_errors_beyond_the_range_of_doubles_are_none() -> None:
    """And never infinite, or NaN."""
    found = made([(-1e308, 1e308), (1e200, -1e200), (5e-324, 1e300)])
    assert found.infinite == 1
    assert (found.mse, found.rmse, found.r2, found.mape) == (None, None, None, None)
    assert "nan" not in repr(found)


@pytest.mark.parametrize("seed", range(2))
def test_quantiles_of_many_errors_are_within_their_bounds(seed: int) -> None:
    """Those of the sketch, at 99 %."""
    random = np.random.default_rng(seed)
    y = random.normal(size=50_000)
    guess = y + random.standard_t(3, size=len(y))
    found = dp.profile({"y": y, "guess": guess}, performance=TASK).performance
    for q in (0.05, 0.5, 0.95):
        ours, theirs = found.error_quantile(q), np.quantile(guess - y, q)
        assert ours.lower <= theirs <= ours.upper
    assert close(found.r2, metrics.r2_score(y, guess))
    assert close(found.error_std, float(np.std(guess - y, ddof=1)))


def test_text_is_refused_by_name() -> None:
    """With the column, its type and the way out."""
    with pytest.raises(dp.ParameterError, match="prediction is a column of string"):
        dp.profile({"y": [1], "guess": ["1"]}, performance=TASK)
