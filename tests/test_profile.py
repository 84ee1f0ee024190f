"""A profile tells what NumPy and pandas tell of the same rows, whoever hands them in."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint import InputTypeError, InputValueError, MergeError, Profile

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 20_000
RANDOM = np.random.default_rng(7)
TABLE = pa.table(
    {
        "id": pa.array(range(SIZE)),
        "age": pa.array(RANDOM.integers(18, 90, SIZE), mask=RANDOM.random(SIZE) < 0.1),
        "price": pa.array(RANDOM.lognormal(3, 1, SIZE)),
        "city": pa.array(
            RANDOM.choice(["Oslo", "Rome", "Lima", "Bonn"], SIZE, p=[0.5, 0.3, 0.15, 0.05])
        ),
        "member": pa.array(RANDOM.random(SIZE) < 0.25),
        "at": pa.array(1_700_000_000_000_000 + np.arange(SIZE) * 60_000_000, pa.timestamp("us")),
    }
)
FRAME = TABLE.to_pandas()


def near(expected: float | None, rel: float) -> Any:
    """What is as large as *expected* but for rounding; None if there is nothing to compare."""
    return None if expected is None else pytest.approx(expected, rel=rel)


def ranks_of(values: Any, value: Any) -> tuple[float, float]:
    """The shares of *values* below *value*, and up to it."""
    return float(np.mean(values < value)), float(np.mean(values <= value))


def test_counts_and_extremes_are_exact() -> None:
    """Of every column."""
    made = dp.profile(TABLE)
    assert made.rows == SIZE
    for column in made:
        expected = FRAME[column.name]
        assert column.rows == SIZE
        assert column.nulls == expected.isna().sum()
        if column.name == "at":
            assert dt.datetime.fromisoformat(column.min) == expected.min()
            assert dt.datetime.fromisoformat(column.max) == expected.max()
        elif column.name != "member":
            assert (column.min, column.max) == (expected.min(), expected.max())


@pytest.mark.parametrize("name", ["id", "age", "price"])
def test_moments_are_those_of_pandas(name: str) -> None:
    """Sums of the same doubles in another order: an error of a few units in the last place."""
    column, expected = dp.profile(TABLE)[name], FRAME[name].astype(float)
    tolerance = SIZE * np.finfo(float).eps
    assert column.mean == pytest.approx(expected.mean(), rel=tolerance)
    assert column.std == pytest.approx(expected.std(), rel=tolerance)


@pytest.mark.parametrize("name", ["id", "age", "price"])
def test_quantiles_stand_within_the_error_of_their_ranks(name: str) -> None:
    """The published error of k 512 holds at 99 %; three times that, at any odds that matter."""
    values = FRAME[name].dropna().to_numpy(float)
    for rank, found in dp.profile(TABLE)[name].quantiles.items():
        low, high = ranks_of(values, float(found.value))
        assert low - 3 * 0.0053 <= rank <= high + 3 * 0.0053
        assert found.lower <= found.value <= found.upper


def test_distinct_counts_are_within_their_bounds_and_top_values_exact_where_all_fit() -> None:
    """Four cities are counted one by one."""
    made = dp.profile(TABLE)
    for name, distinct in {"id": SIZE, "age": 72, "city": 4, "member": 2}.items():
        found = made[name].distinct
        assert found is not None
        # Three times the interval of two standard deviations.
        assert abs(float(found) - distinct) <= 3 * (found.upper - found.lower) / 2
    expected = Counter(TABLE["city"].to_pylist()).most_common()
    assert [(item, count.value) for item, count in made["city"].top] == expected
    assert all(count.lower == count.upper for _, count in made["city"].top)
    assert {item for item, _ in made["member"].top} == {"true", "false"}


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    """A KeyError, as of a mapping."""
    with pytest.raises(KeyError, match=r"column 'nme' not found; there are \['id', 'age'"):
        dp.profile(TABLE)["nme"]


LIBRARIES: dict[str, Callable[[pa.Table], Any]] = {
    "pyarrow.RecordBatchReader": lambda table: table.to_reader(max_chunksize=777),
    "polars.DataFrame": pl.DataFrame,
    "pandas.ArrowDtype": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "duckdb.Relation": lambda table: duckdb.connect().from_arrow(table),
}


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_library_gives_the_same_facts(library: str) -> None:
    """However it cuts the rows into batches; only the names of types are its own."""
    expected = [column._replace(type="") for column in dp.profile(TABLE)]
    found = [column._replace(type="") for column in dp.profile(LIBRARIES[library](TABLE))]
    for ours, theirs in zip(expected, found, strict=True):
        # Moments are added up batch by batch.
        assert ours.mean == near(theirs.mean, 1e-12)
        assert ours.std == near(theirs.std, 1e-12)
        assert ours._replace(mean=None, std=None) == theirs._replace(mean=None, std=None)


@given(cut=st.integers(0, SIZE))
def test_profiles_of_parts_merge_into_that_of_the_whole(cut: int) -> None:
    """Counts and extremes are the same; estimates are within bounds again."""
    parts = [dp.profile(TABLE[:cut]), dp.profile(TABLE[cut:])]
    whole, merged = dp.profile(TABLE), parts[0].merge(parts[1])
    assert merged.rows == whole.rows
    for ours, expected in zip(merged, whole, strict=True):
        assert ours[:4] == expected[:4]
        assert (ours.nulls, ours.min, ours.max) == (expected.nulls, expected.min, expected.max)
        assert ours.mean == near(expected.mean, 1e-12)
        assert ours.std == near(expected.std, 1e-9)
        assert ours.distinct is not None
        assert expected.distinct is not None
        assert float(ours.distinct) == pytest.approx(float(expected.distinct), rel=0.1)
    assert merged["city"].top == whole["city"].top


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([2**64 - 1, 0, None], pa.uint64(), (0, 2**64 - 1)),
        ([-(2**63), 2**63 - 1], pa.int64(), (-(2**63), 2**63 - 1)),
        ([1.5, math.nan, -math.inf], pa.float64(), (-math.inf, 1.5)),
        ([Decimal("1.50"), Decimal("-99.25")], pa.decimal128(10, 2), (-99.25, 1.5)),
        ([Decimal("1.50"), Decimal(-7)], pa.decimal256(50, 2), (-7.0, 1.5)),
        (["b", "", None, "ä"], pa.string(), ("", "ä")),
        ([b"\x00", b"z"], pa.binary(), ("\x00", "z")),
        ([dt.date(2013, 1, 1), dt.date(1969, 12, 31)], pa.date32(), ("1969-12-31", "2013-01-01")),
        ([dt.time(23, 59), dt.time(0)], pa.time32("s"), ("00:00:00", "23:59:00")),
        ([True, False], pa.bool_(), (None, None)),
        ([[1, 2], None], pa.list_(pa.int64()), (None, None)),
        ([None, None], pa.null(), (None, None)),
        ([None, None], pa.float64(), (None, None)),
    ],
    ids=lambda value: str(value) if isinstance(value, pa.DataType) else None,
)
def test_extremes_of_every_type(values: list[Any], kind: pa.DataType, expected: Any) -> None:
    """At the ends of each type; NaN is none."""
    column = dp.profile(pa.table({"x": pa.array(values, kind)}))["x"]
    assert (column.min, column.max) == expected
    assert column.nulls == values.count(None)
    assert column.nans == (
        sum(v is not None and math.isnan(v) for v in values) if kind == pa.float64() else None
    )
    json.dumps(dp.profile(pa.table({"x": pa.array(values, kind)})).to_dict())


def test_dictionaries_are_profiled_as_their_values() -> None:
    """Rows that stand for a null value of the dictionary are null."""
    plain = pa.array(["a", "b", None, "a"])
    codes = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, 0]), pa.array(["a", "b", None]))
    expected, found = (dp.profile(pa.table({"x": column}))["x"] for column in (plain, codes))
    assert found._replace(type="") == expected._replace(type="")


def test_integers_that_cannot_be_counted_have_no_top_values() -> None:
    """Rather than those of some batches."""
    made = Profile(pa.schema({"x": pa.uint64()}))
    for values in ([1, 1], [2**63], [1, 1]):
        made.update(pa.record_batch({"x": pa.array(values, pa.uint64())}))
    assert made["x"].top == []
    assert (made["x"].rows, made["x"].max) == (5, 2**63)


def test_a_table_of_no_rows_has_its_columns() -> None:
    """And no values."""
    made = dp.profile(TABLE[:0])
    assert (made.rows, len(made.columns)) == (0, 6)
    assert all(c.min is None and c.mean is None and c.quantiles == {} for c in made)
    assert all(float(c.distinct) == 0 and c.top == [] for c in made if c.distinct is not None)


def test_another_table_is_refused_and_nothing_changes() -> None:
    """The first column that differs is named, on update and on merge."""
    made = dp.profile(TABLE)
    before = made.to_dict()
    other = pa.table({"id": ["a"]})
    with pytest.raises(InputValueError, match='column 0 is "id: Int64" so far'):
        made.update(other.to_batches()[0])
    with pytest.raises(InputValueError, match='column 0 is "id: Int64" so far'):
        made.merge(dp.profile(other))
    with pytest.raises(MergeError, match="cannot merge: a dict into a Profile"):
        made.merge({})  # type: ignore[arg-type]
    assert made.to_dict() == before


def test_a_batch_whose_buffers_lie_is_refused_whole() -> None:
    """Also by the columns that were read before the lie was found."""
    memory = np.array([0, 1, 2], np.int32)
    text = pa.Array.from_buffers(pa.string(), 2, [None, pa.py_buffer(memory), pa.py_buffer(b"ab")])
    batch = pa.record_batch({"number": pa.array([1, 2]), "text": text})
    made = Profile(batch.schema)
    memory[1] = 1_000_000
    with pytest.raises(InputValueError, match="offset"):
        made.update(batch)
    assert (made.rows, made["number"].rows, made["number"].max) == (0, 0, None)


@pytest.mark.parametrize("data", [1, "flights.csv", [1, 2], {"a": [1]}])
def test_what_is_no_table_is_refused(data: Any) -> None:
    """The message says what would do."""
    with pytest.raises(InputTypeError, match="pass a pyarrow, polars or pandas table"):
        dp.profile(data)
