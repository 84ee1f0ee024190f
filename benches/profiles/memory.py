"""The memory that a profile of a large data set takes.

`python -m benches.profiles.memory [--gigabytes N] [--scale S] [--folder F] [--out FILE]`
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benches import results
from benches.profiles import dataset, reader

GB, MB = 1_000_000_000, 1_000_000
MOST = 600 * MB


def known(files: list[Path]) -> dict[str, Any]:
    """What the footers of the files say: rows, and nulls and extremes of each column."""
    footers = [
        pq.read_metadata(file) for file in {file.stat().st_ino: file for file in files}.values()
    ]
    schema = footers[0].schema
    rows = sum(pq.read_metadata(file).num_rows for file in files)
    columns = {
        schema.column(index).name: extremes(
            [
                footer.row_group(group).column(index).statistics
                for footer in footers
                for group in range(footer.num_row_groups)
            ]
        )
        for index in range(len(schema))
    }
    return {"rows": rows, "columns": columns}


def extremes(statistics: list[Any]) -> dict[str, Any]:
    """The facts of one column over all row groups."""
    return {
        "nulls": sum(one.null_count for one in statistics),
        "min": reader.shown(min(one.min for one in statistics)),
        "max": reader.shown(max(one.max for one in statistics)),
    }


def measure(folder: Path) -> dict[str, Any]:
    """Profiles the folder in a process of its own."""
    command = [sys.executable, "-m", reader.__name__, str(folder)]
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return dict(json.loads(found))


def check(found: dict[str, Any], files: list[Path]) -> None:
    """Refuses a profile that is wrong, or that was made without reading the files."""
    true = known(files)
    if {name: found[name] for name in true} != true:
        raise SystemExit(f"the profile says {found}, the footers of the files say {true}")
    size = sum(file.stat().st_size for file in files)
    if found["read"] < size:
        raise SystemExit(f"of {size:,} bytes {found['read']:,} were read")


def section(found: dict[str, Any], files: list[Path]) -> str:
    """The table."""
    size = sum(file.stat().st_size for file in files)
    cells = [
        f"{size / GB:.1f} GB, {len(files)} files of row groups of {dataset.ROW_GROUP}",
        f"{found['rows']:,}",
        f"{found['seconds']:,.0f} s",
        f"{size / found['seconds'] / MB:,.0f} MB/s",
        f"{found['peak'] / MB:,.0f} MB",
        f"{MOST // MB} MB at most",
        results.met(so=found["peak"] <= MOST),
    ]
    return f"""## Memory

`lineitem` of TPC-H in Parquet, profiled on {reader.THREADS} threads with all default metrics, in a
process of its own; the peak is of everything that is resident, interpreter and libraries included.
Rows, nulls and extremes are checked against the footers of the files. Made by `make bench-memory`.

- {results.where()}

| data | rows | time | speed | peak | required | met |
| --- | ---: | ---: | ---: | ---: | ---: | --- |
{results.row(*cells)}
"""


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m benches.profiles.memory")
    parser.add_argument("--gigabytes", type=float, default=20.0)
    parser.add_argument("--scale", type=int, default=dataset.SCALE, help="of TPC-H")
    parser.add_argument("--folder", type=Path, default=Path("build/bench-memory"))
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    files = dataset.make(options.folder, int(options.gigabytes * GB), options.scale)
    found = measure(files[0].parent)
    check(found, files)
    text = section(found, files)
    print(text, end="")
    if options.out is not None:
        results.put(options.out, text)


if __name__ == "__main__":
    main()
