"""What it costs to judge predictions while a table is profiled.

`python -m benches.profiles.performance [--rows N] [--repeats R] [--out FILE]`. Rows have a label, a
score, what follows from it and one of 20 segments. The same columns are profiled with and without
the task; without metrics of the columns what is left is the task, and putting rows in order.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

import drypoint as dp
from benches import results

REQUIRED = 1.0
SEGMENTS = 20
HEAD = """
## Performance of a model

{rows:,} rows of label, prediction and score in {segments} segments: confusion matrices, log loss,
Brier score, calibration, and sketches of scores for the areas under curves; of {repeats} runs, in
turn. Required of the task alone, by segment: {required:.1f} s on two cores. Where others share the
machine, what matters is the time of the processors, of which two cores have two seconds in one.

- {where}
- load of the machine in the minute before: {load:.1f}

| work | median s | best s | s of processors | ns of processors a row |
| --- | ---: | ---: | ---: | ---: |
"""
TASK = dp.performance.classification(label="y", prediction="guess", score="p", positive=True)
COUNTS = dp.Parameters(metrics=())


def table(rows: int) -> pa.Table:
    """Seeded rows."""
    random = np.random.default_rng(7)
    y = random.random(rows) < 0.3
    p = np.clip(random.normal(0.35 + 0.3 * y, 0.2), 0, 1)
    segment = pa.array([f"segment {number}" for number in range(SEGMENTS)])
    codes = pa.array(random.integers(0, SEGMENTS, rows, dtype=np.int8))
    by = pa.DictionaryArray.from_arrays(codes, segment)
    return pa.table({"y": y, "guess": p >= 0.5, "p": p, "segment": by})


def works() -> dict[str, dict[str, Any]]:
    """The options of what is measured."""
    alone = {"performance": TASK, "parameters": COUNTS}
    by = {"segment_by": "segment"}
    return {
        "the task alone, by segment": alone | by,
        "columns alone, by segment": by,
        "both, by segment": {"performance": TASK} | by,
        "the task alone": alone,
        "both": {"performance": TASK},
        "columns alone": {},
    }


def check(data: pa.Table) -> None:
    """The counts are NumPy's, in all and by segment."""
    y, guess = (np.asarray(data[name]) for name in ("y", "guess"))
    found = dp.profile(data, performance=TASK, parameters=COUNTS, segment_by="segment")
    whole = found.overall
    if len(found) != SEGMENTS or whole is None or whole.performance.accuracy != np.mean(y == guess):
        raise SystemExit("the accuracy is wrong, so its cost is not news")


def seconds(data: pa.Table, options: dict[str, Any]) -> tuple[float, float]:
    """How long it takes, and how long processors are at work."""
    begin, worked = time.perf_counter(), time.process_time()
    dp.profile(data, **options)
    return time.perf_counter() - begin, time.process_time() - worked


def section(rows: int, repeats: int) -> str:
    """The table, in turn, so that a noisy neighbour hits all."""
    data = table(rows)
    check(data)
    load = os.getloadavg()[0]
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in works()}
    for _ in range(repeats):
        for name, options in works().items():
            taken[name].append(seconds(data, options))
    head = HEAD.format(
        rows=rows,
        segments=SEGMENTS,
        repeats=repeats,
        required=REQUIRED,
        where=results.where(),
        load=load,
    )
    return head + "\n".join(line(name, rows, times) for name, times in taken.items()) + "\n"


def line(name: str, rows: int, times: list[tuple[float, float]]) -> str:
    """A row of the table."""
    walls, works = zip(*times, strict=True)
    least = min(works)
    return (
        f"| {name} | {statistics.median(walls):.2f} | {min(walls):.2f} | {least:.2f} | "
        f"{1e9 * least / rows:.0f} |"
    )


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m benches.profiles.performance")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    made = section(options.rows, options.repeats)
    print(made)
    if options.out is not None:
        results.put(options.out, made)


if __name__ == "__main__":
    main()
