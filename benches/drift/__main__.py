"""How long drift takes: `python -m benches.drift [--repeats R] [--out FILE]`."""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import numpy as np

import drypoint as dp
from benches import results

COLUMNS, ROWS, CATEGORIES = 1_000, 20_000, 50
SECONDS = 0.5


def numbers(seed: int) -> dp.Profile:
    """A profile of many columns of numbers."""
    rng = np.random.default_rng(seed)
    return dp.profile({f"c{number}": rng.normal(size=ROWS) for number in range(COLUMNS)})


def kinds(seed: int) -> dp.Profile:
    """A profile of many columns of strings of fifty kinds."""
    rng = np.random.default_rng(seed)
    names = np.array([f"kind {number}" for number in range(CATEGORIES)])
    made = {f"c{number}": rng.choice(names, ROWS // 10).tolist() for number in range(COLUMNS)}
    return dp.profile(made)


def timed(current: dp.Profile, reference: dp.Profile, repeats: int) -> tuple[float, float]:
    """Median and worst of all, from profiles that have not been asked anything, in seconds."""
    took = []
    for _ in range(repeats):
        fresh = dp.Profile(current.core), dp.Profile(reference.core)
        start = time.perf_counter()
        table = dp.drift(*fresh)
        took.append(time.perf_counter() - start)
        if len(table) != COLUMNS or table.drifted:
            raise SystemExit("columns of one distribution have drifted, so speed is no news")
    return statistics.median(took), max(took)


def row(what: str, median: float, worst: float) -> str:
    """A line of the table."""
    measured = f"{median:.2f} s (worst {worst:.2f} s)"
    return results.row(what, measured, f"{SECONDS} s", results.met(so=median <= SECONDS))


def section(repeats: int) -> str:
    """Measures, and writes the table."""
    of_numbers = timed(numbers(1), numbers(2), repeats)
    of_kinds = timed(kinds(1), kinds(2), repeats)
    return f"""## Drift

Two profiles of {COLUMNS:,} columns are compared, decoding and correction included. Medians of
{repeats} runs; the first loads scipy.

- {results.where()}

| what | measured | required | met |
| --- | ---: | ---: | --- |
{row(f"{COLUMNS:,} columns of numbers, ks", *of_numbers)}
{row(f"{COLUMNS:,} columns of {CATEGORIES} kinds, chi_square", *of_kinds)}
"""


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m benches.drift")
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    found = section(options.repeats)
    print(found)
    if options.out is not None:
        results.put(options.out, found)


if __name__ == "__main__":
    main()
