"""A file of each format that holds rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import csv, feather, orc, parquet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["WRITERS", "write_json"]


def write_json(table: pa.Table, path: Path) -> None:
    """An object a line."""
    path.write_text("".join(json.dumps(row) + "\n" for row in table.to_pylist()))


def write_stream(table: pa.Table, path: Path) -> None:
    """The stream form of Arrow IPC."""
    with pa.ipc.new_stream(path, table.schema) as writer:
        writer.write_table(table)


WRITERS: dict[str, Callable[[pa.Table, Path], None]] = {
    "parquet": parquet.write_table,
    "csv": csv.write_csv,
    "jsonl": write_json,
    "arrows": write_stream,
    "feather": feather.write_feather,
    "arrow": feather.write_feather,
    "orc": orc.write_table,
}
