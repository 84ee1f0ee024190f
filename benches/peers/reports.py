"""A page of a file's table, by us and by others, from the start of the process to its end.

`python -m benches.peers.reports [--repeats R] [--out FILE]`, after `make report-peers`. Each has
an environment of what it needs and nothing else: pyarrow imports pandas wherever it finds it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
from pyarrow import csv, parquet

from benches import data, results
from benches.timed import Cost, median, timed

ROOT = Path(__file__).parents[2]
THEIRS = [str(ROOT / "build/reports-venv/bin/python"), str(ROOT / "benches/peers/report_works.py")]
OURS = [str(ROOT / "build/alone-venv/bin/drypoint"), "profile"]
WORKS = {
    "drypoint profile --html": [*OURS, "{data}", "--html", "{page}"],
    "fg-data-profiling, minimal": [*THEIRS, "minimal", "{data}", "{page}"],
    "Evidently, data summary": [*THEIRS, "evidently", "{data}", "{page}"],
    "fg-data-profiling": [*THEIRS, "full", "{data}", "{page}"],
}
"""What is run, by the name of the row; ours first."""
BARS = (1.5, 250.0, 2.0)
"""Seconds, MB of memory and MB of page that ours is to stay below."""


def flights(folder: Path) -> tuple[Path, Path]:
    """The flights as CSV, as they are shipped, and as Parquet."""
    text, packed = data.flights(folder), folder / "flights.parquet"
    options = csv.ConvertOptions(null_values=["", "NA"], strings_can_be_null=True)
    parquet.write_table(csv.read_csv(text, convert_options=options), packed)
    return text, packed


def run(name: str, file: Path, folder: Path) -> Cost:
    """One run in a process of its own, whose page is checked to tell of every column."""
    page = folder / "page.html"
    cost = timed([word.format(data=file, page=page) for word in WORKS[name]], page)
    text = page.read_text(encoding="utf-8")
    missing = [column for column in names(file) if column not in text]
    if missing:
        raise SystemExit(f"{name} tells nothing of {', '.join(missing)}")
    return cost


def names(data: Path) -> list[str]:
    """The columns of the file."""
    if data.suffix == ".parquet":
        return list(pa.parquet.read_schema(data).names)
    with data.open() as lines:
        return next(lines).strip().replace('"', "").split(",")


def measure(data: Path, folder: Path, repeats: int) -> dict[str, Cost]:
    """The medians of each work; they run in turn, so that all meet the same machine."""
    found: dict[str, list[Cost]] = {name: [] for name in WORKS}
    for _ in range(repeats):
        for name, costs in found.items():
            costs.append(run(name, data, folder))
            print(name, data.suffix, *(f"{one:.2f}" for one in costs[-1]), file=sys.stderr)
    return {name: median(costs) for name, costs in found.items()}


def lines(kind: str, costs: dict[str, Cost]) -> list[str]:
    """The rows of the table; of ours whether the bars are met."""
    made = []
    for place, (name, cost) in enumerate(costs.items()):
        figures = (f"{cost.wall:.1f} s", f"{cost.processor:.1f} s", f"{cost.memory:,.0f} MB")
        met = all(one < bar for one, bar in zip((cost.wall, *cost[2:]), BARS, strict=True))
        verdict = "" if place else results.met(so=met)
        made.append(results.row(name, kind, *figures, f"{cost.page:.1f} MB", verdict))
    return made


def header(repeats: int) -> str:
    """What was measured, and on what."""
    versions = subprocess.run([*THEIRS, "versions"], capture_output=True, text=True, check=True)
    load = os.getloadavg()[0]
    wall, memory, page = BARS
    return f"""## Reports beside others

A page of 336,776 flights in 19 columns, from the start of the process to its end, imports included;
each in a process of its own, in turn, the page checked to tell of every column; medians of
{repeats} runs. Required of ours: less than {wall:g} s, {memory:g} MB of memory and {page:g} MB of
page. fg-data-profiling is what ydata-profiling is called since 4.19; neither it nor Evidently runs
on pandas 3. Where others share the machine, what matters is the time of the processors.

- {results.where()}
- {versions.stdout.strip()}; load of the machine in the minute before: {load:.1f}

| report | of | wall | processors | memory | page | met |
| --- | --- | ---: | ---: | ---: | ---: | --- |
"""


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m benches.peers.reports")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    text = header(options.repeats)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for data in flights(folder):
            made = lines(data.suffix[1:], measure(data, folder, options.repeats))
            text += "".join(f"{line}\n" for line in made)
    print(text)
    if options.out is not None:
        results.put(options.out, text)


if __name__ == "__main__":
    main()
