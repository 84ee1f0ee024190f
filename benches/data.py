"""Seeded columns, written once as Arrow IPC, so that everyone reads the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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


def named(numbers: np.ndarray) -> pa.Array:
    """`user_` and a number."""
    text = pc.cast(pa.array(numbers), pa.string())
    return pc.binary_join_element_wise(pa.scalar("user_"), text, pa.scalar(""))


COLUMNS: dict[str, Callable[[int], pa.Array]] = {
    "i64": integers,
    "f64": floats,
    "users_5m": lambda rows: users(rows, max(rows // 2, 1), 3),
    "users_1k": lambda rows: users(rows, 1000, 4),
    "zipf": zipf,
    "unique": unique,
}


def write(folder: Path, name: str, rows: int) -> Path:
    """Writes one column, unless it is there; returns the file."""
    path = folder / f"{name}_{rows}.arrow"
    if not path.exists():
        table = pa.table({"v": COLUMNS[name](rows)})
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    return path


def read(path: str) -> pa.Array:
    """The column of a file, mapped into memory."""
    table = pa.ipc.open_file(pa.memory_map(path)).read_all()
    return table.column("v").combine_chunks()
