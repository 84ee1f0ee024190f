"""Faults of whylogs 1.6.4 that were seen when it ran; each is done right here."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import drypoint as dp
from drypoint import InputTypeError


def test_infinities_leave_the_moments_alone() -> None:
    """There the mean became inf and the standard deviation NaN."""
    column = dp.profile(pa.table({"x": [1.0, 3.0, math.inf]}))["x"]
    assert (column.mean, column.variance, column.positive_infinities) == (2.0, 2.0, 1)


def test_no_value_has_no_extremes() -> None:
    """There the least and the greatest of no integers were the ends of 64 bits."""
    for values in ([], [None, None]):
        column = dp.profile(pa.table({"x": pa.array(values, pa.int64())}))["x"]
        assert column.min is column.max is column.mean is None


def test_large_unsigned_integers_do_not_wrap() -> None:
    """There 2**64 - 1 was -1."""
    values = pa.array([2**64 - 1, 1], pa.uint64())
    column = dp.profile(pa.table({"x": values}))["x"]
    assert (column.max, column.sum) == (2**64 - 1, 2**64)
    assert column.mean == pytest.approx(2**63)
    assert column.top(1)[0].item in {1, 2**64 - 1}


def test_complex_numbers_are_refused_and_not_halved() -> None:
    """There the imaginary part was dropped."""
    with pytest.raises(InputTypeError, match="complex"):
        dp.profile(pd.DataFrame({"x": np.array([1 + 2j])}))


def test_a_column_that_begins_with_nulls_is_measured_all_the_same() -> None:
    """There a first None left a column without numbers for ever."""
    batches = [
        pa.record_batch({"x": pa.array([None, None])}),
        pa.record_batch({"x": pa.array([1.5, None, 2.5])}),
    ]
    profiler = dp.Profiler()
    for batch in batches:
        profiler.update(batch)
    column = profiler.profile()["x"]
    assert (column.type, column.rows, column.nulls) == ("float64", 5, 3)
    assert (column.mean, column.median.value) == (2.0, 1.5)


def test_merging_changes_neither_side() -> None:
    """There the metadata of the left side was overwritten."""
    a = dp.profile(pa.table({"x": [1]}), tags={"run": "1"})
    b = dp.profile(pa.table({"x": [2]}), tags={"run": "2"})
    assert (a | b).tags == {}
    assert (a.tags, b.tags) == ({"run": "1"}, {"run": "2"})


def test_a_column_of_unique_values_names_none_as_frequent() -> None:
    """There the list was empty or full of chance, and did not say which."""
    column: Any = dp.profile(pa.table({"x": [f"user {i}" for i in range(100_000)]}))["x"]
    assert column.top() == []
    assert column.items.max_error > 0
    assert column.items.max_error <= 3.5 / 1024 * 100_000


def test_columns_are_named_by_text_and_once() -> None:
    """There duplicates were taken in silence, and names that are integers could not be saved."""
    frame = pd.DataFrame([[1, 2]], columns=["x", "x"])
    with pytest.raises((InputTypeError, dp.InputValueError), match="x"):
        dp.profile(frame)
    numbered = dp.profile(pd.DataFrame([[1, 2]], columns=[0, 1]))
    assert list(numbered.columns) == ["0", "1"]
