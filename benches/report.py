"""The report: `python -m benches.report [--repeats N] [--out FILE]`.

A command is timed from the start of its process to its end, with the peak of its memory; what is
made of a profile that is there already, in this process. Pages are looked at before they count.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

import drypoint as dp
from benches import data, results
from benches.timed import Cost, median, timed

MB = 1_000_000
ROWS = 10_000
"""Of the wide tables."""
FLIGHTS = (1.5, 250.0, 2.0)
"""Seconds, MB of memory and MB of page that profile and report of the flights may take."""
WIDE = {100: (1.0, 3.0), 2_000: (10.0, 10.0)}
"""Seconds and MB of page that the report of so many columns may take."""
HEAD = """
## The report

{where}. Of each the median of {repeats}.
The flights (336,776 × 19) are profiled and their page written by one command, `drypoint profile
flights.csv --html flights.html`: from the start of the process, with the peak of its memory. Of
the wide tables (a quarter each of floats, integers, strings and times) it is `dp.report(profile,
reference)` with drift, and writing it, out of profiles that are in memory and have not been asked
before.

| page | seconds | memory, MB | page, MB | bar | met |
| --- | ---: | ---: | ---: | --- | --- |
"""


def command(file: Path, page: Path) -> Cost:
    """Profile and report in a process of its own."""
    words = [sys.executable, "-c", "from drypoint.cli import main; main()"]
    cost = timed([*words, "profile", str(file), "--html", str(page)], page)
    size_of(page, "336,776 rows, 19 columns")
    return cost


def size_of(page: Path, said: str) -> float:
    """The size of a page that says what it is of."""
    if said not in page.read_text(encoding="utf-8"):
        raise SystemExit(f"{page} does not say {said!r}")
    return page.stat().st_size / MB


def wide(columns: int, seed: int) -> dp.Profile:
    """So many columns of four kinds."""
    random = np.random.default_rng(seed)
    kinds: list[Callable[[], Any]] = [
        lambda: random.lognormal(size=ROWS),
        lambda: random.integers(0, 5_000, ROWS),
        lambda: np.char.add("value ", random.integers(0, 60, ROWS).astype(str)),
        lambda: random.integers(0, 2 * 10**9, ROWS).astype("datetime64[s]"),
    ]
    made = {f"column {n}": kinds[n % len(kinds)]() for n in range(columns)}
    return dp.profile(pa.table(made))


def report(columns: int, page: Path) -> tuple[float, float]:
    """The report of two profiles that are there: seconds, and MB of page."""
    sides = wide(columns, 1), wide(columns, 2)
    begin = time.perf_counter()
    dp.report(*sides).save(page)
    passed = time.perf_counter() - begin
    return passed, size_of(page, f"{columns:,} columns")


def section(repeats: int) -> str:
    """Measures."""
    text = HEAD.format(where=results.where(), repeats=repeats)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file, page = data.flights(folder), folder / "page.html"
        command(file, page)
        found = median([command(file, page) for _ in range(repeats)])
        costs = found.wall, found.memory, found.page
        met = all(cost <= bar for cost, bar in zip(costs, FLIGHTS, strict=True))
        bars = "{:g} s, {:g} MB, {:g} MB".format(*FLIGHTS)
        cells = [f"{found.wall:.2f}", f"{found.memory:.0f}", f"{found.page:.2f}", bars]
        text += results.row("the flights, profiled too", *cells, results.met(so=met)) + "\n"
        report(4, page)
        for columns, (most, largest) in WIDE.items():
            runs = [report(columns, page) for _ in range(repeats)]
            seconds, size = map(statistics.median, zip(*runs, strict=True))
            met = seconds <= most and size <= largest
            cells = [f"{seconds:.2f}", "", f"{size:.2f}", f"{most:g} s, {largest:g} MB"]
            text += results.row(f"{columns:,} columns", *cells, results.met(so=met)) + "\n"
    return text


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m benches.report")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    text = section(options.repeats)
    print(text, end="")
    if options.out is not None:
        results.put(options.out, text)


if __name__ == "__main__":
    main()
