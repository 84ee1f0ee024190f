"""One table, and everything that can hand it in."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import arro3.core
import duckdb
import nanoarrow
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from pyarrow import csv, feather, orc, parquet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# More than a block of 16,384 rows, and not a whole number of blocks.
SIZE = 18_000
RANDOM = np.random.default_rng(23)
START = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)
TEXTS = ["", " ", "Oslo", "北京", "naïve 🙂", "17", "2013-01-31", "x" * 300, "line\nbreak"]


def column(values: Any, kind: pa.DataType | None = None) -> pa.Array:
    """A column of which every seventh value or so is null."""
    return pa.array(values, kind, mask=RANDOM.random(SIZE) < 1 / 7)


def drawn() -> dict[str, pa.Array]:
    """Columns of the types that tables mostly have."""
    floats = RANDOM.normal(size=SIZE)
    floats[:6] = [math.nan, math.inf, -math.inf, 0.0, -0.0, 5e-324]
    seconds = 1_356_998_400 + RANDOM.integers(-(10**9), 10**9, SIZE)
    return {
        "small": column(RANDOM.integers(-128, 128, SIZE).astype(np.int8)),
        "integer": column(RANDOM.integers(-(2**62), 2**62, SIZE)),
        "unsigned": column(RANDOM.integers(2**63, 2**64, SIZE, np.uint64)),
        "single": column(RANDOM.lognormal(size=SIZE).astype(np.float32)),
        "float": column(RANDOM.normal(size=SIZE)),
        "special": column(floats),
        "text": column(RANDOM.choice(TEXTS, SIZE).tolist(), pa.string()),
        "flag": column(RANDOM.random(SIZE) < 0.3),
        "at": column(seconds * 1_000_000 + 7, pa.timestamp("us")),
        "zoned": column(seconds * 1_000_000, pa.timestamp("us", "UTC")),
        "day": column((seconds // 86_400).astype(np.int32), pa.date32()),
    }


def full(array: pa.Array) -> pa.Array:
    """The column with its first value, which is none of the special ones, in place of nulls."""
    return array.fill_null(array.drop_null()[10])


TABLE = pa.table(drawn())
FULL = pa.table({name: full(TABLE[name].combine_chunks()) for name in TABLE.column_names})


class Library(NamedTuple):
    """A way to hand a table in.

    Attributes:
        make: takes the table and a folder for files.
        lacks: the columns whose type or values it has not.
        nulls: whether it has nulls in columns of every type.
    """

    make: Callable[[pa.Table, Path], Any]
    lacks: tuple[str, ...] = ()
    nulls: bool = True


class OnlyStream:
    """Nothing but a stream of Arrow."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """What the interface asks for."""
        return self.table.__arrow_c_stream__(requested_schema)


class OnlyArray:
    """Nothing but an array of Arrow."""

    def __init__(self, table: pa.Table) -> None:
        (self.batch,) = table.combine_chunks().to_batches()

    def __arrow_c_array__(self, requested_schema: object = None) -> object:
        """What the interface asks for."""
        return self.batch.__arrow_c_array__(requested_schema)


def batches(table: pa.Table, _: Path) -> Iterator[pa.RecordBatch]:
    """A generator of record batches."""
    yield from table.to_batches(max_chunksize=1_000)


def frames(table: pa.Table, _: Path) -> Iterator[Any]:
    """A generator of frames of polars, which are streams of more than one batch."""
    for start in range(0, SIZE, 5_000):
        part = table[start : start + 5_000]
        yield pl.concat([pl.from_arrow(part[:77]), pl.from_arrow(part[77:])])


def relation(table: pa.Table, _: Path) -> Any:
    """A relation of DuckDB, whose times are in the zone of the session."""
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    return connection.from_arrow(table)


def numpy_columns(table: pa.Table, _: Path) -> dict[str, Any]:
    """Arrays of NumPy by name; text as objects."""
    return {name: table[name].to_numpy() for name in table.column_names}


def structured(table: pa.Table, folder: Path) -> Any:
    """A structured array of NumPy."""
    columns = numpy_columns(table, folder)
    made = np.empty(len(table), [(name, one.dtype) for name, one in columns.items()])
    for name, one in columns.items():
        made[name] = one
    return made


def pandas_of_numpy(table: pa.Table, folder: Path) -> Any:
    """A data frame of pandas over arrays of NumPy."""
    return pd.DataFrame(numpy_columns(table, folder))


def pandas_of_arrow(table: pa.Table, _: Path) -> Any:
    """A data frame of pandas over arrays of Arrow."""
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def write_stream(table: pa.Table, path: str) -> None:
    """The stream form of Arrow IPC."""
    with pa.ipc.new_stream(path, table.schema) as writer:
        writer.write_table(table, max_chunksize=1_000)


def write_json(table: pa.Table, path: str) -> None:
    """An object a line; what is null is left out in part."""
    rows = table.to_pylist()
    with open(path, "w") as file:  # noqa: PTH123 # as the writers of pyarrow take it
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def file(suffix: str, write: Callable[[pa.Table, str], None]) -> Callable[[pa.Table, Path], str]:
    """The path of a file that *write* makes."""

    def made(table: pa.Table, folder: Path) -> str:
        path = str(folder / f"data.{suffix}")
        write(table, path)
        return path

    return made


# Python has one integer and one float, and infers the rest.
PYTHON = ("small", "single")
# As text: wide integers become floats, NaN is no text of JSON, times are read in other units.
TEXT = ("small", "unsigned", "single", "special", "at", "zoned")

TABLES: dict[str, Library] = {
    "pyarrow.Table": Library(lambda table, _: table),
    "pyarrow.RecordBatch": Library(lambda table, _: OnlyArray(table).batch),
    "pyarrow.StructArray": Library(lambda table, _: OnlyArray(table).batch.to_struct_array()),
    "pyarrow.RecordBatchReader": Library(lambda table, _: table.to_reader(max_chunksize=1_000)),
    "pyarrow.Dataset": Library(lambda table, _: ds.dataset(table)),
    "pyarrow.Scanner": Library(lambda table, _: ds.dataset(table).scanner(batch_size=700)),
    "polars.DataFrame": Library(lambda table, _: pl.from_arrow(table)),
    "polars.DataFrame in chunks": Library(
        lambda table, _: pl.concat([pl.from_arrow(table[:9]), pl.from_arrow(table[9:])])
    ),
    "polars.LazyFrame": Library(lambda table, _: pl.LazyFrame(pl.from_arrow(table))),
    "pandas over Arrow": Library(pandas_of_arrow),
    # NaN stands for null there, and days are seconds.
    "pandas over NumPy": Library(pandas_of_numpy, ("special", "zoned", "day"), nulls=False),
    "duckdb.Relation": Library(relation),
    # NumPy knows no zones.
    "numpy structured": Library(structured, ("zoned",), nulls=False),
    "dict of numpy": Library(numpy_columns, ("zoned",), nulls=False),
    "dict of pyarrow": Library(lambda table, _: dict(zip(table.column_names, table, strict=True))),
    "dict of polars": Library(
        lambda table, _: {name: pl.from_arrow(table[name]) for name in table.column_names}
    ),
    "dict of pandas": Library(lambda table, folder: dict(pandas_of_arrow(table, folder).items())),
    "dict of lists": Library(lambda table, _: table.to_pydict(), PYTHON),
    "list of dicts": Library(lambda table, _: table.to_pylist(), PYTHON),
    "arro3.Table": Library(lambda table, _: arro3.core.Table.from_arrow(table)),
    "arro3.RecordBatchReader": Library(
        lambda table, _: arro3.core.RecordBatchReader.from_stream(table)
    ),
    "nanoarrow.ArrayStream": Library(lambda table, _: nanoarrow.ArrayStream(table)),
    "only a stream": Library(lambda table, _: OnlyStream(table)),
    "only an array": Library(lambda table, _: OnlyArray(table)),
    "generator of batches": Library(batches),
    "generator of frames": Library(frames),
    "list of tables": Library(lambda table, _: [table[:100], table[100:]]),
    "Parquet": Library(file("parquet", parquet.write_table)),
    "Feather": Library(file("feather", feather.write_feather)),
    "Arrow IPC": Library(file("arrow", feather.write_feather)),
    "Arrow IPC stream": Library(file("arrows", write_stream)),
    # No unsigned integers; times are in nanoseconds.
    "ORC": Library(file("orc", orc.write_table), ("unsigned", "at", "zoned")),
    "CSV": Library(file("csv", csv.write_csv), TEXT, nulls=False),
    "JSON lines": Library(file("jsonl", write_json), (*TEXT, "day")),
}


@pytest.fixture(params=TABLES)
def library(request: pytest.FixtureRequest) -> Library:
    """One way after the other."""
    return TABLES[request.param]


@pytest.fixture(scope="session")
def table() -> pa.Table:
    """The table, with nulls in every column."""
    return TABLE


@pytest.fixture(scope="session")
def full_table() -> pa.Table:
    """The table without nulls."""
    return FULL
