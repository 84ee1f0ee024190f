"""Faults of whylogs 1.6.4 that were seen when it ran; each is done right here."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import drypoint as dp
from drypoint import InputTypeError

if TYPE_CHECKING:
    from pathlib import Path


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


def test_merging_segments_loses_none() -> None:
    """There a merge kept the segments of one side only."""
    tables = [
        pa.table({"key": ["a", "b"], "x": [1, 2]}),
        pa.table({"key": ["b", "c"], "x": [3, 4]}),
    ]
    merged = dp.merge(dp.profile(table, segment_by=["key"]) for table in tables)
    assert {one.segment["key"]: one["x"].sum for one in merged} == {"a": 1, "b": 5, "c": 4}
    assert merged.rows == 4


def test_rows_without_a_key_are_a_segment() -> None:
    """There rows whose key was null were dropped in silence."""
    made = dp.profile(pa.table({"key": ["a", None, None], "x": [1, 2, 3]}), segment_by=["key"])
    assert made.rows == 3
    assert made[None]["x"].sum == 5


def test_saving_segments_writes_one_file(tmp_path: Path) -> None:
    """There the writer returned an iterator, and had written nothing until it was used."""
    made = dp.profile(pa.table({"key": ["a", "b"], "x": [1, 2]}), segment_by=["key"])
    made.save(tmp_path / "segments.arrow")
    assert [path.name for path in tmp_path.iterdir()] == ["segments.arrow"]
    assert dp.load(tmp_path / "segments.arrow") == made


def test_nan_is_nan_in_rows_and_in_tables() -> None:
    """There it was a number in a row and a null in a data frame."""
    values = [1.0, math.nan, None]
    table = pa.table({"x": values})
    expected = dp.profile(table)
    assert (expected["x"].nans, expected["x"].nulls) == (1, 1)
    for other in ([{"x": value} for value in values], table.to_pandas(types_mapper=pd.ArrowDtype)):
        assert dp.profile(other) == expected


def test_mixed_values_are_refused_and_not_split() -> None:
    """There text among numbers was counted apart, and the mean was of what was left."""
    with pytest.raises(InputTypeError, match="column 'x'"):
        dp.profile(pd.DataFrame({"x": [1, "two", 3.0]}))
