"""How many bytes a profile takes on disk, uncompressed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa

import drypoint as dp
from benches import data, results
from benches.peers.predecessor import WhylogsBytes
from benches.peers.runner import Runner

KB = 1_000
MOST = {"i64": 22 * KB, "f64": 10 * KB, "users_1k": 22 * KB, "users_5m": 22 * KB, "time": None}
"""Bytes that a column may take; None only reports."""
NAMES = {
    "i64": "i64",
    "f64": "f64",
    "users_1k": "short strings, 1,000 distinct",
    "users_5m": "short strings, half of them distinct",
    "time": "timestamps",
}
SAME = dp.Parameters(k=1024, lg_k=12, lg_max_map_size=10)
"""The parameters of whylogs."""


def section(rows: int) -> str:
    """Measures, and writes the table."""
    with tempfile.TemporaryDirectory() as folder:
        found = [column_row(name, rows, Path(folder)) for name in MOST]
        found.append(predecessor_row(rows // 10, Path(folder)))
    head = f"""## Size of a profile

Bytes of an Arrow IPC file, uncompressed, at default parameters, of {rows:,} rows. A column takes
what a file of two such columns has more than a file of one. KB are {KB:,} bytes.

- {results.where()}

| what | bytes | file of it alone | required | met |
| --- | ---: | ---: | ---: | --- |
"""
    return head + "\n".join(found) + "\n"


def column_row(name: str, rows: int, folder: Path) -> str:
    """What a column of one type takes."""
    column = data.COLUMNS[name](rows)
    alone = size(dp.profile({"a": column}), folder)
    taken = size(dp.profile({"a": column, "b": column}), folder) - alone
    return size_row(NAMES[name], taken, alone, MOST[name])


def predecessor_row(rows: int, folder: Path) -> str:
    """A profile of five columns at the parameters of whylogs, beside its own of the same bytes."""
    path = data.write(folder, "predecessor", rows)
    runner = Runner("whylogs", WhylogsBytes, path, rows)
    theirs = runner.once()
    runner.stop()
    table: pa.Table = data.read_table(str(path))
    ours = size(dp.profile(table, parameters=SAME), folder)
    name = f"five columns × {rows:,} rows at the parameters of whylogs, beside whylogs"
    return size_row(name, ours, ours, theirs)


def size(profile: Any, folder: Path) -> int:
    """The bytes of its file."""
    path = folder / "profile.arrow"
    profile.save(path)
    return path.stat().st_size


def size_row(name: str, taken: int, alone: int, most: int | None) -> str:
    """A row of the table."""
    need = "" if most is None else f"{most:,} at most"
    verdict = "" if most is None else results.met(so=taken <= most)
    return results.row(name, f"{taken:,}", f"{alone:,}", need, verdict)
