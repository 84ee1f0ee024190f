"""Runs the works, ours and theirs in turn, and writes the table.

`python -m benches.peers [--rows N] [--repeats R] [--only REGEX] [--out FILE]`
"""

from __future__ import annotations

import argparse
import multiprocessing as mp
import os
import platform
import re
import statistics
import subprocess
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benches import data
from benches.peers import truth, worker
from benches.peers.table import LINES, Line

LIBRARIES = ["drypoint", "datasketches", "polars", "duckdb", "datafusion", "pyarrow", "numpy"]


class Runner:
    """A worker and the times it took."""

    def __init__(self, name: str, work: type[Any], path: Path, rows: int) -> None:
        """Starts the worker and waits until it is ready."""
        self.name, self.work, self.times = name, work, list[float]()
        context = mp.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        core = max(os.sched_getaffinity(0))
        args = (theirs, work, str(path), rows, core)
        self.process = context.Process(target=worker.serve, args=args, daemon=True)
        self.process.start()
        self.receive()

    def receive(self) -> Any:
        """What the worker sends; its errors are raised here."""
        found = self.pipe.recv()
        if isinstance(found, Exception):
            raise RuntimeError(f"{self.name}: {self.work.__name__}") from found
        return found

    def once(self) -> Any:
        """One run: keeps the time, returns the answer."""
        self.pipe.send("run")
        seconds, answer = self.receive()
        self.times.append(seconds)
        return answer

    def stop(self) -> None:
        """Ends the worker."""
        self.pipe.send(None)
        self.process.join()


def measure(line: Line, folder: Path, rows: int, repeats: int) -> list[str]:
    """The rows of the table for one work."""
    rows = int(rows * line.share)
    path = data.write(folder, line.column, rows)
    column = data.read(str(path))
    runners = [Runner("drypoint", line.ours, path, rows)]
    runners += [Runner(name, work, path, rows) for name, (work, _) in line.rivals.items()]
    for runner in runners:
        answer = runner.once()
        if not truth.is_right(line.check, column, answer, runner.work):
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
    required = line.rivals[rival.name][1]
    ratio = statistics.median(rival.times) / statistics.median(ours)
    verdict = "" if required is None else ("yes" if ratio >= required else "**no**")
    need = "" if required is None else f"{required:g} ×"
    cells = [line.name, rival.name, time(ours, unit), time(rival.times, unit), f"{ratio:.1f} ×"]
    return "| " + " | ".join([*cells, need, verdict]) + " |"


def time(times: list[float], unit: int) -> str:
    """Median and quartiles in ns."""
    quartiles = [1e9 * q / unit for q in statistics.quantiles(times, n=4)]
    digits = 0 if quartiles[1] >= 100 else 2
    low, middle, high = (f"{q:,.{digits}f}" for q in quartiles)
    return f"{middle} ({low}–{high})"


def header(rows: int, repeats: int) -> str:
    """What was measured, and on what."""
    cpu = next(
        (
            text.split(":")[1].strip()
            for text in Path("/proc/cpuinfo").read_text().splitlines()
            if text.startswith("model name")
        ),
        platform.processor(),
    )
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    from drypoint._core import cpu_level

    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"""# Beside others

The same bytes, one core, one process a library, runs in turn; answers are checked before they are
timed. Medians with quartiles, in ns a value (in ns a sketch where sketches are merged); the ratio
is of the medians. Made by `make bench`.

- {rows:,} rows, {repeats} repeats, {datetime.now(UTC):%Y-%m-%d}, commit {commit}
- {cpu}, kernels for {cpu_level()}; CPython {platform.python_version()}
- {versions}

| work | rival | ours | theirs | ratio | required | met |
| --- | --- | ---: | ---: | ---: | ---: | --- |
"""


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m benches.peers")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--only", default="", help="works whose name matches this expression")
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    text = header(options.rows, options.repeats)
    print(text, end="")
    with tempfile.TemporaryDirectory() as folder:
        for line in LINES:
            if not re.search(options.only, line.name):
                continue
            for found in measure(line, Path(folder), options.rows, options.repeats):
                print(found, flush=True)
                text += found + "\n"
    if options.out is not None:
        options.out.write_text(text)


if __name__ == "__main__":
    main()
