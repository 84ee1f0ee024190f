"""Runs the works, ours and theirs in turn, and writes their tables.

`python -m benches.peers [--section NAME] [--rows N] [--repeats R] [--only REGEX] [--out FILE]`
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
from importlib.metadata import version
from pathlib import Path

from benches import data, results
from benches.peers import truth
from benches.peers.profile_table import PROFILES
from benches.peers.runner import Runner
from benches.peers.table import SKETCHES, AtMost, Line, Section

SECTIONS = {"sketches": SKETCHES, "profiles": PROFILES}


def measure(line: Line, folder: Path, rows: int, repeats: int) -> list[str]:
    """The rows of the table for one work."""
    rows = int(rows * line.share)
    path = data.write(folder, line.column, rows, line.kind)
    known = truth.known(line.check, str(path))
    works = {"drypoint": line.ours, **{name: work for name, (work, _) in line.rivals.items()}}
    runners = [Runner(name, work, path, rows) for name, work in works.items()]
    for runner in runners:
        answer = runner.once()
        if not truth.is_right(line.check, known, answer, runner.work):
            raise SystemExit(f"{line.name}: {runner.name} answers {answer!r}, which is wrong")
        runner.times.clear()
    for _ in range(repeats):
        for runner in runners:
            runner.once()
    for runner in runners:
        runner.stop()
    ours, *theirs = runners
    unit = line.unit or rows
    return [row(line, ours.times, rival, unit) for rival in theirs]


def row(line: Line, ours: list[float], rival: Runner, unit: int) -> str:
    """One comparison."""
    bar = line.rivals[rival.name][1]
    ratio = statistics.median(rival.times) / statistics.median(ours)
    cells = [line.name, rival.name, time(ours, unit), time(rival.times, unit)]
    return results.row(*cells, *verdict(ratio, bar))


def verdict(ratio: float, bar: float | None) -> list[str]:
    """How many times our time theirs is, what is required, and whether it is met."""
    if bar is None:
        return [f"{ratio:.1f} ×", "", ""]
    if isinstance(bar, AtMost):
        taken = 1 / ratio
        return [f"1 / {taken:.2f}", f"1 / {bar:g} at least", results.met(so=taken <= bar)]
    return [f"{ratio:.1f} ×", f"{bar:g} ×", results.met(so=ratio >= bar)]


def time(times: list[float], unit: int) -> str:
    """Median and quartiles in ns."""
    quartiles = [1e9 * q / unit for q in statistics.quantiles(times, n=4)]
    digits = 0 if quartiles[1] >= 100 else 2
    low, middle, high = (f"{q:,.{digits}f}" for q in quartiles)
    return f"{middle} ({low}–{high})"


def header(section: Section, rows: int, repeats: int) -> str:
    """What was measured, and on what."""
    versions = ", ".join(f"{name} {version(name)}" for name in section.libraries)
    return f"""{section.heading}

{section.about}

- {rows:,} rows, {repeats} repeats, {results.where()}
- {versions}

| work | rival | ours | theirs | ratio | required | met |
| --- | --- | ---: | ---: | ---: | ---: | --- |
"""


def run(section: Section, options: argparse.Namespace) -> None:
    """Measures one section and writes it."""
    text = header(section, options.rows, options.repeats)
    print(text, end="")
    lines = [line for line in section.lines if re.search(options.only, line.name)]
    with tempfile.TemporaryDirectory() as folder:
        for line in lines:
            for found in measure(line, Path(folder), options.rows, options.repeats):
                print(found, flush=True)
                text += found + "\n"
    if options.out is not None:
        results.put(options.out, text)


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m benches.peers")
    parser.add_argument("--section", choices=SECTIONS, default=None, help="one of them; or all")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--only", default="", help="works whose name matches this expression")
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    for name, section in SECTIONS.items():
        if options.section in (None, name):
            run(section, options)


if __name__ == "__main__":
    main()
