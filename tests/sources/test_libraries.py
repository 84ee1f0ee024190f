"""The same table gives the same profile, to the bit, whatever hands it in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import drypoint as dp
from drypoint import InputTypeError, InputValueError, Profiler

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_whatever_hands_a_table_in_its_profile_is_the_same(
    library: Any, table: pa.Table, full_table: pa.Table, tmp_path: Path
) -> None:
    """Of all columns that the library has, with one thread and with two."""
    given = (table if library.nulls else full_table).drop_columns(list(library.lacks))
    expected = dp.profile(given)
    assert (expected.rows, len(expected)) == (len(table), len(table.schema) - len(library.lacks))
    assert dp.profile(library.make(given, tmp_path)) == expected
    assert dp.profile(library.make(given, tmp_path), threads=2) == expected


def test_whatever_hands_a_table_in_its_segments_are_the_same(
    library: Any, full_table: pa.Table, tmp_path: Path
) -> None:
    """Keys are read from the same batches."""
    given = full_table.select(["flag", "integer", "text"])
    expected = dp.profile(given, segment_by=["flag"])
    assert len(expected) == 2
    assert dp.profile(library.make(given, tmp_path), segment_by=["flag"]) == expected


@pytest.mark.parametrize("rows", [1, 7, 1_000, None])
@pytest.mark.parametrize("threads", [1, 2])
def test_how_rows_are_cut_changes_nothing(rows: int | None, threads: int, table: pa.Table) -> None:
    """Nor do threads."""
    part = table[:5_000]
    cut = part.to_batches(max_chunksize=rows)
    assert dp.profile(iter(cut), threads=threads) == dp.profile(part)


# ---- What libraries cannot say


def test_nan_of_numpy_columns_in_pandas_is_null_and_a_value_elsewhere(full_table: pa.Table) -> None:
    """There it stands for what is missing; in Arrow, polars, NumPy and pandas over Arrow not."""
    values = full_table["special"].to_numpy()
    nans = int(np.isnan(values).sum())
    assert nans > 0
    of_pandas = dp.profile(pd.DataFrame({"x": values}))["x"]
    assert (of_pandas.nulls, of_pandas.nans) == (nans, 0)
    others: list[Any] = [
        {"x": values},
        pl.DataFrame({"x": values}),
        pa.table({"x": values}),
        pa.table({"x": values}).to_pandas(types_mapper=pd.ArrowDtype),
    ]
    for other in others:
        column = dp.profile(other)["x"]
        assert (column.nulls, column.nans) == (0, nans)


def test_sparse_columns_of_pandas_have_all_their_values() -> None:
    """Those that are not stored too."""
    dense = pd.DataFrame({"x": [0, 0, 7], "y": [np.nan, 1.0, np.nan]})
    sparse = dense.astype({"x": pd.SparseDtype("int64", 0), "y": pd.SparseDtype("float64")})
    assert dp.profile(sparse) == dp.profile(dense)


def test_nulls_turn_integers_of_numpy_columns_into_floats() -> None:
    """In pandas, before we see them; its nullable integers stay integers."""
    of_numpy = dp.profile(pd.DataFrame({"x": [1, None]}))["x"]
    nullable = dp.profile(pd.DataFrame({"x": pd.array([1, None], "Int64")}))["x"]
    assert (of_numpy.type, nullable.type) == ("float64", "int64")
    assert (of_numpy.nulls, of_numpy.max) == (nullable.nulls, nullable.max) == (1, 1)


def test_python_numbers_are_of_64_bits(table: pa.Table) -> None:
    """Their values are the same."""
    lists, arrow = dp.profile(table.to_pydict()), dp.profile(table)
    assert (lists["small"].type, lists["single"].type) == ("int64", "float64")
    assert lists["unsigned"].type == "uint64"
    for name in ("small", "single"):
        assert (lists[name].min, lists[name].max) == (arrow[name].min, arrow[name].max)
        assert lists[name].mean == pytest.approx(arrow[name].mean)


def test_text_formats_know_no_null_text(tmp_path: Path) -> None:
    """An empty cell of CSV is an empty string where the column is text, and null elsewhere."""
    (tmp_path / "x.csv").write_text("text,number\na,1\n,\n")
    made = dp.profile(tmp_path / "x.csv")
    assert (made["text"].nulls, made["text"].empty, made["number"].nulls) == (0, 1, 1)


def test_the_index_of_pandas_is_no_column() -> None:
    """Whatever it is called."""
    frame = pd.DataFrame({"x": [1, 2]}, index=pd.Index(["a", "b"], name="key"))
    assert list(dp.profile(frame).columns) == ["x"]


def test_categories_and_objects_of_pandas_are_their_values() -> None:
    """As other layouts of the same text."""
    texts = ["a", "b", None, "a"]
    expected = dp.profile(pa.table({"x": texts}))
    for kind in ("category", "object", "string"):
        assert dp.profile(pd.DataFrame({"x": pd.Series(texts, dtype=kind)})) == expected


# ---- What fails


class OwnError(Exception):
    """Nobody else raises it."""


def broken_after(batches: list[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches, and an error in place of the next."""
    yield from batches
    raise OwnError("the sensor fell off")


@pytest.mark.parametrize("as_reader", [False, True])
def test_an_error_of_the_producer_is_its_own_and_only_whole_batches_are_kept(
    as_reader: bool, table: pa.Table
) -> None:
    """The profile is that of the rows which were counted; more may follow."""
    batches = table.to_batches(max_chunksize=1_000)
    profiler = Profiler().update(batches[0])
    given: Any = broken_after(batches[1:4])
    if as_reader:
        given = pa.RecordBatchReader.from_batches(table.schema, given)
    with pytest.raises(OwnError, match="the sensor fell off"):
        profiler.update(given)
    assert profiler.rows % 1_000 == 0
    assert 1_000 <= profiler.rows <= 4_000
    assert profiler.profile() == dp.profile(table[: profiler.rows])
    rest = profiler.rows
    assert profiler.update(table[rest:]).profile() == dp.profile(table)


def test_of_an_error_behind_the_interface_of_c_the_words_are_kept(table: pa.Table) -> None:
    """There it has no type of its own; it says whose stream broke off, and why."""
    batches = broken_after(table.to_batches(max_chunksize=1_000)[:2])
    reader = pa.RecordBatchReader.from_batches(table.schema, batches)

    class Sensor:
        """Somebody's stream."""

        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            """What the interface asks for."""
            return reader.__arrow_c_stream__(requested_schema)

    with pytest.raises(
        InputValueError, match=r"Sensor: the stream broke off: .*the sensor fell off"
    ):
        dp.profile(Sensor())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pa.array([1]), 'Int64Array is a column; pass a table, as {"x": column}'),
        (pl.Series([1]), "Series is a column"),
        (np.array([1]), "an array of 1 dimensions has no columns"),
        (np.zeros((2, 2, 2)), "an array of 3 dimensions has no columns"),
        ([1, 2], "got list whose item 0 is a int"),
        ([pa.table({"x": [1]}), 7], "got list whose item 1 is a int"),
        ([{"x": 1}, 7], "column 'x'"),
        (7, "a profile is made of a table, got int; pass a pyarrow, polars,"),
        (None, "got NoneType"),
        (b"bytes", "got bytes"),
        ({"x": 5}, r"column 'x' \(int\) cannot be taken"),
        ({"x": "abc"}, r"column 'x' \(str\) cannot be taken: it is one value"),
        ({"x": [1, "a"]}, r"column 'x' \(list\) cannot be taken"),
        (pd.DataFrame({"x": [1, "a"]}), r"column 'x' \(object\) cannot be taken"),
        ({"x": np.array([1j])}, r"column 'x' \(complex128\) cannot be taken"),
        ({"x": [object()]}, "column 'x'"),
        (pd.DataFrame({"x": pd.Series([pd.Interval(0, 1)] * 2, dtype=object)}), "column 'x'"),
    ],
    ids=repr,
)
def test_what_is_no_table_is_named_with_the_way_out(data: Any, message: str) -> None:
    """By its type, or by its column."""
    with pytest.raises(InputTypeError, match=message):
        dp.profile(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "list is empty, so there are no columns to profile"),
        (iter([]), "is empty, so there are no columns"),
        ({"x": [1, 2], "y": [1]}, r"columns have different lengths: {'x': 2, 'y': 1}"),
        ({1: [1], "1": [2]}, "column '1' is there twice"),
    ],
)
def test_tables_that_contradict_themselves_are_refused(data: Any, message: str) -> None:
    """With what is wrong."""
    with pytest.raises(InputValueError, match=message):
        dp.profile(data)


def test_rows_as_dicts_may_lack_fields() -> None:
    """What a row lacks is null."""
    made = dp.profile([{"x": 1}, {"y": "a", "x": 2}, {}])
    assert (made["x"].nulls, made["y"].nulls, made.rows) == (1, 2, 3)


def test_vectors_may_come_as_an_array_of_two_dimensions() -> None:
    """One row each; and an array alone has its columns by number."""
    array = np.arange(6, dtype=np.float32).reshape(3, 2)
    embedding: Any = dp.profile({"embedding": array})["embedding"]
    assert embedding.type == "vector<float32>[2]"
    assert embedding.norms.max == pytest.approx(math.hypot(4, 5))
    assert list(dp.profile(array).columns) == ["0", "1"]
