"""Two threads that feed two sketches, beside one thread that feeds one.

`python -m benches.python.threads [--rows N] [--repeats R] [--out FILE]`; FILE keeps its other
sections. The interpreter is released during an update, so two take the time of one where there are
two cores.
"""

from __future__ import annotations

import argparse
import statistics
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benches import data, results
from drypoint.sketches import FrequentItems, HllSketch, KllSketch

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = """
## Two threads on two sketches

Each thread feeds a sketch of its own from the same array; medians in ms, in turn with one thread
alone. 1.0 is perfect, 2.0 would be one after the other.

| work | one thread | two threads | ratio |
| --- | ---: | ---: | ---: |
"""


def seconds(make: Callable[[], Any], column: Any, threads: int) -> float:
    """How long so many threads take, each with a sketch of its own."""
    sketches = [make() for _ in range(threads)]
    workers = [threading.Thread(target=sketch.update, args=(column,)) for sketch in sketches]
    begin = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    passed = time.perf_counter() - begin
    if any(sketch != sketches[0] for sketch in sketches):
        raise SystemExit("two threads gave two sketches")
    return passed


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m benches.python.threads")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    works = {
        "HllSketch, i64": (HllSketch, data.integers(options.rows)),
        "KllSketch, f64": (KllSketch, data.floats(options.rows)),
        "FrequentItems, strings": (FrequentItems, data.zipf(options.rows)),
    }
    text = HEAD
    for name, (make, column) in works.items():
        times: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(options.repeats):
            for threads, found in times.items():
                found.append(seconds(make, column, threads))
        one, two = (1e3 * statistics.median(found) for found in times.values())
        text += f"| {name} | {one:.1f} | {two:.1f} | {two / one:.2f} |\n"
    print(text, end="")
    if options.out is not None:
        results.put(options.out, text)


if __name__ == "__main__":
    main()
